// What cannot be uploaded is refused before anything is sent; what turns out while it is sent ends the request.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createSigner } from 'gatesign'
import { signChunks, signStream } from 'gatesign/streams'
import { createSigner as createSignerV4a } from 'gatesign/v4a'

const SIGNER = { accessKeyId: 'A', secretAccessKey: 'not-shown-anywhere', region: 'us-east-1', service: 's3' }
const signer = createSigner(SIGNER)
const TARGET = 'https://bucket.s3.us-east-1.amazonaws.com/key'

describe('before anything is sent', () => {
  const BODY = 'body must be a stream, an async iterable, a Blob, bytes or a string; got '
  const ROWS = [
    ['no request', undefined, 'request must be an object; got undefined'],
    ['no body', {}, `${BODY}undefined`],
    ['null', { body: null }, `${BODY}null`],
    ['a number', { body: 5 }, `${BODY}number`],
    ['an object', { body: {} }, `${BODY}object`],
    ['no length', { body: Readable.from([]) }, /^contentLength must be given: S3 needs to know/],
    [
      'a length that is no number',
      { body: 'b', contentLength: '1' },
      'contentLength must be that of body, 1; got string',
    ],
    ['another length', { body: 'b', contentLength: 2 }, 'contentLength must be that of body, 1; got 2'],
    ...[-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53].map((contentLength) => [
      `a length of ${contentLength}`,
      { body: Readable.from([]), contentLength },
      `contentLength must be a whole number from 0 to 9007199254740991; got ${contentLength}`,
    ]),
    ...[8191, 16_777_217, 65_536.5, Number.NaN].map((chunkSize) => [
      `chunks of ${chunkSize}`,
      { body: 'b', chunkSize },
      `chunkSize must be a whole number from 8192 to 16777216; got ${chunkSize}`,
    ]),
    [
      'a checksum',
      { body: 'b', checksum: 'MD5' },
      'checksum must be one of CRC32, CRC32C, CRC64NVME, SHA1, SHA256, or null; got "MD5"',
    ],
    ['a checksum that is no text', { body: 'b', checksum: 32 }, /^checksum must be one of .*; got number$/],
    ['constructor', { body: 'b', checksum: 'constructor' }, /^checksum must be one of /],
    ['signPayload', { body: 'b', signPayload: 'yes' }, 'signPayload must be a boolean; got string'],
    ['headers', { body: 'b', headers: 'a: b' }, 'headers must be an object; got string'],
    ['headers that are no pairs', { body: 'b', headers: ['a'] }, 'headers must be an object; got string'],
    ...['x-amz-trailer', 'X-Amz-Content-Sha256', 'x-amz-decoded-content-length'].map((name) => [
      name,
      { body: 'b', headers: { [name]: '1' } },
      `headers must not have ${name}: the upload sets it`,
    ]),
    ['a header that HTTP does not carry', { body: 'b', headers: { 'x-a': 'a\nb' } }, /^headers\["x-a"\]|x-a/],
    ['a signal', { body: 'b', signal: {} }, 'signal must be an AbortSignal; got object'],
    ['a URL', { body: 'b', url: 'nowhere' }, /^url must be an absolute URL/],
    ['a date', { body: 'b', date: 'today' }, /^date must be/],
  ]
  for (const [name, request, message] of ROWS) {
    test(name, () => {
      const given = request && { url: TARGET, ...request }
      assert.throws(() => signStream(signer, given), { name: 'TypeError', message })
    })
  }

  for (const [name, given, message] of [
    ['no signer', undefined, 'signer must be one of createSigner; got undefined'],
    ['options', SIGNER, 'signer must be one of createSigner; got object'],
  ]) {
    test(name, () =>
      assert.throws(() => signStream(given, { url: TARGET, body: 'b' }), { name: 'TypeError', message }),
    )
  }

  test('a signer of another service', () => {
    const other = createSigner({ ...SIGNER, service: 'execute-api' })
    const request = { url: 'https://abc123.execute-api.us-east-1.amazonaws.com/', body: 'b' }
    assert.throws(() => signStream(other, request), {
      message: /^signPayload must be false to stream to execute-api, which must accept UNSIGNED-PAYLOAD: /,
    })
    assert.throws(() => signStream(other, { ...request, signPayload: false, checksum: 'CRC32' }), {
      message: 'checksum must be null: only S3 accepts one after the body; got CRC32',
    })
    const { headers } = signStream(other, { ...request, signPayload: false })
    assert.equal(headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
  })

  test('the services that take chunks are those with S3’s rules', () => {
    const namesIn = (text) => Array.from(text.matchAll(/["'](s3[\w-]*)["']/g), ([, name]) => name)
    const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
    const services = namesIn(/^ *"s3".*=> \{$/m.exec(read('crates/sigv4/src/rules.rs'))[0])
    assert.deepEqual(namesIn(/^export const S3_SERVICES = .*$/m.exec(read('src/js/s3.ts'))[0]), services)
    for (const service of services) {
      const { headers } = signStream(createSigner({ ...SIGNER, service }), { url: TARGET, body: 'b' })
      assert.equal(headers['x-amz-content-sha256'], 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER')
    }
  })

  test('what contradicts the signer', () => {
    for (const signPayload of [true, false]) {
      const other = createSigner({ ...SIGNER, signPayload })
      const request = { url: TARGET, body: 'b', signPayload: !signPayload }
      assert.throws(() => signStream(other, request), {
        name: 'TypeError',
        message: /must not contradict signPayload/,
      })
    }
  })

  test('chunks signed by Signature Version 4A; it can sign the request of others', () => {
    const { region, ...keys } = SIGNER
    const several = createSignerV4a({ ...keys, regionSet: ['*'] })
    const request = { url: 'https://bucket.mrap.accesspoint.s3-global.amazonaws.com/key', body: 'b' }
    assert.throws(() => signStream(several, request), {
      name: 'TypeError',
      message: 'signer must sign with Signature Version 4: other signatures do not cover chunks here',
    })
    const { headers } = signStream(several, { ...request, signPayload: false })
    assert.match(headers.authorization, /^AWS4-ECDSA-P256-SHA256 /)
    assert.equal(headers['x-amz-content-sha256'], 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
  })

  test('a signer that was destroyed', () => {
    const gone = createSigner(SIGNER)
    gone.destroy()
    assert.throws(() => signStream(gone, { url: TARGET, body: 'b' }), {
      message: /this signer was destroyed/,
    })
  })
})

describe('while it is sent', () => {
  let server
  let arrived
  before(async () => {
    server = createServer(async (request, response) => {
      arrived = { bytes: 0, ended: false }
      try {
        for await (const part of request) arrived.bytes += part.length
        arrived.ended = true
        response.end()
      } catch {
        // The client broke off.
      }
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    arrived = undefined
  })

  const send = (request, by = signer) => {
    const url = `http://127.0.0.1:${server.address().port}/bucket/key`
    const { url: signed, ...init } = signStream(by, { url, ...request })
    return fetch(signed, init)
  }
  const causeOf = async (promise) => {
    try {
      await promise
    } catch (error) {
      return error.cause ?? error
    }
    assert.fail('it was sent')
  }
  const part = new Uint8Array(100_000)

  for (const [name, options] of [
    ['chunks', {}],
    ['the body as it is', { signPayload: false, checksum: null }],
  ]) {
    test(`${name}: a body that is too short`, async () => {
      const error = await causeOf(send({ body: Readable.from([part]), contentLength: 100_001, ...options }))
      assert.equal(
        `${error}`,
        'RangeError: body must have the 100001 bytes of contentLength; it has only 100000',
      )
      assert.ok(!arrived?.ended, 'the server knows that it is not whole')
    })

    test(`${name}: a body that is too long`, async () => {
      const error = await causeOf(
        send({ body: Readable.from([part, part]), contentLength: 100_001, ...options }),
      )
      assert.equal(
        `${error}`,
        'RangeError: body must have the 100001 bytes of contentLength; it has at least 200000',
      )
      assert.ok(!arrived?.ended)
    })

    test(`${name}: a body that fails`, async () => {
      const reason = new Error('the disk is gone')
      const failing = async function* () {
        yield part
        throw reason
      }
      const error = await causeOf(send({ body: failing(), contentLength: 200_000, ...options }))
      assert.equal(error, reason)
      assert.ok(!arrived?.ended)
    })

    test(`${name}: a body that gives something else`, async () => {
      const error = await causeOf(
        send({ body: Readable.from([part, { a: 1 }]), contentLength: 200_000, ...options }),
      )
      assert.equal(`${error}`, 'TypeError: body must yield strings or bytes; got object')
      assert.ok(!arrived?.ended)
    })
  }

  test('a signer that is destroyed meanwhile', async () => {
    const brief = createSigner(SIGNER)
    const body = async function* () {
      yield part
      brief.destroy()
      yield part
    }
    const error = await causeOf(send({ body: body(), contentLength: 200_000 }, brief))
    assert.match(error.message, /^this signer was destroyed/)
    assert.doesNotMatch(error.stack, /not-shown-anywhere/)
  })

  /** Bodies that wait for ever after their first part, and what says that they were let go. */
  const WAITING = {
    'a ReadableStream': () => {
      let canceled
      const done = new Promise((resolve) => {
        canceled = resolve
      })
      const stream = new ReadableStream({
        start: (controller) => controller.enqueue(part),
        cancel: canceled,
      })
      return [stream, done]
    },
    'a Node stream': () => {
      const stream = new Readable({ read() {} })
      stream.push(part)
      stream.on('error', () => {})
      return [stream, new Promise((resolve) => stream.on('close', resolve))]
    },
    'an async iterable': () => {
      let returned
      const done = new Promise((resolve) => {
        returned = resolve
      })
      let count = 0
      const iterator = {
        next: () => (count++ === 0 ? Promise.resolve({ done: false, value: part }) : new Promise(() => {})),
        async return() {
          returned()
          return { done: true }
        },
      }
      return [{ [Symbol.asyncIterator]: () => iterator }, done]
    },
  }
  for (const [name, make] of Object.entries(WAITING)) {
    test(`canceling lets go of ${name}, which is waited for`, async () => {
      const [body, done] = make()
      const reader = signStream(signer, { url: TARGET, body, contentLength: 200_000 }).body.getReader()
      assert.equal((await reader.read()).value.length > 65_536, true)
      const next = reader.read()
      await reader.cancel(new Error('mine'))
      await done
      assert.equal((await next).done, true)
    })
  }

  for (const [name, make] of Object.entries(WAITING)) {
    test(`the signal ends ${name}, too`, async () => {
      const stop = new AbortController()
      const reason = new Error('mine')
      const [body, done] = make()
      const sent = causeOf(send({ body, contentLength: 200_000, signal: stop.signal }))
      while (!arrived?.bytes) await new Promise((resolve) => setTimeout(resolve, 5))
      stop.abort(reason)
      assert.equal(await sent, reason)
      await done
    })
  }

  test('it is read no faster than it is sent', async () => {
    let read = 0
    const body = async function* () {
      for (;;) {
        read += part.length
        yield part
      }
    }
    const { transform } = signChunks(signer, { url: TARGET, contentLength: 2 ** 40 })
    const stop = new AbortController()
    const waiting = ReadableStream.from(body()).pipeThrough(transform, { signal: stop.signal })
    const reader = waiting.getReader()
    for (let i = 1; i <= 20; i += 1) {
      await reader.read()
      await new Promise((resolve) => setTimeout(resolve, 2))
      assert.ok(read <= i * 65_536 + 4 * part.length, `${read} bytes were read for ${i} chunks`)
    }
    stop.abort()
  })
})
