// sign, presign and explain: what they give is what the gateway accepts and computes.

import assert from 'node:assert/strict'
import { afterEach, describe, mock, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { API_KEY, LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const TEMPORARY = {
  accessKeyId: 'ASIAMETHODS',
  secretAccessKey: 'methods/secret+EXAMPLE',
  sessionToken: 'methods/token+EXAMPLE==',
}

const gateway = await gatewayForTests()
afterEach(() => mock.timers.reset())

const client = (config) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED, ...config })
const bytes = (text) => new TextEncoder().encode(text)

/** Requests as sign, explain and presign take them. */
const REQUESTS = [
  ['nothing but a path', { pathTemplate: '/echo' }],
  ['a template', { pathTemplate: '/echo/{a}/{+b}', pathParams: { a: 'ü /+', b: "x/y'(1)" } }],
  [
    'a query',
    {
      pathTemplate: '/echo',
      additionalParams: { queryParams: { b: 'a b', a: '+&=', c: '', d: ['1', '2'] } },
    },
  ],
  ['headers', { pathTemplate: '/echo', additionalParams: { headers: { 'X-A': ' b  c ', 'x-custom': '1' } } }],
]
const WITH_BODY = [
  ['JSON', { pathTemplate: '/echo', method: 'POST', body: { a: 'ü', b: [1, null] } }],
  [
    'a text',
    {
      pathTemplate: '/echo',
      method: 'put',
      body: 'text',
      additionalParams: { headers: { 'content-type': 'text/plain' } },
    },
  ],
  ['bytes', { pathTemplate: '/echo', method: 'PATCH', body: bytes('bytes') }],
  ['100 KB', { pathTemplate: '/echo', method: 'POST', body: { text: 'ü'.repeat(50_000) } }],
  ['no body', { pathTemplate: '/echo', method: 'DELETE' }],
]

describe('sign', () => {
  for (const [name, request] of [...REQUESTS, ...WITH_BODY]) {
    test(`plain fetch sends its result: ${name}`, async () => {
      const signed = await client().sign(request)
      assert.deepEqual(await gateway.requests(), [])
      const { method, url, headers, body } = signed
      const response = await fetch(url, { method, headers, body })
      assert.equal(response.status, 200, await response.text())
      assert.equal((await gateway.requests())[0].verdict.accessKeyId, 'AKIDEXAMPLE')
    })
  }

  test('is what invokeApi sends', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const api = client({ apiKey: API_KEY })
    const request = {
      pathParams: { a: 'b' },
      pathTemplate: '/both/echo/{a}',
      method: 'POST',
      additionalParams: { queryParams: { q: 1 } },
      body: { c: 1 },
    }
    const { method, url, headers, body } = await api.sign(request)
    await api.invokeApi(
      request.pathParams,
      request.pathTemplate,
      request.method,
      request.additionalParams,
      request.body,
    )
    const [sent] = await gateway.requests()
    assert.deepEqual([sent.method, `${gateway.url}${sent.target}`], [method, url])
    assert.equal(Buffer.from(sent.bodyBase64, 'base64').toString(), body)
    const arrived = Object.fromEntries(sent.headers.map(([name, value]) => [name.toLowerCase(), value]))
    for (const [name, value] of Object.entries(headers)) assert.equal(arrived[name], value, name)
  })

  test('a body that is not signed', async () => {
    const request = {
      pathTemplate: '/unsigned-payload/echo',
      method: 'POST',
      additionalParams: { signPayload: false, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      body: 'b',
    }
    const { method, url, headers } = await client().sign(request)
    const response = await fetch(url, { method, headers, body: 'another' })
    assert.equal(response.status, 200, await response.text())
  })

  test('without credentials it is the unsigned request', async () => {
    const { headers } = await newClient({ invokeUrl: `${gateway.url}/stage` }).sign({
      pathTemplate: '/open/echo',
    })
    assert.deepEqual(Object.keys(headers), ['accept'])
  })

  for (const given of [undefined, null, 'x', 7]) {
    test(`refuses ${given}`, async () => {
      // For sign a string is a URL, as for fetch: sign-fetch.test.mjs.
      for (const method of given === 'x' ? ['presign', 'explain'] : ['sign', 'presign', 'explain']) {
        await assert.rejects(client()[method](given), /^TypeError: request must be an object; got/)
      }
    })
  }
})

