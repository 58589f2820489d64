// Which requests an upload in parts makes, and with which headers: the same as the AWS SDK's own (lib-storage).

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { HttpResponse } from '@smithy/core/protocols'
import { createSigner } from 'gatesign'
import { uploadInParts } from 'gatesign/streams'

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const REGION = 'us-east-1'
const PART = 5 * 1024 * 1024
const BYTES = randomBytes(2 * PART + 12_345)
const CUSTOMER = Buffer.alloc(32, 1)
const MD5 = createHash('md5').update(CUSTOMER).digest('base64')

/** Every kind of header that S3 takes with an object, as the SDK names it and as it is sent. */
const HEADERS = {
  ContentType: ['content-type', 'text/plain'],
  CacheControl: ['cache-control', 'no-store'],
  ContentDisposition: ['content-disposition', 'inline'],
  ContentEncoding: ['content-encoding', 'gzip'],
  ContentLanguage: ['content-language', 'ko'],
  ACL: ['x-amz-acl', 'private'],
  StorageClass: ['x-amz-storage-class', 'STANDARD_IA'],
  Tagging: ['x-amz-tagging', 'a=b'],
  WebsiteRedirectLocation: ['x-amz-website-redirect-location', '/other'],
  ObjectLockMode: ['x-amz-object-lock-mode', 'GOVERNANCE'],
  ServerSideEncryption: ['x-amz-server-side-encryption', 'aws:kms'],
  SSEKMSKeyId: ['x-amz-server-side-encryption-aws-kms-key-id', 'key'],
  SSECustomerAlgorithm: ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
  SSECustomerKey: ['x-amz-server-side-encryption-customer-key', CUSTOMER.toString('base64'), CUSTOMER],
  SSECustomerKeyMD5: ['x-amz-server-side-encryption-customer-key-md5', MD5],
  ExpectedBucketOwner: ['x-amz-expected-bucket-owner', '111122223333'],
  RequestPayer: ['x-amz-request-payer', 'requester'],
  IfNoneMatch: ['if-none-match', '*'],
  IfMatch: ['if-match', '"e"'],
  Metadata: ['x-amz-meta-a', 'b', { a: 'b' }],
}
const OURS = Object.fromEntries(Object.values(HEADERS).map(([name, value]) => [name, value]))
const THEIRS = Object.fromEntries(
  Object.entries(HEADERS).map(([name, [, value, given = value]]) => [name, given]),
)

const xml = (text) => ({ status: 200, text, headers: { 'content-type': 'application/xml' } })

/** What S3 answers. */
function answerTo({ method, query, fails }) {
  if (fails) {
    return { status: 403, text: '<Error><Code>AccessDenied</Code><Message>No</Message></Error>', headers: {} }
  }
  if (method === 'DELETE') return { status: 204, headers: {} }
  if ('uploads' in query) {
    return xml('<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>')
  }
  if (method === 'POST') {
    return xml('<CompleteMultipartUploadResult><ETag>"e-3"</ETag></CompleteMultipartUploadResult>')
  }
  return { status: 200, headers: { etag: '"e"' } }
}

const kindOf = ({ method, query }) =>
  `${method} ${'uploads' in query ? 'uploads' : query.uploadId ? `${query.partNumber ?? 'upload'}` : 'object'}`

/** The caller's headers and those of checksums. Of parts and lists a type says nothing: it is the object's own. */
const compared = (kind, headers) =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), String(value)])
      .filter(([name]) => Object.hasOwn(OURS, name) || name.startsWith('x-amz-checksum-'))
      .filter(([name]) => name !== 'content-type' || /uploads|object/.test(kind))
      .sort(),
  )

const listed = (requests) =>
  requests
    .map((request) => [kindOf(request), compared(kindOf(request), request.headers)])
    .sort(([a], [b]) => (a < b ? -1 : 1))

async function bySdk(bytes, checksum, fails) {
  const requests = []
  const client = new S3Client({
    ...{ region: REGION, credentials: KEYS, maxAttempts: 1 },
    requestHandler: {
      async handle(request) {
        requests.push(request)
        const { status, text, headers } = answerTo({ ...request, fails: fails(request) })
        const body = new Blob([text ?? '']).stream()
        return { response: new HttpResponse({ statusCode: status, headers, body }) }
      },
    },
  })
  const params = { ...THEIRS, Bucket: 'bucket', Key: 'key', Body: bytes, ChecksumAlgorithm: checksum }
  const result = await new Upload({ client, params }).done().catch((error) => error)
  return { requests, result }
}

async function byUs(bytes, checksum, fails) {
  const requests = []
  const answer = async (url, { method, headers, body }) => {
    const query = Object.fromEntries(new URL(url).searchParams)
    requests.push({ method, headers, query, body })
    const { status, text, headers: answered } = answerTo({ method, query, fails: fails({ method, query }) })
    return new Response(text, { status, headers: answered })
  }
  const result = await uploadInParts(createSigner({ ...KEYS, region: REGION, service: 's3' }), {
    ...{ url: 'https://bucket.s3.us-east-1.amazonaws.com/key', body: bytes, headers: OURS, checksum },
    ...{ fetch: answer, retries: 0 },
  }).catch((error) => error)
  return { requests, result }
}

for (const checksum of ['CRC32', 'CRC32C', 'SHA1', 'SHA256']) {
  for (const [name, size] of [
    ['in parts', BYTES.length],
    ['at once', 1000],
  ]) {
    test(`${checksum}, ${name}`, async () => {
      const bytes = BYTES.subarray(0, size)
      const theirs = await bySdk(bytes, checksum, () => false)
      const ours = await byUs(bytes, checksum, () => false)
      assert.equal(theirs.requests.length, size > PART ? 5 : 1)
      assert.deepEqual(listed(ours.requests), listed(theirs.requests))
      assert.equal(ours.result.etag, theirs.result.ETag)
    })
  }
}

test('the list of the parts', async () => {
  const theirs = await bySdk(BYTES, 'CRC32', () => false)
  const ours = await byUs(BYTES, 'CRC32', () => false)
  const partsIn = ({ requests }) =>
    String(requests.at(-1).body)
      .match(/<PartNumber>\d+<\/PartNumber>|<ETag>[^<]*<\/ETag>/g)
      .map((element) => element.replace(/&quot;|&#34;/g, '"'))
      .sort()
  assert.equal(partsIn(ours).length, 6)
  assert.deepEqual(partsIn(ours), partsIn(theirs))
})

test('what is removed after a failure', async () => {
  const fails = ({ query }) => query.partNumber === '2'
  const theirs = await bySdk(BYTES, 'CRC32', fails)
  const ours = await byUs(BYTES, 'CRC32', fails)
  assert.equal(theirs.result.name, 'AccessDenied')
  assert.match(ours.result.message, /^UploadPart 2 failed with status code 403: AccessDenied/)
  const [[kind, headers]] = listed([ours.requests.at(-1)])
  assert.equal(kind, 'DELETE upload')
  assert.equal(kindOf(theirs.requests.at(-1)), kind)
  // The SDK leaves these two out, so that S3 would remove nothing from a bucket whose requester pays.
  assert.deepEqual(Object.keys(headers), ['x-amz-expected-bucket-owner', 'x-amz-request-payer'])
})
