// Uploads that stream, to the S3 server that checks every signature: of the request, of each chunk and of the trailer.

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { request as open } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, test } from 'node:test'
import { createSigner } from 'gatesign'
import { signChunks, signStream } from 'gatesign/streams'
import { bucketWith, pieces, SIGNER, signer } from './bucket.mjs'

const CHECKSUMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']
const BYTES = randomBytes(200_000)

const { urlOf, fileStream } = bucketWith(BYTES)

async function put(request, by = signer) {
  const { url, ...init } = signStream(by, request)
  const response = await fetch(url, init)
  return { status: response.status, text: await response.text(), headers: init.headers }
}

async function stored(key) {
  const { url, headers } = signer.sign({ url: urlOf(key) })
  const response = await fetch(url, { headers })
  return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : response.status
}

/** Every way to sign, as the options and what the request says of it. */
const WAYS = [
  [{ checksum: null }, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'],
  ...CHECKSUMS.map((checksum) => [{ checksum }, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER']),
  ...CHECKSUMS.map((checksum) => [{ checksum, signPayload: false }, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']),
]

/** Every kind of body. */
const BODIES = {
  'a ReadableStream': () => new Blob([BYTES]).stream(),
  'a ReadableStream of small parts': () => ReadableStream.from(pieces(BYTES, 999)),
  'an async iterable': () => pieces(BYTES, 70_001),
  'a Node stream': () => fileStream(),
  'a Node stream of bytes at once': () => Readable.from([BYTES]),
  'a Blob': () => new Blob([BYTES]),
  bytes: () => BYTES,
  'an ArrayBuffer': () => new Uint8Array(BYTES).buffer,
}

describe('every way to sign', () => {
  for (const [options, hash] of WAYS) {
    for (const size of [0, 1, 65_536, 65_537, 200_000]) {
      test(`${hash} ${options.checksum ?? ''}: ${size} bytes`, async () => {
        const key = `${hash}-${options.checksum}-${size}`
        const bytes = BYTES.subarray(0, size)
        const request = { url: urlOf(key), body: pieces(bytes, 30_000), contentLength: size, ...options }
        const { status, text, headers } = await put(request)
        assert.equal(status, 200, text)
        assert.equal(headers['x-amz-content-sha256'], hash)
        assert.deepEqual(await stored(key), bytes)
      })
    }
  }
})

describe('every body', () => {
  for (const [name, make] of Object.entries(BODIES)) {
    test(name, async () => {
      const { status, text } = await put({ url: urlOf(name), body: make(), contentLength: BYTES.length })
      assert.equal(status, 200, text)
      assert.deepEqual(await stored(name), BYTES)
    })
  }

  test('texts', async () => {
    const text = 'ü日🙂'.repeat(30_000)
    const contentLength = Buffer.byteLength(text)
    for (const body of [
      text,
      Readable.from([text]),
      ReadableStream.from(['ü日🙂'.repeat(20_000), 'ü日🙂'.repeat(10_000)]),
    ]) {
      assert.equal((await put({ url: urlOf('text'), body, contentLength })).status, 200)
      assert.equal(String(await stored('text')), text)
    }
  })

  test('the length of what has one need not be given', async () => {
    for (const body of [new Blob([BYTES]), BYTES, BYTES.toString('hex')]) {
      assert.equal((await put({ url: urlOf('known'), body })).status, 200)
    }
  })

  for (const chunkSize of [8192, 8193, 100_000, 1024 * 1024]) {
    test(`chunks of ${chunkSize} bytes`, async () => {
      const { status, text } = await put({ url: urlOf('size'), body: BYTES, chunkSize })
      assert.equal(status, 200, text)
      assert.deepEqual(await stored('size'), BYTES)
    })
  }
})

test('with Content-Length: a transport that sends it, and a TransformStream', async () => {
  for (const [options] of WAYS) {
    const request = { url: urlOf('length'), contentLength: BYTES.length, ...options }
    const { url, method, headers, contentLength, transform } = signChunks(signer, request)
    const sent = open(url, { method, headers: { ...headers, 'content-length': contentLength } })
    const answered = new Promise((resolve, reject) => sent.on('response', resolve).on('error', reject))
    // Node refuses to send more, and the server would wait for what is missing.
    await pipeline(new Blob([BYTES]).stream().pipeThrough(transform), sent)
    const response = await answered
    response.resume()
    assert.equal(response.statusCode, 200)
    assert.deepEqual(await stored('length'), BYTES)
  }
})

test('a body that is not signed, of unknown length', async () => {
  const { url, ...init } = signStream(createSigner({ ...SIGNER, service: 'vpc-lattice-svcs' }), {
    method: 'POST',
    url: 'https://service.example/orders',
    body: pieces(BYTES, 50_000),
  })
  const { body, headers, duplex, contentLength } = init
  const seen = Buffer.from(await new Response(body).arrayBuffer())
  assert.deepEqual(seen, BYTES)
  assert.equal(headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
  assert.equal(headers['content-encoding'], undefined)
  assert.deepEqual([url, duplex, contentLength], ['https://service.example/orders', 'half', undefined])
})

test('the session token and a signer that signs no payload', async () => {
  const token = createSigner({ ...SIGNER, sessionToken: 'an/example+token==', signPayload: false })
  const { headers } = signStream(token, { url: urlOf('token'), body: BYTES })
  assert.equal(headers['x-amz-security-token'], 'an/example+token==')
  assert.equal(headers['x-amz-content-sha256'], 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
})

test('a coding of the body’s own comes first', () => {
  const given = [
    { 'Content-Encoding': 'gzip', 'x-amz-meta-a': '1' },
    [['Content-Encoding', 'gzip']],
    new Headers({ 'content-encoding': 'gzip' }),
  ]
  for (const headers of given) {
    const signed = signStream(signer, { url: urlOf('gzip'), body: BYTES, headers })
    assert.equal(signed.headers['content-encoding'], 'gzip,aws-chunked')
    assert.match(signed.headers.authorization, /SignedHeaders=content-encoding;host;/)
  }
})

describe('what is changed on the way is refused', () => {
  /** Changes the one byte that a search finds, `after` bytes behind it. */
  const changed = (bytes, search, after) => {
    const copy = Buffer.from(bytes)
    copy[copy.indexOf(search) + after] ^= 1
    return copy
  }
  const CHANGES = {
    'a byte of the first chunk': (sent) => changed(sent, '\r\n', 2 + 1000),
    'a byte of the last chunk': (sent) => changed(sent, '\r\n0;chunk', -1),
    'the signature of a chunk': (sent) => changed(sent, 'chunk-signature=', 16),
    'the signature of the last chunk': (sent) => changed(sent, '\r\n0;chunk-signature=', 20),
  }
  const TRAILED = {
    ...CHANGES,
    'the checksum': (sent) => changed(sent, 'x-amz-checksum-crc32:', 22),
    'the signature of the trailer': (sent) => changed(sent, 'x-amz-trailer-signature:', 24),
  }
  for (const [checksum, changes] of [
    [null, CHANGES],
    ['CRC32', TRAILED],
  ]) {
    for (const [name, change] of Object.entries(changes)) {
      test(`${checksum ? `with ${checksum}` : 'without a checksum'}: ${name}`, async () => {
        const key = `changed ${checksum} ${name}`
        const { url, method, headers, body } = signStream(signer, { url: urlOf(key), body: BYTES, checksum })
        const sent = Buffer.from(await new Response(body).arrayBuffer())
        const response = await fetch(url, { method, headers, body: change(sent) })
        assert.ok(response.status >= 400, `${response.status} ${await response.text()}`)
        assert.equal(await stored(key), 404)
        // The same without the change.
        assert.equal((await fetch(url, { method, headers, body: sent })).status, 200)
        assert.deepEqual(await stored(key), BYTES)
      })
    }
  }

  test('two chunks that change places', async () => {
    const { url, method, headers, body } = signStream(signer, {
      url: urlOf('swapped'),
      body: BYTES,
      checksum: null,
    })
    const sent = Buffer.from(await new Response(body).arrayBuffer())
    const size = sent.indexOf('\r\n10000;', 10) + 2
    const swapped = Buffer.concat([
      sent.subarray(size, 2 * size),
      sent.subarray(0, size),
      sent.subarray(2 * size),
    ])
    assert.equal(swapped.length, sent.length)
    const response = await fetch(url, { method, headers, body: swapped })
    assert.ok(response.status >= 400)
    assert.equal(await stored('swapped'), 404)
  })

  test('a wrong secret', async () => {
    const wrong = createSigner({ ...SIGNER, secretAccessKey: `${SIGNER.secretAccessKey}x` })
    const { url, method, headers, body } = signStream(wrong, { url: urlOf('wrong'), body: BYTES })
    // At once: the server answers before it has read a stream, and closes the connection.
    const response = await fetch(url, { method, headers, body: await new Response(body).arrayBuffer() })
    assert.equal(response.status, 403, await response.text())
  })
})

test('the checksum is that of the bytes that were sent', async () => {
  for (const [checksum, header] of [
    ['SHA256', 'x-amz-checksum-sha256'],
    ['SHA1', 'x-amz-checksum-sha1'],
  ]) {
    const { body } = signStream(signer, { url: urlOf('sum'), body: BYTES, checksum, signPayload: false })
    const text = Buffer.from(await new Response(body).arrayBuffer()).toString('latin1')
    const [, found] = new RegExp(`\\r\\n0\\r\\n${header}:(.*)\\r\\n\\r\\n$`).exec(text)
    assert.equal(found, createHash(checksum.toLowerCase()).update(BYTES).digest('base64'))
  }
})
