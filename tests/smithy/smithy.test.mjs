// gatesign/smithy against the AWS SDK's own signer: the same results for the same requests.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4MultiRegion } from '@aws-sdk/signature-v4-multi-region'
import { Int64 } from '@smithy/core/event-streams'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 as Theirs } from '@smithy/signature-v4'
import { SignatureV4 } from 'gatesign/smithy'
import { random, randomCase, randomPresignOptions } from '../lib/smithy-requests.mjs'

const IDENTITY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const TEMPORARY = { ...IDENTITY, sessionToken: 'token/EXAMPLE+1==' }
const OPTIONS = { credentials: IDENTITY, region: 'us-east-1', service: 'dynamodb' }
const AT = { signingDate: new Date('2024-02-29T23:59:59Z') }

const ours = (options = OPTIONS) => new SignatureV4(options)
const theirs = (options = OPTIONS) => new Theirs({ ...options, sha256: Sha256 })
const request = (parts = {}) =>
  new HttpRequest({ hostname: 'example.com', path: '/', headers: { host: 'example.com' }, ...parts })

/** The same request, or what both signers refuse. */
async function equal(name, method, signer, given, options) {
  const expected = await theirs(signer)[method](given, options)
  const before = structuredClone({ headers: given.headers, query: given.query })
  const actual = await ours(signer)[method](given, options)
  const what = `${name}: ${given.method} ${given.path} ${JSON.stringify([signer, given.query, given.headers])}`
  assert.deepEqual(actual.headers, expected.headers, what)
  assert.deepEqual(actual.query, expected.query, what)
  assert.equal(actual.body, given.body, what)
  assert.ok(HttpRequest.isInstance(actual) && actual instanceof HttpRequest, what)
  assert.deepEqual(
    { headers: given.headers, query: given.query },
    before,
    `${what}: the given request changed`,
  )
}

