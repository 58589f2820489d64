// The package's entry points with made-up options and arguments. Whatever they are: a result, or an error that says
// something; no secret in it; what is sent goes to invokeUrl's origin and is signed as it arrives; and the module lives on.
//
// SEED=… repeats a run. What broke once is in tests/corpus/calls and is tried first.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSigner, diagnose, endpointOf, newClient } from 'gatesign'
import { verify } from 'gatesign/verify'
import { made } from './made-up-calls.mjs'
import { assertSaysSomething } from './says-something.mjs'

const SECONDS = Number(process.env.FUZZ_SECONDS) || 6
const SEED = Number(process.env.SEED) || 20261129
const CORPUS = new URL('../corpus/calls/', import.meta.url)

const SECRETS = ['canary/secret/key', 'canary/session/token', 'canary-api-key']
const CONFIG = {
  invokeUrl: 'http://127.0.0.1:9/stage',
  accessKey: 'AKIDEXAMPLE',
  secretKey: SECRETS[0],
  sessionToken: SECRETS[1],
  apiKey: SECRETS[2],
  region: 'us-east-1',
}
const CALL = {
  pathParams: { id: 'x' },
  pathTemplate: '/a/{id}',
  method: 'POST',
  additionalParams: {},
  body: {},
}
const SIGNER = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: SECRETS[0],
  sessionToken: SECRETS[1],
  region: 'us-east-1',
  service: 'execute-api',
}
const REQUEST = { method: 'POST', url: 'https://a.b/c?d=e', headers: { 'x-a': 'b' }, body: 'text', date: 0 }
const RECEIVED = {
  method: 'GET',
  url: '/a?b=c',
  headers: { host: 'a.b', authorization: 'AWS4-HMAC-SHA256 x' },
}
const PROBLEM = { status: 403, headers: { 'x-amzn-errortype': 'x' }, body: '{"message":"x"}' }

const keys = { secretAccessKey: SECRETS[0], sessionToken: SECRETS[1] }
const KNOWN = createSigner(SIGNER)
const EXPECTED = KNOWN.sign(REQUEST).headers.authorization

const SIGNED_WRONGLY = /DoesNotMatch|HashMismatch|NotSigned/

/** What was sent, and whether it is as it was signed. */
async function arrived(sent, { invokeUrl, secretKey: secretAccessKey, sessionToken, credentials }) {
  for (const request of sent) {
    assert.equal(new URL(request.url).origin, new URL(String(invokeUrl)).origin)
    if (!request.headers.has('authorization')) continue
    const received = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: new Uint8Array(await request.arrayBuffer()),
    }
    // An authorization of the caller's own is sent as it is.
    if (credentials !== undefined || !received.headers.has('x-amz-date')) continue
    const options = { credentials: () => ({ secretAccessKey, sessionToken }), unsignedPayload: true }
    const answer = await verify(received, options)
    assert.ok(answer.ok || !SIGNED_WRONGLY.test(answer.kind), `sent, but ${answer.message}`)
  }
}

const client = (config) => {
  const sent = []
  const fetch = async (url, init) => {
    sent.push(new Request(url, init))
    return new Response('{"ok":true}', { headers: { 'content-type': 'application/json' } })
  }
  return { client: newClient({ fetch, ...config }), sent }
}
const called = async (config, call) => {
  const { client: made, sent } = client(config)
  try {
    return await call(made)
  } finally {
    await arrived(sent, config)
  }
}

/** Each entry: the objects it takes, and how it is called with them. */
const ENTRIES = {
  newClient: [[CONFIG], (config) => called(config, (made) => made.invokeApi({}, '/a', 'GET'))],
  invokeApi: [
    [CALL],
    ({ pathParams, pathTemplate, method, additionalParams, body }) =>
      called(CONFIG, (made) => made.invokeApi(pathParams, pathTemplate, method, additionalParams, body)),
  ],
  'client.fetch': [
    [{ input: '/a?b=c', init: { method: 'POST', body: 'text', headers: {} } }],
    ({ input, init }) => called(CONFIG, (made) => made.fetch(input, init)),
  ],
  'client.sign': [[CALL], (call) => client(CONFIG).client.sign(call)],
  'client.presign': [[{ ...CALL, body: null, expiresIn: 60 }], (call) => client(CONFIG).client.presign(call)],
  'client.explain': [[CALL], (call) => client(CONFIG).client.explain(call)],
  createSigner: [[SIGNER], (options) => createSigner(options).sign(REQUEST)],
  'signer.sign': [[REQUEST], signed],
  'signer.presign': [
    [{ ...REQUEST, body: undefined, expiresIn: 60 }],
    (request) => createSigner(SIGNER).presign(request),
  ],
  'signer.explain': [[REQUEST], (request) => createSigner(SIGNER).explain(request)],
  diagnose: [[PROBLEM, {}], (problem, explanation) => diagnose(problem, explanation)],
  endpointOf: [[{ url: 'https://abc.execute-api.us-east-1.amazonaws.com/x' }], ({ url }) => endpointOf(url)],
  verify: [
    [RECEIVED, { credentials: () => keys, service: 'execute-api', explain: true }],
    (request, options) => verify(request, options),
  ],
}

