// What goes wrong with uploads in parts: refused before anything is sent, sent again, or ended with nothing left behind.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createSigner, diagnose } from 'gatesign'
import { uploadInParts } from 'gatesign/streams'
import { createSigner as createSignerV4a } from 'gatesign/v4a'

const SIGNER = { accessKeyId: 'A', secretAccessKey: 'not-shown-anywhere', region: 'us-east-1', service: 's3' }
const signer = createSigner(SIGNER)
const TARGET = 'https://bucket.s3.us-east-1.amazonaws.com/key'
const PART = 5 * 1024 * 1024
const BYTES = Buffer.alloc(2 * PART + 10, 7)

async function* pieces(bytes = BYTES) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

const xml = (status, text, headers) => new Response(`<?xml version="1.0"?>\n${text}`, { status, headers })
const refusal = (status, code) =>
  xml(status, `<Error><Code>${code}</Code><Message>Because &amp; so</Message></Error>`)
const opaqueRedirect = () => Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
const ETAG = '"0123456789abcdef0123456789abcdef"'

/** An S3 that takes everything, but for what a test answers instead. */
function s3(instead = () => undefined) {
  const names = []
  const seen = []
  const answers = {
    Create: () =>
      xml(200, '<InitiateMultipartUploadResult><UploadId>i/d+1</UploadId></InitiateMultipartUploadResult>'),
    Part: () => new Response(null, { status: 200, headers: { etag: ETAG } }),
    Complete: () =>
      xml(200, `<CompleteMultipartUploadResult><ETag>${ETAG}</ETag></CompleteMultipartUploadResult>`),
    Abort: () => new Response(null, { status: 204 }),
    Put: () => new Response(null, { status: 200, headers: { etag: ETAG } }),
  }
  const answer = async (url, init) => {
    const { search, searchParams } = new URL(url)
    const number = searchParams.get('partNumber')
    const kind = number
      ? 'Part'
      : init.method === 'POST'
        ? search === '?uploads' || search === '?uploads='
          ? 'Create'
          : 'Complete'
        : init.method === 'DELETE'
          ? 'Abort'
          : 'Put'
    const name = number ? `Part ${number}` : kind
    names.push(name)
    seen.push({ name, url, ...init })
    if (kind !== 'Create' && kind !== 'Put') assert.equal(searchParams.get('uploadId'), 'i/d+1')
    const count = names.filter((other) => other === name).length
    return (await instead(name, count, init)) ?? answers[kind]()
  }
  return { fetch: answer, names, seen }
}

const upload = (request, ...by) =>
  uploadInParts(by.length ? by[0] : signer, { url: TARGET, body: pieces(), ...request })

async function errorOf(work) {
  try {
    await work
  } catch (error) {
    return error
  }
  assert.fail('it did not fail')
}

