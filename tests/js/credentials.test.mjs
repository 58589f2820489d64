// Credentials: identities and providers, renewal, expiry. The gateway checks what the client makes of them.

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, mock, test } from 'node:test'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const STATIC = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
const MINUTE = 60_000

let gateway
before(async () => {
  gateway = await startGateway()
})
after(() => gateway?.stop())
beforeEach(() => gateway.reset())
afterEach(() => mock.timers.reset())

const client = (credentials, config) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, credentials, ...config })
const call = (api) => api.invokeApi({}, '/echo', 'GET')

/** A temporary identity that the gateway knows. */
async function identity(name, { expiresAtMs } = {}) {
  const made = {
    accessKeyId: `ASIA${name}`,
    secretAccessKey: `secret/of+${name}`,
    sessionToken: `token/of+${name}==`,
  }
  await gateway.identity({ ...made, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) })
  return made
}

/** Who signed what arrived: access key ids, or why it was refused. */
const arrived = async () =>
  (await gateway.requests()).map(({ verdict }) => (verdict.ok ? verdict.accessKeyId : verdict.kind))

/** A provider that gives one identity after the other (the last one again and again) and counts. */
function provider(...results) {
  const calls = { count: 0 }
  const give = async () => {
    const result = results[Math.min(calls.count++, results.length - 1)]
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (result instanceof Error) throw result
    return result
  }
  return Object.assign(give, { calls })
}

/** From here on the clock stands still, here and at the gateway, until it is moved. */
function stopClock() {
  const start = Date.now()
  mock.timers.enable({ apis: ['Date'], now: start })
  return async (ms) => {
    mock.timers.setTime(start + ms)
    await gateway.configure({ clockOffsetMs: ms })
  }
}

describe('forms', () => {
  const FORMS = [
    ['accessKey and secretKey', async () => ({ credentials: undefined, ...LONG_LIVED }), 'AKIDEXAMPLE'],
    ['an identity', async () => ({ credentials: STATIC }), 'AKIDEXAMPLE'],
    ['an identity with a token', async () => ({ credentials: await identity('A') }), 'ASIAA'],
    ['a token that is null', async () => ({ credentials: { ...STATIC, sessionToken: null } }), 'AKIDEXAMPLE'],
    ['an empty token', async () => ({ credentials: { ...STATIC, sessionToken: '' } }), 'AKIDEXAMPLE'],
    ['a function', async () => ({ credentials: () => STATIC }), 'AKIDEXAMPLE'],
    [
      'a function that returns a promise',
      async () => ({ credentials: provider(await identity('A')) }),
      'ASIAA',
    ],
  ]
  for (const [name, config, id] of FORMS) {
    test(name, async () => {
      const given = await config()
      const { data } = await call(client(given.credentials, given))
      assert.equal(data.accessKeyId, id)
    })
  }

  const EXPIRATIONS = [
    ['a Date', (ms) => new Date(ms)],
    ['ms', (ms) => ms],
    ['ISO 8601 text', (ms) => new Date(ms).toISOString()],
  ]
  for (const [name, form] of EXPIRATIONS) {
    test(`expiration is ${name}`, async () => {
      const [soon, later] = [await identity('SOON'), await identity('LATER')]
      const credentials = provider(
        { ...soon, expiration: form(Date.now() + MINUTE) },
        { ...later, expiration: form(Date.now() + 60 * MINUTE) },
      )
      const api = client(credentials)
      await call(api)
      await call(api)
      await call(api)
      assert.deepEqual(await arrived(), ['ASIASOON', 'ASIALATER', 'ASIALATER'])
    })
  }

  test('the token is signed', async () => {
    await call(client(await identity('A')))
    assert.equal((await gateway.requests())[0].verdict.sessionTokenSigned, true)
  })

  for (const [name, use] of [
    ['fetch', (api) => api.fetch('/stage/echo')],
    ['sign', (api) => api.sign({ pathTemplate: '/echo' })],
    ['presign', (api) => api.presign({ pathTemplate: '/echo', expiresIn: 60 })],
    ['explain', (api) => api.explain({ pathTemplate: '/echo' })],
  ]) {
    test(`${name} asks the provider too`, async () => {
      const credentials = provider(STATIC)
      const api = client(credentials)
      await use(api)
      await use(api)
      assert.equal(credentials.calls.count, 1)
    })
  }

  test('a client without credentials asks for none', async () => {
    const api = client(undefined)
    const { status } = await api.invokeApi({}, '/open/echo', 'GET')
    assert.equal(status, 200)
  })
})

