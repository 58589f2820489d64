// Credentials that the gateway calls expired, providers that fail, and identities that are none.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LONG_LIVED } from '../lib/gateway.mjs'
import { arrived, call, client, gateway, identity, provider, STATIC } from './identities.mjs'

describe('ExpiredTokenException', () => {
  for (const [name, use, config] of [
    ['invokeApi', call],
    ['fetch', (api) => api.fetch('/stage/echo')],
    ['without retries', call, { retries: 0 }],
    ['with retries', call, { retries: 3 }],
  ]) {
    test(`${name}: renews once and sends again`, async () => {
      const credentials = provider(await identity('OLD', { expiresAtMs: 1 }), await identity('NEW'))
      const { status } = await use(client(credentials, config))
      assert.equal(status, 200)
      assert.deepEqual(await arrived(), ['ExpiredToken', 'ASIANEW'])
      assert.equal(credentials.calls.count, 2)
    })
  }

  test('ends after one renewal', async () => {
    const credentials = provider(await identity('OLD', { expiresAtMs: 1 }))
    await assert.rejects(call(client(credentials)), (error) => {
      assert.equal(error.response.status, 403)
      assert.match(error.response.data.message, /security token included in the request is expired/)
      return true
    })
    assert.deepEqual(await arrived(), ['ExpiredToken', 'ExpiredToken'])
    assert.equal(credentials.calls.count, 2)
  })

  test('100 concurrent calls renew once', async () => {
    const [old, fresh] = [await identity('OLD'), await identity('NEW')]
    const credentials = provider(old, fresh)
    const api = client(credentials)
    await call(api)
    await identity('OLD', { expiresAtMs: 1 })
    const results = await Promise.all(Array.from({ length: 100 }, () => call(api)))
    assert.ok(results.every(({ data }) => data.accessKeyId === 'ASIANEW'))
    assert.equal(credentials.calls.count, 2)
    assert.ok((await gateway.requests()).length <= 201)
  })

  test('a failing renewal leaves the refusal, with its own error as the cause', async () => {
    const broken = new Error('the metadata service is away')
    const expired = await identity('OLD', { expiresAtMs: 1 })
    await assert.rejects(call(client(provider(expired, broken))), (error) => {
      assert.equal(error.response.status, 403)
      assert.match(error.response.data.message, /security token included in the request is expired/)
      assert.equal(error.cause, broken)
      return true
    })
    const response = await client(provider(expired, broken)).fetch('/stage/echo')
    assert.equal(response.status, 403)
    assert.deepEqual(await arrived(), ['ExpiredToken', 'ExpiredToken'])
  })

  test('so does one before a repetition', async () => {
    const broken = new Error('the metadata service is away')
    const first = { ...(await identity('FIRST')), expiration: Date.now() + 200 }
    await gateway.fault({ action: { type: 'status', status: 500 } })
    const api = client(provider(first, broken), { retries: 1, retryDelay: 300 })
    await assert.rejects(call(api), (error) => error.response.status === 500 && error.cause === broken)
    assert.equal((await gateway.requests()).length, 1)
  })

  test('a fixed identity is not sent again', async () => {
    await assert.rejects(
      call(client(await identity('OLD', { expiresAtMs: 1 }))),
      (error) => error.response.status === 403,
    )
    assert.deepEqual(await arrived(), ['ExpiredToken'])
  })

  test('another refusal is not a reason to renew', async () => {
    const credentials = provider({ ...STATIC, secretAccessKey: 'wrong' })
    await assert.rejects(call(client(credentials)), (error) => error.response.status === 403)
    assert.equal(credentials.calls.count, 1)
  })
})

describe('a provider that fails', () => {
  for (const [name, fail] of [
    ['rejects', (error) => Promise.reject(error)],
    [
      'throws',
      (error) => {
        throw error
      },
    ],
  ]) {
    test(`${name}: the call rejects with that error, and the next one asks again`, async () => {
      const broken = Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' })
      let calls = 0
      const api = client(() => (calls++ === 0 ? fail(broken) : STATIC))
      await assert.rejects(call(api), (error) => error === broken)
      assert.deepEqual(await gateway.requests(), [])
      assert.equal((await call(api)).status, 200)
      assert.equal(calls, 2)
    })
  }

  const SECRET = 'do/not+show'
  const RUBBISH = [
    ['undefined', undefined, /^credentials must provide \{ accessKeyId, secretAccessKey \}; got undefined$/],
    ['null', null, /^credentials must provide .*; got null$/],
    ['a text', SECRET, /^credentials must provide .*; got string$/],
    ['an array', [], /^accessKeyId must be a string; got undefined$/],
    ['nothing in it', {}, /^accessKeyId must be a string; got undefined$/],
    [
      'the names of newClient',
      { accessKey: 'A', secretKey: SECRET },
      /^accessKeyId must be a string; got undefined$/,
    ],
    [
      'an id that is a number',
      { accessKeyId: 7, secretAccessKey: SECRET },
      /^accessKeyId must be a string; got number$/,
    ],
    ['no secret', { accessKeyId: 'A' }, /^secretAccessKey must be a string; got undefined$/],
    [
      'a secret with a line break',
      { accessKeyId: 'A', secretAccessKey: `${SECRET}\n` },
      /^(secretKey|credentials\.secretAccessKey) has white space/,
    ],
    [
      'an id with a space',
      { accessKeyId: `${SECRET} x`, secretAccessKey: SECRET },
      /^(accessKey|credentials\.accessKeyId) has white space/,
    ],
    [
      'a token that is a number',
      { ...STATIC, sessionToken: 7 },
      /^sessionToken must be a string; got number$/,
    ],
    [
      'a bigint as expiration',
      { ...STATIC, expiration: 1_700_000_000n },
      /^credentials\.expiration must be a Date, ms since the epoch or ISO 8601 text; got bigint$/,
    ],
    [
      'an expiration that is no date',
      { ...STATIC, expiration: 'soon' },
      /^credentials\.expiration must be a Date, ms since the epoch or ISO 8601 text; got string$/,
    ],
  ]
  for (const [name, result, message] of RUBBISH) {
    test(`gives ${name}`, async () => {
      await assert.rejects(call(client(async () => result)), (error) => {
        assert.ok(error instanceof TypeError, String(error))
        assert.match(error.message, message)
        assert.ok(!error.message.includes(SECRET), 'a secret is shown')
        return true
      })
      assert.deepEqual(await gateway.requests(), [])
    })
  }

  const REFUSED = [
    [
      'a number',
      { credentials: 7 },
      /^credentials must be an object or a function that returns one; got number$/,
    ],
    [
      'a text',
      { credentials: SECRET },
      /^credentials must be an object or a function that returns one; got string$/,
    ],
    [
      'next to accessKey',
      { credentials: STATIC, ...LONG_LIVED },
      /^credentials must not be given together with accessKey, secretKey or sessionToken$/,
    ],
    [
      'next to sessionToken alone',
      { credentials: STATIC, sessionToken: SECRET },
      /^credentials must not be given together with accessKey, secretKey or sessionToken$/,
    ],
    [
      'an identity without secret',
      { credentials: { accessKeyId: 'A' } },
      /^secretAccessKey must be a string; got undefined$/,
    ],
  ]
  for (const [name, config, message] of REFUSED) {
    test(`newClient refuses credentials: ${name}`, () => {
      assert.throws(
        () => client(config.credentials, config),
        (error) => {
          assert.ok(error instanceof TypeError)
          assert.match(error.message, message)
          assert.ok(!error.message.includes(SECRET), 'a secret is shown')
          return true
        },
      )
    })
  }
})