describe('requests: the same as @smithy/signature-v4', () => {
  test('1,000 seeded ones, signed', async () => {
    const r = random(1)
    for (let i = 0; i < 1000; i++) {
      const { signer, request, options } = randomCase(r)
      await equal(`case ${i}`, 'sign', signer, request, options)
    }
  })

  test('300 seeded ones, presigned', async () => {
    const r = random(2)
    for (let i = 0; i < 300; i++) {
      const { signer, request } = randomCase(r)
      await equal(`case ${i}`, 'presign', signer, request, randomPresignOptions(r))
    }
  })

  const ROWS = [
    ['nothing but a host', {}],
    ['dot segments', { path: '/a/./b/../c//d/' }],
    [
      'an S3 key with dots, spaces and slashes',
      { path: '/bucket/a//b/../c%20d%2B%E6%97%A5' },
      { uriEscapePath: false },
    ],
    ['query values in a list', { query: { b: ['2', '1', ' '], a: '', 'c d': '+' } }],
    ['an empty list', { query: { a: [] } }],
    ['a buffer of another realm', { method: 'PUT', body: runInNewContext('Uint8Array.of(1, 2).buffer') }],
    ['a view of another realm', { method: 'PUT', body: runInNewContext('Uint8Array.of(1, 2)') }],
    [
      'a given payload hash',
      { headers: { host: 'h', 'X-Amz-Content-Sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } },
    ],
    ['names that differ in case only', { headers: { host: 'h', 'X-A': '1', 'x-a': '2', 'X-a': '3' } }],
    ['an earlier signature', { headers: { host: 'h', Authorization: 'x', 'x-amz-date': 'y', date: 'z' } }],
    [
      'a header that is never signed',
      { headers: { host: 'h', 'user-agent': 'u', 'sec-x': 'v' } },
      {},
      { signableHeaders: new Set(['user-agent', 'sec-x']) },
    ],
    ['the checksum unsigned', { body: 'b' }, {}, { unsignableHeaders: new Set(['x-amz-content-sha256']) }],
    [
      'the token unsigned',
      {},
      { credentials: TEMPORARY },
      { unsignableHeaders: new Set(['x-amz-security-token']) },
    ],
    ['a body of 1 MB', { method: 'PUT', body: new Uint8Array(1 << 20).fill(7) }],
  ]
  for (const [name, parts, signer, options] of ROWS) {
    test(name, () => equal(name, 'sign', { ...OPTIONS, ...signer }, request(parts), { ...AT, ...options }))
  }

  const PRESIGNED = [
    [
      'a presigned URL again',
      { query: { 'X-Amz-Signature': 'old', 'X-Amz-Date': 'old', 'X-Amz-Expires': '1' } },
    ],
    ['with a token', {}, { credentials: TEMPORARY }],
    [
      'AWS headers move to the query',
      { headers: { host: 'h', 'X-Amz-Acl': 'private', 'x-amz-meta-k': 'é +', range: 'bytes=0-1' } },
    ],
    ['with a body', { method: 'PUT', body: 'body' }],
    ['with a stream', { method: 'PUT', body: new ReadableStream() }],
  ]
  for (const [name, parts, signer, options] of PRESIGNED) {
    test(`presigned: ${name}`, () =>
      equal(name, 'presign', { ...OPTIONS, ...signer }, request(parts), { ...AT, ...options }))
  }
})

describe('texts, events and messages: the same as @smithy/signature-v4', () => {
  const LONG = Int64.fromNumber(-42)
  const HEADERS = {
    ':date': { type: 'timestamp', value: new Date('2024-02-29T23:59:59.123Z') },
    yes: { type: 'boolean', value: true },
    no: { type: 'boolean', value: false },
    byte: { type: 'byte', value: -3 },
    short: { type: 'short', value: -300 },
    integer: { type: 'integer', value: 70_000 },
    long: { type: 'long', value: LONG },
    binary: { type: 'binary', value: new Uint8Array([0, 255, 3]) },
    héader: { type: 'string', value: 'wört 日本' },
    uuid: { type: 'uuid', value: '01020304-0506-0708-090a-0b0c0d0e0f10' },
  }
  const BODY = new Uint8Array([1, 2, 3])
  const ROWS = [
    ['a text', 'text to sign'],
    ['an empty text', ''],
    ['a text of many bytes', '日本\n'.repeat(5000)],
    ['an event', { headers: new Uint8Array([1, 2]), payload: BODY }, { priorSignature: 'ab'.repeat(32) }],
    [
      'an event without bytes',
      { headers: new Uint8Array(), payload: new Uint8Array() },
      { priorSignature: '' },
    ],
    ['a message', { message: { headers: HEADERS, body: BODY }, priorSignature: 'cd'.repeat(32) }],
    ['a message without headers', { message: { headers: {}, body: BODY }, priorSignature: '' }],
    ['for another region and service', 'text', { signingRegion: 'eu-west-1', signingService: 'transcribe' }],
    [
      'with credentials of the stream',
      'text',
      { eventStreamCredentials: { accessKeyId: 'A', secretAccessKey: 'B' } },
    ],
  ]
  for (const [name, toSign, options] of ROWS) {
    test(name, async () => {
      const at = { ...AT, ...options }
      assert.deepEqual(await ours().sign(toSign, at), await theirs().sign(toSign, at))
    })
  }

  test('a chain of events', async () => {
    let [a, b] = ['0'.repeat(64), '0'.repeat(64)]
    for (let i = 0; i < 20; i++) {
      const event = { headers: new Uint8Array([i]), payload: new Uint8Array(i * 1000) }
      a = await ours().signEvent(event, { ...AT, priorSignature: a })
      b = await theirs().signEvent(event, { ...AT, priorSignature: b })
      assert.equal(a, b)
    }
  })
})

describe('sessions of S3 Express: the same as @aws-sdk/signature-v4-multi-region', () => {
  const S3 = { ...OPTIONS, service: 's3', uriEscapePath: false }
  for (const method of ['signWithCredentials', 'presignWithCredentials']) {
    test(method, async () => {
      const expected = await new SignatureV4MultiRegion({ ...S3, sha256: Sha256 })[method](
        request(),
        TEMPORARY,
        AT,
      )
      const actual = await ours(S3)[method](request(), TEMPORARY, AT)
      assert.deepEqual([actual.headers, actual.query], [expected.headers, expected.query])
    })
  }
})

describe('on purpose unlike @smithy/signature-v4', () => {
  const bare = (parts) => request({ hostname: 'example.com', headers: {}, ...parts })
  const HOSTS = [
    ['https:', undefined, 'example.com'],
    ['https:', 443, 'example.com'],
    ['http:', 80, 'example.com'],
    ['http:', 8080, 'example.com:8080'],
  ]
  for (const [protocol, port, host] of HOSTS) {
    test(`host is signed without a host header: ${protocol} port ${port}`, async () => {
      const expected = await theirs().sign(bare({ protocol, port, headers: { host } }), AT)
      const { headers } = await ours().sign(bare({ protocol, port }), AT)
      assert.equal(headers.authorization, expected.headers.authorization)
      assert.match(headers.authorization, /SignedHeaders=host;/)
    })
  }

  test('a parameter without value is signed as it arrives', async () => {
    const { headers } = await ours().sign(request({ query: { acl: null } }), AT)
    const expected = await theirs().sign(request({ query: { acl: '' } }), AT)
    assert.equal(headers.authorization, expected.headers.authorization)
  })

  test('an old token header goes when there is a new token', async () => {
    const given = request({ headers: { host: 'h', 'X-Amz-Security-Token': 'old' } })
    const { headers } = await ours({ ...OPTIONS, credentials: TEMPORARY }).sign(given, AT)
    assert.deepEqual(
      Object.keys(headers).filter((name) => /token/i.test(name)),
      ['x-amz-security-token'],
    )
  })

  const REFUSED = [
    [
      'credentials',
      () => ours({ ...OPTIONS, credentials: undefined }),
      /^credentials must be an object or a function that returns one; got undefined$/,
    ],
    [
      'region',
      () => ours({ ...OPTIONS, region: 7 }),
      /^region must be a string or a function that returns one; got number$/,
    ],
    ['service', () => ours({ ...OPTIONS, service: '' }), /^service must be a string; got an empty one$/],
    ['no options', () => new SignatureV4(), /^service must be a string; got undefined$/],
    [
      'what is signed',
      () => ours().sign(7),
      /^toSign must be a request, text, event or message; got number$/,
    ],
    [
      'a provider without identity',
      () => ours({ ...OPTIONS, credentials: async () => undefined }).sign(request()),
      /^accessKeyId must be a string; got undefined$/,
    ],
    [
      'an identity without secret',
      () => ours({ ...OPTIONS, credentials: { accessKeyId: 'A' } }).sign(request()),
      /^secretAccessKey must be a string; got undefined$/,
    ],
    [
      'Signature Version 4A',
      () => ours().sign(request(), { signingRegion: '*' }),
      /^signingRegion '\*' needs Signature Version 4A/,
    ],
    [
      'signingDate',
      () => ours().sign(request(), { signingDate: 'soon' }),
      /^signingDate must be a Date, seconds since the epoch or ISO 8601 text; got string$/,
    ],
    [
      'a header with a line break',
      () => ours().sign(request({ headers: { 'x-a': 'b\r\nc: d' } })),
      /^headers must be values without control characters; got one in "x-a"$/,
    ],
    ['expiresIn 0', () => ours().presign(request(), { expiresIn: 0 }), /expiresIn must be .*1 to 604800/],
    [
      'expiresIn of 8 days',
      () => ours().presign(request(), { expiresIn: 691_200 }),
      /expiresIn must be .*1 to 604800/,
    ],
    [
      'an event without the signature before it',
      () => ours().sign({ headers: new Uint8Array(), payload: new Uint8Array() }),
      /^priorSignature must be a string; got undefined$/,
    ],
    [
      'an event header of another type',
      () =>
        ours().sign({
          message: { headers: { a: { type: 'date', value: 1 } }, body: new Uint8Array() },
          priorSignature: '',
        }),
      /^message\.headers\["a"\]\.type must be one of an event stream/,
    ],
  ]
  for (const [name, call, message] of REFUSED) {
    test(`refused: ${name}`, async () => {
      await assert.rejects(
        async () => call(),
        (error) => {
          assert.ok(error instanceof TypeError, String(error))
          assert.match(error.message, message)
          return true
        },
      )
    })
  }
})

describe('the class', () => {
  test('is one for both module systems', () => {
    assert.equal(createRequire(import.meta.url)('gatesign/smithy').SignatureV4, SignatureV4)
  })

  test('asks a provider for each signature, and signs with what it gives', async () => {
    let calls = 0
    const signer = ours({
      ...OPTIONS,
      credentials: async () => ({ ...IDENTITY, accessKeyId: `AKID${++calls % 12}` }),
    })
    for (let i = 1; i <= 30; i++) {
      const { headers } = await signer.sign(request(), AT)
      assert.match(headers.authorization, new RegExp(`Credential=AKID${i % 12}/`))
    }
    assert.equal(calls, 30)
  })

  test('passes a rejection of the provider on', async () => {
    const refusal = new Error('no credentials here')
    await assert.rejects(
      ours({ ...OPTIONS, credentials: () => Promise.reject(refusal) }).sign(request()),
      refusal,
    )
  })

  test('signs for now by default', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000
    const { headers } = await ours().sign(request())
    const signed = Date.parse(
      headers['x-amz-date'].replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
    )
    assert.ok(signed >= before && signed <= Date.now())
  })
})
