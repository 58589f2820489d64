// explain of a signature in the query: the steps that it shows lead to the signature in the URL that presign makes,
// by node:crypto alone.

import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const identity = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: SECRET,
  sessionToken: 'token of/the+session'.replaceAll(' ', '-'),
}
const keys = { accessKey: identity.accessKeyId, secretKey: SECRET, sessionToken: identity.sessionToken }
const DATE = '20150830T123600Z'

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** Checks an explanation against a presigned URL, and its own texts against one another. */
function check(explanation, url) {
  const { searchParams } = new URL(url)
  const { canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate } =
    explanation
  assert.equal(signature, searchParams.get('X-Amz-Signature'))
  assert.equal(amzDate, searchParams.get('X-Amz-Date'))
  assert.equal(signedHeaders, searchParams.get('X-Amz-SignedHeaders'))
  assert.ok(searchParams.get('X-Amz-Credential').endsWith(`/${credentialScope}`))
  const key = [...credentialScope.split('/')].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${SECRET}`,
  )
  assert.equal(createHmac('sha256', key).update(stringToSign).digest('hex'), signature)
  const lines = canonicalRequest.split('\n')
  assert.deepEqual(lines.slice(-2), [signedHeaders, payloadHash])
  // The token is hidden in what is shown; with it, the hash is the one that was signed.
  const token = encodeURIComponent(identity.sessionToken)
  assert.ok(!canonicalRequest.includes(token))
  const full = canonicalRequest.replace(`[redacted: ${token.length} characters]`, token)
  assert.equal(stringToSign.split('\n')[3], sha256(full))
  return lines
}

describe('signer.explain with expiresIn', () => {
  for (const [service, request, hash] of [
    ['execute-api', {}, sha256('')],
    ['execute-api', { body: 'a body' }, sha256('a body')],
    ['execute-api', { method: 'PUT', body: new Uint8Array(70_000) }, sha256(new Uint8Array(70_000))],
    ['execute-api', { bodyHash: sha256('x') }, sha256('x')],
    ['s3', {}, 'UNSIGNED-PAYLOAD'],
    ['s3', { body: 'not checked through a URL' }, 'UNSIGNED-PAYLOAD'],
    ['s3', { headers: { 'x-amz-acl': 'private' }, bodyHash: sha256('x') }, sha256('x')],
  ]) {
    test(`${service} ${JSON.stringify(request).slice(0, 60)}`, () => {
      const signer = createSigner({ ...identity, region: 'us-east-1', service, date: DATE })
      const whole = { url: 'https://a.example/x//y?b=2&a=%20', expiresIn: 60, ...request }
      const url = signer.presign(whole)
      const explanation = signer.explain(whole)
      const lines = check(explanation, url)
      assert.equal(lines[0], request.method ?? 'GET')
      assert.equal(explanation.payloadHash, hash)
      assert.deepEqual(signer.explain({ ...whole, url }), explanation, 'of the presigned URL itself')
      assert.notEqual(signer.explain({ ...whole, expiresIn: undefined }).signature, explanation.signature)
    })
  }

  test('refuses what presign refuses', () => {
    const signer = createSigner({ ...identity, region: 'us-east-1', service: 's3' })
    for (const expiresIn of [0, 1.5, 604_801, '60']) {
      const refused = /^TypeError: expiresIn must be a whole number/
      assert.throws(() => signer.explain({ url: 'https://a.example/', expiresIn }), refused)
    }
  })
})

describe('client.explain of a URL', () => {
  const host = 'abc123.execute-api.us-east-1.amazonaws.com/prod'

  test('of a WebSocket', async () => {
    const client = newClient({ invokeUrl: `wss://${host}`, ...keys })
    const request = { expiresIn: 300, additionalParams: { queryParams: { room: 'a b' } } }
    // The second may turn between the two.
    for (let attempt = 0; ; attempt += 1) {
      const [url, explanation] = [await client.presign(request), await client.explain(request)]
      if (!url.includes(explanation.amzDate) && attempt < 3) continue
      const lines = check(explanation, url)
      assert.deepEqual(lines.slice(0, 2), ['GET', '/prod'])
      assert.match(lines[2], /&room=a%20b$/)
      break
    }
    await assert.rejects(client.explain({}), /^TypeError: expiresIn must be/)
  })

  test('of an https API with expiresIn, and in headers without', async () => {
    const client = newClient({ invokeUrl: `https://${host}`, ...keys })
    const inQuery = await client.explain({ expiresIn: 60 })
    assert.match(inQuery.canonicalRequest, /X-Amz-Expires=60/)
    const inHeaders = await client.explain({})
    assert.match(inHeaders.canonicalRequest, /\nx-amz-date:/)
    await assert.rejects(
      client.explain({ expiresIn: 60, method: 'POST', body: { a: 1 } }),
      /body must be empty/,
    )
  })
})
