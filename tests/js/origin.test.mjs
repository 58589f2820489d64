// The origin lock: whatever templates and parameters say, a request goes to invokeUrl's origin or is
// refused, and credentials go nowhere else.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, beforeEach, describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { FACTORIES } from '../lib/dropin.mjs'
import { verdictOf } from '../lib/dropin-compare.mjs'
import { headersOf } from '../lib/dropin-rows.mjs'
import { API_KEY, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const gateway = await startGateway()
const evil = await startEvil()
after(() => {
  gateway.stop()
  evil.stop()
})
beforeEach(async () => {
  await gateway.reset()
  evil.seen.length = 0
})

/** Another host, as seen from the gateway's origin: whatever reaches it is a leak. */
async function startEvil() {
  const seen = []
  const server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers })
    response.end('{"evil":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    seen,
    host: `127.0.0.1:${server.address().port}`,
    stop: () => server.close() && server.closeAllConnections(),
  }
}

const host = new URL(gateway.url).host
const origin = new URL(gateway.url).origin
const E = evil.host

/** Templates, and parameters for `{v}`. `v` texts are also tried in every kind of expression. */
const templates = [
  `@${E}/x`,
  `:80@${E}/x`,
  `user:pass@${E}/`,
  `//${E}/x`,
  `///${E}/x`,
  `////${E}`,
  `/\\${E}/x`,
  `\\\\${E}/x`,
  `\\/${E}/x`,
  `/\t/${E}/x`,
  `\t//${E}/x`,
  `\n//${E}/x`,
  `/\r\n/${E}`,
  ` //${E}`,
  `\u0000//${E}`,
  `http://${E}/x`,
  `HTTP://${E}/x`,
  `https://${E}/x`,
  `http:${E}`,
  `http:/${E}/x`,
  `http:\\\\${E}\\x`,
  `javascript:alert(1)`,
  `data:text/plain,x`,
  `file:///etc/passwd`,
  `ws://${E}/x`,
  `.evil.example/x`,
  `evil.example`,
  `.${E}`,
  `:1/x`,
  `:99999/x`,
  `0/x`,
  `%40${E}/x`,
  `%2F%2F${E}`,
  `%5C%5C${E}`,
  `?@${E}/`,
  `#@${E}/`,
  `/..//${E}/x`,
  `/../../..//${E}`,
  `/.//${E}/x`,
  `/%2e%2e//${E}`,
  `/%2e//${E}`,
  `;@${E}`,
  `,@${E}`,
  `[::1]@${E}/`,
  `\u2044\u2044${E}`,
  `\uff0f\uff0f${E}`,
  `\uff20${E}`,
  `\u3002evil.example`,
  `\u00ad@${E}`,
  `\ufeff//${E}`,
  `/x\r\nHost: ${E}\r\n\r\n`,
  `/x HTTP/1.1\r\nHost: ${E}\r\n\r\nGET /`,
]
const expressions = [
  '{v}',
  '{+v}',
  '{#v}',
  '{/v}',
  '{.v}',
  '{;v}',
  '{?v}',
  '/{v}',
  '/{+v}',
  '/stage{+v}',
  '{+v*}',
  '{v}{v}',
]

/** Wraps the platform's fetch: the URL is judged as the platform reads it. */
function watched() {
  const urls = []
  return {
    urls,
    fetch(url, init) {
      urls.push(new URL(url))
      return fetch(url, init)
    },
  }
}

const bases = { 'no path': '', 'a path': '/stage', 'a slash': '/', 'a stage and a slash': '/stage/' }
const credentials = {
  signed: { region: REGION, ...LONG_LIVED },
  'with an API key': { apiKey: API_KEY },
}

/** The call goes to the origin or is refused by name before anything is sent. */
async function assertLocked(config, ...call) {
  const { urls, fetch } = watched()
  const [{ reason }] = await Promise.allSettled([newClient({ ...config, fetch }).invokeApi(...call)])
  assert.deepEqual(evil.seen, [], 'the other host saw something')
  for (const url of urls) assert.equal(url.origin, origin)
  if (urls.length === 0) {
    assert.ok(reason instanceof TypeError, String(reason))
    assert.match(reason.message, /^(pathTemplate|pathParams|the arguments|the URL)/)
  }
  for (const request of await gateway.requests()) {
    assert.equal(headersOf(request).host, host)
    const verdict = verdictOf(request)
    // The signature is of what arrived: no other verdict than for a route that is not there.
    assert.ok(
      ['ok', 'UnknownRoute', 'MissingAuthenticationToken'].includes(verdict),
      `${verdict} ${request.target}`,
    )
  }
  return urls.length
}

