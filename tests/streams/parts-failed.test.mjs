// Uploads in parts that fail or are aborted: the error says what, and nothing is left behind.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createSigner, diagnose } from 'gatesign'
import { BYTES, errorOf, opaqueRedirect, PART, refusal, SIGNER, s3, upload, xml } from './s3-stub.mjs'

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
    ['no UploadId', { Create: () => xml(200, '<a/>') }, /^CreateMultipartUpload returned no UploadId/],
    [
      'no ETag of a part',
      { 'Part 2': () => new Response('') },
      /ETag to ExposeHeaders in the CORS rules of the bucket$/,
    ],
    ['no ETag of the object', { Complete: () => xml(200, '') }, /^CompleteMultipartUpload returned no/],
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
      [{ body: Readable.from([{ a: 1 }]) }, 'TypeError: body must yield strings or bytes; got object'],
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
