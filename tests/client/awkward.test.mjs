// Every public function with each of its arguments, options and fields replaced by each awkward value:
// a result or an error that says something, never an end of the module, and the next call works.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { createSigner, diagnose, newClient } from 'gatesign'
import { SignatureV4 } from 'gatesign/smithy'
import { AWKWARD } from './awkward-values.mjs'
import { assertSaysSomething } from './says-something.mjs'

const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

const CONFIG = {
  invokeUrl: 'http://127.0.0.1:9/stage',
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'canary/secret/key',
  sessionToken: 'canary/session/token',
  apiKey: 'canary-api-key',
  region: 'us-east-1',
  fetch: async () => new Response('{"ok":true}', { headers: { 'content-type': 'application/json' } }),
}
const IDENTITY = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'canary/secret/key',
  sessionToken: 'canary/session/token',
}
const SIGNER = { ...IDENTITY, region: 'us-east-1', service: 'execute-api' }
const SECRETS = /canary/
const client = newClient(CONFIG)
const signer = createSigner(SIGNER)
const smithy = new SignatureV4({ credentials: IDENTITY, region: 'us-east-1', service: 's3' })

const NO_KEYS = { accessKey: '', secretKey: '', sessionToken: '' }
const CALL = {
  pathParams: { id: 'x' },
  pathTemplate: '/a/{id}',
  method: 'POST',
  additionalParams: {},
  body: { a: 1 },
}
const REQUEST = {
  method: 'POST',
  url: 'https://a.b/c?d=e',
  headers: { 'x-a': 'b' },
  body: 'text',
  date: 1_369_353_600_000,
}
const HTTP = {
  method: 'GET',
  protocol: 'https:',
  hostname: 'a.b',
  path: '/c',
  headers: {},
  query: { d: 'e' },
}
const MORE = { headers: { 'x-a': 'b' }, queryParams: { q: '1' }, timeout: 0 }
const invoke = (call, config) =>
  (config ? newClient({ ...CONFIG, ...config }) : client).invokeApi(
    call.pathParams,
    call.pathTemplate,
    call.method,
    call.additionalParams,
    call.body,
  )