for (const [what, secrets] of Object.entries(credentials)) {
  for (const [where, base] of Object.entries(bases)) {
    describe(`${what}, invokeUrl with ${where}`, () => {
      const config = { invokeUrl: gateway.url + base, ...secrets }
      for (const template of templates) {
        test(`template ${JSON.stringify(template.replace(E, 'EVIL'))}`, () =>
          assertLocked(config, {}, template, 'GET'))
      }
    })
  }
}

describe('parameters', () => {
  const config = { invokeUrl: gateway.url, ...credentials.signed }
  for (const value of templates) {
    test(JSON.stringify(value.replace(E, 'EVIL')), async () => {
      for (const expression of expressions) {
        await assertLocked(config, { v: value }, expression, 'GET')
        await assertLocked(config, { v: [value, value] }, expression, 'GET')
        await assertLocked(config, { v: { [value]: value } }, expression, 'GET')
      }
    })
  }
})

test('hosts are not extended, ports not changed', async () => {
  for (const [template, target] of [
    ['x', '/x'],
    ['.evil.example', '/.evil.example'],
    ['1', '/1'],
    [':1', '/:1'],
    ['@x', '/@x'],
  ]) {
    await gateway.reset()
    await assertLocked({ invokeUrl: gateway.url, ...credentials.signed }, {}, template, 'GET')
    assert.deepEqual(
      (await gateway.requests()).map((request) => request.target),
      [target],
    )
  }
})

test('the old package leaves the origin', async () => {
  const client = FACTORIES.old.newClient({ invokeUrl: gateway.url, apiKey: API_KEY })
  await client.invokeApi({}, `@${E}/x`, 'GET')
  assert.equal(evil.seen.length, 1)
  assert.equal(evil.seen[0].headers['x-api-key'], API_KEY)
  assert.equal((await gateway.requests()).length, 0)
})

describe('invokeUrl itself', () => {
  for (const invokeUrl of [
    `http://user:canary@${host}/stage`,
    `http://canary@${host}`,
    `http://${host}@${E}/`,
    `http:\\\\canary@${E}`,
    `http://${host}\\@${E}/`,
    'javascript:canary',
    'file:///canary',
    'http://',
    'http:///',
    'http://[canary',
    'http://a b/',
    `ftp://${host}/?canary`,
  ]) {
    test(JSON.stringify(invokeUrl.replace(E, 'EVIL').replace(host, 'HOST')), async () => {
      let client
      try {
        client = newClient({ invokeUrl, ...credentials.signed })
      } catch (error) {
        assert.ok(error instanceof TypeError)
        assert.match(error.message, /^invokeUrl must be/)
        if (!invokeUrl.includes('[') && !invokeUrl.startsWith('javascript') && !invokeUrl.startsWith('file'))
          assert.doesNotMatch(error.message, /canary/)
        return
      }
      // What the platform reads as a path is one: the host before it is called.
      await Promise.allSettled([client.invokeApi({}, '/x', 'GET')])
      assert.deepEqual(evil.seen, [])
    })
  }
})

describe('fetch', () => {
  const client = newClient({ invokeUrl: `${gateway.url}/stage`, ...credentials.signed })
  for (const input of [
    `http://${E}/x`,
    `//${E}/x`,
    `\\\\${E}/x`,
    `/\\${E}`,
    `http://user:pass@${E}/`,
    new URL(`http://${E}/x`),
    new Request(`http://${E}/x`),
    `https://${host}/stage/echo`,
    `http://${host}.evil.example/`,
    'data:text/plain,x',
    'file:///etc/passwd',
    `http:\t//${E}/x`,
    ` http://${E}/x`,
  ]) {
    const name = input instanceof Request ? 'a Request' : `${input}`
    test(`${JSON.stringify(name.replace(E, 'EVIL').replace(host, 'HOST'))} is refused`, async () => {
      await assert.rejects(client.fetch(input), { name: 'TypeError' })
      assert.deepEqual(evil.seen, [])
      assert.deepEqual(await gateway.requests(), [])
    })
  }

  for (const input of [
    '/stage/echo/x?a=b',
    'stage/echo/x',
    `${gateway.url}/stage/echo/x`,
    new URL(`${gateway.url}/stage/echo`),
    new Request(`${gateway.url}/stage/echo`),
  ]) {
    test(`${input instanceof Request ? 'a Request' : JSON.stringify(String(input).replace(host, 'HOST'))} is sent and signed`, async () => {
      const response = await client.fetch(input)
      assert.equal(response.status, 200)
      assert.deepEqual((await gateway.requests()).map(verdictOf), ['ok'])
    })
  }
})

