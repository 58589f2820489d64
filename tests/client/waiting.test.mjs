// A caller's time and signal hold whatever the call waits for: credentials, their renewal, a fetch of the
// caller's own, functions that decide on a repetition and its delay, a body, a stream that is read after
// the answer came.

import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const IDENTITY = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
const EXPIRED = { ...IDENTITY, accessKeyId: 'ASIAEXPIRED', sessionToken: 'a-token' }
const gateway = await gatewayForTests()
beforeEach(() => gateway.identity({ ...EXPIRED, expiresAtMs: 1 }))

const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
const client = (config) => newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...config })
const call = (api, additional) => api.invokeApi({}, '/echo', 'POST', additional, { a: 1 })
const never = () => new Promise(() => {})

/** A call that is aborted when so many requests have arrived rejects with the reason, and leaves nothing. */
async function endsByAbort(api, timeout, sent = 0) {
  const before = timers()
  const stop = new AbortController()
  const reason = new Error('mine')
  const pending = call(api, { signal: stop.signal, timeout })
  while ((await gateway.requests()).length < sent) await sleep(5)
  setTimeout(() => stop.abort(reason), 50)
  await assert.rejects(pending, (error) => error.code === 'ERR_CANCELED' && error.cause === reason)
  assert.equal(getEventListeners(stop.signal, 'abort').length, 0)
  assert.ok(timers() <= before)
}

/** Providers that keep a call waiting, and how many requests were sent until then. */
const SLOW = [
  ['the first credentials', () => never, 0],
  [
    'a renewal',
    () => {
      let calls = 0
      return () => (calls++ === 0 ? EXPIRED : never())
    },
    1,
  ],
]

for (const [name, provider, sent] of SLOW) {
  describe(`a provider that never gives ${name}`, () => {
    test('the call ends in time', async () => {
      const before = timers()
      await assert.rejects(call(client({ credentials: provider() }), { timeout: 1_000 }), (error) => {
        const { message, code, isAxiosError, config } = error
        assert.deepEqual(
          { message, code, isAxiosError },
          { message: 'timeout of 1000ms exceeded', code: 'ECONNABORTED', isAxiosError: true },
        )
        const known = { method: config.method, timeout: config.timeout, url: config.url }
        const url = sent === 0 ? undefined : `${gateway.url}/stage/echo`
        assert.deepEqual(known, { method: 'post', timeout: 1_000, url }, 'of what was sent, if anything was')
        assert.equal(error.response, undefined)
        return true
      })
      assert.equal((await gateway.requests()).length, sent)
      assert.ok(timers() <= before)
    })

    for (const timeout of [0, 60_000]) {
      test(`an abort ends it, with a timeout of ${timeout}`, async () => {
        await endsByAbort(client({ credentials: provider() }), timeout, sent)
        assert.equal((await gateway.requests()).length, sent)
      })
    }
  })
}

for (const [name, use] of [
  ['sign', (api, request) => api.sign(request)],
  ['presign', (api, request) => api.presign({ ...request, expiresIn: 60 })],
  ['explain', (api, request) => api.explain(request)],
]) {
  describe(`${name}, with a provider that never gives the first credentials`, () => {
    const api = () => client({ credentials: never })

    test('ends in time', async () => {
      const before = timers()
      const message = 'timeout of 50ms exceeded'
      await assert.rejects(use(api(), { additionalParams: { timeout: 50 } }), {
        message,
        code: 'ECONNABORTED',
      })
      assert.ok(timers() <= before)
    })

    test('is ended by an abort, before and later', async () => {
      const reason = new Error('mine')
      const stop = new AbortController()
      const pending = use(api(), { additionalParams: { signal: stop.signal, timeout: 60_000 } })
      setTimeout(() => stop.abort(reason), 20)
      await assert.rejects(pending, (error) => error.code === 'ERR_CANCELED' && error.cause === reason)
      assert.equal(getEventListeners(stop.signal, 'abort').length, 0)
      for (const aborted of [api(), client(LONG_LIVED)]) {
        await assert.rejects(use(aborted, { additionalParams: { signal: stop.signal } }), {
          code: 'ERR_CANCELED',
        })
      }
    })
  })
}

for (const timeout of [0, 60_000]) {
  test(`nothing is sent when the provider answers after the abort, with a timeout of ${timeout}`, async () => {
    const stop = new AbortController()
    const credentials = async () => {
      stop.abort()
      return IDENTITY
    }
    await assert.rejects(call(client({ credentials }), { signal: stop.signal, timeout }), {
      code: 'ERR_CANCELED',
    })
    assert.deepEqual(await gateway.requests(), [])
  })
}

test('nothing is sent when the time is over before there are credentials', async () => {
  const credentials = async () => {
    // Longer than any timer would wait: it holds the event loop.
    const end = Date.now() + 120
    while (Date.now() < end);
    return IDENTITY
  }
  await assert.rejects(call(client({ credentials }), { timeout: 100 }), { code: 'ECONNABORTED' })
  assert.deepEqual(await gateway.requests(), [])
})