describe('presign', () => {
  for (const [name, request] of REQUESTS) {
    test(`plain fetch gets it: ${name}`, async () => {
      const url = await client().presign({ ...request, expiresIn: 60 })
      const response = await fetch(url, { headers: request.additionalParams?.headers })
      assert.equal(response.status, 200, await response.text())
      assert.equal((await gateway.requests())[0].verdict.by, 'query')
    })
  }

  test('for another method', async () => {
    const url = await client().presign({ pathTemplate: '/echo', method: 'delete', expiresIn: 60 })
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 200)
    assert.equal((await fetch(url)).status, 403)
  })

  test('for an upload whose body is not known', async () => {
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const additionalParams = { signPayload: false, headers }
    const url = await client().presign({
      pathTemplate: '/unsigned-payload/echo',
      method: 'PUT',
      additionalParams,
      expiresIn: 60,
    })
    const response = await fetch(url, { method: 'PUT', headers, body: 'any' })
    assert.equal(response.status, 200, await response.text())
  })

  test('with a session token', async () => {
    await gateway.identity(TEMPORARY)
    const api = client({ accessKey: undefined, secretKey: undefined, credentials: TEMPORARY })
    const url = await api.presign({ pathTemplate: '/echo', expiresIn: 60 })
    assert.equal((await fetch(url)).status, 200)
    assert.equal((await gateway.requests())[0].verdict.sessionTokenSigned, true)
  })

  test('a header that was given has to be sent', async () => {
    const additionalParams = { headers: { 'x-a': '1' } }
    const url = await client().presign({ pathTemplate: '/echo', additionalParams, expiresIn: 60 })
    assert.equal(new URL(url).searchParams.get('X-Amz-SignedHeaders'), 'host;x-a')
    assert.equal((await fetch(url)).status, 403)
    assert.equal((await fetch(url, { headers: { 'x-a': '2' } })).status, 403)
    assert.equal((await fetch(url, { headers: { 'x-a': '1' } })).status, 200)
  })

  test('a body is refused: the URL would not cover it', async () => {
    for (const body of [{ a: 1 }, 'text', new Uint8Array(1)]) {
      await assert.rejects(
        client().presign({ pathTemplate: '/echo', method: 'POST', body, expiresIn: 60 }),
        /^TypeError: body must be empty: a presigned URL does not cover one$/,
      )
    }
    const url = await client().presign({ pathTemplate: '/echo', method: 'POST', body: {}, expiresIn: 60 })
    assert.equal((await fetch(url, { method: 'POST' })).status, 200)
  })

  test('it ends', async () => {
    const url = await client().presign({ pathTemplate: '/echo', expiresIn: 20 })
    assert.equal((await fetch(url)).status, 200)
    await gateway.configure({ clockOffsetMs: 30_000 })
    assert.match((await (await fetch(url)).json()).message, /^Signature expired/)
  })

  test('its query cannot be changed', async () => {
    const url = await client().presign({
      pathTemplate: '/echo',
      additionalParams: { queryParams: { id: '1' } },
      expiresIn: 60,
    })
    assert.equal((await fetch(url)).status, 200)
    for (const changed of [url.replace('id=1', 'id=2'), `${url}&more=1`, url.replace('/echo', '/echo/x')]) {
      assert.equal((await fetch(changed)).status, 403)
    }
  })

  const SECONDS = [undefined, null, '60', 0, -1, 1.5, 604_801, Number.NaN, Number.POSITIVE_INFINITY]
  for (const expiresIn of SECONDS) {
    test(`refuses expiresIn ${JSON.stringify(expiresIn) ?? expiresIn} (${typeof expiresIn})`, async () => {
      await assert.rejects(client().presign({ pathTemplate: '/echo', expiresIn }), (error) => {
        assert.ok(error instanceof TypeError)
        assert.match(error.message, /^expiresIn must be a whole number of seconds from 1 to 604800; got /)
        return true
      })
    })
  }

  test('refuses without credentials', async () => {
    const open = newClient({ invokeUrl: `${gateway.url}/stage` })
    await assert.rejects(
      open.presign({ pathTemplate: '/echo', expiresIn: 60 }),
      /^TypeError: accessKey must be specified/,
    )
  })
})

