// The two examples of S3's documentation, and the checksums next to those that others have published or made.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { createSigner } from 'gatesign'
import { signStream } from 'gatesign/streams'
import { importSource } from '../../xtask/sources.mjs'

const { Sha1, Sha256 } = await importSource('src/streams/sha.ts')
const { newHash, CHECKSUMS } = await importSource('src/streams/checksums.ts')

const signer = createSigner({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 's3',
})
const EXAMPLE = {
  url: 'https://s3.amazonaws.com/examplebucket/chunkObject.txt',
  headers: { 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
  body: 'a'.repeat(66560),
  date: '20130524T000000Z',
}
const CHUNKS = (first, second, last) =>
  `10000;chunk-signature=${first}\r\n${'a'.repeat(65536)}\r\n400;chunk-signature=${second}\r\n${'a'.repeat(1024)}\r\n0;chunk-signature=${last}\r\n`

describe('the examples of S3’s documentation', () => {
  test('a body in chunks', async () => {
    const headers = { ...EXAMPLE.headers, 'content-length': '66824' }
    const signed = signStream(signer, { ...EXAMPLE, headers, checksum: null })
    assert.match(
      signed.headers.authorization,
      /SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class, Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9$/,
    )
    const text = String(await buffer(signed.body))
    const expected = CHUNKS(
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    )
    assert.equal(text, `${expected}\r\n`)
    assert.equal(signed.contentLength, 66824)
  })

  test('a checksum behind it', async () => {
    const signed = signStream(signer, { ...EXAMPLE, checksum: 'CRC32C' })
    assert.equal(signed.headers['x-amz-trailer'], 'x-amz-checksum-crc32c')
    assert.match(
      signed.headers.authorization,
      /Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e$/,
    )
    const text = String(await buffer(signed.body))
    const expected = CHUNKS(
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    )
    const signature = 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435'
    assert.equal(
      text,
      `${expected}x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
    )
    assert.equal(signed.contentLength, text.length)
  })

  test('the same by require, and through a transform of parts of any size', async () => {
    const required = createRequire(import.meta.url)('gatesign/streams')
    const expected = await buffer(signStream(signer, EXAMPLE).body)
    const { body, ...rest } = EXAMPLE
    for (const size of [1021, 65535, 65536, 66560]) {
      const { transform } = required.signChunks(signer, { ...rest, contentLength: body.length })
      const parts = new ReadableStream({
        start(controller) {
          for (let at = 0; at < body.length; at += size) controller.enqueue(body.slice(at, at + size))
          controller.close()
        },
      })
      assert.deepEqual(await buffer(parts.pipeThrough(transform)), expected)
    }
  })
})

describe('checksums', () => {
  const hex = (bytes) => Buffer.from(bytes).toString('hex')
  /** Of `123456789`, as the catalogue of parametrised CRC algorithms and FIPS 180-4's examples have them. */
  const OF_DIGITS = {
    CRC32: 'cbf43926',
    CRC32C: 'e3069283',
    CRC64NVME: 'ae8b14860a799888',
    SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
    SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
  }
  for (const [name, expected] of Object.entries(OF_DIGITS)) {
    test(name, () => {
      const hash = newHash(name)
      hash.update(Buffer.from('123456789'))
      assert.equal(hex(hash.digest()), expected)
    })
  }
  test('these are all', () => assert.deepEqual(Object.keys(OF_DIGITS), CHECKSUMS))

  test('in parts as in one, at every length around a block', () => {
    for (const name of CHECKSUMS) {
      for (let length = 0; length < 150; length += 1) {
        const bytes = randomBytes(length)
        const whole = newHash(name)
        whole.update(bytes)
        const expected = hex(whole.digest())
        for (const cut of [1, 7, 63, 64, 65]) {
          const hash = newHash(name)
          for (let at = 0; at < length; at += cut) hash.update(bytes.subarray(at, at + cut))
          assert.equal(hex(hash.digest()), expected, `${name}, ${length} bytes by ${cut}`)
        }
      }
    }
  })

  for (const [name, Hash] of Object.entries({ sha1: Sha1, sha256: Sha256 })) {
    test(`${name} of this package is node:crypto’s`, () => {
      for (const length of [...Array(300).keys(), 100_000]) {
        const bytes = randomBytes(length)
        const hash = new Hash()
        const cut = Math.floor(length / 3)
        hash.update(bytes.subarray(0, cut))
        hash.update(bytes.subarray(cut))
        assert.equal(hex(hash.digest()), createHash(name).update(bytes).digest('hex'), `${length} bytes`)
      }
    })
  }

  test('more than 2^32 bits', { skip: process.env.LONG ? false : 'with LONG=1' }, () => {
    const part = new Uint8Array(2 ** 25)
    for (const [name, Hash] of Object.entries({ sha1: Sha1, sha256: Sha256 })) {
      const [ours, theirs] = [new Hash(), createHash(name)]
      for (let i = 0; i < 17; i += 1) {
        ours.update(part)
        theirs.update(part)
      }
      assert.equal(hex(ours.digest()), theirs.digest('hex'))
    }
  })
})
