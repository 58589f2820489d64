// A request with credentials follows no redirect.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { FACTORIES } from '../dropin/dropin.mjs'
import { API_KEY } from '../lib/gateway.mjs'
import { CREDENTIALS, startBoth } from './other-host.mjs'

const { gateway, evil } = await startBoth()

describe('redirects', () => {
  const elsewhere = `http://${evil.host}/stolen`
  for (const status of [301, 302, 303, 307, 308]) {
    for (const [what, config] of Object.entries({
      signed: { invokeUrl: `${gateway.url}/stage`, ...CREDENTIALS.signed },
      'with an API key': { invokeUrl: `${gateway.url}/stage/key`, ...CREDENTIALS['with an API key'] },
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
      ...CREDENTIALS.signed,
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
