// The origin lock: URLs that are given whole, as invokeUrl or to fetch.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { verdictOf } from '../dropin/compare.mjs'
import { headersOf } from '../dropin/rows.mjs'
import { CREDENTIALS, startBoth } from './other-host.mjs'

const { gateway, evil } = await startBoth()
const host = new URL(gateway.url).host
const E = evil.host

const shown = (url) => JSON.stringify(url.replace(E, 'EVIL').replace(host, 'HOST'))

describe('invokeUrl itself', () => {
  for (const [invokeUrl, told] of [
    [`http://user:canary@${host}/stage`, 'a URL without a user name or password'],
    [`http://canary@${host}`, 'a URL without a user name or password'],
    [`http://${host}@${E}/`, 'a URL without a user name or password'],
    [`http:\\\\canary@${E}`, 'a URL without a user name or password'],
    ['javascript:canary', 'an http or https URL'],
    ['file:///canary', 'an http or https URL'],
    ['http://', 'an http or https URL'],
    ['http:///', 'an http or https URL'],
    ['http://[canary', 'an http or https URL'],
    ['http://a b/', 'an http or https URL'],
    [`ftp://${host}/?canary`, 'an http or https URL'],
  ]) {
    test(`${shown(invokeUrl)} is refused`, () => {
      const { message } = thrown(() => newClient({ invokeUrl, ...CREDENTIALS.signed }))
      assert.ok(message.startsWith(`invokeUrl must be ${told}`), message)
      // What stands before an @ or after a ? may be a secret.
      if (/canary@|\?canary/.test(invokeUrl)) assert.doesNotMatch(message, /canary/)
    })
  }

  test('what the platform reads as a path is one: the host before it is called', async () => {
    const client = newClient({ invokeUrl: `http://${host}\\@${E}/`, ...CREDENTIALS.signed })
    await Promise.allSettled([client.invokeApi({}, '/x', 'GET')])
    assert.deepEqual(
      (await gateway.requests()).map((request) => headersOf(request).host),
      [host],
    )
    assert.deepEqual(evil.seen, [])
  })
})

function thrown(make) {
  try {
    make()
  } catch (error) {
    assert.ok(error instanceof TypeError, String(error))
    return error
  }
  assert.fail('nothing was thrown')
}

describe('fetch', () => {
  const client = newClient({ invokeUrl: `${gateway.url}/stage`, ...CREDENTIALS.signed })
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
    test(`${shown(name)} is refused`, async () => {
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
    test(`${input instanceof Request ? 'a Request' : shown(String(input))} is sent and signed`, async () => {
      const response = await client.fetch(input)
      assert.equal(response.status, 200)
      assert.deepEqual((await gateway.requests()).map(verdictOf), ['ok'])
    })
  }
})
