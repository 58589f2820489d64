// The S3 client of the AWS SDK with the ARN of a multi-region access point: our signers in place of the SDK's own, over
// what the client sends.

import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { Sha256 } from '@aws-crypto/sha256-js'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { HttpRequest, HttpResponse } from '@smithy/core/protocols'
import { SignatureV4a as SmithyV4a } from '@smithy/signature-v4a'
import { SignatureV4, SignatureV4a, SignatureV4MultiRegion } from 'gatesign/smithy'
import { createSigner } from 'gatesign/v4a'

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token/==',
}
const ARN = 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap'
const HOST = 'mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com'
const base64 = (hex) => Buffer.from(hex, 'hex').toString('base64url')
const key = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: base64('b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1'),
    y: base64('865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518'),
  },
})

/** r of a signature in DER: what the nonce and so the signed text make, whichever s a signer takes. */
const rOf = (authorization) => {
  const [, signature] = /Signature=([0-9a-f]+)$/.exec(authorization)
  return signature.slice(8, 8 + 2 * Number.parseInt(signature.slice(6, 8), 16))
}

/** What a client sends, which is answered here. */
function clientOf(options) {
  const sent = []
  const requestHandler = {
    async handle(request) {
      sent.push(request)
      return { response: new HttpResponse({ statusCode: 200, headers: {}, body: Readable.from([]) }) }
    },
  }
  return { sent, s3: new S3Client({ region: 'us-east-1', credentials, requestHandler, ...options }) }
}

test('a multi-region access point gets a signature for all regions', async () => {
  const { s3, sent } = clientOf({ signerConstructor: SignatureV4MultiRegion })
  await s3.send(new GetObjectCommand({ Bucket: ARN, Key: 'a key/ü' }))
  await s3.send(new PutObjectCommand({ Bucket: ARN, Key: 'b', Body: 'text' }))
  assert.equal(sent.length, 2)
  for (const { hostname, headers, method, path, query } of sent) {
    assert.equal(hostname, HOST)
    assert.equal(headers['x-amz-region-set'], '*')
    const [, scope, names, signature] =
      /^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\/(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(
        headers.authorization,
      )
    assert.match(scope, /^\d{8}\/s3\/aws4_request$/)
    assert.ok(names.split(';').includes('x-amz-region-set'))
    // The text of what arrives, by a signer that reads it anew.
    const signer = createSigner({ ...credentials, regionSet: '*', service: 's3' })
    const signed = Object.fromEntries(names.split(';').map((name) => [name, headers[name]]))
    const written = new URLSearchParams(query).toString()
    const url = { host: hostname, path, query: written }
    const { stringToSign } = signer.explain({ method, url, headers: signed, date: headers['x-amz-date'] })
    assert.ok(verify('sha256', Buffer.from(stringToSign), key, Buffer.from(signature, 'hex')))
  }
})

test('an ordinary bucket still gets one for its region', async () => {
  const { s3, sent } = clientOf({ signerConstructor: SignatureV4MultiRegion })
  await s3.send(new DeleteObjectCommand({ Bucket: 'bucket', Key: 'a' }))
  assert.match(sent[0].headers.authorization, /^AWS4-HMAC-SHA256 .*\/us-east-1\/s3\/aws4_request/)
  assert.equal(sent[0].headers['x-amz-region-set'], undefined)
})

test('without Version 4A the access point is refused by name', async () => {
  const { s3 } = clientOf({ signerConstructor: SignatureV4 })
  await assert.rejects(
    s3.send(new GetObjectCommand({ Bucket: ARN, Key: 'a' })),
    /SignatureV4MultiRegion has it/,
  )
})

test('SignatureV4a signs the text that @smithy/signature-v4a signs', async () => {
  const signingDate = new Date(1_440_938_160_000)
  for (const region of ['*', 'us-east-1', 'us-east-1,eu-west-1']) {
    for (const service of ['s3', 'execute-api', 'events']) {
      const options = { credentials, region, service, sha256: Sha256, uriEscapePath: service !== 's3' }
      const request = () =>
        new HttpRequest({
          method: 'POST',
          protocol: 'https:',
          hostname: HOST,
          path: '/a%20b/c',
          query: { b: '2', a: ['1', 'x y'] },
          headers: { host: HOST, 'Content-Type': 'text/plain', 'x-amz-region-set': 'old' },
          body: 'text',
        })
      const theirs = await new SmithyV4a(options).sign(request(), { signingDate })
      const ours = await new SignatureV4a(options).sign(request(), { signingDate })
      assert.equal(rOf(ours.headers.authorization), rOf(theirs.headers.authorization), `${region} ${service}`)
      const rest = ({ headers: { authorization, ...others } }) => others
      assert.deepEqual(rest(ours), rest(theirs))
    }
  }
})

test('it presigns for a set of regions too, which the signer of the SDK does not', async () => {
  const signer = new SignatureV4a({ credentials, region: '*', service: 's3', uriEscapePath: false })
  const request = { method: 'GET', protocol: 'https:', hostname: HOST, path: '/a', headers: { host: HOST } }
  const { query } = await signer.presign(request, { expiresIn: 60 })
  assert.equal(query['X-Amz-Region-Set'], '*')
  assert.equal(query['X-Amz-Algorithm'], 'AWS4-ECDSA-P256-SHA256')
})
