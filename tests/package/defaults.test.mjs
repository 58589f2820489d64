// The `@default` tags of the types: an option that is set to its documented value is one that is absent.
//
// For each option there is another value that makes a difference, so that no tag can be wrong unnoticed.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, mock, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { readEvents } from 'gatesign/events'
import { sigV4Client } from 'gatesign/sigv4client'
import { SignatureV4 } from 'gatesign/smithy'
import { signChunks, uploadInParts } from 'gatesign/streams'
import { verify } from 'gatesign/verify'

/** A tag's value, if it is one of JavaScript's: `true`, `0`, `''`, `{}`; for some service another one may follow. */
const LITERAL = /^ *\*? @default (true|false|\d+|'[^']*'|\{\})(?:,? .*)?$/m

/** The options of an interface with a literal default. */
function literals(file, name) {
  const types = readFileSync(new URL(`../../pkg-template/${file}.d.ts`, import.meta.url), 'utf8')
  const [, text] = new RegExp(
    `^export (?:declare )?interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`,
    'm',
  ).exec(types)
  const members = text.matchAll(/^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(?:readonly )?(\w+)\?:/gm)
  return Array.from(members).flatMap(([, comment, option]) => {
    const [, value] = LITERAL.exec(comment) ?? []
    return value === undefined ? [] : [[option, new Function(`return ${value}`)()]]
  })
}

/** Holds the tags of an interface; `others` has a value for each option that makes a difference, and what it needs. */
function holds(file, name, outcome, others) {
  describe(name, () => {
    const defaults = literals(file, name)
    test('each literal default is looked at', () => {
      assert.deepEqual(defaults.map(([option]) => option).sort(), Object.keys(others).sort())
    })
    for (const [option, value] of defaults) {
      test(option, async () => {
        const { other, ...needs } = others[option]
        const absent = await settled(outcome, needs)
        assert.deepEqual(await settled(outcome, { ...needs, [option]: value }), absent)
        assert.notDeepEqual(await settled(outcome, { ...needs, [option]: other }), absent)
      })
    }
  })
}

async function settled(outcome, options) {
  try {
    return await outcome(options)
  } catch (error) {
    return String(error)
  }
}

const NOW = Date.parse('2015-08-30T12:36:00Z')
mock.timers.enable({ apis: ['Date'], now: NOW })
mock.method(Math, 'random', () => 0)

const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' }
const identity = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const scope = { region: 'us-east-1', service: 'execute-api' }

/** What a refusing gateway sees of a call, and which timers the call starts. */
async function attempts(config, params, answer) {
  const sent = []
  const waits = []
  const timer = mock.method(globalThis, 'setTimeout', (act, ms, ...rest) => {
    waits.push(ms)
    return realTimeout(act, Math.min(ms, 1000), ...rest)
  })
  const fetch = async (url, { headers }) => {
    sent.push([String(url), Object.fromEntries(new Headers(headers))])
    return answer()
  }
  const client = newClient({ invokeUrl, fetch, ...config })
  const ended = await client.invokeApi({}, '/a', 'GET', params).then(
    ({ data }) => data,
    ({ message }) => message,
  )
  timer.mock.restore()
  return { sent, waits, ended }
}
const realTimeout = setTimeout

const broken = () => new Response('', { status: 500 })
const late = () =>
  new Response('{"message":"Signature expired: 20150830T123600Z is now earlier than 20150830T130000Z"}', {
    status: 403,
    headers: { date: 'Sun, 30 Aug 2015 13:05:00 GMT', 'x-amzn-errortype': 'InvalidSignatureException' },
  })

holds(
  'index',
  'Config',
  async (config) => {
    const client = newClient({ invokeUrl, ...config })
    const additionalParams = { queryParams: { a: [1, 2] } }
    return {
      signed: await client.sign({ method: 'POST', body: '{"a":1}', additionalParams }),
      broken: await attempts(config, { timeout: 500 }, broken),
      late: await attempts(config, {}, late),
    }
  },
  {
    accessKey: { other: 'AKIDEXAMPLE' },
    secretKey: { other: 'secret' },
    sessionToken: { ...keys, other: 'token' },
    apiKey: { other: 'key' },
    defaultContentType: { other: 'text/plain' },
    defaultAcceptType: { other: 'text/plain' },
    host: { other: 'xyz.execute-api.us-east-1.amazonaws.com' },
    systemClockOffset: { ...keys, other: 60_000 },
    correctClockSkew: { ...keys, other: false },
    retries: { other: 1 },
    retryDelay: { retries: 1, other: 20 },
    shouldResetTimeout: { retries: 1, other: true },
    queryArrayFormat: { other: 'repeat' },
    signPayload: { ...keys, other: false },
  },
)

holds('index', 'AdditionalParams', (params) => attempts({}, params, () => new Response('{"a":1}')), {
  timeout: { other: 500 },
  responseType: { other: 'text' },
})

holds('index', 'CallRequest', (call) => newClient({ invokeUrl, ...keys }).sign(call), {
  pathParams: { pathTemplate: '/{a}', other: { a: 'b' } },
  pathTemplate: { other: '/a' },
  method: { other: 'PUT' },
  additionalParams: { other: { headers: { a: 'b' } } },
})

