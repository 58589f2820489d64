// What a caller sees of each fault of an exchange, and how often the server saw the call.

import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { after, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { seeded } from '../lib/seeded.mjs'

const gateway = await startGateway()
const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
let faults = 0
let attempts = 0
after(async () => {
  gateway.stop()
  console.log(`counted: ${faults} calls that met a fault, ${attempts} attempts seen by the server`)
})
beforeEach(() => gateway.reset())

const client = (config = {}) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED, ...config })
const CALLS = {
  GET: (client, more) => client.invokeApi({}, '/echo/e', 'GET', more),
  POST: (client, more) =>
    client.invokeApi({}, '/echo/e', 'POST', { ...more, headers: { 'x-effect-id': 'once' } }, { a: 1 }),
}

/** The outcome of a call, and the attempts that the server saw, each of which had a valid signature. */
async function observe(promise) {
  const [settled] = await Promise.allSettled([promise])
  const seen = await gateway.requests()
  faults += 1
  attempts += seen.length
  const { effects } = await gateway.stats()
  return { ...settled, seen, effects: effects.once ?? 0 }
}

const assertSigned = (seen) => {
  for (const { verdict } of seen) assert.equal(verdict.ok, true, JSON.stringify(verdict))
}

const status = (number) => [
  `status ${number}`,
  { type: 'status', status: number },
  { status: number, GET: 3, POST: 1 },
]
const connection = (name, action, code) => [name, action, { code, GET: 3, POST: 3 }]
const whole = (name, action) => [name, action, { resolves: true, GET: 1, POST: 1 }]

/** Name, action, then what is seen with `retries: 2`: attempts of a GET and of a POST. */
const TABLE = [
  ...[500, 502, 503, 504].map(status),
  ['429', { type: 'throttle' }, { status: 429, GET: 3, POST: 3 }],
  ['429 with Retry-After', { type: 'throttle', retryAfter: 0 }, { status: 429, GET: 3, POST: 3 }],
  ['a quota that is used up', { type: 'throttle', quota: true }, { status: 429, GET: 1, POST: 1 }],
  ['a redirect', { type: 'redirect', location: '/elsewhere' }, { code: 'ERR_REDIRECT', GET: 1, POST: 1 }],
  ['no answer', { type: 'stall' }, { code: 'ECONNABORTED', timeout: 300, GET: 1, POST: 1 }],
  connection('RST before the headers', { type: 'resetBeforeHeaders' }, 'ECONNRESET'),
  connection('FIN before the headers', { type: 'closeBeforeHeaders' }, 'ECONNRESET'),
  connection('RST in the headers', { type: 'resetInHeaders' }, 'ECONNRESET'),
  connection('RST after the headers', { type: 'resetAfterHeaders' }, 'ECONNRESET'),
  connection('a body cut by FIN', { type: 'truncateBody' }, 'ECONNRESET'),
  connection('a body cut by RST', { type: 'truncateBody', reset: true }, 'ECONNRESET'),
  connection('chunks without an end', { type: 'chunkedAbort' }, 'ECONNRESET'),
  connection('bytes that are not HTTP', { type: 'garbage' }, 'HPE_INVALID_CONSTANT'),
  connection('64 KB of headers', { type: 'hugeHeaders' }, 'UND_ERR_HEADERS_OVERFLOW'),
  whole('a slow drip', { type: 'drip', bytes: 64, intervalMs: 1 }),
  whole('half of the JSON', { type: 'badJson' }),
]

for (const [name, action, expected] of TABLE) {
  describe(name, () => {
    for (const method of ['GET', 'POST']) {
      const run = async (retries) => {
        await gateway.fault({ action })
        const made = client(retries === undefined ? {} : { retries })
        return observe(CALLS[method](made, expected.timeout ? { timeout: expected.timeout } : {}))
      }
      const check = ({ status, reason, value }) => {
        if (expected.resolves) {
          assert.equal(status, 'fulfilled', reason?.message)
          assert.equal(value.status, 200)
          return
        }
        assert.equal(status, 'rejected')
        assert.equal(reason.isAxiosError, true)
        assert.equal(reason.response?.status, expected.status ?? reason.response?.status)
        assert.equal(reason.code, expected.code)
      }

      test(`${method}, as it is: one attempt`, async () => {
        const seen = await run(undefined)
        check(seen)
        assert.equal(seen.seen.length, 1)
        assertSigned(seen.seen)
        assert.ok(seen.effects <= 1)
      })

      test(`${method}, retries: 2: ${expected[method]}`, async () => {
        const seen = await run(2)
        check(seen)
        assert.equal(seen.seen.length, expected[method])
        assertSigned(seen.seen)
      })
    }
  })
}

test('a content-length that is too small: the cut text, once', async () => {
  await gateway.fault({ action: { type: 'wrongLength' } })
  const { status, value, seen, effects } = await observe(CALLS.POST(client({ retries: 2 })))
  assert.equal(status, 'fulfilled')
  assert.equal(typeof value.data, 'string', 'half of a JSON text is no JSON')
  assert.deepEqual([seen.length, effects], [1, 1])
})

