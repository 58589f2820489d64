// Retries, counted at the server: after which failures, and with which signature and body.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { bodyOf, verdictOf } from '../dropin/compare.mjs'
import { FACTORIES } from '../dropin/dropin.mjs'
import { headersOf } from '../dropin/rows.mjs'
import { setDate } from '../dropin/time.mjs'
import {
  arrived,
  base,
  bodyFor,
  call,
  client,
  failure,
  gateway,
  LONG_ENOUGH,
  status,
  TIMED_OUT,
} from './retried.mjs'

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

describe('each attempt is signed again', () => {
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