/** One row for each function: with(value) for each of its arguments, and for each field of those. */
const FIELDS = {
  newClient: [
    ['', (value) => newClient(value)],
    ...[
      ...[
        'invokeUrl',
        'accessKey',
        'secretKey',
        'sessionToken',
        'apiKey',
        'region',
        'service',
        'host',
        'headers',
      ],
      ...['defaultContentType', 'defaultAcceptType', 'systemClockOffset', 'correctClockSkew', 'retries'],
      ...['retryCondition', 'retryDelay', 'shouldResetTimeout', 'queryArrayFormat', 'fetch'],
    ].map((name) => [
      name,
      // Repeating for ever, or waiting for ever, is what such an option asks for.
      (value) => {
        const made = newClient({ ...CONFIG, [name]: value })
        return name === 'retries' ? made : invoke(CALL, { [name]: value })
      },
    ]),
    ...['accessKeyId', 'secretAccessKey', 'sessionToken', 'expiration'].map((name) => [
      `credentials.${name}`,
      (value) => invoke(CALL, { ...NO_KEYS, credentials: { ...IDENTITY, [name]: value } }),
    ]),
    ['credentials', (value) => invoke(CALL, { ...NO_KEYS, credentials: value })],
    ['what a provider gives', (value) => invoke(CALL, { ...NO_KEYS, credentials: async () => value })],
    [
      'the expiration of a provider',
      (value) => invoke(CALL, { ...NO_KEYS, credentials: () => ({ ...IDENTITY, expiration: value }) }),
    ],
    ['what fetch gives', (value) => invoke(CALL, { fetch: async () => value })],
  ],
  invokeApi: [
    ...Object.keys(CALL).map((name) => [name, (value) => invoke({ ...CALL, [name]: value })]),
    ['a path parameter', (value) => invoke({ ...CALL, pathParams: { id: value } })],
    ['an item of a path parameter', (value) => invoke({ ...CALL, pathParams: { id: [value, 'x'] } })],
    ['a field of a path parameter', (value) => invoke({ ...CALL, pathParams: { id: { k: value } } })],
    ...['headers', 'queryParams', 'timeout', 'signal', 'responseType', 'signPayload'].map((name) => [
      `additionalParams.${name}`,
      (value) => invoke({ ...CALL, additionalParams: { ...MORE, [name]: value } }),
    ]),
    ['a header', (value) => invoke({ ...CALL, additionalParams: { headers: { 'x-a': value } } })],
    ['a pair of headers', (value) => invoke({ ...CALL, additionalParams: { headers: [[value, value]] } })],
    ['a query parameter', (value) => invoke({ ...CALL, additionalParams: { queryParams: { q: value } } })],
    ['an item of one', (value) => invoke({ ...CALL, additionalParams: { queryParams: { q: [value] } } })],
    ['a field of the body', (value) => invoke({ ...CALL, body: { value } })],
    [
      'a body of another type',
      (value) =>
        invoke({ ...CALL, additionalParams: { headers: { 'content-type': 'text/plain' } }, body: value }),
    ],
  ],
  fetch: [
    ['input', (value) => client.fetch(value)],
    ['init', (value) => client.fetch('/x', value)],
    ...['method', 'headers', 'body', 'signal', 'redirect', 'credentials'].map((name) => [
      `init.${name}`,
      (value) => client.fetch('/x', { method: 'POST', [name]: value }),
    ]),
  ],
  sign: [['request', (value) => client.sign(value)], ...fieldsOf(CALL, (call) => client.sign(call))],
  presign: [
    ['request', (value) => client.presign(value)],
    ...fieldsOf({ ...CALL, method: 'GET', body: null, expiresIn: 60 }, (call) => client.presign(call)),
  ],
  explain: [['request', (value) => client.explain(value)], ...fieldsOf(CALL, (call) => client.explain(call))],
  createSigner: [
    ['options', (value) => createSigner(value)],
    ...fieldsOf(
      {
        ...SIGNER,
        ...{ doubleEncodePath: true, normalizePath: true, signPayload: true, payloadHeader: true },
        ...{ omitSessionToken: false, unsignableHeaders: [], date: 0 },
      },
      (options) => createSigner(options).sign(REQUEST),
    ),
    ['an item of unsignableHeaders', (value) => createSigner({ ...SIGNER, unsignableHeaders: [value] })],
  ],
  'signer.sign': [
    ['request', (value) => signer.sign(value)],
    ...fieldsOf({ ...REQUEST, bodyHash: '' }, (request) => signer.sign(request)),
    ['a header', (value) => signer.sign({ ...REQUEST, headers: { 'x-a': value } })],
    ...['protocol', 'host', 'path', 'query'].map((name) => [
      `url.${name}`,
      (value) =>
        signer.sign({
          ...REQUEST,
          url: { protocol: 'https:', host: 'a.b', path: '/', query: '', [name]: value },
        }),
    ]),
  ],
  'signer.presign': [
    ['request', (value) => signer.presign(value)],
    ...fieldsOf({ ...REQUEST, body: undefined, expiresIn: 60 }, (request) => signer.presign(request)),
  ],
  'signer.explain': [
    ['request', (value) => signer.explain(value)],
    ...fieldsOf(REQUEST, (request) => signer.explain(request)),
  ],
  'signer.signString': [
    ['text', (value) => signer.signString(value)],
    ['date', (value) => signer.signString('text', value)],
  ],
  diagnose: [
    ['problem', (value) => diagnose(value)],
    ['explanation', (value) => diagnose('text', value)],
    ...fieldsOf({ status: 403, headers: {}, body: 'text' }, (problem) => diagnose(problem)),
    ...fieldsOf({ message: 'text', code: 'X', response: { status: 403, data: {} } }, (problem) =>
      diagnose(problem),
    ),
    ...fieldsOf({ canonicalRequest: 'x', stringToSign: 'y' }, (explanation) => diagnose('text', explanation)),
    [
      'the message of a body',
      (value) => diagnose({ status: 403, headers: {}, body: { message: value, __type: value } }),
    ],
    ['a header', (value) => diagnose({ status: 403, headers: { 'x-amzn-errortype': value }, body: '' })],
  ],
  'smithy.sign': [
    ['request', (value) => smithy.sign(value)],
    ['options', (value) => smithy.sign(HTTP, value ?? {})],
    ...fieldsOf(HTTP, (request) => smithy.sign(request)),
    ['signingDate', (value) => smithy.sign(HTTP, { signingDate: value })],
  ],
  'smithy.presign': [
    ['request', (value) => smithy.presign(value)],
    ...fieldsOf(HTTP, (request) => smithy.presign(request)),
    ['expiresIn', (value) => smithy.presign(HTTP, { expiresIn: value })],
  ],
}

function fieldsOf(object, use) {
  return Object.keys(object).map((name) => [name, (value) => use({ ...object, [name]: value })])
}

const EXPECTED = signer.sign(REQUEST).headers.authorization
let tried = 0
let refused = 0
after(() => console.log(`counted: ${tried} awkward arguments: ${refused} refused, ${tried - refused} taken`))

/** The outcome of a call; one that waits for what never comes is left alone after a while. */
async function outcome(use) {
  let timer
  const waited = new Promise((resolve) => {
    timer = setTimeout(resolve, 500, { waited: true })
  })
  try {
    return await Promise.race([Promise.resolve(use()).then(() => ({})), waited])
  } catch (error) {
    return { error }
  } finally {
    clearTimeout(timer)
  }
}

const ONLY = process.env.AWKWARD_ONLY
for (const [name, rows] of Object.entries(FIELDS)) {
  if (ONLY && ONLY !== name) continue
  describe(name, () => {
    for (const [field, use] of rows) {
      test(field || 'its argument', async () => {
        for (const [what, make] of Object.entries(AWKWARD)) {
          const { error } = await outcome(() => use(make()))
          tried += 1
          if (error !== undefined) {
            refused += 1
            try {
              assertSaysSomething(error)
              assert.doesNotMatch(error.message, SECRETS)
            } catch (problem) {
              problem.message = `${what}: ${problem.message}; ${String(error?.stack).slice(0, 600)}`
              throw problem
            }
          }
          assert.equal(signer.sign(REQUEST).headers.authorization, EXPECTED, `after ${what}`)
        }
        const { data } = await invoke(CALL)
        assert.deepEqual(data, { ok: true }, 'the next good call works')
        assert.equal({}.polluted, undefined)
        assert.deepEqual(unhandled, [])
      })
    }
  })
}
