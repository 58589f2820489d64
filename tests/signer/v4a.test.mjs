// Signature Version 4A: the official suite, and a thousand random requests next to @smithy/signature-v4a and aws-crt.
// A signature differs from one signer to another, so it is verified: by node:crypto, by aws-crt, and by the nonce that
// RFC 6979 makes of the key and the text, which is the same as smithy's only if both are.

import assert from 'node:assert/strict'
import { createECDH, createHash, createHmac, createPublicKey, verify } from 'node:crypto'
import { after, test } from 'node:test'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4a } from '@smithy/signature-v4a'
import { auth, http } from 'aws-crt'
import { createSigner } from 'gatesign/v4a'
import { random, randomRequest, S3_FAMILY, strict } from '../lib/random-requests.mjs'
import { officialCases } from './suite.mjs'

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const COUNT = 1800

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const signatureIn = (text) => /Signature=([0-9a-f]+)/.exec(text)[1]

/** r and s of a signature in DER. */
function numbersOf(signature) {
  const bytes = Buffer.from(signature, 'hex')
  const length = bytes[3]
  const number = (from, to) => BigInt(`0x${bytes.subarray(from, to).toString('hex')}`)
  return { r: number(4, 4 + length), s: number(6 + length) }
}

const base64 = (hex) => Buffer.from(hex, 'hex').toString('base64url')
const publicKey = ({ X, Y }) =>
  createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: base64(X), y: base64(Y) } })
const verifies = (key, text, signature) =>
  verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'))

const counts = { header: 0, query: 0, smithy: 0, crtVerifies: 0, weVerify: 0 }

for (const { name, method, path, query, headers, body, context, file } of officialCases('v4a')) {
  const options = {
    accessKeyId: context.credentials.access_key_id,
    secretAccessKey: context.credentials.secret_access_key,
    sessionToken: context.credentials.token,
    regionSet: context.region,
    service: context.service,
    doubleEncodePath: false,
    normalizePath: context.normalize,
    payloadHeader: context.sign_body,
    omitSessionToken: context.omit_session_token ?? false,
    date: context.timestamp,
  }
  const host = headers.find(([header]) => header.toLowerCase() === 'host')[1]
  const request = { method, url: { host, path, query }, headers, body }
  // HTTP forbids senders to fold lines (RFC 9112 section 5.2).
  if (name === 'get-header-value-multiline') {
    test(`${name}: refused`, () => assert.throws(() => createSigner(options).sign(request), TypeError))
    continue
  }
  test(`the official suite's ${name}`, () => {
    const signer = createSigner(options)
    const key = publicKey(JSON.parse(file('public-key.json')))
    for (const kind of ['header', 'query']) {
      const explained =
        kind === 'header'
          ? signer.explain(request)
          : signer.explain({ ...request, body: undefined, bodyHash: sha256(body), expiresIn: 3600 })
      const canonical = file(`${kind}-canonical-request.txt`)
      const shown = canonical.replace(/^(x-amz-security-token:)(.*)$/m, (_, header, value) => {
        return `${header}[redacted: ${value.length} characters]`
      })
      assert.equal(
        explained.canonicalRequest.replace(/(Security-Token=)[^&\n]*/, '$1'),
        shown.replace(/(Security-Token=)[^&\n]*/, '$1'),
      )
      const toSign = file(`${kind}-string-to-sign.txt`)
      assert.equal(explained.stringToSign, toSign)
      assert.ok(verifies(key, toSign, explained.signature), kind)
      assert.ok(verifies(key, toSign, file(`${kind}-signature.txt`).trim()), "the suite's own")
      counts[kind] += 1
    }
    assert.equal(context.expiration_in_seconds, 3600)
    signer.destroy()
  })
}

/** Services whose rules the other signers are told, with keys of S3 in their usual form. */
const isAsked = ({ service, path }) =>
  service === 'execute-api' ||
  (S3_FAMILY.includes(service) &&
    path === decodeURIComponent(path.replaceAll('+', '%20')).split('/').map(strict).join('/'))

const REGION_SETS = ['us-east-1', 'us-east-1,eu-west-1', '*', 'us-*']
const r = random(20261128)
const requests = []
while (requests.length < COUNT) {
  const request = { ...randomRequest(r), regionSet: r.pick(REGION_SETS) }
  if (isAsked(request)) requests.push(request)
}

const signerOf = ({ identity, regionSet, service, ms }) =>
  createSigner({ ...identity, regionSet, service, date: ms })

function ours(request) {
  const { method, protocol, host, path, query, headers, body, presign, expiresIn } = request
  const signer = signerOf(request)
  const given = { method, url: { protocol, host, path, query }, headers, body }
  const signed = presign ? undefined : signer.sign(given)
  const url = presign ? signer.presign({ ...given, expiresIn }) : undefined
  const explained = signer.explain(presign ? { ...given, expiresIn } : given)
  const signature = signatureIn(presign ? url : signed.headers.authorization)
  signer.destroy()
  assert.equal(explained.signature, signature)
  return { signature, explained, signed, url }
}

/** The query as SDK clients hold it: each name once, repeated ones with a list. */
function bag(pairs) {
  const query = Object.create(null)
  for (const [name, value] of pairs) query[name] = name in query ? [query[name], value].flat() : value
  return query
}

