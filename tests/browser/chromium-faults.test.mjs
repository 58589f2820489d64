// What befalls a page while it calls: a reload, no network, sleep, a revoked credential, and many calls of which one in twenty meets a fault.

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChromium } from '../lib/chromium.mjs'
import { failOneInTwenty, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const HOUR = 3_600_000
// LONG is set by cargo xtask test --long.
const CALLS = process.env.LONG ? 10_000 : 500
// The gateway's own list, and the header by which it counts effects.
const ALLOWED = 'Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token,X-Effect-Id'

let gateway
let chromium
let page

before(async () => {
  gateway = await startGateway()
  chromium = await startChromium()
})
after(async () => {
  await chromium?.stop()
  gateway?.stop()
})
beforeEach(async () => {
  await gateway.reset()
  await gateway.configure({ cors: { allowHeaders: ALLOWED } })
  await page?.context().close()
  page = await (await chromium.browser.newContext()).newPage()
  await page.goto(chromium.url)
})

const config = () => ({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED })
const signedRequests = async () => (await gateway.requests()).filter(({ method }) => method !== 'OPTIONS')
const statusOfCall = () =>
  page.evaluate(async (config) => {
    const { newClient } = await import('/web.mjs')
    return (await newClient(config).invokeApi({}, '/echo', 'GET')).status
  }, config())

/** Waits until the server has seen so many signed requests. */
async function untilSeen(count) {
  const end = Date.now() + 60_000
  while ((await signedRequests()).length < count) {
    assert.ok(Date.now() < end, `fewer than ${count} requests after a minute`)
    await sleep(20)
  }
}

/** Begins a GET that meets a 503 and is sent again after so many ms; its end is window.ended. */
async function callThatWaitsFor(delay) {
  await gateway.fault({ times: 1, action: { type: 'status', status: 503 }, match: { method: 'GET' } })
  await page.evaluate(
    async (config) => {
      const { newClient } = await import('/web.mjs')
      const waiting = new Promise((resolve) => {
        const retryDelay = () => {
          resolve()
          return config.delay
        }
        window.ended = newClient({ ...config, retries: 1, retryDelay })
          .invokeApi({}, '/echo', 'GET')
          .then(
            ({ status }) => status,
            ({ message }) => message,
          )
      })
      await Promise.race([waiting, window.ended])
    },
    { ...config(), delay },
  )
}

test('a reload in the middle of calls: none is sent twice, and the new page calls at once', async () => {
  await gateway.fault({ times: 3, action: { type: 'stall' }, match: { method: 'POST' } })
  await page.evaluate(async (config) => {
    const { newClient } = await import('/web.mjs')
    const client = newClient({ ...config, retries: 3 })
    for (let i = 0; i < 20; i += 1)
      client
        .invokeApi({}, '/echo', 'POST', { headers: { 'x-effect-id': `reload-${i}` } }, { i })
        .catch(() => {})
  }, config())
  await untilSeen(10)
  await page.reload()
  assert.equal(await statusOfCall(), 200)
  const { effects } = await gateway.stats()
  assert.ok(Object.keys(effects).length > 0)
  for (const [id, count] of Object.entries(effects)) assert.equal(count, 1, id)
  for (const { verdict } of await signedRequests()) assert.equal(verdict.ok, true)
})

test('offline: a network error, and the same client calls again when the network is back', async () => {
  const call = () =>
    page.evaluate(async (config) => {
      const { diagnose, newClient } = await import('/web.mjs')
      window.client ??= newClient(config)
      return window.client.invokeApi({}, '/echo', 'GET').then(
        ({ status }) => ({ status }),
        (error) => ({
          isAxiosError: error.isAxiosError,
          message: error.message,
          answered: 'response' in error && error.response !== undefined,
          kind: diagnose(error).kind,
        }),
      )
    }, config())
  assert.deepEqual(await call(), { status: 200 })
  await page.context().setOffline(true)
  assert.deepEqual(await call(), {
    isAxiosError: true,
    message: 'Network Error',
    answered: false,
    kind: 'NetworkError',
  })
  await page.context().setOffline(false)
  assert.deepEqual(await call(), { status: 200 })
  assert.equal((await signedRequests()).length, 2)
})

test('an hour of sleep before a repetition: it is signed for the time after waking', async () => {
  await page.clock.install()
  await callThatWaitsFor(60_000)
  await gateway.configure({ clockOffsetMs: HOUR })
  await page.clock.fastForward(HOUR)
  assert.equal(await page.evaluate(() => window.ended), 200)
  const sent = await signedRequests()
  assert.deepEqual(
    sent.map(({ verdict }) => verdict.ok),
    [true, true],
    'no attempt was refused for its age',
  )
})

test('a revoked credential: a clear refusal and its diagnosis, not sent again', async () => {
  assert.equal(await statusOfCall(), 200)
  await gateway.control('DELETE', `identities/${LONG_LIVED.accessKey}`)
  const seen = await page.evaluate(async (config) => {
    const { diagnose, newClient } = await import('/web.mjs')
    const error = await newClient({ ...config, retries: 3 })
      .invokeApi({}, '/echo', 'GET')
      .then(
        () => {
          throw new Error('it was taken')
        },
        (error) => error,
      )
    return { message: error.message, status: error.response.status, kind: diagnose(error).kind }
  }, config())
  assert.deepEqual(seen, {
    message: `Request failed with status code 403: ${seen.message.split(': ')[1]}`,
    status: 403,
    kind: 'InvalidClientTokenId',
  })
  assert.equal((await signedRequests()).length, 2)
})

test(`${CALLS} calls of which one in twenty meets a fault: each ends once`, async () => {
  await gateway.configure({ record: false })
  await failOneInTwenty(gateway)
  const seen = await page.evaluate(
    async ({ config, calls }) => {
      const { newClient } = await import('/web.mjs')
      const { makeCalls } = await import('/many-calls.mjs')
      return await makeCalls(newClient(config), { calls, concurrency: 64 })
    },
    { config: config(), calls: CALLS },
  )
  const stats = await gateway.stats()
  const faults = Object.values(stats.byFault).reduce((sum, count) => sum + count, 0)
  assert.deepEqual(seen.strange, [])
  assert.equal(seen.once, CALLS)
  assert.ok(seen.rejected > 0 && seen.rejected <= faults, `${seen.rejected} rejections, ${faults} faults`)
  assert.ok(seen.effects.length > CALLS / 3, `${seen.effects.length} effects`)
  assert.deepEqual(Object.keys(stats.effects).sort(), seen.effects.sort())
  for (const [id, count] of Object.entries(stats.effects)) assert.equal(count, 1, id)
  console.log(
    `counted: ${CALLS} calls in Chromium at concurrency 64: ${seen.rejected} rejected by ${faults} faults, ` +
      `${seen.effects.length} effects on both sides`,
  )
})
