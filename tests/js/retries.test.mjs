// Retries, counted at the server: after which failures, with which signature, body and delay.

import assert from 'node:assert/strict'
import { after, afterEach, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from 'gatesign'
import { FACTORIES } from '../lib/dropin.mjs'
import { bodyOf, verdictOf } from '../lib/dropin-compare.mjs'
import { headersOf } from '../lib/dropin-rows.mjs'
import { realDate, setDate, watchDelays } from '../lib/dropin-time.mjs'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const gateway = await startGateway()
after(() => gateway.stop())
beforeEach(() => gateway.reset())
afterEach(realDate)

/** ms in which a request is sent and answered, also by a machine that is busy with something else. */
const LONG_ENOUGH = 1_000
const TIMED_OUT = [`timeout of ${LONG_ENOUGH}ms exceeded`, 'ECONNABORTED']

const base = { invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED }
const client = (config) => newClient({ ...base, ...config })
const status = (code, times, headers) => ({ times, action: { type: 'status', status: code, headers } })
const bodyFor = (method) => (['POST', 'PUT', 'PATCH'].includes(method) ? { text: 'é'.repeat(30) } : undefined)
const call = (client, method = 'GET', additional = {}) =>
  client.invokeApi({}, '/echo/r', method, additional, bodyFor(method))

/** All requests that arrived; each must have been signed well. */
async function arrived() {
  const requests = await gateway.requests()
  for (const request of requests) assert.equal(verdictOf(request), 'ok', request.verdict.message)
  return requests
}

async function failure(promise) {
  const [{ status, reason }] = await Promise.allSettled([promise])
  assert.equal(status, 'rejected')
  return reason
}

describe('attempts with retries: 2 and the default condition', () => {
  const IDEMPOTENT = ['GET', 'HEAD', 'PUT', 'DELETE']
  const NOT = ['POST', 'PATCH']
  const rows = [
    ...[500, 502, 503, 504, 599].flatMap((code) => [
      ...IDEMPOTENT.map((method) => [`${code}`, { type: 'status', status: code }, method, 3]),
      ...NOT.map((method) => [`${code}`, { type: 'status', status: code }, method, 1]),
    ]),
    ...[400, 401, 403, 404, 408, 409, 413, 422].map((code) => [
      `${code}`,
      { type: 'status', status: code },
      'GET',
      1,
    ]),
    ...[
      'resetBeforeHeaders',
      'closeBeforeHeaders',
      'resetInHeaders',
      'resetAfterHeaders',
      'truncateBody',
      'chunkedAbort',
      'garbage',
    ].flatMap((type) => ['GET', 'PUT', 'POST', 'PATCH'].map((method) => [type, { type }, method, 3])),
    ...[...IDEMPOTENT, ...NOT].map((method) => ['throttling', { type: 'throttle' }, method, 3]),
    ...['GET', 'POST'].map((method) => ['a used-up quota', { type: 'throttle', quota: true }, method, 1]),
    ...['GET', 'POST'].map((method) => [
      'a redirect',
      { type: 'redirect', location: '/stage/echo/x' },
      method,
      1,
    ]),
  ]
  for (const [name, action, method, attempts] of rows) {
    test(`${name} on ${method}: ${attempts}`, async () => {
      await gateway.fault({ action })
      const error = await failure(call(client({ retries: 2 }), method))
      assert.equal(error.isAxiosError, true)
      assert.equal(error.config['axios-retry'].retryCount, attempts - 1)
      const requests = await arrived()
      assert.equal(requests.length, attempts)
      for (const request of requests) {
        const body = bodyFor(method)
        assert.equal(
          bodyOf(request).toString(),
          body ? JSON.stringify(body) : '',
          'the body is sent whole each time',
        )
      }
    })
  }

  test('a timeout: 1', async () => {
    await gateway.fault({ action: { type: 'stall' } })
    const error = await failure(call(client({ retries: 2 }), 'GET', { timeout: LONG_ENOUGH }))
    assert.deepEqual([error.message, error.code], TIMED_OUT)
    assert.equal((await arrived()).length, 1)
  })

  test('an abort: 1', async () => {
    await gateway.fault({ action: { type: 'stall' } })
    const controller = new AbortController()
    const failed = failure(call(client({ retries: 2 }), 'GET', { signal: controller.signal }))
    while ((await gateway.requests()).length === 0) await sleep(5)
    controller.abort()
    const error = await failed
    assert.deepEqual([error.message, error.code], ['canceled', 'ERR_CANCELED'])
    assert.equal((await arrived()).length, 1)
  })

  test('an argument that is refused: 0, and no condition is asked', async () => {
    let asked = 0
    const error = await failure(
      client({ retries: 2, retryCondition: () => ++asked > 0 }).invokeApi({}, '/echo', 'GET', {}, { a: 1 }),
    )
    assert.ok(error instanceof TypeError)
    assert.equal(asked, 0)
    assert.equal((await arrived()).length, 0)
  })

  test('without retries there is one attempt', async () => {
    await gateway.fault(status(503))
    const error = await failure(call(client()))
    assert.equal(error.config['axios-retry'], undefined)
    assert.equal((await arrived()).length, 1)
  })
})

describe('each attempt is signed anew', () => {
  const MINUTES = 60_000

  /** Both clocks move on by ten minutes between the attempts; a signature is good for five. */
  async function withTimePassing(factory, config) {
    const started = Date.now()
    setDate(started)
    let passed = 0
    await gateway.fault(status(500, 2))
    return factory.newClient({
      ...base,
      host: new URL(gateway.url).host,
      retries: 2,
      retryCondition: async ({ response }) => {
        passed += 10 * MINUTES
        setDate(started + passed)
        await gateway.configure({ clockOffsetMs: passed })
        return response?.status === 500
      },
      ...config,
    })
  }

  for (const method of ['GET', 'PUT', 'DELETE']) {
    test(`${method}: three dates, three valid signatures`, async () => {
      const { status } = await call(await withTimePassing(FACTORIES.ours), method)
      assert.equal(status, 200)
      const requests = await arrived()
      assert.equal(requests.length, 3)
      assert.equal(new Set(requests.map((request) => headersOf(request)['x-amz-date'])).size, 3)
      assert.equal(new Set(requests.map((request) => headersOf(request).authorization)).size, 3)
      if (method === 'PUT')
        for (const request of requests) assert.deepEqual(JSON.parse(bodyOf(request)), bodyFor('PUT'))
    })
  }

  test('the old package repeats the first signature, which has expired', async () => {
    const error = await failure(call(await withTimePassing(FACTORIES.old)))
    assert.equal(error.response.status, 403)
    const requests = await gateway.requests()
    assert.deepEqual(requests.map(verdictOf), ['ok', 'SignatureExpired', 'SignatureExpired'])
    assert.equal(headersOf(requests[0]).authorization, headersOf(requests[1]).authorization)
  })

  test('a correction of the clock is no retry', async () => {
    await gateway.configure({ clockOffsetMs: 60 * MINUTES })
    await gateway.fault(status(500, 1))
    // The first request meets the fault, the second one the wrong clock.
    const { status: answered, config } = await call(client({ retries: 1 }))
    assert.equal(answered, 200)
    assert.equal(config['axios-retry'].retryCount, 1)
    assert.deepEqual((await gateway.requests()).map(verdictOf), [
      'SignatureExpired',
      'SignatureExpired',
      'ok',
    ])
  })

  test('bytes, forms and large bodies are sent whole again', async () => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(50_000).fill(7)]), 'a.bin')
    for (const body of [
      new Uint8Array(40_000).fill(9),
      'x'.repeat(40_000),
      new Blob(['blob']),
      form,
      new Response('stream').body,
    ]) {
      await gateway.reset()
      await gateway.fault(status(502, 2))
      const headers = typeof body === 'string' ? { 'content-type': 'text/plain' } : {}
      await client({ retries: 2 }).invokeApi({}, '/echo/b', 'PUT', { headers }, body)
      const requests = await arrived()
      assert.equal(requests.length, 3)
      assert.ok(requests[0].bodyLength > 0)
      assert.equal(new Set(requests.map((request) => request.bodySha256)).size, 1)
    }
  })
})

