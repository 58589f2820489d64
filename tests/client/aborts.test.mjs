// A call that is aborted at any moment ends once, and leaves no timer, listener or unhandled rejection.

import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { after, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { seeded } from '../lib/seeded.mjs'

// LONG is set by cargo xtask test --long.
const SEEDS = process.env.LONG ? 200 : 12
const ABORTS = 50

const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
const gateway = await startGateway()
const totals = { fulfilled: 0, canceled: 0, other: 0 }
after(() => {
  gateway.stop()
  console.log(
    `counted: ${SEEDS * ABORTS} aborts at random moments of ${SEEDS} seeds: ${totals.fulfilled} came too late, ` +
      `${totals.canceled} canceled, ${totals.other} met a fault first`,
  )
})
beforeEach(async () => {
  await gateway.reset()
  await gateway.configure({ record: false })
})

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
const isAbort = ({ code, name }) => code === 'ERR_CANCELED' || name === 'AbortError'

const client = newClient({
  invokeUrl: `${gateway.url}/stage`,
  region: REGION,
  ...LONG_LIVED,
  retries: 5,
  retryDelay: 10,
})
const CALLS = [
  (signal, timeout) => client.invokeApi({}, '/echo/e', 'GET', { signal, timeout }),
  (signal, timeout) => client.invokeApi({}, '/echo/e', 'POST', { signal, timeout }, { a: 1 }),
  async (signal) => (await client.fetch(`${gateway.url}/stage/echo/e`, { signal })).text(),
  async (signal, timeout) =>
    (await client.invokeApi({}, '/echo/e', 'GET', { signal, timeout, responseType: 'blob' })).data,
]

for (let seed = 1; seed <= SEEDS; seed += 1) {
  test(`seed ${seed}`, async () => {
    const random = seeded(seed)
    for (const [number, action] of [
      { type: 'stall' },
      { type: 'drip', bytes: 16, intervalMs: 2 },
      { type: 'status', status: 503 },
      { type: 'resetAfterHeaders' },
      { type: 'throttle' },
    ].entries())
      await gateway.fault({ probability: 0.2, seed: seed * 10 + number, action })
    const before = timers()
    const ends = { fulfilled: 0, canceled: 0, other: 0 }
    for (let i = 0; i < ABORTS; i += 1) {
      const controller = new AbortController()
      let settled = 0
      const call = CALLS[i % CALLS.length](controller.signal, i % 3 ? 30_000 : 0).then(
        () => {
          settled += 1
          ends.fulfilled += 1
        },
        (error) => {
          settled += 1
          ends[isAbort(error) ? 'canceled' : 'other'] += 1
        },
      )
      // Every tenth before the first tick, the others within 40 ms.
      if (i % 10 > 0) await sleep(random() * 40)
      controller.abort()
      await call
      assert.equal(settled, 1)
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0, `listeners after call ${i}`)
    }
    assert.ok(ends.canceled > 5, JSON.stringify(ends))
    // The platform's own timers end a little later than the calls.
    for (let i = 0; i < 600 && timers() > before; i += 1) await sleep(100)
    assert.ok(timers() <= before, `${timers()} timers, ${before} before`)
    assert.deepEqual(unhandled, [])
    for (const kind of Object.keys(ends)) totals[kind] += ends[kind]
  })
}
