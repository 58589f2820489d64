// Uploads in parts that are refused before anything is sent, and requests of them that are sent again.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { createSigner } from 'gatesign'
import { uploadInParts } from 'gatesign/streams'
import { createSigner as createSignerV4a } from 'gatesign/v4a'
import { BYTES, ETAG, errorOf, PART, refusal, SIGNER, s3, signer, TARGET, upload, xml } from './s3-stub.mjs'

describe('before anything is sent', () => {
  const MIN = 'a whole number from 5242880 to 5368709120'
  const ROWS = [
    ['no request', null, 'request must be an object; got null'],
    ['no URL', { url: undefined }, 'url must be an absolute URL; got undefined'],
    ['no absolute URL', { url: '/key' }, 'url must be an absolute URL; got string'],
    ['a query', { url: `${TARGET}?a=b` }, /^url must be the URL of an object, without query/],
    ['an empty query', { url: `${TARGET}?` }, /^url must be the URL of an object, without query/],
    ['a fragment', { url: `${TARGET}#a` }, /^url must be the URL of an object, without query/],
    [
      'a body',
      { body: 5 },
      /^body must be a stream, an async iterable, a Blob, bytes or a string; got number/,
    ],
    ['a length', { contentLength: -1 }, /^contentLength must be a whole number from 0 to/],
    ['another length', { body: 'ab', contentLength: 3 }, 'contentLength must be that of body, 2; got 3'],
    ['a checksum', { checksum: 'MD5' }, /^checksum must be one of CRC32, .*; got "MD5"$/],
    ['signPayload', { signPayload: 1 }, 'signPayload must be a boolean; got 1'],
    ...[5 * 1024 * 1024 - 1, 5 * 1024 ** 3 + 1, 6e6 + 0.5, Number.NaN].map((partSize) => [
      `parts of ${partSize}`,
      { partSize },
      `partSize must be ${MIN}; got ${partSize}`,
    ]),
    [
      'parts that are too small for the length',
      { contentLength: 10_000 * PART + 1, partSize: PART },
      'partSize must be a whole number from 5242881 to 5368709120; got 5242880',
    ],
    [
      'a length that no object has',
      { contentLength: 2 ** 50 },
      /^partSize must be a whole number from 112589990685 to 5368709120/,
    ],
    ...[0, 101, 1.5, '4'].map((concurrency) => [
      `concurrency of ${JSON.stringify(concurrency)}`,
      { concurrency },
      /^concurrency must be a whole number from 1 to 100; got /,
    ]),
    ...[-1, 101, 1.5].map((retries) => [
      `retries of ${retries}`,
      { retries },
      `retries must be a whole number from 0 to 100; got ${retries}`,
    ]),
    ['a signal', { signal: {} }, 'signal must be an AbortSignal; got object'],
    ['fetch', { fetch: 'x' }, 'fetch must be a function; got string'],
    ['onProgress', { onProgress: 'x' }, 'onProgress must be a function; got string'],
    ...[
      'Content-Length',
      'content-md5',
      'x-amz-content-sha256',
      'X-Amz-Checksum-CRC32',
      'x-amz-checksum-algorithm',
      'x-amz-checksum-type',
      'x-amz-sdk-checksum-algorithm',
    ].map((name) => [
      name,
      { headers: { [name]: '1' } },
      `headers must not have ${name}: the upload sets it`,
    ]),
    ['a header that HTTP does not carry', { body: 'b', headers: { 'x-a': 'a\nb' } }, /x-a/],
  ]
  for (const [name, request, message] of ROWS) {
    test(name, async () => {
      const { fetch, names } = s3()
      const error = await errorOf(request ? upload({ fetch, ...request }) : uploadInParts(signer, request))
      assert.equal(error.name, 'TypeError')
      if (message instanceof RegExp) assert.match(error.message, message)
      else assert.equal(error.message, message)
      assert.deepEqual(names, [])
    })
  }

  for (const [name, given, message] of [
    ['no signer', undefined, 'signer must be one of createSigner; got undefined'],
    ['options', SIGNER, 'signer must be one of createSigner; got object'],
    ['a function that gives none', () => undefined, 'signer must be one of createSigner; got undefined'],
    [
      'a signer of another service',
      createSigner({ ...SIGNER, service: 'execute-api' }),
      /^signer must be for the service s3: .*; got execute-api$/,
    ],
  ]) {
    test(name, () => assert.rejects(upload({ fetch: s3().fetch }, given), { name: 'TypeError', message }))
  }

  test('a stream that is read already', async () => {
    const body = new Blob(['a']).stream()
    body.getReader()
    const { fetch, names } = s3()
    assert.equal((await errorOf(upload({ body, fetch }))).name, 'TypeError')
    assert.deepEqual(names, [])
  })
})

