// A clock that is wrong: corrected from what the gateway says, once a call, never in a loop.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const gateway = await gatewayForTests()

/** fetch as a page has it, that cannot see the Date header of another origin. */
async function fetchWithoutDate(...given) {
  const response = await fetch(...given)
  const headers = new Headers(response.headers)
  headers.delete('date')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

const client = (config) =>
  newClient({
    invokeUrl: `${gateway.url}/stage`,
    region: REGION,
    ...LONG_LIVED,
    fetch: fetchWithoutDate,
    ...config,
  })
const call = (api) => api.invokeApi({}, '/echo', 'GET')
const kinds = async () => (await gateway.requests()).map(({ verdict }) => (verdict.ok ? 'ok' : verdict.kind))
const refusedWith = (status) => (error) => {
  assert.equal(error.response?.status, status, String(error))
  return true
}

describe('corrected from the message alone', () => {
  const OFFSETS = [
    ['6 minutes behind', 6 * MINUTE, 'SignatureExpired'],
    ['6 minutes ahead', -6 * MINUTE, 'SignatureNotYetCurrent'],
    ['5 hours behind', 5 * HOUR, 'SignatureExpired'],
    ['5 hours ahead', -5 * HOUR, 'SignatureNotYetCurrent'],
    ['a day behind', 25 * HOUR, 'SignatureExpired'],
    ['a day ahead', -25 * HOUR, 'SignatureNotYetCurrent'],
    ['years behind', 1200 * DAY, 'SignatureExpired'],
    ['years ahead', -1200 * DAY, 'SignatureNotYetCurrent'],
  ]
  for (const [name, clockOffsetMs, kind] of OFFSETS) {
    test(`${name}: one more request, and none for the next call`, async () => {
      await gateway.configure({ clockOffsetMs })
      const api = client()
      assert.equal((await call(api)).status, 200)
      assert.deepEqual(await kinds(), [kind, 'ok'])
      await call(api)
      assert.deepEqual(await kinds(), [kind, 'ok', 'ok'])
    })
  }

  test('4 minutes off are no reason to correct', async () => {
    await gateway.configure({ clockOffsetMs: 4 * MINUTE })
    await call(client())
    assert.deepEqual(await kinds(), ['ok'])
  })

  const CONFIGS = [
    ['retries: 0', { retries: 0 }],
    ['retries: 2', { retries: 2 }],
    ['a retryCondition that always says no', { retries: 2, retryCondition: () => false }],
    [
      'a provider of credentials',
      {
        accessKey: undefined,
        secretKey: undefined,
        credentials: async () => ({
          accessKeyId: LONG_LIVED.accessKey,
          secretAccessKey: LONG_LIVED.secretKey,
        }),
      },
    ],
    ['a timeout', {}, { timeout: 20_000 }],
  ]
  for (const [name, config, params] of CONFIGS) {
    test(`with ${name}`, async () => {
      await gateway.configure({ clockOffsetMs: 5 * HOUR })
      await client(config).invokeApi({}, '/echo', 'GET', params)
      assert.deepEqual(await kinds(), ['SignatureExpired', 'ok'])
    })
  }

  test('a POST takes effect once', async () => {
    await gateway.configure({ clockOffsetMs: -5 * HOUR })
    const body = { year: 1999, title: 'Clock', info: {} }
    const headers = { 'x-effect-id': 'once' }
    await client().invokeApi({}, '/movie', 'POST', { headers }, body)
    assert.deepEqual((await gateway.stats()).effects, { once: 1 })
  })

  test('fetch is corrected too', async () => {
    await gateway.configure({ clockOffsetMs: 5 * HOUR })
    const response = await client().fetch('/stage/echo', { method: 'POST', body: 'text' })
    assert.equal(response.status, 200)
    assert.deepEqual(await kinds(), ['SignatureExpired', 'ok'])
  })

  test('sign, presign and explain use the corrected clock', async () => {
    await gateway.configure({ clockOffsetMs: 5 * HOUR })
    const api = client()
    await call(api)
    const { url, headers } = await api.sign({ pathTemplate: '/echo' })
    assert.equal((await fetch(url, { headers })).status, 200)
    assert.equal((await fetch(await api.presign({ pathTemplate: '/echo', expiresIn: 300 }))).status, 200)
    const { amzDate } = await api.explain({ pathTemplate: '/echo' })
    const signed = Date.parse(amzDate.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'))
    assert.ok(Math.abs(signed - (Date.now() + 5 * HOUR)) < MINUTE)
  })

  test('again, when the gateway changes its clock', async () => {
    const api = client()
    for (const clockOffsetMs of [5 * HOUR, -5 * HOUR, 0]) {
      await gateway.configure({ clockOffsetMs })
      await call(api)
    }
    assert.deepEqual(await kinds(), [
      'SignatureExpired',
      'ok',
      'SignatureNotYetCurrent',
      'ok',
      'SignatureExpired',
      'ok',
    ])
  })

  test('each client has its own clock', async () => {
    await gateway.configure({ clockOffsetMs: 5 * HOUR })
    await call(client())
    await call(client())
    assert.deepEqual(await kinds(), ['SignatureExpired', 'ok', 'SignatureExpired', 'ok'])
  })
})

describe('with systemClockOffset', () => {
  const ROWS = [
    ['right: nothing to correct', 5 * HOUR, 5 * HOUR, ['ok']],
    ['right, as a text', 5 * HOUR, String(5 * HOUR), ['ok']],
    ['the wrong way round', 5 * HOUR, -5 * HOUR, ['SignatureExpired', 'ok']],
    ['needless', 0, 5 * HOUR, ['SignatureNotYetCurrent', 'ok']],
    ['right but for minutes', 5 * HOUR, 5 * HOUR - 7 * MINUTE, ['SignatureExpired', 'ok']],
  ]
  for (const [name, clockOffsetMs, systemClockOffset, expected] of ROWS) {
    test(name, async () => {
      await gateway.configure({ clockOffsetMs })
      const api = client({ systemClockOffset })
      await call(api)
      await call(api)
      assert.deepEqual(await kinds(), [...expected, 'ok'])
    })
  }
})

describe('correctClockSkew: false', () => {
  for (const [name, clockOffsetMs, kind] of [
    ['behind', 5 * HOUR, 'SignatureExpired'],
    ['ahead', -5 * HOUR, 'SignatureNotYetCurrent'],
  ]) {
    test(`${name}: the refusal reaches the caller`, async () => {
      await gateway.configure({ clockOffsetMs })
      await assert.rejects(call(client({ correctClockSkew: false })), refusedWith(403))
      assert.deepEqual(await kinds(), [kind])
    })
  }
})

describe('no loop', () => {
  test('100 concurrent calls correct at most once each', async () => {
    await gateway.configure({ clockOffsetMs: 5 * HOUR })
    const api = client()
    const results = await Promise.all(Array.from({ length: 100 }, () => call(api)))
    assert.ok(results.every(({ status }) => status === 200))
    const sent = await gateway.requests()
    assert.ok(sent.length <= 200, `${sent.length} requests`)
    assert.equal(sent.filter(({ verdict }) => verdict.ok).length, 100)
    await call(api)
    assert.equal((await gateway.requests()).length, sent.length + 1)
  })

  const saysAlways = (serverTime) => ({
    action: {
      type: 'status',
      status: 403,
      headers: { 'x-amzn-errortype': 'InvalidSignatureException' },
      body: {
        message: `Signature expired: 20200101T000000Z is now earlier than 20200101T000500Z (${serverTime} - 5 min.)`,
      },
    },
  })

  for (const [name, config] of [
    ['without retries', {}],
    ['with retries', { retries: 5 }],
  ]) {
    test(`a gateway that always says expired, ${name}: one more request`, async () => {
      await gateway.fault(saysAlways('20200101T001000Z'))
      const api = client(config)
      await assert.rejects(call(api), refusedWith(403))
      assert.equal((await gateway.requests()).length, 2)
      await assert.rejects(call(api), refusedWith(403))
      assert.equal((await gateway.requests()).length, 4)
    })
  }

  test('100 concurrent calls to such a gateway: at most 200 requests', async () => {
    await gateway.fault(saysAlways('20200101T001000Z'))
    const api = client()
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => call(api)))
    assert.ok(results.every(({ reason }) => reason?.response?.status === 403))
    assert.ok((await gateway.requests()).length <= 200)
  })

  test('a wrong clock is forgotten when the gateway is right again', async () => {
    await gateway.fault({ ...saysAlways('20200101T001000Z'), times: 2 })
    const api = client()
    await assert.rejects(call(api), refusedWith(403))
    assert.equal((await call(api)).status, 200)
    assert.equal((await gateway.requests()).length, 4)
  })

  test('a caller who aborts is not answered by a resend', async () => {
    await gateway.configure({ clockOffsetMs: 5 * HOUR })
    const stop = new AbortController()
    const fetchThenAbort = async (...given) => {
      const response = await fetchWithoutDate(...given)
      stop.abort()
      return response
    }
    await assert.rejects(
      client({ fetch: fetchThenAbort }).invokeApi({}, '/echo', 'GET', { signal: stop.signal }),
      { code: 'ERR_CANCELED' },
    )
    assert.equal((await gateway.requests()).length, 1)
  })
})

