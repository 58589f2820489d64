// How long a call waits before it is sent again.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setDate, watchDelays } from '../dropin/time.mjs'
import { arrived, call, client, failure, gateway, status } from './retried.mjs'

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
