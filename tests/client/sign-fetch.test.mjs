// client.sign with what fetch takes: whoever sends the result sends what was signed.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const gateway = await gatewayForTests()
const url = `${gateway.url}/stage/echo`
const client = newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED })

/** Sends it with Node's own client, which adds nothing that is signed. */
async function send({ url, method, headers, body }) {
  const sent = request(url, { method, headers })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  const echo = JSON.parse(await text(answer))
  return { status: answer.statusCode, body: Buffer.from(echo.bodyBase64 ?? '', 'base64').toString(), echo }
}

const form = () => {
  const made = new FormData()
  made.append('title', 'Das Boot – ü')
  return made
}

describe('what is signed is what is sent', () => {
  for (const [name, input, init, expected] of [
    ['a path', '/stage/echo?q=a%20b', undefined, ''],
    ['a URL', new URL(url), { method: 'PUT', body: 'text' }, 'text'],
    ['a Request', () => new Request(url, { method: 'POST', body: 'of it' }), undefined, 'of it'],
    [
      'a Request and an init',
      () => new Request(url, { method: 'POST', body: 'of it' }),
      { body: 'other' },
      'other',
    ],
    ['headers of Node', url, { headers: { 'X-A': ['1', '2'], 'x-b': undefined, host: 'elsewhere' } }, ''],
    ['a stream of Node', url, { method: 'POST', body: () => Readable.from(['a', 'b']) }, 'ab'],
    ['a form', url, { method: 'POST', body: form }, /name="title"\r\n\r\nDas Boot – ü\r\n/],
  ]) {
    test(name, async () => {
      const { body, ...rest } = init ?? {}
      const given = init && { ...rest, ...(body && { body: typeof body === 'function' ? body() : body }) }
      const signed = await client.sign(typeof input === 'function' ? input() : input, given)
      const answer = await send(signed)
      assert.equal(answer.status, 200)
      if (typeof expected === 'string') assert.equal(answer.body, expected)
      else assert.match(answer.body, expected)
      const [{ verdict }] = await gateway.requests()
      assert.deepEqual([verdict.ok, verdict.accessKeyId], [true, LONG_LIVED.accessKey])
    })
  }
})

test('it is what fetch sends', async () => {
  const init = {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json', 'x-a': 'b' },
  }
  const { headers } = await client.sign(url, init)
  const echo = await (await client.fetch(url, init)).json()
  const arrived = Object.fromEntries(echo.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const names = ({ authorization }) => /SignedHeaders=([^,]+)/.exec(authorization)[1]
  assert.equal(names(arrived), names(headers))
})

test('nothing is sent', async () => {
  await client.sign(url, { method: 'POST', body: 'text' })
  assert.deepEqual(await gateway.requests(), [])
})

test('what cannot be signed is refused by name', async () => {
  await assert.rejects(
    client.sign('https://example.com/x'),
    /^TypeError: input must be a URL on invokeUrl's origin/,
  )
  await assert.rejects(
    client.sign('//example.com/x'),
    /^TypeError: input must be a URL on invokeUrl's origin/,
  )
  await assert.rejects(client.sign(url, { body: 'with GET' }), /^TypeError: .*body/)
  await assert.rejects(client.sign(5), /^TypeError: request must be an object; got number/)
})

test('credentials of a provider that fails', async () => {
  const failing = newClient({
    ...{ invokeUrl: gateway.url, region: REGION },
    credentials: () => Promise.reject(new Error('no login')),
  })
  await assert.rejects(failing.sign(url), /no login/)
})