describe('the Date header, when the owner of the API has replaced the message', () => {
  /** One refusal in the API's own words at the gateway's time, then the gateway's real answers. */
  async function refuseOnce(clockOffsetMs, errorType, status = 403) {
    await gateway.configure({ clockOffsetMs })
    const date = new Date(Date.now() + clockOffsetMs).toUTCString()
    const headers = { date, ...(errorType ? { 'x-amzn-errortype': errorType } : {}) }
    await gateway.fault({ times: 1, action: { type: 'status', status, headers, body: { error: 'no' } } })
  }

  for (const [name, offset] of [
    ['5 hours behind', 5 * HOUR],
    ['5 hours ahead', -5 * HOUR],
  ]) {
    test(`corrects a clock ${name}`, async () => {
      await refuseOnce(offset, 'InvalidSignatureException')
      assert.equal((await call(client({ fetch }))).status, 200)
      assert.equal((await gateway.requests()).length, 2)
    })
  }

  const NOT = [
    ['where the header cannot be seen', [5 * HOUR, 'InvalidSignatureException'], { fetch: fetchWithoutDate }],
    ['of a refusal for another reason', [5 * HOUR, 'AccessDeniedException'], { fetch }],
    ['of a refusal without type', [5 * HOUR, ''], { fetch }],
    ['that is near ours', [2 * MINUTE, 'InvalidSignatureException'], { fetch }],
    ['of an answer that is no refusal', [5 * HOUR, 'InvalidSignatureException', 500], { fetch }],
    [
      'with correctClockSkew: false',
      [5 * HOUR, 'InvalidSignatureException'],
      { fetch, correctClockSkew: false },
    ],
  ]
  for (const [name, fault, config] of NOT) {
    test(`does not correct by one ${name}`, async () => {
      await refuseOnce(...fault)
      await assert.rejects(call(client(config)), refusedWith(fault[2] ?? 403))
      assert.equal((await gateway.requests()).length, 1)
    })
  }
})
