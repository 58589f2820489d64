// Uploads in parts, to the S3 server that checks signatures and checksums, and next to the AWS SDK's own (lib-storage).

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createSigner } from 'gatesign'
import { uploadInParts } from 'gatesign/streams'
import { S3_CREDENTIALS } from '../lib/s3.mjs'
import { bucketWith, pieces, SIGNER, signer } from './bucket.mjs'

const MIB = 1024 * 1024
const PART = 5 * MIB
const BYTES = randomBytes(2 * PART + 12_345)

const { endpoint, urlOf, fileStream } = bucketWith(BYTES)

async function get(key, headers = {}) {
  const signed = signer.sign({ url: urlOf(key), headers })
  return fetch(signed.url, { headers: signed.headers })
}

const stored = async (key) => Buffer.from(await (await get(key)).arrayBuffer())

/** A fetch that notes what is asked for. */
function noting() {
  const requests = []
  const noted = (url, init) => {
    const { searchParams } = new URL(url)
    requests.push({ method: init.method, headers: init.headers, query: Object.fromEntries(searchParams) })
    return fetch(url, init)
  }
  return { requests, fetch: noted }
}

/** As S3 has it of parts: the MD5 of their MD5s. */
function etagOfParts(bytes) {
  const md5s = []
  for (let at = 0; at < bytes.length; at += PART) {
    md5s.push(
      createHash('md5')
        .update(bytes.subarray(at, at + PART))
        .digest(),
    )
  }
  return `"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${md5s.length}"`
}

describe('sizes, of unknown length', () => {
  for (const [size, parts] of [
    [0, 1],
    [1, 1],
    [PART - 1, 1],
    [PART, 1],
    [PART + 1, 2],
    [2 * PART, 2],
    [2 * PART + 1, 3],
  ]) {
    test(`${size} bytes`, async () => {
      const key = `size ${size}`
      const bytes = BYTES.subarray(0, size)
      const { requests, fetch } = noting()
      const result = await uploadInParts(signer, { url: urlOf(key), body: pieces(bytes), fetch })
      assert.deepEqual(await stored(key), bytes)
      assert.equal(result.location, urlOf(key))
      assert.deepEqual([result.size, result.parts], [size, parts])
      assert.equal(result.etag, (await get(key)).headers.get('etag') ?? result.etag)
      assert.equal(requests.length, parts === 1 ? 1 : parts + 2)
      if (parts === 1) assert.equal(result.etag, `"${createHash('md5').update(bytes).digest('hex')}"`)
    })
  }
})