test('a signer of several regions, which has no signatures of chunks', async () => {
  const many = createSignerV4a({ ...SIGNER, region: undefined, regionSet: ['*'] })
  const { fetch, names, seen } = s3()
  const { parts } = await upload({ fetch, concurrency: 1 }, many)
  assert.equal(parts, 3)
  assert.deepEqual(names, ['Create', 'Part 1', 'Part 2', 'Part 3', 'Complete'])
  for (const { headers } of seen) {
    assert.match(headers.authorization, /^AWS4-ECDSA-P256-SHA256 /)
    assert.equal(headers['x-amz-region-set'], '*')
  }
  const [, { headers, body }] = seen
  assert.equal(headers['x-amz-content-sha256'], createHash('sha256').update(body).digest('hex'))
})

describe('sent again', () => {
  const FAILURES = {
    'a failure of the network': () => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      })
    },
    'status 500': () => refusal(500, 'InternalError'),
    'status 503': () => refusal(503, 'SlowDown'),
    'status 429': () => new Response('', { status: 429 }),
    'a 400 for the time it took': () => refusal(400, 'RequestTimeout'),
    'an error in a 200': () => refusal(200, 'InternalError'),
  }
  for (const [name, fail] of Object.entries(FAILURES)) {
    test(`each request after ${name}`, async () => {
      const { fetch, names, seen } = s3((_, count) => (count < 3 ? fail() : undefined))
      const { etag, parts } = await upload({ fetch, concurrency: 1, retries: 2 })
      assert.deepEqual([etag, parts], [ETAG, 3])
      const expected = ['Create', 'Part 1', 'Part 2', 'Part 3', 'Complete'].flatMap((one) => [one, one, one])
      assert.deepEqual(names, expected)
      // The same bytes each time, although the source was read once.
      for (const number of [1, 2, 3]) {
        const bodies = seen.filter((one) => one.name === `Part ${number}`).map(({ body }) => body)
        for (const body of bodies)
          assert.deepEqual(Buffer.from(body), BYTES.subarray((number - 1) * PART, number * PART))
      }
    })

    test(`one PUT after ${name}, no more often than retries say`, async () => {
      const { fetch, names } = s3(fail)
      const error = await errorOf(upload({ fetch, body: 'small', retries: 2 }))
      assert.deepEqual(names, ['Put', 'Put', 'Put'])
      assert.match(error.message, /^PutObject failed/)
    })
  }

  for (const [name, answer] of Object.entries({
    'a refusal': () => refusal(403, 'AccessDenied'),
    'what is not implemented': () => refusal(501, 'NotImplemented'),
    'an error in a 200 that stays': () => refusal(200, 'InvalidPart'),
    'a redirect': () =>
      xml(307, '<Error><Code>TemporaryRedirect</Code></Error>', { location: 'https://x.example' }),
  })) {
    test(`never after ${name}`, async () => {
      const { fetch, names } = s3(answer)
      await errorOf(upload({ fetch, body: 'small' }))
      assert.deepEqual(names, ['Put'])
    })
  }
})
