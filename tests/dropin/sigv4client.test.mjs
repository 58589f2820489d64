// gatesign/sigv4client next to the script it stands in for. aws-api-gateway-client has that script, with the sending
// behind it: what it gives axios is compared, at the same time of the clock.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, mock, test } from 'node:test'
import axios from 'axios'
import byDefault, { sigV4Client } from 'gatesign/sigv4client'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const require = createRequire(import.meta.url)
const theirs = require('aws-api-gateway-client/dist/lib/apiGatewayCore/sigV4Client.js').default
const gateway = await gatewayForTests()

const KEYS = { ...LONG_LIVED, region: 'eu-west-1' }
const endpoint = 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod'
const SHARED = {
  serviceName: 'execute-api',
  defaultContentType: 'application/json',
  defaultAcceptType: 'application/json',
}

/** What the original sends, instead of sending it. */
async function original(config, { method, path, queryParams, headers, body }) {
  let sent
  axios.defaults.adapter = (request) => {
    sent = request
    return Promise.resolve({ data: {}, status: 200, statusText: '', headers: {}, config: request })
  }
  const { origin, pathname } = new URL(config.endpoint)
  const client = theirs.newClient({ ...SHARED, systemClockOffset: 0, ...config, endpoint: origin })
  // The old package reads no body of a GET, and hashes what it is given: this is what its caller does before.
  await client.makeRequest({
    verb: method,
    path: pathname + path,
    queryParams,
    headers,
    body: method === 'GET' ? '' : body,
  })
  return sent
}

describe('the same request as the original', () => {
  for (const [name, request, config] of [
    ['GET', { method: 'GET', path: '/pets', queryParams: {}, headers: {} }],
    ['a query', { method: 'GET', path: '/pets', queryParams: { b: 'x y', a: "!'()", c: 'ä/&=' } }],
    ['a list in a query', { method: 'GET', path: '/pets', queryParams: { ids: [1, 2, 3] } }],
    ['POST', { method: 'POST', path: '/pets', headers: {}, body: { name: 'Rex', tags: ['a', 'ü'] } }],
    ['DELETE without body', { method: 'DELETE', path: '/pets/7', headers: { 'X-Trace': 'a' } }],
    [
      'PUT with headers',
      {
        method: 'PUT',
        path: '/pets/7',
        headers: { 'Content-Type': 'application/json', Accept: 'text/plain', 'x-b': '2' },
        body: { a: 1 },
      },
    ],
    ['another service', { method: 'GET', path: '/pets' }, { serviceName: 'lambda', region: 'us-west-2' }],
  ]) {
    test(name, async (context) => {
      context.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 29, 1, 2, 3) })
      const { signRequest } = sigV4Client.newClient({ ...KEYS, endpoint, ...config })
      const { url, headers } = signRequest(request)
      const wanted = await original({ ...KEYS, endpoint, ...config }, request)
      assert.equal(url, wanted.url)
      const own = Object.fromEntries(
        Object.entries(wanted.headers).filter(([, value]) => typeof value === 'string'),
      )
      // axios leaves out the type of what is not there; the original's caller sent it.
      if (wanted.data === undefined || wanted.data === '') own['Content-Type'] = 'application/json'
      delete own['User-Agent']
      assert.deepEqual(headers, own)
    })
  }

  test('what the client has, and what it never shows', () => {
    const client = sigV4Client.newClient({ ...KEYS, sessionToken: 'token-7', endpoint })
    const { signRequest, ...shown } = client
    assert.deepEqual(shown, {
      serviceName: 'execute-api',
      region: 'eu-west-1',
      defaultAcceptType: 'application/json',
      defaultContentType: 'application/json',
      endpoint: 'https://abc123.execute-api.eu-west-1.amazonaws.com',
      pathComponent: '/prod',
    })
    assert.equal(typeof signRequest, 'function')
    assert.equal(byDefault, sigV4Client)
    assert.equal(require('gatesign/sigv4client').default, sigV4Client)
    assert.equal(sigV4Client.newClient({ ...LONG_LIVED, endpoint }).region, 'us-east-1')
  })

  test('without keys there is nothing to sign with', () => {
    assert.deepEqual(
      sigV4Client.newClient({ accessKey: 'AKIDEXAMPLE', endpoint }),
      theirs.newClient({ accessKey: 'AKIDEXAMPLE' }),
    )
    assert.deepEqual(sigV4Client.newClient({ secretKey: 'secret', endpoint }), {})
  })
})

/** As serverless-stack's guide sends: https://sst.dev's `invokeApig`. */
async function send(client, { method = 'GET', path, headers = {}, queryParams = {}, body }) {
  const signed = client.signRequest({ method, path, headers, queryParams, body })
  const text = body && typeof body === 'object' && !ArrayBuffer.isView(body) ? JSON.stringify(body) : body
  return fetch(signed.url, { method, headers: signed.headers, body: text })
}