describe('renewal', () => {
  test('5 minutes before they end', async () => {
    const moveTo = stopClock()
    const [first, second] = [await identity('FIRST'), await identity('SECOND')]
    const now = Date.now()
    const credentials = provider(
      { ...first, expiration: now + 10 * MINUTE },
      { ...second, expiration: now + 60 * MINUTE },
    )
    const api = client(credentials)
    for (const [ms, calls, id] of [
      [0, 1, 'ASIAFIRST'],
      [4 * MINUTE, 1, 'ASIAFIRST'],
      [5 * MINUTE - 1, 1, 'ASIAFIRST'],
      [5 * MINUTE, 2, 'ASIASECOND'],
      [54 * MINUTE, 2, 'ASIASECOND'],
    ]) {
      await moveTo(ms)
      const { data } = await call(api)
      assert.deepEqual([data.accessKeyId, credentials.calls.count], [id, calls], `after ${ms} ms`)
    }
  })

  test('never, if they do not expire', async () => {
    const moveTo = stopClock()
    const credentials = provider(STATIC)
    const api = client(credentials)
    await call(api)
    await moveTo(30 * 24 * 60 * MINUTE)
    await call(api)
    assert.equal(credentials.calls.count, 1)
  })

  test('100 concurrent calls make one, at the start and later', async () => {
    const moveTo = stopClock()
    const [first, second] = [await identity('FIRST'), await identity('SECOND')]
    const now = Date.now()
    const credentials = provider(
      { ...first, expiration: now + 10 * MINUTE },
      { ...second, expiration: now + 60 * MINUTE },
    )
    const api = client(credentials)
    const storm = () => Promise.all(Array.from({ length: 100 }, () => call(api)))
    await storm()
    assert.equal(credentials.calls.count, 1)
    await moveTo(6 * MINUTE)
    await storm()
    assert.equal(credentials.calls.count, 2)
    assert.deepEqual(await arrived(), [...Array(100).fill('ASIAFIRST'), ...Array(100).fill('ASIASECOND')])
  })

  test('a failing one keeps credentials that are valid, and is not tried with every call', async () => {
    const moveTo = stopClock()
    const [first, second] = [await identity('FIRST'), await identity('SECOND')]
    const now = Date.now()
    const broken = new Error('the metadata service is away')
    const credentials = provider({ ...first, expiration: now + 10 * MINUTE }, broken, broken, {
      ...second,
      expiration: now + 60 * MINUTE,
    })
    const api = client(credentials)
    for (const [ms, calls, id] of [
      [0, 1, 'ASIAFIRST'],
      [6 * MINUTE, 2, 'ASIAFIRST'],
      [6 * MINUTE + 1000, 2, 'ASIAFIRST'],
      [7 * MINUTE, 3, 'ASIAFIRST'],
      [8 * MINUTE, 4, 'ASIASECOND'],
    ]) {
      await moveTo(ms)
      const { data } = await call(api)
      assert.deepEqual([data.accessKeyId, credentials.calls.count], [id, calls], `after ${ms} ms`)
    }
  })

  test('a failing one after their end is the call that fails', async () => {
    const moveTo = stopClock()
    const broken = new Error('the metadata service is away')
    const credentials = provider(
      { ...(await identity('FIRST')), expiration: Date.now() + 10 * MINUTE },
      broken,
    )
    const api = client(credentials)
    await call(api)
    await moveTo(10 * MINUTE)
    await assert.rejects(call(api), broken)
    assert.deepEqual(await arrived(), ['ASIAFIRST'])
  })
})

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
    ['undefined', undefined, /^credentials must give \{ accessKeyId, secretAccessKey \}; got undefined$/],
    ['null', null, /^credentials must give .*; got null$/],
    ['a text', SECRET, /^credentials must give .*; got string$/],
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
      'beside accessKey',
      { credentials: STATIC, ...LONG_LIVED },
      /^credentials must not be given beside accessKey, secretKey or sessionToken$/,
    ],
    [
      'beside sessionToken alone',
      { credentials: STATIC, sessionToken: SECRET },
      /^credentials must not be given beside accessKey, secretKey or sessionToken$/,
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
