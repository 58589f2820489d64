// Many calls at once, one in twenty of which meets a fault: each ends once, and the server's count of
// effects is the client's.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { newClient } from 'gatesign'
import { failOneInTwenty, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { makeCalls } from './many-calls.mjs'

// LONG is set by cargo xtask test --long.
const CALLS = process.env.LONG ? 100_000 : 3_000
const CONCURRENCY = 64

// Without a collection the heap's size says little about what is kept.
setFlagsFromString('--expose-gc')
globalThis.gc = runInNewContext('gc')

const gateway = await startGateway()
after(() => gateway.stop())

test(`${CALLS} calls, ${CONCURRENCY} at a time`, async () => {
  await gateway.configure({ record: false })
  await failOneInTwenty(gateway)
  const client = newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED })
  const memory = []
  const seen = await makeCalls(client, {
    calls: CALLS,
    concurrency: CONCURRENCY,
    before: (number) => number % (CALLS / 10) === 0 && memory.push(settledMemory()),
  })

  const stats = await gateway.stats()
  const faults = Object.values(stats.byFault).reduce((sum, count) => sum + count, 0)
  const effects = new Set(seen.effects)
  assert.deepEqual(seen.strange, [])
  assert.equal(seen.once, CALLS)
  assert.equal(seen.resolved + seen.rejected, CALLS)
  assert.equal(seen.rejected, faults, 'every fault is a rejection, and nothing else is')
  assert.equal(stats.requests, CALLS, 'no call was sent twice')
  assert.ok(faults > CALLS * 0.03 && faults < CALLS * 0.07, `${faults} faults`)
  assert.equal(stats.effectsTotal, effects.size)
  for (const [id, count] of Object.entries(stats.effects)) assert.ok(count === 1 && effects.has(id), id)
  // From the second tenth on nothing that is kept may grow with the number of calls.
  const growth = memory.at(-1) - memory[1]
  assert.ok(growth < 24 * 1024 * 1024, `${growth} bytes more after ${CALLS} calls`)
  console.log(
    `counted: ${CALLS} calls at concurrency ${CONCURRENCY}: ${seen.resolved} resolved, ${seen.rejected} rejected by as many faults, ` +
      `${effects.size} effects on both sides, ${(growth / 1024 / 1024).toFixed(1)} MB of growth`,
  )
})

/** Bytes of the heap and of buffers, after a collection. */
function settledMemory() {
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
