// What a slash, a plus and their encoded forms mean in an S3 path: what is signed, what is sent, and which object a
// server that checks signatures finds. Beside aws4, aws4fetch, botocore and curl.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import aws4 from 'aws4'
import { AwsClient } from 'aws4fetch'
import { createSigner, newClient } from 'gatesign'
import { S3_CREDENTIALS, startS3 } from '../lib/s3.mjs'
import { client, REGION } from '../lib/sdk-client.mjs'

const DATE = '20150830T123600Z'
const S3_FAMILY = ['s3', 's3express', 's3-object-lambda', 's3-outposts']
const signer = (service = 's3', options) =>
  createSigner({ ...S3_CREDENTIALS, region: REGION, service, ...options })
const pathIn = (canonicalRequest) => canonicalRequest.split('\n')[1]
const signatureIn = (text) => /Signature=([0-9a-f]{64})/.exec(text)[1]

/** A path as it is written, as it is sent when the URL is ours to write, and as it is signed then. */
const PATHS = [
  ['/b/a%2Fb', '/b/a%2Fb', '/b/a/b'],
  ['/b/a%2fb', '/b/a%2fb', '/b/a/b'],
  ['/b/%2F%2Fa', '/b/%2F%2Fa', '/b///a'],
  ['/b/a+b', '/b/a%2Bb', '/b/a%2Bb'],
  ['/b/+%2B%2b+', '/b/%2B%2B%2b%2B', '/b/%2B%2B%2B%2B'],
  ['/b/a%20b', '/b/a%20b', '/b/a%20b'],
  ['/b/a%252Fb', '/b/a%252Fb', '/b/a%252Fb'],
  ['/b/a//b', '/b/a//b', '/b/a//b'],
]

for (const service of S3_FAMILY) {
  describe(service, () => {
    for (const [written, sent, signed] of PATHS) {
      test(`${written} is sent as ${sent} and signed as ${signed}`, async () => {
        const host = 'bucket.example.com'
        const url = `https://${host}${written}`
        const by = signer(service, { date: DATE })
        for (const given of [url, new URL(url)]) {
          assert.equal(by.sign({ url: given }).url, `https://${host}${sent}`)
          assert.equal(pathIn(by.explain({ url: given }).canonicalRequest), signed)
          assert.equal(new URL(by.presign({ url: given, expiresIn: 60 })).pathname, sent)
        }
        const ours = newClient({
          ...{ invokeUrl: `https://${host}`, region: REGION, service },
          credentials: S3_CREDENTIALS,
        })
        const call = { pathTemplate: written }
        assert.equal((await ours.sign(call)).url, `https://${host}${sent}`)
        assert.equal(pathIn((await ours.explain(call)).canonicalRequest), signed)
        assert.equal(new URL(await ours.presign({ ...call, expiresIn: 60 })).pathname, sent)
      })
    }

    test('URL parts are sent as they are: a plus is signed as the space that S3 reads', () => {
      const url = { host: 'bucket.example.com', path: '/a+b%2Bc' }
      const by = signer(service, { date: DATE })
      assert.equal(pathIn(by.explain({ url }).canonicalRequest), '/a%20b%2Bc')
      assert.equal(by.sign({ url }).url, 'https://bucket.example.com/a+b%2Bc')
      assert.match(by.presign({ url, expiresIn: 60 }), /^https:\/\/bucket\.example\.com\/a\+b%2Bc\?/)
    })

    test("slashes of a template's variable are those of the key", async () => {
      const ours = newClient({
        ...{ invokeUrl: 'https://bucket.example.com', region: REGION, service },
        credentials: S3_CREDENTIALS,
      })
      const call = { pathTemplate: '/{key}', pathParams: { key: 'folder/a+b c' } }
      assert.equal(pathIn((await ours.explain(call)).canonicalRequest), '/folder/a%2Bb%20c')
    })
  })
}

test('other services sign and send a plus and %2F as they are written', async () => {
  const url = 'https://api.example.com/a+b%2Fc'
  const by = createSigner({ ...S3_CREDENTIALS, region: REGION, service: 'execute-api', date: DATE })
  assert.equal(by.sign({ url }).url, url)
  assert.equal(pathIn(by.explain({ url }).canonicalRequest), '/a%2Bb%252Fc')
})

describe('other signers', () => {
  const headers = {
    host: 'bucket.example.com',
    'x-amz-date': DATE,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  }

  for (const path of ['/a%2Fb', '/a+b', '/a%2Bb', '/a%20b', '/x+%2F+y']) {
    test(`aws4 and aws4fetch, made on S3 itself, sign ${path} alike, for one who sends it so`, async () => {
      const ours = signer('s3', { date: DATE }).sign({
        url: { host: headers.host, path },
        headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      })
      const expected = signatureIn(ours.headers.authorization)
      const request = { service: 's3', region: REGION, host: headers.host, path, headers: { ...headers } }
      assert.equal(signatureIn(aws4.sign(request, S3_CREDENTIALS).headers.Authorization), expected)
      const fetching = new AwsClient({ ...S3_CREDENTIALS, region: REGION, service: 's3' })
      const signed = await fetching.sign(`https://${headers.host}${path}`, {
        ...{ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, aws: { datetime: DATE } },
      })
      assert.equal(signatureIn(signed.headers.get('authorization')), expected)
    })
  }
})

describe('a server that checks signatures', () => {
  let server
  let s3
  before(async () => {
    server = await startS3()
    s3 = client(S3Client, server.url, S3_CREDENTIALS, 's3')
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }))
    for (const Key of ['folder/file', 'a+b', 'a b', 'folder/c+d e'])
      await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body: `object ${Key}` }))
  })
  after(() => server?.stop())

  for (const [path, key] of [
    ['/bucket/folder%2Ffile', 'folder/file'],
    ['/bucket/folder/file', 'folder/file'],
    ['/bucket/a+b', 'a+b'],
    ['/bucket/a%2Bb', 'a+b'],
    ['/bucket/a%20b', 'a b'],
    ['/bucket/folder%2fc+d%20e', 'folder/c+d e'],
  ]) {
    test(`${path} is the object ${key}`, async () => {
      const { url, headers } = signer().sign({ url: server.url + path })
      const answers = [
        await fetch(url, { headers }),
        await fetch(signer().presign({ url: server.url + path, expiresIn: 60 })),
      ]
      const ours = newClient({
        invokeUrl: `${server.url}/bucket`,
        region: REGION,
        service: 's3',
        credentials: S3_CREDENTIALS,
      })
      answers.push(await ours.fetch(path))
      for (const answer of answers) assert.equal(await answer.text(), `object ${key}`)
      for (const pathParams of [{ key }]) {
        const { data } = await ours.invokeApi(pathParams, '/{key}', 'GET', { responseType: 'text' })
        assert.equal(data, `object ${key}`)
      }
      const curl = execFileSync('curl', [
        '-s',
        '--fail',
        url,
        ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
      ])
      assert.equal(String(curl), `object ${key}`)
    })
  }

  test('what is put under a name with a plus and a slash is found by the SDK', async () => {
    const ours = newClient({
      invokeUrl: `${server.url}/bucket`,
      region: REGION,
      service: 's3',
      credentials: S3_CREDENTIALS,
    })
    await ours.invokeApi(
      { key: 'new/x+y z' },
      '/{key}',
      'PUT',
      { headers: { 'content-type': 'text/plain' } },
      'body',
    )
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'new/' }))
    assert.deepEqual(
      Contents.map(({ Key }) => Key),
      ['new/x+y z'],
    )
  })
})
