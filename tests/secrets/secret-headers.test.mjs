// Credentials in headers, wherever a request or its answer is shown: one list, and values in every place of an answer.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { createSigner, diagnose, newClient } from 'gatesign'

const SECRET = [
  ...['authorization', 'cookie', 'proxy-authorization', 'x-amz-security-token', 'x-api-key'],
  ...['x-amz-s3session-token', 'x-amz-server-side-encryption-customer-key'],
  'x-amz-copy-source-server-side-encryption-customer-key',
]
const CANARY = 'canary/SECRET+value=='
const BASE = {
  invokeUrl: 'https://api.example.com',
  region: 'us-east-1',
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'secret',
}
const signer = createSigner({ accessKeyId: 'A', secretAccessKey: 'b', region: 'us-east-1', service: 's3' })

test('the core and the scripts have the same list', () => {
  const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const [, names] = /const SECRET: &str = "([^"]*)"/.exec(text('src/client/headers.rs'))
  const rust = names.replaceAll('\\\n', '').trim().split(/\s+/)
  const [, list] = /const SECRET = \[([^\]]*)\]/.exec(text('src/diagnose/redact.ts'))
  const script = Array.from(list.matchAll(/'([\w-]+)'/g), ([, name]) => name)
  assert.deepEqual(rust.sort(), [...SECRET].sort())
  assert.deepEqual(script.sort(), [...SECRET].sort())
})

for (const name of SECRET) {
  test(`${name} is in no explanation, error or diagnosis`, async () => {
    const headers = { [name]: CANARY }
    const url = `https://api.example.com/?${name}=${encodeURIComponent(CANARY)}`
    const canary = /canary/i
    for (const request of [
      { url: 'https://api.example.com/', headers },
      { url },
      { url: url.replace(name, name.toUpperCase()) },
    ]) {
      assert.doesNotMatch(JSON.stringify(signer.explain(request)), canary)
    }
    const fetch = async () =>
      new Response(
        JSON.stringify({
          message: `The Canonical String for this request should have been\n'GET\n/\n\n${name}:${CANARY}\n\nhost\n${'0'.repeat(64)}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\nx\ny\nz'\n`,
        }),
        { status: 403 },
      )
    // A signature replaces the caller's Authorization, which is then not sent.
    const { invokeUrl } = BASE
    const calling = newClient(
      name === 'authorization' ? { invokeUrl, fetch } : { ...BASE, service: 's3', fetch },
    )
    const error = await calling.invokeApi({}, '', 'GET', { headers }).catch((error) => error)
    assert.equal(error.response.status, 403)
    assert.doesNotMatch(
      JSON.stringify([error, error.response.data, error.response.headers, error.config]),
      canary,
    )
    assert.doesNotMatch(JSON.stringify([...error.request.headers]), canary)
    assert.doesNotMatch(JSON.stringify(diagnose(error)), canary)
    const text = { status: 403, body: await (await fetch()).text() }
    assert.doesNotMatch(JSON.stringify(diagnose(text).server ?? ''), canary)
  })
}

test('the digest of a customer key is no secret', () => {
  const { canonicalRequest } = signer.explain({
    url: 'https://api.example.com/',
    headers: {
      'x-amz-server-side-encryption-customer-key-MD5': 'digest',
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    },
  })
  assert.match(canonicalRequest, /customer-key-md5:digest\n/)
  assert.match(canonicalRequest, /customer-algorithm:AES256\n/)
})

describe('an answer that repeats a credential', () => {
  const answered = async (body, { apiKey, statusText, headers } = {}) => {
    const fetch = async () => new Response(body, { status: 403, statusText, headers })
    const calling = newClient({ ...BASE, apiKey, sessionToken: CANARY, fetch })
    return calling.invokeApi({}, '', 'GET').then(
      () => assert.fail('resolved'),
      ({ response }) => response,
    )
  }

  test('in names, at any depth', async () => {
    const { data } = await answered(
      `{"a":[{"${CANARY}":1,"x":{"y ${CANARY}":{"${CANARY}":"${CANARY}"}}}],"b":{}}`,
    )
    const shown = `[redacted: ${CANARY.length} characters]`
    assert.deepEqual(data, { a: [{ [shown]: 1, x: { [`y ${shown}`]: { [shown]: shown } } }], b: {} })
  })

  test('in numbers', async () => {
    for (const apiKey of ['1234567890', '12345678901234567890', '00012345678']) {
      const { data } = await answered(
        `{"key":${apiKey.replace(/^0+/, '')},"keys":[1,${apiKey.replace(/^0+/, '')}],"other":12345}`,
        { apiKey },
      )
      assert.doesNotMatch(JSON.stringify(data), /12345678/)
      assert.deepEqual([data.keys[0], data.other], [1, 12345])
    }
  })

  test('in the status text and in headers', async () => {
    const { statusText, headers } = await answered('{}', {
      statusText: `Denied ${CANARY}`,
      headers: { 'x-echo': CANARY, 'x-other': 'a' },
    })
    assert.equal(statusText, `Denied [redacted: ${CANARY.length} characters]`)
    assert.deepEqual(
      [headers['x-echo'], headers['x-other']],
      [`[redacted: ${CANARY.length} characters]`, 'a'],
    )
  })

  test('a name like __proto__ stays one', async () => {
    const { data } = await answered(`{"__proto__":{"${CANARY}":1}}`)
    assert.deepEqual(Object.keys(data), ['__proto__'])
  })
})