/** What each entry takes, by its name. */
const KEYS = Object.fromEntries(
  Object.entries(ENTRIES).map(([name, [objects]]) => [
    name,
    objects.flatMap((object) => Object.keys(object)),
  ]),
)

/** What is signed is what a service would take, for the URL as the platform writes it. */
async function signed(request) {
  const result = createSigner(SIGNER).sign(request)
  const { authorization } = result.headers
  assert.match(
    authorization,
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/execute-api\/aws4_request, /,
  )
  if (typeof request.url === 'string') assert.equal(result.url, new URL(request.url).href)
  const { bodyHash, date } = request
  const answer = await verify(
    { ...result, ...(bodyHash ? { body: undefined, bodyHash } : {}) },
    { credentials: () => keys, now: date ?? Date.now(), unsignedPayload: true },
  )
  assert.ok(answer.ok || !SIGNED_WRONGLY.test(answer.kind), answer.message)
}

/** Also in what a log shows of it. */
function assertSafe(error) {
  assertSaysSomething(error)
  assert.doesNotMatch(error.message, /call stack|Cannot read/i)
  const shown = [
    error.message,
    String(error.stack),
    JSON.stringify(error.config) ?? '',
    JSON.stringify(error),
  ]
  for (const secret of SECRETS) assert.ok(!shown.join('\n').includes(secret), `a secret in ${error.message}`)
}

const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

async function holds({ entry, changes }) {
  const [objects, use] = ENTRIES[entry]
  let failure
  let timer
  const waited = new Promise((resolve) => {
    timer = setTimeout(resolve, 500)
  })
  try {
    await Promise.race([Promise.resolve(use(...changed(objects, changes))), waited])
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
    failure = error
  } finally {
    clearTimeout(timer)
  }
  if (failure !== undefined) assertSafe(failure)
  for (const text of warned.splice(0)) for (const secret of SECRETS) assert.ok(!text.includes(secret), text)
  assert.equal(KNOWN.sign(REQUEST).headers.authorization, EXPECTED, 'the next signature is right')
  assert.deepEqual(Object.keys(Object.prototype), [])
  assert.deepEqual(unhandled, [])
  return failure === undefined
}

/** Copies of the objects, with a value at each path of changes. */
function changed(objects, changes) {
  const copies = objects.map((object) => ({ ...object }))
  for (const { object, path, value } of changes) {
    let at = copies[object % copies.length]
    for (const name of path.slice(0, -1)) {
      const next = Object.hasOwn(at, name) && typeof at[name] === 'object' ? { ...at[name] } : {}
      Object.defineProperty(at, name, { value: next, enumerable: true, configurable: true, writable: true })
      at = next
    }
    Object.defineProperty(at, path.at(-1), { value, enumerable: true, configurable: true, writable: true })
  }
  return copies
}

// What is misspelt is said there.
const warned = []
console.warn = (text) => warned.push(text)

test('made-up calls', { timeout: (SECONDS + 120) * 1000 }, async (t) => {
  for (const name of readdirSync(CORPUS)) {
    const kept = JSON.parse(readFileSync(new URL(name, CORPUS), 'utf8'))
    await t.test(name, () => holds(kept))
  }
  let taken = 0
  let refused = 0
  const found = await fc.check(
    fc.asyncProperty(made(KEYS), async (call) => {
      if (await holds(call)) taken += 1
      else refused += 1
    }),
    {
      seed: SEED,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: SECONDS * 1000,
      markInterruptAsFailure: false,
    },
  )
  console.log(`counted: ${taken + refused} made-up calls: ${refused} refused, ${taken} taken`)
  if (found.failed)
    assert.fail(
      `seed ${found.seed}, ${fc.stringify(found.counterexample)}: ${found.errorInstance?.stack ?? found.error}`,
    )
  assert.ok(taken > 100 && refused > 100)
})