describe('delays', () => {
  /** What is waited for between the attempts; random numbers are 0.5. */
  async function delaysOf(config, faults) {
    for (const fault of faults) await gateway.fault(fault)
    const delays = watchDelays(true)
    try {
      await Promise.allSettled([call(client({ retries: 3, ...config }))])
    } finally {
      delays.end()
    }
    const requests = await arrived()
    assert.equal(requests.length, delays.seen.length + 1)
    return delays.seen
  }

  for (const [name, config, waited] of [
    ['none', {}, [0, 0, 0]],
    ['a number', { retryDelay: 120 }, [120, 120, 120]],
    ['exponential', { retryDelay: 'exponential' }, [220, 440, 880]],
    ['a function', { retryDelay: (count) => count * 70 }, [70, 140, 210]],
    ['a function that gives a promise', { retryDelay: async (count) => count * 10 }, [10, 20, 30]],
    ['a function that gives a text', { retryDelay: () => '30' }, [30, 30, 30]],
    ['a negative number', { retryDelay: -50 }, [0, 0, 0]],
    ['NaN', { retryDelay: () => Number.NaN }, [0, 0, 0]],
  ]) {
    test(name, async () => assert.deepEqual(await delaysOf(config, [status(500)]), waited))
  }

  test('the function gets the count and the error', async () => {
    const seen = []
    const retryDelay = (count, error) =>
      seen.push([count, error.response.status, error.config['axios-retry'].retryCount]) && 0
    await delaysOf({ retryDelay }, [status(500, 1), status(503, 1)])
    assert.deepEqual(seen, [
      [1, 500, 0],
      [2, 503, 1],
    ])
  })

  for (const [name, retryAfter, waited] of [
    ['seconds', '3', [3000]],
    ['0', '0', [0]],
    ['nonsense', 'soon', [0]],
    ['a negative number', '-5', [0]],
  ]) {
    for (const code of [429, 503]) {
      test(`Retry-After on ${code}: ${name}`, async () => {
        assert.deepEqual(await delaysOf({}, [status(code, 1, { 'retry-after': retryAfter })]), waited)
      })
    }
  }

  test('Retry-After: a date', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000
    setDate(now)
    const header = new Date(now + 5000).toUTCString()
    assert.deepEqual(await delaysOf({}, [status(429, 1, { 'retry-after': header })]), [5000])
  })

  test('Retry-After: a date of a server whose clock is another one', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000
    setDate(now)
    const clockOffsetMs = 3_600_000
    await gateway.configure({ clockOffsetMs })
    const header = new Date(now + clockOffsetMs + 5000).toUTCString()
    const config = { systemClockOffset: clockOffsetMs }
    assert.deepEqual(await delaysOf(config, [status(429, 1, { 'retry-after': header })]), [5000])
  })

  test('Retry-After: a date that has passed', async () => {
    assert.deepEqual(await delaysOf({}, [status(429, 1, { 'retry-after': new Date(0).toUTCString() })]), [0])
  })

  test('a longer retryDelay wins over Retry-After, and a shorter one does not', async () => {
    assert.deepEqual(await delaysOf({ retryDelay: 5000 }, [status(429, 1, { 'retry-after': '3' })]), [5000])
    await gateway.reset()
    assert.deepEqual(await delaysOf({ retryDelay: 500 }, [status(429, 1, { 'retry-after': '3' })]), [3000])
  })

  test('Retry-After on another status is not looked at', async () => {
    assert.deepEqual(await delaysOf({}, [status(500, 1, { 'retry-after': '3' })]), [0])
  })

  test('the delays are really waited for', async () => {
    await gateway.fault(status(500, 2))
    const started = performance.now()
    await call(client({ retries: 2, retryDelay: 60 }))
    assert.ok(performance.now() - started >= 118)
  })

  test('an abort ends a delay at once', async () => {
    await gateway.fault(status(500))
    const controller = new AbortController()
    const retryDelay = () => {
      setTimeout(() => controller.abort(new Error('mine')), 50)
      return 600_000
    }
    const error = await failure(
      call(client({ retries: 2, retryDelay }), 'GET', { signal: controller.signal }),
    )
    assert.deepEqual([error.message, error.code, error.isAxiosError], ['canceled', 'ERR_CANCELED', true])
    assert.equal((await arrived()).length, 1)
  })
})