const parts = { host: 'a.b', path: '/a//b/../c%2Fd' }
holds(
  'index',
  'SignerOptions',
  (options) =>
    createSigner({ ...identity, ...scope, ...options }).explain({ method: 'PUT', url: parts, body: 'x' }),
  {
    doubleEncodePath: { other: false },
    normalizePath: { other: false },
    decodeSlashes: { doubleEncodePath: false, other: false },
    signPayload: { other: false },
    payloadHeader: { other: true },
    omitSessionToken: { sessionToken: 'token', other: true },
  },
)

const signer = createSigner({ ...identity, ...scope })
holds('index', 'UrlParts', (url) => signer.sign({ url: { ...parts, ...url } }), {
  protocol: { other: 'http:' },
  query: { other: 'a=1' },
})
holds('index', 'SignRequest', (request) => signer.sign({ url: 'https://a.b/', ...request }), {
  method: { other: 'PUT' },
})

holds(
  'smithy',
  'SignatureV4Options',
  (options) =>
    new SignatureV4({ ...scope, credentials: identity, ...options }).sign({
      ...{ method: 'PUT', protocol: 'https:', hostname: 'a.b', path: '/a b//c', headers: {}, body: 'x' },
    }),
  { uriEscapePath: { other: false }, applyChecksum: { other: false } },
)
holds(
  'smithy',
  'RequestPresigningOptions',
  (options) =>
    new SignatureV4({ ...scope, credentials: identity }).presign(
      { method: 'GET', protocol: 'https:', hostname: 'a.b', path: '/', headers: {} },
      options,
    ),
  { expiresIn: { other: 60 } },
)

const s3 = createSigner({ ...identity, region: 'us-east-1', service: 's3' })
holds(
  'streams',
  'ChunkRequest',
  async (request) => {
    const { transform, ...signed } = signChunks(s3, {
      url: 'https://a.b/c',
      contentLength: 100_000,
      ...request,
    })
    const chunks = []
    const body = new Blob([new Uint8Array(100_000)]).stream().pipeThrough(transform)
    for await (const chunk of body) chunks.push(chunk.length)
    return { signed, chunks }
  },
  { method: { other: 'POST' }, checksum: { other: 'SHA256' }, chunkSize: { other: 8192 } },
)

const MIB = 1024 * 1024
holds(
  'streams',
  'UploadRequest',
  async ({ size = 6 * MIB, status = 200, ...request }) => {
    const seen = { sent: [], most: 0 }
    let running = 0
    const fetch = async (url, { method, headers }) => {
      running += 1
      // Hashes would come when they like.
      if (request.checksum === null) seen.most = Math.max(seen.most, running)
      seen.sent.push(`${method} ${url} ${Object.keys(headers).filter((name) => name.includes('checksum'))}`)
      // Without hashes nothing but the answers is waited for: the other parts are sent meanwhile.
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
      running -= 1
      if (method === 'POST' && url.endsWith('uploads')) return new Response('<UploadId>1</UploadId>')
      return new Response('<ETag>"a"</ETag>', { status, headers: { etag: '"a"' } })
    }
    await uploadInParts(s3, { url: 'https://a.b/c', body: new Uint8Array(size), fetch, ...request }).catch(
      ({ message }) => seen.sent.push(message),
    )
    return { ...seen, sent: seen.sent.sort() }
  },
  {
    checksum: { other: 'SHA256' },
    partSize: { other: 6 * MIB },
    concurrency: { size: 26 * MIB, signPayload: false, checksum: null, other: 2 },
    retries: { size: 1, status: 500, other: 1 },
  },
)

holds(
  'events',
  'EventOptions',
  async ({ text = 'data: a\n\n', ...options }) => {
    const events = []
    for await (const { data, lastEventId } of readEvents(new Response(text), options))
      events.push([data.length, lastEventId])
    return events
  },
  {
    lastEventId: { other: '7' },
    maxEventLength: { text: `data:${'a'.repeat(16_777_216)}\n\n`, other: 16_777_400 },
  },
)

holds(
  'sigv4client',
  'SigV4Config',
  (config) =>
    sigV4Client
      .newClient({ ...keys, endpoint: 'https://a.b', ...config })
      .signRequest({ method: 'POST', path: '/', body: { a: 1 } }),
  {
    region: { other: 'eu-west-1' },
    serviceName: { other: 's3' },
    defaultAcceptType: { other: 'text/plain' },
    defaultContentType: { other: 'text/plain' },
  },
)

holds(
  'verify',
  'VerifyOptions',
  async ({ age = 0, service = 'execute-api', bodyHash, path = '', ...options }) => {
    const own = createSigner({ ...identity, region: 'us-east-1', service, date: NOW - age })
    const signed = own.sign({ url: 'https://a.b/', bodyHash })
    return await verify(
      { ...signed, url: signed.url + path, body: 'x' },
      { credentials: () => identity, ...options },
    )
  },
  {
    tolerance: { age: 301_000, other: 302 },
    unsignedPayload: { service: 's3', bodyHash: 'UNSIGNED-PAYLOAD', other: false },
    explain: { path: 'a/', other: true },
  },
)