test('random requests have the r of @smithy/signature-v4a, and its s or the lower one of it', async () => {
  for (const request of requests.filter(({ presign }) => !presign)) {
    const { identity, regionSet, service, method, protocol, host, path, pairs, headers, body, ms } = request
    const s3 = S3_FAMILY.includes(service)
    const signer = new SignatureV4a({
      credentials: identity,
      region: regionSet,
      service,
      sha256: Sha256,
      uriEscapePath: !s3,
      applyChecksum: s3,
    })
    const toSign = new HttpRequest({
      method,
      protocol,
      hostname: host,
      path,
      query: bag(pairs),
      headers: { host, ...headers },
      body,
    })
    const signed = await signer.sign(toSign, { signingDate: new Date(ms) })
    const theirs = numbersOf(signatureIn(signed.headers.authorization))
    const own = numbersOf(ours(request).signature)
    assert.equal(own.r, theirs.r, JSON.stringify(request))
    assert.ok(own.s === theirs.s || own.s === ORDER - theirs.s)
    assert.ok(own.s <= ORDER / 2n, 'the lower one')
    counts.smithy += 1
  }
})

/** Headers of a signature, which aws-crt refuses in a request, and where the caller names the payload hash. */
const GIVEN = /^(x-amz-(date|security-token|content-sha256|region-set)|authorization)$/i

const headerOf = (headers, name) => headers[Object.keys(headers).find((key) => key.toLowerCase() === name)]

/** The same request as aws-crt takes it: it knows no rules of services, and one spelling of a query. */
function crts(request) {
  const { identity, regionSet, service, method, host, path, pairs, headers, body, ms, presign, expiresIn } =
    request
  const query = pairs.map(([name, value]) => `${strict(name)}=${strict(value)}`).join('&')
  const s3 = S3_FAMILY.includes(service)
  const fields = new http.HttpHeaders([['host', host], ...Object.entries(headers)])
  const { accessKeyId, secretAccessKey, sessionToken } = identity
  return {
    request: new http.HttpRequest(method, query === '' ? path : `${path}?${query}`, fields),
    config: {
      algorithm: auth.AwsSigningAlgorithm.SigV4Asymmetric,
      signature_type: presign
        ? auth.AwsSignatureType.HttpRequestViaQueryParams
        : auth.AwsSignatureType.HttpRequestViaHeaders,
      provider: auth.AwsCredentialsProvider.newStatic(accessKeyId, secretAccessKey, sessionToken),
      region: regionSet,
      service,
      date: new Date(ms),
      use_double_uri_encode: !s3,
      should_normalize_uri_path: !s3,
      ...(presign && { expiration_in_seconds: expiresIn }),
      signed_body_value: presign && s3 ? 'UNSIGNED-PAYLOAD' : sha256(body ?? ''),
      signed_body_header:
        s3 && !presign ? auth.AwsSignedBodyHeaderType.XAmzContentSha256 : auth.AwsSignedBodyHeaderType.None,
    },
  }
}

test('aws-crt verifies random requests of ours, and what it signs is what we sign', async () => {
  // It takes what stands before :/ for a scheme.
  const asked = requests.filter(
    ({ headers, earlier, path }) =>
      !earlier && !path.includes(':/') && !Object.keys(headers).some((name) => GIVEN.test(name)),
  )
  for (const given of asked) {
    const { signature, explained } = ours(given)
    const key = publicKeyOf(given.identity)
    const { request, config } = crts(given)
    // The canonical request in full: what we show has no secrets.
    const secrets = { ...given.headers, 'x-amz-security-token': given.identity.sessionToken }
    const folded = (name) => headerOf(secrets, name).trim().replace(/\s+/g, ' ')
    const canonical = explained.canonicalRequest
      .replace(/^(.+):\[redacted: \d+ characters\]$/gm, (_, name) => `${name}:${folded(name)}`)
      .replace(/(X-Amz-Security-Token=)[^&\n]*/, (_, name) => name + strict(given.identity.sessionToken))
    assert.ok(explained.stringToSign.endsWith(sha256(canonical)))
    const verified = auth.aws_verify_sigv4a_signing(request, config, canonical, signature, key.X, key.Y)
    assert.equal(verified, true, JSON.stringify(given))
    counts.crtVerifies += 1
    const signed = await auth.aws_sign_request(crts(given).request, config)
    const theirs = given.presign
      ? /X-Amz-Signature=([0-9a-f]+)/.exec(signed.path)[1]
      : signatureIn(signed.headers.get('authorization'))
    assert.ok(verifies(publicKey(key), explained.stringToSign, theirs), JSON.stringify(given))
    counts.weVerify += 1
  }
})

/** The public keys of the two identities, derived here once more. */
function publicKeyOf({ accessKeyId, secretAccessKey }) {
  const input = (counter) =>
    Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from('AWS4-ECDSA-P256-SHA256\0'),
      Buffer.from(accessKeyId),
      Buffer.from([counter, 0, 0, 1, 0]),
    ])
  const candidate = createHmac('sha256', `AWS4A${secretAccessKey}`).update(input(1)).digest('hex')
  const number = BigInt(`0x${candidate}`)
  assert.ok(number <= ORDER - 2n)
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey((number + 1n).toString(16).padStart(64, '0'), 'hex')
  const point = ecdh.getPublicKey('hex')
  return { X: point.slice(2, 66), Y: point.slice(66) }
}

after(() => {
  console.log(
    `counted: SigV4a: the suite's ${counts.header} cases in headers and ${counts.query} in the query, ` +
      `${counts.smithy} random requests as @smithy/signature-v4a, ${counts.crtVerifies} verified by aws-crt, ` +
      `${counts.weVerify} of aws-crt's own`,
  )
  for (const count of ['smithy', 'crtVerifies', 'weVerify']) assert.ok(counts[count] >= 1000, count)
})