describe('redirects', () => {
  const elsewhere = `http://${E}/stolen`
  for (const status of [301, 302, 303, 307, 308]) {
    for (const [what, config] of Object.entries({
      signed: { invokeUrl: `${gateway.url}/stage`, ...credentials.signed },
      'with an API key': { invokeUrl: `${gateway.url}/stage/key`, ...credentials['with an API key'] },
      'with an API key in its headers': {
        invokeUrl: `${gateway.url}/stage/key`,
        headers: { 'X-Api-Key': API_KEY },
      },
      'with a token in its headers': {
        invokeUrl: `${gateway.url}/stage/open`,
        headers: { 'X-Amz-Security-Token': 'canary' },
      },
    })) {
      test(`${what}: ${status} to another host is not followed`, async () => {
        await gateway.fault({ action: { type: 'redirect', status, location: elsewhere } })
        const error = await newClient({ ...config, retries: 2 })
          .invokeApi({}, '/echo', 'POST', {}, { a: 1 })
          .catch((error) => error)
        assert.equal(error.code, 'ERR_REDIRECT')
        assert.equal(error.isAxiosError, true)
        assert.deepEqual([error.response.status, error.response.headers.location], [status, elsewhere])
        assert.ok(error.message.includes(elsewhere))
        assert.deepEqual(evil.seen, [])
        assert.equal((await gateway.requests()).length, 1)
      })
      test(`${what}: fetch gives the ${status} to the caller`, async () => {
        await gateway.fault({ action: { type: 'redirect', status, location: elsewhere } })
        const response = await newClient(config).fetch(`${config.invokeUrl}/echo`, { redirect: 'follow' })
        assert.deepEqual([response.status, response.headers.get('location')], [status, elsewhere])
        assert.deepEqual(evil.seen, [])
      })
    }
  }

  test('an unsigned request follows, as fetch does', async () => {
    await gateway.fault({ action: { type: 'redirect', location: elsewhere } })
    const client = newClient({ invokeUrl: `${gateway.url}/stage/open` })
    const { data } = await client.invokeApi({}, '/echo', 'GET', {
      headers: { Authorization: 'Bearer canary' },
    })
    assert.deepEqual(data, { evil: true })
    assert.equal(evil.seen[0].headers.authorization, undefined, 'fetch drops it for another origin')
  })

  test('the old package takes the session token and the key to the other host', async () => {
    await gateway.fault({ action: { type: 'redirect', location: elsewhere } })
    const config = {
      invokeUrl: `${gateway.url}/stage`,
      ...credentials.signed,
      sessionToken: 'canary-token',
      apiKey: API_KEY,
    }
    await FACTORIES.old.newClient(config).invokeApi({}, '/echo', 'GET')
    assert.deepEqual(
      [evil.seen[0].headers['x-amz-security-token'], evil.seen[0].headers['x-api-key']],
      ['canary-token', API_KEY],
    )
  })
})

describe('sign, explain and presign keep to the origin too', () => {
  const client = newClient({ invokeUrl: gateway.url, ...credentials.signed })
  for (const template of templates) {
    test(JSON.stringify(template.replace(E, 'EVIL')), async () => {
      for (const make of [
        async () => (await client.sign({ pathTemplate: template })).url,
        async () => client.presign({ pathTemplate: template, expiresIn: 60 }),
      ]) {
        const [{ value, reason }] = await Promise.allSettled([make()])
        if (reason) assert.ok(reason instanceof TypeError, String(reason))
        else assert.equal(new URL(value).origin, origin)
      }
      const [{ value, reason }] = await Promise.allSettled([client.explain({ pathTemplate: template })])
      if (reason) assert.ok(reason instanceof TypeError)
      else assert.match(value.canonicalRequest, new RegExp(`^host:${host}$`, 'm'))
    })
  }
})

test('there are at least 40 hostile templates', () =>
  assert.ok(new Set(templates).size >= 40, `${templates.length}`))
