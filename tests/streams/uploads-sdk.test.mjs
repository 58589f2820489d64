// What the S3 client of the AWS SDK sends when it streams, next to what signStream makes of the same body: the same
// bytes, and the same headers but for those that are the SDK's own.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { HttpResponse } from '@smithy/core/protocols'
import { createSigner } from 'gatesign'
import { signStream } from 'gatesign/streams'

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const REGION = 'us-east-1'
const CHECKSUMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']
/** Of the SDK's telemetry and of its transport; the signature covers some of them. */
const SDK_OWN = [
  ...[
    'amz-sdk-invocation-id',
    'amz-sdk-request',
    'user-agent',
    'x-amz-user-agent',
    'transfer-encoding',
    'host',
  ],
  ...['content-type', 'x-amz-sdk-checksum-algorithm', 'authorization', 'x-amz-date', 'expect'],
]
/** The SDK makes a chunk of each part that it reads. */
const CHUNK = 65536

async function sentBySdk(body, ChecksumAlgorithm) {
  let sent
  const client = new S3Client({
    region: REGION,
    credentials: KEYS,
    requestHandler: {
      async handle(request) {
        sent = { headers: request.headers, body: await buffer(request.body) }
        return { response: new HttpResponse({ statusCode: 200, headers: {} }) }
      },
    },
  })
  const input = { Bucket: 'bucket', Key: 'key', Body: body, ContentLength: body.size, ChecksumAlgorithm }
  await client.send(new PutObjectCommand(input))
  return sent
}

function sourceOf(bytes) {
  const parts = []
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(bytes.subarray(at, at + CHUNK))
  return Object.assign(Readable.from(parts, { objectMode: false }), { size: bytes.length })
}

const others = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !SDK_OWN.includes(name.toLowerCase())))

for (const checksum of CHECKSUMS) {
  for (const size of [0, 1, CHUNK, 2 * CHUNK, 2 * CHUNK + 1]) {
    test(`${checksum}, ${size} bytes`, async () => {
      const bytes = randomBytes(size)
      const theirs = await sentBySdk(sourceOf(bytes), checksum)
      const { headers, body } = signStream(createSigner({ ...KEYS, region: REGION, service: 's3' }), {
        url: 'https://bucket.s3.us-east-1.amazonaws.com/key?x-id=PutObject',
        body: sourceOf(bytes),
        contentLength: size,
        signPayload: false,
        checksum,
        chunkSize: CHUNK,
      })
      assert.equal(theirs.headers['x-amz-content-sha256'], 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
      assert.deepEqual(others(headers), others(theirs.headers))
      assert.deepEqual(await buffer(body), theirs.body)
    })
  }
}
