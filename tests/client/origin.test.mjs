// The origin lock: whatever templates and parameters say, a request goes to invokeUrl's origin or is
// refused, and credentials go nowhere else.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { verdictOf } from '../dropin/compare.mjs'
import { FACTORIES } from '../dropin/dropin.mjs'
import { headersOf } from '../dropin/rows.mjs'
import { API_KEY } from '../lib/gateway.mjs'
import { CREDENTIALS, startBoth } from './other-host.mjs'

const { gateway, evil } = await startBoth()
const host = new URL(gateway.url).host
const origin = new URL(gateway.url).origin
const E = evil.host

/** What a template may spell out and a parameter may not: it would name another resource. */
const climbing = [`/..//${E}/x`, `/../../..//${E}`, `/.//${E}/x`, `/%2e%2e//${E}`, `/%2e//${E}`]
/** Templates, and parameters for `{v}` in every kind of expression. As templates all of them are sent. */
const templates = [
  ...climbing,
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
/** The call goes to the origin, signed as it arrived. */
async function assertSent(config, ...call) {
  const { urls, fetch } = watched()
  await Promise.allSettled([newClient({ ...config, fetch }).invokeApi(...call)])
  assert.deepEqual(evil.seen, [], 'the other host saw something')
  assert.deepEqual(
    urls.map((url) => url.origin),
    [origin],
  )
  const [request, ...more] = await gateway.requests()
  assert.deepEqual(more, [])
  assert.equal(headersOf(request).host, host)
  const verdict = verdictOf(request)
  // The signature is of what arrived: no other verdict than for a route that is not there.
  assert.ok(
    ['ok', 'UnknownRoute', 'MissingAuthenticationToken'].includes(verdict),
    `${verdict} ${request.target}`,
  )
  await gateway.reset()
}

/** The call is refused by the name of its argument, before anything is sent. */
async function assertRefused(config, ...call) {
  const { urls, fetch } = watched()
  await assert.rejects(newClient({ ...config, fetch }).invokeApi(...call), {
    name: 'TypeError',
    message: /^pathParams must not make a "\." or "\.\." segment/,
  })
  assert.deepEqual(urls, [])
}

for (const [what, secrets] of Object.entries(CREDENTIALS)) {
  for (const [where, base] of Object.entries(bases)) {
    describe(`${what}, invokeUrl with ${where}`, () => {
      const config = { invokeUrl: gateway.url + base, ...secrets }
      for (const template of templates) {
        test(`template ${JSON.stringify(template.replace(E, 'EVIL'))}`, () =>
          assertSent(config, {}, template, 'GET'))
      }
    })
  }
}

describe('parameters', () => {
  const config = { invokeUrl: gateway.url, ...CREDENTIALS.signed }
  for (const value of templates) {
    test(JSON.stringify(value.replace(E, 'EVIL')), async () => {
      for (const expression of expressions) {
        // All other expressions encode the slashes, or come after `#` or `?`.
        const isRefused = climbing.includes(value) && expression.includes('{+')
        const check = isRefused ? assertRefused : assertSent
        for (const v of [value, [value, value], { [value]: value }]) {
          await check(config, { v }, expression, 'GET')
        }
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
    await Promise.allSettled([
      newClient({ invokeUrl: gateway.url, ...CREDENTIALS.signed }).invokeApi({}, template, 'GET'),
    ])
    assert.deepEqual(
      (await gateway.requests()).map((request) => [headersOf(request).host, request.target]),
      [[host, target]],
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

describe('sign, explain and presign keep to the origin too', () => {
  const client = newClient({ invokeUrl: gateway.url, ...CREDENTIALS.signed })
  for (const template of templates) {
    test(JSON.stringify(template.replace(E, 'EVIL')), async () => {
      for (const make of [
        async () => (await client.sign({ pathTemplate: template })).url,
        async () => client.presign({ pathTemplate: template, expiresIn: 60 }),
      ]) {
        assert.equal(new URL(await make()).origin, origin)
      }
      const { canonicalRequest } = await client.explain({ pathTemplate: template })
      assert.match(canonicalRequest, new RegExp(`^host:${host}$`, 'm'))
    })
  }
})

test('there are at least 40 hostile templates', () =>
  assert.ok(new Set(templates).size >= 40, `${templates.length}`))
