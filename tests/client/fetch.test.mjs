// client.fetch, the signed drop-in for fetch, against the gateway.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { API_KEY, LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const gateway = await gatewayForTests()

const client = (config) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED, ...config })
const bytes = (text) => new TextEncoder().encode(text)
const echoed = async (response) => {
  const { bodyBase64, headers, ...rest } = await response.json()
  const named = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
  return { ...rest, headers: named, body: Buffer.from(bodyBase64, 'base64').toString() }
}

describe('fetch', () => {
  const INPUTS = [
    ['an absolute URL', () => `${gateway.url}/stage/echo?a=1`],
    ['a URL object', () => new URL(`${gateway.url}/stage/echo?a=1`)],
    ['a path', () => '/stage/echo?a=1'],
    ['a relative path, from the origin', () => 'stage/echo?a=1'],
    ['a URL with a fragment', () => '/stage/echo?a=1#part'],
    ['a Request', () => new Request(`${gateway.url}/stage/echo?a=1`)],
    ['dot segments', () => '/x/../stage/./echo?a=1'],
  ]
  for (const [name, input] of INPUTS) {
    test(`takes ${name}`, async () => {
      const response = await client().fetch(input())
      assert.ok(response instanceof Response)
      const { method, target, accessKeyId } = await echoed(response)
      assert.deepEqual([method, target, accessKeyId], ['GET', '/stage/echo?a=1', 'AKIDEXAMPLE'])
    })
  }

  const TARGETS = [
    '/stage/echo/a%20b',
    '/stage/echo/a+b',
    '/stage/echo/ü日本',
    '/stage/echo/a%2Fb',
    "/stage/echo/it's(1)!*",
    '/stage/echo?q=a b&q=%26&p=ü+',
    '/stage/echo?flag&b=',
    '/stage/echo/;k=v,w:@$',
  ]
  for (const target of TARGETS) {
    test(`signs as it is sent: ${target}`, async () => {
      const response = await client().fetch(target)
      assert.equal(response.status, 200, await response.text())
      const { pathname, search } = new URL(target, gateway.url)
      // Platforms differ in whether they encode a quote in a path, so it is always encoded.
      assert.equal((await gateway.requests())[0].target, pathname.replaceAll("'", '%27') + search)
    })
  }

  const ELSEWHERE = [
    'https://example.com/stage/echo',
    '//example.com/stage/echo',
    '\\\\example.com\\stage',
    'http://127.0.0.1/stage/echo',
    'http://127.0.0.1:1/stage/echo',
    'http://127.0.0.1@example.com/',
    'data:text/plain,x',
    'javascript:0',
    'file:///etc/hosts',
    'blob:http://127.0.0.1/1',
    ' https://example.com/',
  ]
  for (const input of ELSEWHERE) {
    test(`refuses another origin: ${input}`, async () => {
      const never = () => assert.fail('something was sent')
      await assert.rejects(client({ fetch: never }).fetch(input), (error) => {
        assert.ok(error instanceof TypeError)
        assert.match(
          error.message,
          /^input must be a URL on invokeUrl's origin http:\/\/127\.0\.0\.1:\d+; got/,
        )
        return true
      })
    })
  }

  test("refuses the origin's own scheme in https", async () => {
    await assert.rejects(
      client().fetch(`${gateway.url.replace('http:', 'https:')}/stage/echo`),
      /^TypeError: input must be/,
    )
  })

  const BODIES = [
    ['a text', () => 'tëxt 日本', 'tëxt 日本', 'text/plain;charset=UTF-8'],
    [
      'JSON text with its type',
      () => '{"a":1}',
      '{"a":1}',
      'application/json',
      { 'content-type': 'application/json' },
    ],
    ['bytes', () => bytes('bytes'), 'bytes', undefined],
    ['an ArrayBuffer', () => bytes('buffer').buffer, 'buffer', undefined],
    ['a DataView', () => new DataView(bytes('xviewx').buffer, 1, 4), 'view', undefined],
    ['a Blob', () => new Blob(['blob'], { type: 'text/x-blob' }), 'blob', 'text/x-blob'],
    [
      'a form',
      () => new URLSearchParams({ a: '1 2', b: 'ü' }),
      'a=1+2&b=%C3%BC',
      'application/x-www-form-urlencoded;charset=UTF-8',
    ],
    ['a stream', () => new Blob(['stream']).stream(), 'stream', undefined],
    ['an empty text', () => '', '', 'text/plain;charset=UTF-8'],
    ['null', () => null, '', undefined],
    ['100 KB', () => 'x'.repeat(100_000), 'x'.repeat(100_000), 'text/plain;charset=UTF-8'],
  ]
  for (const [name, body, text, type, headers] of BODIES) {
    test(`sends ${name}`, async () => {
      const got = await echoed(await client().fetch('/stage/echo', { method: 'post', body: body(), headers }))
      assert.deepEqual([got.method, got.body, got.headers['content-type']], ['POST', text, type])
    })
  }

  test('sends a multipart form', async () => {
    const form = new FormData()
    form.set('a', 'ü')
    form.set('file', new Blob(['content']), 'name.txt')
    const got = await echoed(await client().fetch('/stage/echo', { method: 'POST', body: form }))
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(got.headers['content-type'])[1]
    assert.ok(got.body.startsWith(`--${boundary}`) && got.body.includes('content'))
  })

  test("a Request's method, headers and body; init's win", async () => {
    const request = () =>
      new Request(`${gateway.url}/stage/echo`, {
        method: 'PUT',
        body: 'one',
        headers: { 'x-a': '1', 'content-type': 'text/x-one' },
      })
    const asIs = await echoed(await client().fetch(request()))
    assert.deepEqual(
      [asIs.method, asIs.body, asIs.headers['x-a'], asIs.headers['content-type']],
      ['PUT', 'one', '1', 'text/x-one'],
    )
    const changed = await echoed(
      await client().fetch(request(), { method: 'PATCH', body: 'two', headers: { 'x-a': '2' } }),
    )
    assert.deepEqual([changed.method, changed.body, changed.headers['x-a']], ['PATCH', 'two', '2'])
  })

  const HEADERS = [
    ['an object', { 'X-A': '1' }],
    ['Headers', new Headers({ 'x-a': '1' })],
    ['pairs', [['x-A', '1']]],
  ]
  for (const [name, headers] of HEADERS) {
    test(`headers as ${name}`, async () => {
      assert.equal((await echoed(await client().fetch('/stage/echo', { headers }))).headers['x-a'], '1')
    })
  }

  test('sends the API key and the default headers of the client', async () => {
    const api = client({ apiKey: API_KEY, headers: { 'x-mine': 'm' } })
    const { headers } = await echoed(await api.fetch('/stage/both/echo'))
    assert.deepEqual([headers['x-mine'], headers.accept], ['m', 'application/json'])
  })

  test('resolves with what the server refuses, its body unread', async () => {
    for (const [api, target, status, text] of [
      [client(), '/stage/movie/1900/none', 404, 'Not Found'],
      [client({ secretKey: 'wrong' }), '/stage/echo', 403, 'signature we calculated does not match'],
      [client(), '/other/echo', 403, 'Missing Authentication Token'],
    ]) {
      const response = await api.fetch(target)
      assert.deepEqual([response.status, response.ok], [status, false])
      assert.ok((await response.json()).message.includes(text))
    }
  })

  test('repeats as invokeApi does', async () => {
    await gateway.fault({ times: 2, action: { type: 'status', status: 503 } })
    const response = await client({ retries: 2 }).fetch('/stage/echo', { method: 'PUT', body: 'b' })
    assert.equal((await echoed(response)).body, 'b')
    assert.equal((await gateway.requests()).length, 3)
  })

  test('resolves with the last answer when repetitions are used up', async () => {
    await gateway.fault({ action: { type: 'status', status: 503, body: 'away' } })
    const response = await client({ retries: 1 }).fetch('/stage/echo')
    assert.deepEqual([response.status, await response.text()], [503, 'away'])
    assert.equal((await gateway.requests()).length, 2)
  })

  test('repeats a broken connection, and rejects with the error of fetch', async () => {
    await gateway.fault({ action: { type: 'resetBeforeHeaders' } })
    await assert.rejects(client({ retries: 1 }).fetch('/stage/echo'), (error) => {
      assert.ok(error instanceof TypeError && error.message === 'fetch failed', String(error))
      return true
    })
    assert.equal((await gateway.requests()).length, 2)
  })

  test('a body is streamed to the caller', async () => {
    await gateway.fault({ action: { type: 'drip', bytes: 20, intervalMs: 1 } })
    const reader = (await client().fetch('/stage/echo')).body.getReader()
    let size = 0
    for (let part = await reader.read(); !part.done; part = await reader.read()) size += part.value.length
    assert.ok(size > 100)
  })

  describe('abort', () => {
    const reason = new Error('changed my mind')
    test('before: nothing is sent, and the reason is the error', async () => {
      await assert.rejects(
        client().fetch('/stage/echo', { signal: AbortSignal.abort(reason) }),
        (error) => error === reason,
      )
      assert.deepEqual(await gateway.requests(), [])
    })

    /** Aborts once the gateway has the request, which it never answers. */
    async function abortWhenSent(stop) {
      while ((await gateway.requests()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      stop.abort(reason)
    }

    test('while it waits', async () => {
      await gateway.fault({ action: { type: 'stall' } })
      const stop = new AbortController()
      const call = client({ retries: 5 }).fetch('/stage/echo', { signal: stop.signal })
      await Promise.all([assert.rejects(call, (error) => error === reason), abortWhenSent(stop)])
      assert.equal((await gateway.requests()).length, 1)
    })

    test("by a Request's signal", async () => {
      await gateway.fault({ action: { type: 'stall' } })
      const stop = new AbortController()
      const call = client().fetch(new Request(`${gateway.url}/stage/echo`, { signal: stop.signal }))
      await Promise.all([assert.rejects(call, (error) => error === reason), abortWhenSent(stop)])
    })

    test('without a reason it is an AbortError, by time a TimeoutError', async () => {
      await gateway.fault({ action: { type: 'stall' } })
      await assert.rejects(client().fetch('/stage/echo', { signal: AbortSignal.abort() }), {
        name: 'AbortError',
      })
      await assert.rejects(client().fetch('/stage/echo', { signal: AbortSignal.timeout(20) }), {
        name: 'TimeoutError',
      })
    })

    test('between repetitions', async () => {
      await gateway.fault({ action: { type: 'status', status: 503 } })
      const stop = new AbortController()
      setTimeout(() => stop.abort(reason), 30)
      const api = client({ retries: 5, retryDelay: 60_000 })
      await assert.rejects(api.fetch('/stage/echo', { signal: stop.signal }), (error) => error === reason)
    })
  })

  for (const redirect of [undefined, 'follow', 'manual']) {
    test(`follows no redirect: redirect ${redirect}`, async () => {
      await gateway.fault({
        times: 1,
        action: { type: 'redirect', status: 307, location: '/stage/echo/moved' },
      })
      const response = await client().fetch('/stage/echo', { redirect })
      assert.equal(response.status, 307)
      assert.equal((await gateway.requests()).length, 1)
    })
  }

  test('a client without credentials leaves redirects to the caller', async () => {
    const open = newClient({ invokeUrl: `${gateway.url}/stage` })
    await gateway.fault({ times: 1, action: { type: 'redirect', location: '/stage/open/echo/moved' } })
    assert.equal((await echoed(await open.fetch('/stage/open/echo'))).target, '/stage/open/echo/moved')
  })

  const REFUSED = [
    ['GET with a body', ['/stage/echo', { body: 'b' }], /GET/],
    ['a method that fetch cannot send', ['/stage/echo', { method: 'TRACE' }], /^method must be/],
    ['a header with a line break', ['/stage/echo', { headers: { a: 'b\nc' } }], /^headers must be/],
  ]
  for (const [name, given, message] of REFUSED) {
    test(`refuses ${name}`, async () => {
      await assert.rejects(client().fetch(...given), (error) => {
        assert.ok(error instanceof TypeError)
        assert.match(error.message, message)
        return true
      })
      assert.deepEqual(await gateway.requests(), [])
    })
  }
})