describe('checksums', () => {
  for (const checksum of [null, 'CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
    for (const signPayload of [true, false]) {
      test(`${checksum}, ${signPayload ? 'signed' : 'not signed'}`, async () => {
        const key = `${checksum} ${signPayload}`
        const { requests, fetch } = noting()
        const request = { url: urlOf(key), body: pieces(BYTES), checksum, signPayload, fetch }
        const result = await uploadInParts(signer, request)
        assert.deepEqual(await stored(key), BYTES)
        assert.equal(result.parts, 3)
        const parts = requests.filter(({ query }) => query.partNumber)
        assert.equal(parts.length, 3)
        for (const { headers, query } of parts) {
          const bytes = BYTES.subarray((query.partNumber - 1) * PART, query.partNumber * PART)
          const sha256 = createHash('sha256').update(bytes)
          const hex = sha256.copy().digest('hex')
          assert.equal(headers['x-amz-content-sha256'], signPayload ? hex : 'UNSIGNED-PAYLOAD')
          const names = Object.keys(headers).filter((name) => name.startsWith('x-amz-checksum'))
          assert.deepEqual(names, checksum ? [`x-amz-checksum-${checksum.toLowerCase()}`] : [])
          if (checksum === 'SHA256') assert.equal(headers[names[0]], sha256.digest('base64'))
        }
      })
    }
  }
})

describe('every body', () => {
  const BODIES = {
    'a ReadableStream': () => new Blob([BYTES]).stream(),
    'an async iterable': () => pieces(BYTES),
    'an async iterable of large parts': () => pieces(BYTES, 7 * MIB),
    'an iterable that fills the same buffer again': async function* () {
      const buffer = Buffer.alloc(100_000)
      for (let at = 0; at < BYTES.length; at += buffer.length) {
        yield buffer.subarray(0, BYTES.copy(buffer, 0, at))
      }
    },
    'a Node stream': () => fileStream(),
    'a Blob': () => new Blob([BYTES]),
    bytes: () => BYTES,
    'an ArrayBuffer': () => new Uint8Array(BYTES).buffer,
  }
  for (const [name, make] of Object.entries(BODIES)) {
    test(name, async () => {
      const { parts } = await uploadInParts(signer, { url: urlOf(name), body: make() })
      assert.equal(parts, 3)
      assert.deepEqual(await stored(name), BYTES)
    })
  }
})

test('progress is that of what S3 has', async () => {
  const seen = []
  const onProgress = (progress) => seen.push(progress)
  await uploadInParts(signer, { url: urlOf('progress'), body: pieces(BYTES), onProgress })
  assert.equal(seen.length, 3)
  assert.deepEqual(seen.at(-1), { loaded: BYTES.length, total: undefined })
  await uploadInParts(signer, { url: urlOf('progress'), body: new Blob([BYTES]), onProgress })
  assert.deepEqual(seen.at(-1), { loaded: BYTES.length, total: BYTES.length })
})

test('no more parts at a time than the caller lets', async () => {
  for (const concurrency of [1, 2]) {
    let now = 0
    let most = 0
    const counting = async (url, init) => {
      now += 1
      most = Math.max(most, now)
      try {
        return await fetch(url, init)
      } finally {
        now -= 1
      }
    }
    await uploadInParts(signer, { url: urlOf('some'), body: pieces(BYTES), concurrency, fetch: counting })
    assert.ok(most <= concurrency, `${most}`)
    assert.deepEqual(await stored('some'), BYTES)
  }
})

test('a function gives the signer of each request', async () => {
  let asked = 0
  const give = async () => {
    asked += 1
    return createSigner(SIGNER)
  }
  const { requests, fetch } = noting()
  await uploadInParts(give, { url: urlOf('renewed'), body: pieces(BYTES), fetch })
  assert.deepEqual(await stored('renewed'), BYTES)
  // Once more to know its service.
  assert.equal(asked, requests.length + 1)
})

test('a part that was changed on the way is refused, and nothing is stored', async () => {
  const methods = []
  const changing = (url, init) => {
    methods.push(init.method)
    if (!url.includes('partNumber=2')) return fetch(url, init)
    const body = Uint8Array.from(init.body)
    body[1000] ^= 1
    return fetch(url, { ...init, body })
  }
  const request = { url: urlOf('changed'), body: pieces(BYTES), retries: 0, fetch: changing }
  await assert.rejects(
    uploadInParts(signer, request),
    /^Error: UploadPart 2 failed with status code [45]\d\d: /,
  )
  assert.equal(methods.at(-1), 'DELETE')
  assert.equal((await get('changed')).status, 404)
})

test('a wrong secret is told with the operation, and without the session token', async () => {
  const sessionToken = 'not/shown+anywhere=='
  const wrong = createSigner({ ...SIGNER, secretAccessKey: 'wrong', sessionToken })
  for (const body of [pieces(BYTES), 'small']) {
    await assert.rejects(uploadInParts(wrong, { url: urlOf('wrong'), body }), (error) => {
      assert.match(error.message, /^(CreateMultipartUpload|PutObject) failed with status code 403: /)
      assert.equal(error.response.status, 403)
      assert.doesNotMatch(JSON.stringify(error.response) + error.stack, /shown.anywhere/)
      return true
    })
  }
})

describe('next to the AWS SDK (lib-storage), which uploads the same', () => {
  const client = () =>
    new S3Client({
      ...{ region: SIGNER.region, credentials: S3_CREDENTIALS, endpoint: endpoint(), forcePathStyle: true },
    })

  for (const size of [1000, BYTES.length]) {
    test(`${size} bytes: the same object, ETag and location`, async () => {
      const bytes = BYTES.subarray(0, size)
      const params = { Bucket: 'bucket', Key: 'by the SDK', Body: bytes }
      const theirs = await new Upload({ client: client(), params }).done()
      assert.deepEqual(await stored('by the SDK'), bytes)
      const { etag, location } = await uploadInParts(signer, { url: urlOf('by the SDK'), body: bytes })
      assert.deepEqual(await stored('by the SDK'), bytes)
      assert.equal(etag, theirs.ETag)
      if (size < PART) assert.equal(location, theirs.Location)
      else assert.equal(etag, etagOfParts(bytes))
    })
  }
})