test('a refused connection: as many attempts as were asked for, none on the wire', async () => {
  const gone = await startGateway()
  const invokeUrl = gone.url
  gone.stop()
  await sleep(200)
  for (const retries of [undefined, 2]) {
    let sent = 0
    const counting = (...args) => {
      sent += 1
      return fetch(...args)
    }
    const { reason, seen } = await observe(CALLS.POST(client({ invokeUrl, retries, fetch: counting })))
    assert.equal(reason.code, 'ECONNREFUSED')
    assert.equal(sent, (retries ?? 0) + 1)
    assert.equal(seen.length, 0)
  }
})

for (const ms of [3_600_000, -3_600_000]) {
  test(`a clock ${ms / 3_600_000} h off: corrected once, the effect happens once`, async () => {
    await gateway.configure({ clockOffsetMs: ms })
    const made = client()
    const first = await observe(CALLS.POST(made))
    assert.equal(first.status, 'fulfilled', first.reason?.message)
    assert.deepEqual([first.seen.length, first.effects], [2, 1])
    assert.deepEqual(
      first.seen.map((request) => request.verdict.ok),
      [false, true],
    )
    const second = await observe(CALLS.POST(made))
    assert.deepEqual([second.seen.length, second.effects], [3, 2], 'later calls know the clock')
  })
}

test('credentials that end while a call is under way: renewed once, the effect happens once', async () => {
  const secretAccessKey = 'expiring/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY'
  const identity = (accessKeyId, expiresInMs) =>
    gateway.identity({ accessKeyId, secretAccessKey, sessionToken: `token-of-${accessKeyId}`, expiresInMs })
  await identity('ASIAFIRST', 400)
  await identity('ASIASECOND', 600_000)
  let given = 0
  const credentials = async () => {
    given += 1
    const accessKeyId = given === 1 ? 'ASIAFIRST' : 'ASIASECOND'
    return { accessKeyId, secretAccessKey, sessionToken: `token-of-${accessKeyId}` }
  }
  const made = client({ accessKey: '', secretKey: '', credentials, retries: 1, retryDelay: 600 })
  // The first attempt is in time and fails; the second one comes after the end of the credentials.
  await gateway.fault({ times: 1, action: { type: 'throttle' } })
  const { status, reason, seen, effects } = await observe(CALLS.POST(made))
  assert.equal(status, 'fulfilled', reason?.message)
  assert.equal(given, 2)
  assert.deepEqual(
    seen.map(({ verdict }) => verdict.accessKeyId ?? verdict.kind),
    ['ASIAFIRST', 'ExpiredToken', 'ASIASECOND'],
  )
  assert.equal(effects, 1)
})

test('every attempt is signed for its own time', async () => {
  await gateway.fault({ times: 2, action: { type: 'status', status: 503 } })
  const { seen } = await observe(CALLS.GET(client({ retries: 2, retryDelay: 1_100 })))
  const header = (request, name) => request.headers.find(([key]) => key.toLowerCase() === name)[1]
  assert.equal(seen.length, 3)
  assertSigned(seen)
  for (const name of ['x-amz-date', 'authorization'])
    assert.equal(new Set(seen.map((request) => header(request, name))).size, 3)
})

test('an abort at any moment leaves nothing behind', async () => {
  const random = seeded(6)
  await gateway.configure({ record: false })
  const rules = [
    { probability: 0.2, seed: 1, action: { type: 'stall' } },
    { probability: 0.2, seed: 2, action: { type: 'drip', bytes: 16, intervalMs: 2 } },
    { probability: 0.2, seed: 3, action: { type: 'status', status: 503 } },
    { probability: 0.2, seed: 4, action: { type: 'resetAfterHeaders' } },
  ]
  for (const rule of rules) await gateway.fault(rule)
  const made = client({ retries: 5, retryDelay: 10 })
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = timers()
  const ends = { fulfilled: 0, canceled: 0, other: 0 }
  for (let i = 0; i < 300; i += 1) {
    const controller = new AbortController()
    const call = CALLS[i % 2 ? 'POST' : 'GET'](made, {
      signal: controller.signal,
      timeout: i % 3 ? 30_000 : 0,
    })
    const settled = Promise.allSettled([call])
    // Every tenth before the first tick, the others within 40 ms.
    if (i % 10 > 0) await sleep(random() * 40)
    controller.abort()
    const [{ status, reason }] = await settled
    ends[status === 'fulfilled' ? 'fulfilled' : reason.code === 'ERR_CANCELED' ? 'canceled' : 'other'] += 1
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0, `listeners after call ${i}`)
  }
  assert.ok(ends.canceled > 30, JSON.stringify(ends))
  await sleep(50)
  assert.ok(timers() <= before, `${timers()} timers, ${before} before`)
  assert.deepEqual(unhandled, [])
  faults += 300
  console.log(`counted: 300 aborts at random moments (seed 6): ${JSON.stringify(ends)}`)
})
