// The time that a call may take, its repetitions included.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FACTORIES } from '../dropin/dropin.mjs'
import { arrived, base, call, client, failure, gateway, LONG_ENOUGH, status, TIMED_OUT } from './retried.mjs'

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
