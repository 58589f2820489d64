// What a caller sees of each fault of an exchange, and how often the server saw the call.

import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const gateway = await startGateway()
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
  ['no answer', { type: 'stall' }, { code: 'ECONNABORTED', timeout: 1_000, GET: 1, POST: 1 }],
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
  whole('a drip of single bytes', { type: 'drip', bytes: 1, intervalMs: 0 }),
  whole('a few large drops', { type: 'drip', bytes: 256, intervalMs: 150 }),
  [
    'a drip that outlasts the timeout',
    { type: 'drip', bytes: 2, intervalMs: 100 },
    { code: 'ECONNABORTED', timeout: 1_000, GET: 1, POST: 1 },
  ],
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
  await gone.stop()
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
  const identity = (accessKeyId, more) =>
    gateway.identity({ accessKeyId, secretAccessKey, sessionToken: `token-of-${accessKeyId}`, ...more })
  await identity('ASIAFIRST')
  await identity('ASIASECOND')
  let given = 0
  const credentials = async () => {
    given += 1
    const accessKeyId = given === 1 ? 'ASIAFIRST' : 'ASIASECOND'
    return { accessKeyId, secretAccessKey, sessionToken: `token-of-${accessKeyId}` }
  }
  // The first attempt is in time and fails; the second one comes after the end of the credentials.
  const retryDelay = async () => {
    await identity('ASIAFIRST', { expiresAtMs: 1 })
    return 0
  }
  const made = client({ accessKey: '', secretKey: '', credentials, retries: 1, retryDelay })
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

test('each attempt of each fault is signed for its own time, and validly', async () => {
  const made = client({ retries: 2, retryDelay: 1_100 })
  const header = ({ headers }, name) => headers.find(([key]) => key.toLowerCase() === name)[1]
  /** A fault on a path of its own, so that all of them wait at the same time. */
  const run = async ([, action, expected], method, path) => {
    await gateway.fault({ match: { pathPrefix: `/stage${path}` }, action })
    // With so many others at the same time, a call has to be sent before its timeout ends it.
    const options = { timeout: expected.timeout ? 5_000 : 0, headers: { 'x-effect-id': path } }
    await Promise.allSettled([made.invokeApi({}, path, method, options, method === 'POST' ? {} : undefined)])
    return { path, method, count: expected[method] }
  }
  const calls = await Promise.all(
    TABLE.flatMap((row, number) =>
      ['GET', 'POST'].map((method) => run(row, method, `/echo/row-${number}-${method}`)),
    ),
  )
  const all = await gateway.requests()
  let checked = 0
  for (const { path, method, count } of calls) {
    const sent = all.filter(({ target }) => target === `/stage${path}`)
    assert.equal(sent.length, count, `${method} ${path}`)
    assertSigned(sent)
    for (const name of ['x-amz-date', 'authorization'])
      assert.equal(new Set(sent.map((request) => header(request, name))).size, count, `${name} of ${path}`)
    for (const request of sent) {
      const signed = header(request, 'x-amz-date').replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5')
      const age = request.atMs - Date.parse(signed)
      assert.ok(age >= 0 && age < 30_000, `signed ${age} ms before it came: ${path}`)
      checked += 1
    }
  }
  faults += calls.length
  attempts += checked
})