test('a provider that fails after the call has ended is heard by nobody', async () => {
  let fail
  const credentials = () =>
    new Promise((_, reject) => {
      fail = reject
    })
  await assert.rejects(call(client({ credentials }), { timeout: 20 }), { code: 'ECONNABORTED' })
  fail(new Error('too late'))
  await sleep(20)
  assert.deepEqual(unhandled, [])
})

describe('a fetch of the caller that does not know signals, and never ends', () => {
  const api = () => client({ ...LONG_LIVED, fetch: never })

  test('the call ends in time', async () => {
    const before = timers()
    await assert.rejects(call(api(), { timeout: 100 }), (error) => {
      const { message, code, config } = error
      assert.deepEqual(
        { message, code, method: config.method },
        { message: 'timeout of 100ms exceeded', code: 'ECONNABORTED', method: 'post' },
      )
      return true
    })
    assert.ok(timers() <= before)
  })

  for (const timeout of [0, 60_000]) {
    test(`an abort ends it, with a timeout of ${timeout}`, async () => {
      await endsByAbort(api(), timeout)
    })
  }
})

describe('a repetition', () => {
  const failing = async (config, additional) => {
    await gateway.fault({ action: { type: 'status', status: 500 } })
    const api = client({ ...LONG_LIVED, retries: 1, retryCondition: () => true, ...config })
    return call(api, additional)
  }
  /** The second request would be sent at once. */
  const slow = () => new Promise((resolve) => setTimeout(resolve, 60_000, 0).unref())
  const rows = {
    'a retryDelay that takes its time': { retryDelay: slow },
    'a retryDelay that never ends': { retryDelay: never },
    'a retryCondition that takes its time': { retryCondition: slow },
    'a retryCondition that never ends': { retryCondition: never },
  }
  for (const [name, config] of Object.entries(rows)) {
    test(`${name}: the call ends in time, with the failure that was to be repeated`, async () => {
      const before = timers()
      const start = Date.now()
      await assert.rejects(failing(config, { timeout: 1_000 }), {
        message: 'Request failed with status code 500',
      })
      assert.ok(Date.now() - start < 30_000)
      assert.equal((await gateway.requests()).length, 1)
      assert.ok(timers() <= before)
    })
  }

  for (const [name, config] of Object.entries({ ...rows, 'a delay': { retryDelay: 60_000 } })) {
    for (const shouldResetTimeout of [false, true]) {
      test(`${name}: an abort ends the call, with shouldResetTimeout: ${shouldResetTimeout}`, async () => {
        const stop = new AbortController()
        const pending = failing({ ...config, shouldResetTimeout }, { signal: stop.signal, timeout: 100_000 })
        while ((await gateway.requests()).length < 1) await sleep(5)
        setTimeout(() => stop.abort(new Error('mine')), 100)
        await assert.rejects(pending, (error) => {
          assert.equal(error.code, 'ERR_CANCELED')
          assert.equal(error.config.url, `${gateway.url}/stage/echo`, 'of the attempt before')
          assert.equal(error.config.headers.authorization, '[redacted]')
          assert.equal(error.request.url, error.config.url)
          assert.equal(error.response, undefined)
          return true
        })
        assert.equal(getEventListeners(stop.signal, 'abort').length, 0)
      })
    }
  }
})

describe('a body that never ends', () => {
  const body = () => new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([1])) })
  const send = (additional) => client(LONG_LIVED).invokeApi({}, '/echo', 'POST', additional, body())

  test('the call ends in time', async () => {
    await assert.rejects(send({ timeout: 100 }), {
      message: 'timeout of 100ms exceeded',
      code: 'ECONNABORTED',
    })
  })

  for (const when of ['before', 'while it is read']) {
    test(`an abort ends it ${when}`, async () => {
      const stop = new AbortController()
      const reason = new Error('mine')
      if (when === 'before') stop.abort(reason)
      else setTimeout(() => stop.abort(reason), 50)
      const { signal } = stop
      await assert.rejects(
        send({ signal }),
        (error) => error.code === 'ERR_CANCELED' && error.cause === reason,
      )
      for (const make of [
        (init) => ['/stage/echo', init],
        (init) => [new Request(`${gateway.url}/stage/echo`, init)],
      ]) {
        const given = make({ method: 'POST', body: body(), signal, duplex: 'half' })
        await assert.rejects(client(LONG_LIVED).fetch(...given), (error) => error === reason)
      }
      assert.equal(getEventListeners(signal, 'abort').length, 0)
      assert.deepEqual(await gateway.requests(), [])
    })
  }
})

for (const timeout of [0, 60_000]) {
  test(`an abort ends a stream that is being read, with a timeout of ${timeout}`, async () => {
    await gateway.fault({ action: { type: 'drip', bytes: 1, intervalMs: 20 } })
    const before = timers()
    const stop = new AbortController()
    const reason = new Error('mine')
    const { data } = await call(client(LONG_LIVED), { responseType: 'stream', signal: stop.signal, timeout })
    assert.ok(timers() <= before, 'no timer is left')
    const reader = data.getReader()
    await reader.read()
    stop.abort(reason)
    await assert.rejects(
      async () => {
        while (!(await reader.read()).done);
      },
      (error) => error === reason,
    )
  })
}
