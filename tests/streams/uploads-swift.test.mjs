// Uploads that stream, to a second server that checks every signature and checksum: OpenStack Swift's S3 interface, which
// shares no code with that of uploads-s3.test.mjs.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { createSigner } from 'gatesign'
import { signStream, uploadInParts } from 'gatesign/streams'
import { S3_CREDENTIALS } from '../lib/s3.mjs'
import { startSwift } from './swift.mjs'

const BYTES = randomBytes(200_000)
const CHECKSUMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']
const signer = createSigner({ ...S3_CREDENTIALS, region: 'us-east-1', service: 's3' })

let server
const urlOf = (key) => `${server.url}/bucket/${encodeURIComponent(key)}`

// Swift runs where Linux and macOS do.
const skip = process.platform === 'win32'
before(async () => {
  if (skip) return
  server = await startSwift()
  const { url, ...init } = signer.sign({ method: 'PUT', url: `${server.url}/bucket` })
  const response = await fetch(url, init)
  assert.equal(response.status, 200, await response.text())
})
after(() => server?.stop())

async function stored(key) {
  const { url, headers } = signer.sign({ url: urlOf(key) })
  const response = await fetch(url, { headers })
  return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : response.status
}

/** Signs, changes what is sent, and sends it. */
async function put(key, options, change = (sent) => sent) {
  const { url, method, headers, body } = signStream(signer, { url: urlOf(key), body: BYTES, ...options })
  const sent = Buffer.from(await new Response(body).arrayBuffer())
  const response = await fetch(url, { method, headers, body: change(sent) })
  return { status: response.status, text: await response.text() }
}

/** Changes the one byte that a search finds, `after` bytes behind it. */
const changed = (search, after) => (sent) => {
  const copy = Buffer.from(sent)
  copy[copy.indexOf(search) + after] ^= 1
  return copy
}

describe('every way to sign', { skip }, () => {
  for (const signPayload of [true, false]) {
    for (const checksum of [null, ...CHECKSUMS]) {
      for (const size of [0, 1, 65_536, 65_537, 200_000]) {
        test(`${signPayload ? 'signed' : 'not signed'}, ${checksum}: ${size} bytes`, async () => {
          const key = `${signPayload} ${checksum} ${size}`
          const body = BYTES.subarray(0, size)
          const { status, text } = await put(key, { body, signPayload, checksum })
          assert.equal(status, 200, text)
          assert.deepEqual(await stored(key), body)
        })
      }
    }
  }

  test('as a stream, while it is signed', async () => {
    const body = new Blob([BYTES]).stream()
    const { url, ...init } = signStream(signer, { url: urlOf('stream'), body, contentLength: BYTES.length })
    const response = await fetch(url, init)
    assert.equal(response.status, 200, await response.text())
    assert.deepEqual(await stored('stream'), BYTES)
  })
})

describe('what is changed on the way is refused', { skip }, () => {
  const CHUNKS = {
    'a byte of the first chunk': changed('\r\n', 2 + 1000),
    'a byte of the last chunk': changed('\r\n0;chunk', -1),
    'the signature of a chunk': changed('chunk-signature=', 16),
    'the signature of the last chunk': changed('\r\n0;chunk-signature=', 20),
  }
  const TRAILER = {
    'the checksum': changed('x-amz-checksum-', 25),
    'the signature of the trailer': changed('x-amz-trailer-signature:', 24),
  }
  for (const [checksum, changes] of [
    [null, CHUNKS],
    ['CRC32', { ...CHUNKS, ...TRAILER }],
    ['CRC64NVME', TRAILER],
    ['SHA256', TRAILER],
  ]) {
    for (const [name, change] of Object.entries(changes)) {
      test(`${checksum}: ${name}`, async () => {
        const key = `changed ${checksum} ${name}`
        const { status, text } = await put(key, { checksum }, change)
        assert.equal(status, 403, text)
        assert.match(text, /<Code>SignatureDoesNotMatch<\/Code>/)
        assert.equal(await stored(key), 404)
      })
    }
  }

  for (const checksum of CHECKSUMS) {
    test(`${checksum} alone: a byte of a body that is not signed`, async () => {
      const key = `digest ${checksum}`
      const { status, text } = await put(key, { checksum, signPayload: false }, changed('\r\n', 2 + 1000))
      assert.equal(status, 400, text)
      assert.match(text, /<Code>BadDigest<\/Code>/)
      assert.equal(await stored(key), 404)
    })
  }
})

describe('an upload that fits into one part', { skip }, () => {
  for (const signPayload of [true, false]) {
    for (const checksum of [null, ...CHECKSUMS]) {
      test(`${signPayload ? 'signed' : 'not signed'}, ${checksum}`, async () => {
        const key = `one part ${signPayload} ${checksum}`
        await uploadInParts(signer, {
          url: urlOf(key),
          body: new Blob([BYTES]).stream(),
          signPayload,
          checksum,
        })
        assert.deepEqual(await stored(key), BYTES)
      })

      test(`${signPayload ? 'signed' : 'not signed'}, ${checksum}: a byte that was changed`, async () => {
        const key = `one part ${signPayload} ${checksum} changed`
        const changing = (url, init) => {
          const body = Uint8Array.from(init.body)
          body[1000] ^= 1
          return fetch(url, { ...init, body })
        }
        const upload = () =>
          uploadInParts(signer, { url: urlOf(key), body: BYTES, signPayload, checksum, fetch: changing })
        // What is neither signed nor summed nobody can refuse.
        if (!signPayload && !checksum) await upload()
        else await assert.rejects(upload, /^Error: PutObject failed with status code 400: /)
      })
    }
  }
})
