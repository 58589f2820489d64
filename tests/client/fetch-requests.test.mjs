// client.fetch next to the platform's: what a Request brings, what init changes, repeated headers, errors.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, beforeEach, describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'

const seen = []
const server = createServer((request, response) => {
  seen.push(request)
  if (request.url.startsWith('/moved')) response.writeHead(302, { location: '/there' })
  response.end('answer')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => seen.splice(0))

const origin = `http://127.0.0.1:${server.address().port}`
const signed = { invokeUrl: origin, region: REGION, ...LONG_LIVED }
const unsigned = { invokeUrl: origin }

/** The init that reaches the platform's fetch. */
async function initOf(input, init, config = unsigned) {
  let given
  const api = newClient({
    ...config,
    fetch: async (_url, init) => {
      given = init
      return new Response('')
    },
  })
  await api.fetch(input, init)
  return given
}

describe("a Request's own settings", () => {
  const OF_REQUEST = {
    cache: 'no-store',
    credentials: 'include',
    integrity: 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    keepalive: true,
    mode: 'same-origin',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  }
  test('are passed on', async () => {
    const init = await initOf(new Request(`${origin}/x`, OF_REQUEST))
    for (const [name, value] of Object.entries(OF_REQUEST)) assert.equal(init[name], value, name)
  })

  test("init's win", async () => {
    const init = await initOf(new Request(`${origin}/x`, OF_REQUEST), { cache: 'reload', keepalive: false })
    assert.deepEqual([init.cache, init.keepalive, init.mode], ['reload', false, 'same-origin'])
  })

  test('a navigation becomes a request of the same origin, as fetch makes it', async () => {
    const navigation = Object.defineProperty(new Request(`${origin}/x`), 'mode', { value: 'navigate' })
    assert.equal((await initOf(navigation)).mode, 'same-origin')
  })

  test('its signal can be taken away with null', async () => {
    const aborted = new Request(`${origin}/x`, { signal: AbortSignal.abort() })
    for (const api of [{ fetch }, newClient(signed)]) {
      await assert.rejects(api.fetch(aborted), { name: 'AbortError' })
      assert.equal(await (await api.fetch(aborted, { signal: null })).text(), 'answer')
    }
  })

  test('a body of which the platform does not tell whether it is there, as in Firefox', async () => {
    const unknown = (init) =>
      Object.defineProperty(new Request(`${origin}/x`, init), 'body', { value: undefined })
    await newClient(signed).fetch(unknown({ method: 'PUT', body: 'text' }))
    await newClient(signed).fetch(unknown({ method: 'DELETE' }))
    await newClient(signed).fetch(unknown())
    assert.deepEqual(
      seen.map(({ method, headers }) => [method, headers['content-length']]),
      [
        ['PUT', '4'],
        ['DELETE', undefined],
        ['GET', undefined],
      ],
    )
  })

  test('of another package, or realm, it is a Request too', async () => {
    // What @remix-run/web-fetch, undici and frames have: the same fields, another class.
    const foreign = {
      [Symbol.toStringTag]: 'Request',
      url: `${origin}/x`,
      method: 'PUT',
      headers: new Headers({ 'x-a': '1' }),
      body: true,
      clone: () => new Response('text'),
    }
    await newClient(signed).fetch(foreign)
    assert.deepEqual([seen[0].method, seen[0].url, seen[0].headers['x-a']], ['PUT', '/x', '1'])
    assert.equal(seen[0].headers['content-length'], '4')
  })
})

describe('redirects', () => {
  for (const [name, input, init] of [
    ['init', `${origin}/moved`, { redirect: 'manual' }],
    ['a Request', new Request(`${origin}/moved`, { redirect: 'manual' })],
  ]) {
    test(`manual, in ${name}, is left to the caller`, async () => {
      for (const api of [{ fetch }, newClient(unsigned)]) {
        assert.equal((await api.fetch(input, init)).status, 302)
      }
      assert.deepEqual(
        seen.map(({ url }) => url),
        ['/moved', '/moved'],
      )
    })
  }
  for (const [name, input, init] of [
    ['init', `${origin}/moved`, { redirect: 'error' }],
    ['a Request', new Request(`${origin}/moved`, { redirect: 'error' })],
  ]) {
    test(`error, in ${name}, rejects, with credentials or without`, async () => {
      for (const api of [{ fetch }, newClient(unsigned), newClient(signed)]) {
        await assert.rejects(api.fetch(input, init), { name: 'TypeError', message: 'fetch failed' })
      }
      assert.deepEqual(
        seen.map(({ url }) => url),
        ['/moved', '/moved', '/moved'],
      )
    })
  }
})

describe('a header that is given more than once is joined, as fetch does', () => {
  for (const [name, headers] of [
    [
      'pairs',
      [
        ['x-a', '1'],
        ['X-A', '2'],
        ['x-a', '3'],
      ],
    ],
    ['an object', { 'X-A': '1', 'x-a': '2', 'x-A': '3' }],
  ]) {
    test(name, async () => {
      for (const api of [{ fetch }, newClient(unsigned), newClient(signed)])
        await api.fetch(`${origin}/x`, { headers })
      assert.deepEqual(
        seen.map((request) => request.headers['x-a']),
        ['1, 2, 3', '1, 2, 3', '1, 2, 3'],
      )
    })
  }
})

describe('refused, and nothing is sent', () => {
  for (const [name, input, got] of [
    ['a user name', origin.replace('//', '//user:canary@'), `one on ${origin.replace('//', '//...@')}`],
    ['a blob of the same origin', `blob:${origin}/1b7e`, 'one on blob://'],
    ['no URL', 'http://user:canary@[', 'none'],
    ['a symbol', Symbol('canary'), 'none'],
  ]) {
    test(name, async () => {
      await assert.rejects(newClient(signed).fetch(input), {
        name: 'TypeError',
        message: `input must be a URL on invokeUrl's origin ${origin}; got ${got}`,
      })
      assert.deepEqual(seen, [])
    })
  }
})

describe("errors that are not fetch's own reach the caller as they are", () => {
  const broken = new Error('no credentials', { cause: new Error('of the disk') })
  const odd = Object.assign(new Error('of axios'), { code: 'ERR_CANCELED', response: { status: 500 } })
  for (const [name, reason] of [
    ['an error with a cause', broken],
    ['an error with a code and a response', odd],
    ['undefined', undefined],
    ['null', null],
  ]) {
    test(`a provider rejects with ${name}`, async () => {
      const credentials = () => Promise.reject(reason)
      const [{ status, reason: got }] = await Promise.allSettled([
        newClient({ invokeUrl: origin, region: REGION, credentials }).fetch('/x'),
      ])
      assert.equal(status, 'rejected')
      assert.equal(got, reason)
    })
  }
})