describe('the gateway takes the signature', () => {
  const client = sigV4Client.newClient({ ...LONG_LIVED, region: REGION, endpoint: `${gateway.url}/stage` })
  for (const [name, request] of [
    [
      'GET with a query',
      { path: '/echo/a', queryParams: { 'a b': "x*'", ü: '1', none: undefined, nothing: null } },
    ],
    ['a query in the path', { path: '/echo?x=1', queryParams: { y: 2 } }],
    ['a path that is not encoded', { path: '/echo/a b/ü:@!' }],
    ['an object', { method: 'POST', path: '/echo', body: { a: 'ü' } }],
    ['an empty object', { method: 'POST', path: '/echo', body: {} }],
    ['a list', { method: 'POST', path: '/echo', body: [1, 2] }],
    ['a text', { method: 'PUT', path: '/echo', body: 'text', headers: { 'content-type': 'text/plain' } }],
    ['JSON as a text', { method: 'post', path: '/echo', body: '{"a":1}' }],
    [
      'bytes',
      {
        method: 'PUT',
        path: '/echo',
        body: new Uint8Array([0, 255]),
        headers: { 'Content-Type': 'image/png' },
      },
    ],
    [
      'no body',
      { method: 'DELETE', path: '/echo', headers: { accept: '*/*', 'X-A': ' 1  2 ', 'x-none': undefined } },
    ],
    ['null as body', { method: 'DELETE', path: '/echo', body: null }],
  ]) {
    test(name, async () => {
      const response = await send(client, request)
      assert.equal(response.status, 200, await response.text())
      const [{ verdict, headers }] = await gateway.requests()
      assert.equal(verdict.ok, true)
      const types = headers.filter(([header]) => header.toLowerCase() === 'content-type')
      assert.equal(types.length, 1)
      assert.ok(!types[0][1].includes(','), 'one type')
    })
  }

  test('the session token is signed', () => {
    const { headers } = sigV4Client
      .newClient({ ...KEYS, sessionToken: 'token-7', endpoint })
      .signRequest({ method: 'GET', path: '/' })
    assert.equal(headers['x-amz-security-token'], 'token-7')
    assert.match(headers.Authorization, /SignedHeaders=accept;host;x-amz-date;x-amz-security-token,/)
  })

  test('no path leads to another host', () => {
    const { signRequest } = sigV4Client.newClient({ ...KEYS, endpoint: 'https://api.example.com' })
    for (const path of [
      '.evil.example/',
      '@evil.example/',
      ':81/',
      'x',
      '\\\\evil.example',
      '//evil.example',
      '\t.evil.example',
    ])
      assert.equal(new URL(signRequest({ method: 'GET', path }).url).host, 'api.example.com', path)
  })

  test('nothing of the caller is changed', () => {
    const request = Object.freeze({
      method: 'POST',
      path: '/',
      headers: Object.freeze({ 'x-a': '1' }),
      queryParams: Object.freeze({ a: 1 }),
      body: Object.freeze({ b: 2 }),
    })
    sigV4Client.newClient(Object.freeze({ ...KEYS, endpoint })).signRequest(request)
  })
})

describe('refusals name the argument and never a credential', () => {
  for (const [config, message] of [
    [undefined, /^config must be an object; got undefined$/],
    [null, /^config must be an object; got null$/],
    [{ accessKey: '', secretKey: 'hidden' }, /^accessKey must be a non-empty string; got an empty one$/],
    [{ accessKey: 'hidden', secretKey: 7 }, /^secretKey must be a non-empty string; got number$/],
    [{ accessKey: 'hidden', secretKey: 'hidden' }, /^endpoint must be a non-empty string; got undefined$/],
    [
      { accessKey: 'hidden', secretKey: 'hidden', endpoint: 'ftp://x' },
      /^endpoint must be an http or https URL$/,
    ],
    [{ accessKey: 'hid den', secretKey: 'hidden', endpoint }, /accessKeyId/],
  ]) {
    test(String(message), () => {
      assert.throws(
        () => sigV4Client.newClient(config),
        (error) =>
          error instanceof TypeError && message.test(error.message) && !/hidden|hid den/.test(error.message),
      )
    })
  }

  const client = sigV4Client.newClient({ ...KEYS, endpoint })
  for (const [request, message] of [
    [undefined, /^request must be an object; got undefined$/],
    [{ path: '/' }, /^method must be a string; got undefined$/],
    [{ method: 'GET' }, /^path must be a string; got undefined$/],
    [{ method: 'GET', path: '/', headers: 'x' }, /^headers must be an object; got string$/],
    [{ method: 'GET', path: '/', queryParams: 'a=1' }, /^queryParams must be an object; got string$/],
    [{ method: 'GET', path: '/', headers: { 'x y': '1' } }, /^headers/],
    [{ method: 'GET', path: '/', headers: { x: 'a\nb' } }, /^headers/],
    [{ method: 'TRACE', path: '/' }, /^method/],
  ]) {
    test(`signRequest(${JSON.stringify(request)})`, () => {
      assert.throws(
        () => client.signRequest(request),
        (error) => error instanceof TypeError && message.test(error.message),
      )
    })
  }
  mock.reset()
})
