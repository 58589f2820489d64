// The S3 client of the AWS SDK with our signer, and presigned URLs, against a server that checks signatures
// with code of its own: the crate s3s.

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { HttpRequest } from '@smithy/core/protocols'
import { createSigner } from 'gatesign'
import { SignatureV4 } from 'gatesign/smithy'
import { S3_CREDENTIALS, startS3 } from '../lib/s3.mjs'
import { client, REGION, signedBy, WAYS } from '../lib/sdk-client.mjs'

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

describe('S3', () => {
  const BUCKET = 'gatesign'
  let server
  let s3
  const signer = new SignatureV4({
    credentials: S3_CREDENTIALS,
    region: REGION,
    service: 's3',
    uriEscapePath: false,
  })
  const WRONG = { ...S3_CREDENTIALS, secretAccessKey: `${S3_CREDENTIALS.secretAccessKey}x` }

  before(async () => {
    server = await startS3()
    s3 = client(S3Client, server.url, S3_CREDENTIALS, 's3')
    await signedBy(1, () => s3.send(new CreateBucketCommand({ Bucket: BUCKET })))
  })
  after(() => server?.stop())

  /** The request for an object as the SDK would make it. */
  const objectRequest = (method, key, parts = {}) => {
    const { hostname, port, protocol, host } = new URL(server.url)
    const path = `/${BUCKET}/${key.split('/').map(encodeRfc3986).join('/')}`
    return new HttpRequest({
      method,
      protocol,
      hostname,
      port: Number(port),
      path,
      headers: { host },
      ...parts,
    })
  }
  const encodeRfc3986 = (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

  async function presigned(method, key, { with: by = signer, parts, ...options } = {}) {
    const { protocol, headers, path, query } = await by.presign(
      objectRequest(method, key, {
        ...parts,
        headers: {
          host: new URL(server.url).host,
          ...parts?.headers,
          'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        },
      }),
      { unhoistableHeaders: new Set(), ...options },
    )
    const text = Object.entries(query).map(
      ([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`,
    )
    return `${protocol}//${headers.host}${path}?${text.join('&')}`
  }

  const KEYS = [
    'plain.txt',
    'with space',
    'plus+plus',
    'percent%20%',
    'üñí/日本 🙂.txt',
    'double//slash',
    "it's (1) !*",
    'a=b&c;d,e:f@g$h',
    'tilde~dot.dash-under_',
    'question?hash#',
    '"quoted" <x> [y] {z} ^`|\\',
  ]
  for (const way of Object.keys(WAYS)) {
    for (const key of KEYS) {
      test(`${way}: put, head, get and delete ${key}`, async () => {
        const s3 = client(S3Client, server.url, S3_CREDENTIALS, 's3', way)
        await signedBy(4, async () => {
          const Key = key
          await s3.send(
            new PutObjectCommand({ Bucket: BUCKET, Key, Body: `content of ${key}`, Metadata: { a: 'b  c' } }),
          )
          assert.equal((await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).Metadata.a, 'b  c')
          const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))
          assert.equal(await got.Body.transformToString(), `content of ${key}`)
          await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }))
        })
      })
    }
  }

  test('a 5 MB upload', async () => {
    const bytes = randomBytes(5 * 1024 * 1024)
    await signedBy(1, () => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'large', Body: bytes })))
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'large' }))
    assert.equal(sha256(await got.Body.transformToByteArray()), sha256(bytes))
  })

  test('a stream whose length is known', async () => {
    const bytes = randomBytes(300_000)
    await s3.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: 'stream',
        Body: Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]),
        ContentLength: bytes.length,
      }),
    )
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'stream' }))
    assert.equal(sha256(await got.Body.transformToByteArray()), sha256(bytes))
  })

  test('an upload in parts', async () => {
    const Key = 'parts/a+b c'
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key }))
    const parts = [randomBytes(5 * 1024 * 1024), randomBytes(1000)]
    const Parts = []
    for (const [index, Body] of parts.entries()) {
      const PartNumber = index + 1
      const { ETag } = await s3.send(
        new UploadPartCommand({ Bucket: BUCKET, Key, UploadId, PartNumber, Body }),
      )
      Parts.push({ ETag, PartNumber })
    }
    await s3.send(
      new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key, UploadId, MultipartUpload: { Parts } }),
    )
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, Range: 'bytes=10-19' }))
    assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), parts[0].subarray(10, 20))
  })

  test('a copy, and a list by prefix', async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'list/ä +&/1', Body: '1' }))
    const CopySource = `${BUCKET}/${encodeRfc3986('list/ä +&/1')}`
    await s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'list/ä +&/2', CopySource }))
    const list = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'list/ä +&/' }))
    assert.deepEqual(list.Contents.map(({ Key }) => Key).sort(), ['list/ä +&/1', 'list/ä +&/2'])
  })

  for (const key of KEYS) {
    test(`a presigned PUT and GET by plain fetch: ${key}`, async () => {
      const put = await fetch(await presigned('PUT', key), { method: 'PUT', body: `put ${key}` })
      assert.equal(put.status, 200, await put.text())
      const got = await fetch(await presigned('GET', key))
      assert.equal(await got.text(), `put ${key}`)
    })
  }

  test('a presigned PUT whose headers are signed', async () => {
    const parts = { headers: { 'content-type': 'text/x-test' } }
    const url = await presigned('PUT', 'typed', { parts })
    const wrong = await fetch(url, { method: 'PUT', body: 'b', headers: { 'content-type': 'text/x-other' } })
    assert.equal(wrong.status, 403, await wrong.text())
    const right = await fetch(url, { method: 'PUT', body: 'b', headers: { 'content-type': 'text/x-test' } })
    assert.equal(right.status, 200, await right.text())
  })

  test("createSigner's presigned URL", async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'direct +', Body: 'direct' }))
    const url = `${server.url}/${BUCKET}/direct%20%2B`
    const direct = createSigner({ ...S3_CREDENTIALS, region: REGION, service: 's3' })
    const got = await fetch(direct.presign({ url, expiresIn: 60 }))
    assert.equal(await got.text(), 'direct')
    const { headers } = direct.sign({ url })
    assert.equal(await (await fetch(url, { headers })).text(), 'direct')
  })

  test('a path in another spelling is signed as S3 reads it', async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'spelled~(1)!', Body: 'found' }))
    const given = objectRequest('GET', '', { path: `/${BUCKET}/spelled%7e(1)!` })
    const { headers, path } = await signer.sign(given)
    assert.equal(path, given.path)
    const got = await fetch(`${server.url}${path}`, { headers })
    assert.equal(await got.text(), 'found')
  })

  describe('is refused', () => {
    const ERRORS = [
      ['a wrong secret', WRONG, 'SignatureDoesNotMatch'],
      [
        'an unknown key',
        { ...S3_CREDENTIALS, accessKeyId: 'AKIDOTHER' },
        /InvalidAccessKeyId|NotSignedUp|AccessDenied/,
      ],
    ]
    for (const [name, credentials, code] of ERRORS) {
      test(name, async () => {
        const other = client(S3Client, server.url, credentials, 's3')
        await assert.rejects(
          other.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'refused', Body: 'b' })),
          (error) => {
            assert.equal(error.$metadata.httpStatusCode, 403)
            assert.match(error.name, typeof code === 'string' ? new RegExp(`^${code}$`) : code)
            return true
          },
        )
        await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'refused' })), {
          name: 'NotFound',
        })
      })
    }

    const URLS = [
      [
        'a presigned URL of a wrong secret',
        {
          with: new SignatureV4({ credentials: WRONG, region: REGION, service: 's3', uriEscapePath: false }),
        },
      ],
      ['a presigned URL for another method', {}, (url) => [url, { method: 'DELETE' }]],
      ['a presigned URL for another key', {}, (url) => [url.replace('/plain', '/other')]],
      [
        'a presigned URL that lives longer',
        {},
        (url) => [url.replace('X-Amz-Expires=3600', 'X-Amz-Expires=36000')],
      ],
      ['a presigned URL past its end', { signingDate: new Date(Date.now() - 120_000), expiresIn: 60 }],
    ]
    for (const [name, options, change = (url) => [url]] of URLS) {
      test(name, async () => {
        await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'plain', Body: 'b' }))
        await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'other', Body: 'b' }))
        const response = await fetch(...change(await presigned('GET', 'plain', options)))
        assert.equal(response.status, 403, await response.text())
        await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'plain' }))
      })
    }

    test('no signature at all', async () => {
      assert.equal((await fetch(`${server.url}/${BUCKET}/plain`)).status, 403)
    })
  })
})
