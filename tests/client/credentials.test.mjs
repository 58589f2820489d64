// Credentials: identities and providers, and their renewal in time. The gateway checks what the client makes of them.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LONG_LIVED } from '../lib/gateway.mjs'
import {
  arrived,
  call,
  client,
  gateway,
  identity,
  MINUTE,
  provider,
  STATIC,
  stopClock,
} from './identities.mjs'

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
    ['seconds, as in the JSON of Cognito and STS', (ms) => ms / 1000],
    ['whole seconds', (ms) => Math.floor(ms / 1000)],
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