describe('retryCondition', () => {
  test('it is asked once for each failure that may be repeated, with the error alone', async () => {
    await gateway.fault(status(418))
    const seen = []
    const retryCondition = (...args) => {
      const [error] = args
      seen.push([
        args.length,
        error.response.status,
        error.config.method,
        error.config['axios-retry'].retryCount,
        error.isAxiosError,
      ])
      return true
    }
    await failure(call(client({ retries: 2, retryCondition }), 'POST'))
    assert.deepEqual(seen, [
      [1, 418, 'post', 0, true],
      [1, 418, 'post', 1, true],
    ])
  })

  for (const [name, answer, attempts] of [
    ['true', true, 3],
    ['1', 1, 3],
    ['a text', 'no', 3],
    ['false', false, 1],
    ['0', 0, 1],
    ['an empty text', '', 1],
    ['undefined', undefined, 1],
    ['null', null, 3],
    ['an object', {}, 3],
    ['a promise of true', Promise.resolve(true), 3],
    ['a promise of false', Promise.resolve(false), 1],
    ['a promise of undefined', Promise.resolve(), 3],
    ['a promise of null', Promise.resolve(null), 3],
    ['a promise of 0', Promise.resolve(0), 3],
  ]) {
    test(`${name}: ${attempts}`, async () => {
      await gateway.fault(status(400))
      const error = await failure(call(client({ retries: 2, retryCondition: () => answer })))
      assert.equal(error.response.status, 400)
      assert.equal((await arrived()).length, attempts)
    })
  }

  test('a promise that rejects: 1, with the call’s own error', async () => {
    await gateway.fault(status(500))
    const error = await failure(
      call(client({ retries: 2, retryCondition: async () => Promise.reject(new Error('mine')) })),
    )
    assert.equal(error.message, 'Request failed with status code 500')
    assert.equal((await arrived()).length, 1)
  })

  test('one that throws replaces the error, as in the old package', async () => {
    await gateway.fault({ action: { type: 'resetBeforeHeaders' } })
    // The README's own condition without its guard.
    const error = await failure(
      call(client({ retries: 2, retryCondition: (error) => error.response.status === 500 })),
    )
    assert.ok(error instanceof TypeError)
    assert.equal((await arrived()).length, 1)
  })

  test('it also decides on what the default never repeats', async () => {
    await gateway.fault({ times: 1, action: { type: 'redirect', location: 'http://127.0.0.1:9/' } })
    await gateway.fault({ times: 1, action: { type: 'throttle', quota: true } })
    const { status } = await call(client({ retries: 2, retryCondition: () => true }))
    assert.equal(status, 200)
    assert.equal((await arrived()).length, 3)
  })
})