describe('explain', () => {
  /** What the gateway made of a request whose signature is wrong. */
  function gatewayTexts({ message }) {
    const [, canonicalRequest, stringToSign] =
      /should have been\n'([\s\S]*)'\n\nThe String-to-Sign should have been\n'([\s\S]*)'\n$/.exec(message)
    return { canonicalRequest, stringToSign }
  }

  for (const [name, request] of [...REQUESTS, ...WITH_BODY]) {
    test(`equals what the gateway computes: ${name}`, async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
      const api = client({ secretKey: 'wrong', apiKey: request.method ? undefined : API_KEY })
      const explained = await api.explain(request)
      const { pathParams, pathTemplate, method = 'GET', additionalParams, body } = request
      const error = await api
        .invokeApi(pathParams, pathTemplate, method, additionalParams, body)
        .catch((error) => error)
      const theirs = gatewayTexts(error.response.data)
      const redact = (text) =>
        text.replace(API_KEY, /x-api-key:(.*)/.exec(explained.canonicalRequest)?.[1] ?? '')
      assert.equal(redact(theirs.canonicalRequest), explained.canonicalRequest)
      assert.equal(theirs.stringToSign, explained.stringToSign)
    })
  }

  test('its parts belong together', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.parse('2024-02-29T23:59:59.999Z') })
    const request = { pathTemplate: '/echo', method: 'POST', body: { a: 1 } }
    const {
      canonicalRequest,
      stringToSign,
      credentialScope,
      signedHeaders,
      payloadHash,
      signature,
      amzDate,
    } = await client().explain(request)
    assert.equal(amzDate, '20240229T235959Z')
    assert.equal(credentialScope, '20240229/us-east-1/execute-api/aws4_request')
    assert.equal(signedHeaders, 'accept;content-type;host;x-amz-date')
    assert.equal(canonicalRequest.split('\n').at(-1), payloadHash)
    assert.equal(canonicalRequest.split('\n').at(-2), signedHeaders)
    assert.deepEqual(stringToSign.split('\n').slice(0, 3), ['AWS4-HMAC-SHA256', amzDate, credentialScope])
    const { headers } = await client().sign(request)
    assert.ok(headers.authorization.endsWith(`SignedHeaders=${signedHeaders}, Signature=${signature}`))
    const identity = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
    const signer = createSigner({ ...identity, region: REGION, service: 'execute-api' })
    assert.equal(signer.signString(stringToSign), signature)
  })

  test('shows no token, key or secret', async () => {
    const api = client({
      accessKey: undefined,
      secretKey: undefined,
      credentials: TEMPORARY,
      apiKey: API_KEY,
    })
    const shown = JSON.stringify(await api.explain({ pathTemplate: '/both/echo' }))
    for (const secret of [TEMPORARY.secretAccessKey, TEMPORARY.sessionToken, API_KEY])
      assert.ok(!shown.includes(secret))
  })

  test('refuses without credentials', async () => {
    await assert.rejects(
      newClient({ invokeUrl: gateway.url }).explain({}),
      /^TypeError: accessKey must be specified/,
    )
  })
})