describe('before anything is sent', () => {
  const MIN = 'a whole number from 5242880 to 5368709120'
  const ROWS = [
    ['no request', null, 'request must be an object; got null'],
    ['no URL', { url: undefined }, 'url must be an absolute URL; got undefined'],
    ['no absolute URL', { url: '/key' }, 'url must be an absolute URL; got string'],
    ['a query', { url: `${TARGET}?a=b` }, /^url must be that of an object, without a query/],
    ['an empty query', { url: `${TARGET}?` }, /^url must be that of an object, without a query/],
    ['a fragment', { url: `${TARGET}#a` }, /^url must be that of an object, without a query/],
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
      `headers must not have ${name}: the upload writes its own`,
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
      /^signer must be one of the service s3: .*; got execute-api$/,
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

describe('a failure', () => {
  for (const [failing, body] of [
    ['Create', undefined],
    ['Part 1', undefined],
    ['Part 3', undefined],
    ['Complete', undefined],
  ]) {
    test(`of ${failing}: the parts are removed, and the error says which`, async () => {
      const { fetch, names } = s3((name) => (name === failing ? refusal(403, 'AccessDenied') : undefined))
      const error = await errorOf(upload({ fetch, ...(body && { body }) }))
      const operation = { Create: 'CreateMultipartUpload', Complete: 'CompleteMultipartUpload' }[failing]
      const told = operation ?? failing.replace('Part', 'UploadPart')
      assert.equal(error.message, `${told} failed with status code 403: AccessDenied (Because & so)`)
      assert.equal(error.response.status, 403)
      assert.equal(diagnose(error).kind, 'AccessDenied')
      assert.deepEqual(
        names.filter((name) => name === 'Abort'),
        failing === 'Create' ? [] : ['Abort'],
      )
      if (failing !== 'Create') assert.equal(names.at(-1), 'Abort')
    })
  }

  test('CompleteMultipartUpload tells an error in a 200', async () => {
    const { fetch, names } = s3((name) => (name === 'Complete' ? refusal(200, 'InvalidPart') : undefined))
    const error = await errorOf(upload({ fetch }))
    assert.match(error.message, /^CompleteMultipartUpload failed with status code 200: InvalidPart/)
    assert.equal(names.at(-1), 'Abort')
  })

  for (const [name, answers, message] of [
    [
      'no UploadId',
      { Create: () => xml(200, '<a/>') },
      /^CreateMultipartUpload was answered without an UploadId/,
    ],
    ['no ETag of a part', { 'Part 2': () => new Response('') }, /ETag in ExposeHeaders$/],
    [
      'no ETag of the object',
      { Complete: () => xml(200, '') },
      /^CompleteMultipartUpload was answered without/,
    ],
    [
      'a redirect that a page may not see',
      { Create: opaqueRedirect },
      /^CreateMultipartUpload was redirected/,
    ],
  ]) {
    test(name, async () => {
      const { fetch, names } = s3((kind) => answers[kind]?.())
      assert.match((await errorOf(upload({ fetch, retries: 0 }))).message, message)
      if (!answers.Create) assert.equal(names.at(-1), 'Abort')
    })
  }

  test('of the network has its cause and code', async () => {
    const cause = new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    })
    const { fetch } = s3(() => {
      throw cause
    })
    const error = await errorOf(upload({ fetch, retries: 0, body: 'b' }))
    assert.equal(error.message, 'PutObject failed: connect ECONNREFUSED 127.0.0.1:1')
    assert.equal(error.cause, cause)
    assert.equal(error.code, 'ECONNREFUSED')
    assert.equal(diagnose(error).kind, diagnose(cause).kind)
  })

  test('parts that cannot be removed are told, with the reason', async () => {
    const { fetch } = s3((name) =>
      name === 'Part 2' || name === 'Abort' ? refusal(403, 'AccessDenied') : undefined,
    )
    const error = await errorOf(upload({ fetch, retries: 0 }))
    assert.match(error.message, /its parts are still stored: .* upload ID i\/d\+1$/)
    assert.equal(error.uploadId, 'i/d+1')
    assert.match(error.cause.message, /^UploadPart 2 failed/)
    assert.match(error.abortError.message, /^AbortMultipartUpload failed/)
  })

  test('parts that are there no more need not be removed', async () => {
    const { fetch } = s3((name) => {
      if (name === 'Complete') return refusal(500, 'InternalError')
      return name === 'Abort' ? refusal(404, 'NoSuchUpload') : undefined
    })
    assert.match((await errorOf(upload({ fetch, retries: 0 }))).message, /^CompleteMultipartUpload failed/)
  })

  test('of one part stops the others, and no more is read', async () => {
    let read = 0
    let ended = false
    const body = (async function* () {
      try {
        for (;;) {
          read += 65_536
          yield BYTES.subarray(0, 65_536)
        }
      } finally {
        ended = true
      }
    })()
    const { fetch, names } = s3((name, _, { signal }) => {
      if (name === 'Part 2') return refusal(403, 'AccessDenied')
      if (name !== 'Part 1') return
      return new Promise((_, reject) => {
        const end = () => reject(signal.reason)
        signal.addEventListener('abort', end)
        if (signal.aborted) end()
      })
    })
    const error = await errorOf(upload({ fetch, body, concurrency: 2, retries: 0 }))
    assert.match(error.message, /^UploadPart 2 failed/)
    // The first part may be hashed later than the second one.
    assert.deepEqual([...names].sort(), ['Abort', 'Create', 'Part 1', 'Part 2'])
    assert.deepEqual([names[0], names.at(-1)], ['Create', 'Abort'])
    assert.ok(ended)
    assert.ok(read < 5 * PART, `${read}`)
  })

  test('of the body', async () => {
    const reason = new Error('mine')
    for (const size of [10, PART + 10]) {
      const body = (async function* () {
        yield BYTES.subarray(0, size)
        throw reason
      })()
      const { fetch, names } = s3()
      assert.equal(await errorOf(upload({ fetch, body })), reason)
      assert.equal(names.at(-1), size > PART ? 'Abort' : undefined)
      assert.ok(!names.includes('Complete'))
    }
  })

  test('a body that gives something else, or too much or little', async () => {
    const rows = [
      [{ body: Readable.from([{ a: 1 }]) }, 'TypeError: body must give strings or bytes; got object'],
      [
        { contentLength: BYTES.length + 1 },
        `RangeError: body must have the ${BYTES.length + 1} bytes of contentLength; it has only ${BYTES.length}`,
      ],
      [
        { contentLength: 100_000 },
        /^RangeError: body must have the 100000 bytes of contentLength; it has at least/,
      ],
      [{ contentLength: 2 * PART }, /^RangeError: body must have the 10485760 bytes/],
    ]
    for (const [request, message] of rows) {
      const { fetch, names } = s3()
      const error = `${await errorOf(upload({ fetch, ...request }))}`
      if (message instanceof RegExp) assert.match(error, message)
      else assert.equal(error, message)
      assert.ok(!names.includes('Complete') && !names.includes('Put'), names.join())
      assert.ok(!names.includes('Create') || names.at(-1) === 'Abort')
    }
  })

  test('more parts than S3 takes', async () => {
    const child = fileURLToPath(new URL('many-parts-child.mjs', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [child])
    const { error, sent, last } = JSON.parse(stdout)
    assert.equal(error, 'RangeError: body must fit into 10000 parts: raise partSize, which is 5242880')
    assert.equal(sent, 10_000)
    assert.equal(last, 'DELETE')
  })

  test('a signer that is destroyed meanwhile', async () => {
    const brief = createSigner(SIGNER)
    const { fetch } = s3((name) => {
      if (name === 'Part 1') brief.destroy()
    })
    const error = await errorOf(upload({ fetch, concurrency: 1 }, brief))
    assert.match(`${error.message} ${error.cause?.message}`, /this signer was destroyed/)
    assert.doesNotMatch(error.stack, /not-shown-anywhere/)
  })

  test('a secret that the answer repeats is hidden', async () => {
    const sessionToken = 'a-token-not-to-be-shown'
    const customer = 'a-key-of-the-customer-that-is-not-shown='
    const echo = s3((_, __, { headers }) =>
      xml(
        403,
        `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${JSON.stringify(headers)}</CanonicalRequest></Error>`,
      ),
    )
    const request = {
      ...{ fetch: echo.fetch, body: 'b' },
      headers: { 'X-Amz-Server-Side-Encryption-Customer-Key': customer },
    }
    const error = await errorOf(upload(request, createSigner({ ...SIGNER, sessionToken })))
    assert.equal(diagnose(error).kind, 'SignatureDoesNotMatch')
    assert.doesNotMatch(JSON.stringify(error.response) + error.message, /not-to-be-shown|not-shown/)
  })
})

describe('the signal', () => {
  test('aborted before', async () => {
    const reason = new Error('mine')
    let ended = false
    const body = new ReadableStream({
      cancel() {
        ended = true
      },
    })
    const { fetch, names } = s3()
    assert.equal(await errorOf(upload({ fetch, body, signal: AbortSignal.abort(reason) })), reason)
    assert.deepEqual(names, [])
    assert.ok(ended)
  })

  for (const where of ['Create', 'Part 1', 'Complete']) {
    test(`while ${where} is sent`, async () => {
      const stop = new AbortController()
      const reason = new Error('mine')
      const { fetch, names, seen } = s3((name, _, { signal }) => {
        if (name !== where) return
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          stop.abort(reason)
        })
      })
      assert.equal(await errorOf(upload({ fetch, signal: stop.signal })), reason)
      assert.equal(names.at(-1), where === 'Create' ? 'Create' : 'Abort')
      if (where !== 'Create') assert.ok(!seen.at(-1).signal.aborted)
    })
  }

  test('while the body is waited for', async () => {
    const stop = new AbortController()
    const reason = new Error('mine')
    for (const first of [10, PART + 10]) {
      let ended = false
      let asked = 0
      const body = new ReadableStream(
        {
          pull(controller) {
            asked += 1
            if (asked === 1) controller.enqueue(BYTES.subarray(0, first))
            else queueMicrotask(() => stop.abort(reason))
            return asked === 1 ? undefined : new Promise(() => {})
          },
          cancel() {
            ended = true
          },
        },
        { highWaterMark: 0 },
      )
      const { fetch, names } = s3()
      assert.equal(await errorOf(upload({ fetch, body, signal: stop.signal })), reason)
      assert.ok(ended)
      assert.ok(!names.includes('Complete') && !names.includes('Put'))
    }
  })

  test('while it waits to send again', async () => {
    const stop = new AbortController()
    const reason = new Error('mine')
    const { fetch, names } = s3((name) => {
      if (name === 'Abort') return
      setTimeout(() => stop.abort(reason), 1)
      return refusal(503, 'SlowDown')
    })
    assert.equal(await errorOf(upload({ fetch, body: 'b', retries: 100, signal: stop.signal })), reason)
    assert.ok(names.length < 20)
  })
})