describe('timeout', () => {
  const stalled = { times: 1, action: { type: 'stall' } }

  test('it covers the whole call: after it nothing is repeated', async () => {
    await gateway.fault(stalled)
    const error = await failure(
      call(client({ retries: 3, retryCondition: () => true }), 'GET', { timeout: LONG_ENOUGH }),
    )
    assert.deepEqual([error.message, error.code], TIMED_OUT)
    assert.equal((await arrived()).length, 1)
  })

  test('shouldResetTimeout gives each attempt its own', async () => {
    await gateway.fault({ ...stalled, times: 2 })
    const config = { retries: 3, retryCondition: () => true, shouldResetTimeout: true }
    const { status } = await call(client(config), 'GET', { timeout: LONG_ENOUGH })
    assert.equal(status, 200)
    assert.equal((await arrived()).length, 3)
  })

  test('shouldResetTimeout: a delay longer than the timeout is waited for', async () => {
    await gateway.fault(status(500, 1))
    const { status: answered } = await call(
      client({ retries: 1, retryDelay: LONG_ENOUGH + 50, shouldResetTimeout: true }),
      'GET',
      { timeout: LONG_ENOUGH },
    )
    assert.equal(answered, 200)
    assert.equal((await arrived()).length, 2)
  })

  test('the old package does not pass it on', async () => {
    await gateway.fault({ ...stalled, times: 2 })
    const config = {
      ...base,
      host: new URL(gateway.url).host,
      retries: 3,
      retryCondition: () => true,
      shouldResetTimeout: true,
    }
    const error = await failure(call(FACTORIES.old.newClient(config), 'GET', { timeout: LONG_ENOUGH }))
    assert.equal(error.code, 'ECONNABORTED')
    assert.equal((await gateway.requests()).length, 1)
  })

  test('a delay that does not fit is not waited for: the last error is thrown', async () => {
    await gateway.fault(status(503))
    const error = await failure(call(client({ retries: 3, retryDelay: 600_000 }), 'GET', { timeout: 30_000 }))
    assert.equal(error.message, 'Request failed with status code 503')
    assert.equal((await arrived()).length, 1)
  })

  test('a Retry-After that does not fit is not waited for', async () => {
    await gateway.fault({ action: { type: 'throttle', retryAfter: 3600 } })
    const error = await failure(call(client({ retries: 3 }), 'GET', { timeout: 30_000 }))
    assert.equal(error.response.status, 429)
    assert.equal((await arrived()).length, 1)
  })

  test('attempts share it', async () => {
    await gateway.fault({ times: 1, action: { type: 'status', status: 500 } })
    await gateway.fault(stalled)
    const started = performance.now()
    const error = await failure(call(client({ retries: 5, retryDelay: 60 }), 'GET', { timeout: LONG_ENOUGH }))
    assert.deepEqual([error.message, error.code], TIMED_OUT)
    assert.ok(performance.now() - started >= LONG_ENOUGH - 5)
    assert.equal((await arrived()).length, 2)
  })

  test('it covers the body', async () => {
    await gateway.fault({ action: { type: 'drip', bytes: 100, intervalMs: 60 } })
    const error = await failure(call(client(), 'GET', { timeout: 150 }))
    assert.equal(error.code, 'ECONNABORTED')
  })

  test('an abort during the body', async () => {
    await gateway.fault({ action: { type: 'drip', bytes: 2, intervalMs: 100 } })
    const controller = new AbortController()
    const watched = async (...request) => {
      const response = await fetch(...request)
      setTimeout(() => controller.abort(), 50)
      return response
    }
    const error = await failure(
      call(client({ retries: 2, fetch: watched }), 'GET', { signal: controller.signal, timeout: 600_000 }),
    )
    assert.deepEqual([error.message, error.code], ['canceled', 'ERR_CANCELED'])
    assert.equal((await arrived()).length, 1)
  })
})
