// A page in a background tab of Chromium: its timers fire late, and when it is frozen, not at all. Each
// call ends once all the same, and what is sent again is signed for the time at which it is sent.
//
// Chromium never ends an answer whose body comes in the moment of freezing, not even when the tab is shown again:
// of 23 plain fetches that had their headers and not yet their body when they were frozen, 16 hung. So each test
// freezes long before the answer comes, or when the page has the whole of it, or has a timeout.

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSite } from '../lib/chromium.mjs'
import { failOneInTwenty, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { startTabs } from './background.mjs'

const CALLS = 200
const ALLOWED = 'Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token,X-Effect-Id'

let gateway
let site
let tabs
before(async () => {
  gateway = await startGateway()
  site = await startSite()
})
after(async () => {
  await tabs?.stop()
  site?.stop()
  gateway?.stop()
})
beforeEach(async () => {
  await gateway.reset()
  await gateway.configure({ cors: { allowHeaders: ALLOWED } })
  await tabs?.stop()
  tabs = await startTabs(site.url)
  await tabs.page.evaluate(
    async (config) => {
      const { newClient } = await import('/web.mjs')
      window.events = []
      for (const name of ['freeze', 'resume']) document.addEventListener(name, () => window.events.push(name))
      addEventListener('unhandledrejection', () => window.events.push('unhandled rejection'))
      window.waits = 0
      window.ends = []
      /**
       * Begins a call; each of its ends is in window.ends, of which there may be one. With `delay`, a repetition
       * waits so long and is counted in window.waits: the page has the whole answer then.
       */
      window.begin = (method, { delay, ...options }, more = {}) => {
        const id = more.headers?.['x-effect-id']
        const retryDelay = () => {
          window.waits += 1
          return delay
        }
        newClient({ ...config, ...options, ...(delay && { retryDelay }) })
          .invokeApi({}, '/echo', method, more, method === 'POST' ? {} : undefined)
          .then(
            ({ status }) => window.ends.push({ id, status }),
            ({ code, message, response }) =>
              window.ends.push({ id, code, message, status: response?.status ?? null }),
          )
      }
    },
    { invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED },
  )
})

const begin = (...args) => tabs.page.evaluate((args) => window.begin(...args), args)
const waits = () => tabs.page.evaluate(() => window.waits)
const seen = () => tabs.page.evaluate(() => ({ ends: window.ends, events: window.events }))
const signedRequests = async () => (await gateway.requests()).filter(({ method }) => method !== 'OPTIONS')
const dates = (requests) =>
  requests.map(({ headers }) => {
    const [, text] = headers.find(([name]) => name.toLowerCase() === 'x-amz-date')
    return Date.parse(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
  })

async function until(what, condition) {
  const end = Date.now() + 60_000
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not after a minute: ${what}`)
    await sleep(50)
  }
}
const untilEnded = (count) => until(`${count} ends`, async () => (await seen()).ends.length >= count)
const untilSent = (count) => until(`${count} sent`, async () => (await signedRequests()).length >= count)

/** Puts the tab behind another one, and makes sure that the browser treats it so. */
async function hide() {
  await tabs.hide()
  await until('hidden', () => tabs.page.evaluate(() => document.visibilityState === 'hidden'))
  const took = await tabs.page.evaluate(async () => {
    const before = performance.now()
    for (let i = 0; i < 4; i += 1) await new Promise((resolve) => setTimeout(resolve, 20))
    return { state: document.visibilityState, ms: performance.now() - before }
  })
  assert.equal(took.state, 'hidden')
  assert.ok(took.ms > 1_500, `four timers of 20 ms took ${took.ms} ms: they are not slowed down`)
}

test('hidden: repetitions wait longer than they were told to, and end once', async () => {
  await gateway.fault({ times: 2, action: { type: 'throttle' } })
  await hide()
  await begin('POST', { retries: 2, retryDelay: 20 }, { headers: { 'x-effect-id': 'hidden' } })
  await untilEnded(1)
  const sent = await signedRequests()
  assert.deepEqual(
    sent.map(({ verdict }) => verdict.ok),
    [true, true, true],
  )
  assert.deepEqual((await gateway.stats()).effects, { hidden: 1 })
  assert.deepEqual(await seen(), { ends: [{ id: 'hidden', status: 200 }], events: [] })
})

test('hidden: a timeout is late, and ends the call once', async () => {
  await gateway.fault({ times: 1, action: { type: 'stall' } })
  await hide()
  // Long enough for preflight and request to be on their way on a machine that is busy with something else.
  await begin('GET', {}, { timeout: 4_000 })
  await untilEnded(1)
  await sleep(2_500)
  const { ends, events } = await seen()
  assert.deepEqual(
    ends.map(({ code, message }) => [code, message]),
    [['ECONNABORTED', 'timeout of 4000ms exceeded']],
  )
  assert.deepEqual(events, [])
  assert.equal((await signedRequests()).length, 1)
})

test('frozen before a repetition: nothing is sent meanwhile, and then it is signed for its own time', async () => {
  await gateway.fault({ times: 1, action: { type: 'status', status: 503 } })
  await begin('GET', { retries: 1, delay: 8_000 })
  await until('it waits for the repetition', async () => (await waits()) === 1)
  await tabs.hide()
  await tabs.freeze()
  await sleep(10_000)
  assert.equal((await signedRequests()).length, 1, 'a frozen page sends nothing')
  const thawed = Date.now()
  await tabs.thaw()
  await untilEnded(1)
  assert.deepEqual(await seen(), { ends: [{ status: 200 }], events: ['freeze', 'resume'] })
  const sent = await signedRequests()
  assert.deepEqual(
    sent.map(({ verdict }) => verdict.ok),
    [true, true],
  )
  const [first, second] = dates(sent)
  assert.ok(first < thawed - 5_000 && second > thawed - 2_000, `signed at ${first} and ${second}, ${thawed}`)
})

test('frozen while the answer comes: the call has it after thawing', async () => {
  await gateway.fault({ times: 1, action: { type: 'stall', delayMs: 8_000 } })
  await begin('POST', { retries: 2 }, { headers: { 'x-effect-id': 'answered' } })
  await untilSent(1)
  await tabs.hide()
  await tabs.freeze()
  await sleep(10_000)
  await tabs.thaw()
  await tabs.show()
  await untilEnded(1)
  assert.deepEqual(await seen(), { ends: [{ id: 'answered', status: 200 }], events: ['freeze', 'resume'] })
  assert.deepEqual((await gateway.stats()).effects, { answered: 1 })
})

test('frozen past the answer and the timeout: one of them ends the call, not both', async () => {
  await gateway.fault({ times: 1, action: { type: 'stall', delayMs: 8_000 } })
  await begin('GET', {}, { timeout: 8_500 })
  await untilSent(1)
  await tabs.hide()
  await tabs.freeze()
  await sleep(10_000)
  await tabs.thaw()
  await untilEnded(1)
  await sleep(2_500)
  const { ends, events } = await seen()
  assert.equal(ends.length, 1)
  assert.ok(ends[0].status === 200 || ends[0].code === 'ECONNABORTED', JSON.stringify(ends))
  assert.deepEqual(events, ['freeze', 'resume'])
})

// Some of these are frozen while their body comes, and their timeout ends them.
test(`${CALLS} calls while the tab is hidden, frozen, thawed and shown: each ends once`, async () => {
  await failOneInTwenty(gateway)
  for (let number = 0; number < CALLS; number += 1) {
    const headers = { 'x-effect-id': `call-${number}` }
    await begin(number % 2 ? 'POST' : 'GET', {}, { headers, timeout: 10_000 })
    if (number === 50) await tabs.hide()
    if (number === 100 || number === 150) {
      await tabs.freeze()
      await sleep(1_000)
      await tabs.thaw()
    }
    if (number === 180) await tabs.show()
  }
  await untilEnded(CALLS)
  await sleep(1_000)
  const { ends, events } = await seen()
  assert.equal(ends.length, CALLS)
  assert.equal(new Set(ends.map(({ id }) => id)).size, CALLS)
  assert.deepEqual(events, ['freeze', 'resume', 'freeze', 'resume'])
  const { effects } = await gateway.stats()
  const posts = ends.filter(({ id, status }) => status === 200 && Number(id.slice(5)) % 2)
  for (const { id } of posts) assert.equal(effects[id], 1, id)
  const lost = new Set(ends.filter(({ code }) => code === 'ECONNABORTED').map(({ id }) => id))
  for (const [id, count] of Object.entries(effects)) {
    assert.equal(count, 1, id)
    assert.ok(lost.has(id) || posts.some((post) => post.id === id), `${id} had an effect and was rejected`)
  }
  const rejected = ends.filter(({ status, id }) => status !== 200 && !lost.has(id)).length
  console.log(
    `counted: ${CALLS} calls of a tab that was hidden and frozen: each ended once, ${rejected} by faults, ` +
      `${lost.size} by their timeout, ${posts.length} effects on both sides`,
  )
})
