// Seeded random lives of calls against a fetch that is made up: refusals of the clock and the token, retries,
// broken answers, aborts, destroy() and failing providers in every order. What must hold, whatever happens.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from 'gatesign'
import { seeded } from '../lib/seeded.mjs'

// LONG is set by cargo xtask test --long.
const CALLS = process.env.LONG ? 100_000 : 3_000
const HOUR = 3_600_000

const unhandled = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))
const totals = { resolved: 0, rejected: 0, attempts: 0 }
after(() =>
  console.log(
    `counted: ${CALLS} simulated calls in ${totals.attempts} attempts: ${totals.resolved} resolved, ` +
      `${totals.rejected} rejected, each once`,
  ),
)

const amz = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')
const json = (status, data, headers) => () => new Response(JSON.stringify(data), { status, headers })
const broken = (message, code) => () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
}

/** Name, status, answer. */
const ANSWERS = {
  ok: json(200, { a: 1 }),
  500: json(500, {}),
  503: json(503, {}, { 'retry-after': '0' }),
  429: json(429, { message: 'Too Many Requests' }),
  404: json(404, {}),
  expired: json(
    403,
    { message: 'The security token included in the request is expired' },
    { 'x-amzn-errortype': 'ExpiredTokenException' },
  ),
  skew() {
    const server = Date.now() + HOUR
    const message = `Signature expired: ${amz(Date.now())} is now earlier than ${amz(server - HOUR / 12)} (${amz(server)} - 5 min.)`
    return json(403, { message }, { 'x-amzn-errortype': 'InvalidSignatureException' })()
  },
  redirect: () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } }),
  reset: broken('read ECONNRESET', 'ECONNRESET'),
  truncated: () =>
    new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) })),
  stalled: (signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(new Response('{}', { status: 500 })), 2)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    }),
}
const STATUS = {
  ...{ 500: 500, 503: 503, 429: 429, 404: 404, stalled: 500 },
  expired: 403,
  skew: 403,
  redirect: 302,
}

/** One call, and what it was and did. */
async function live(seed) {
  const random = seeded(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const by = pick(['invokeApi', 'invokeApi', 'fetch'])
  const method = pick(['GET', 'POST', 'PUT'])
  const retries = pick([undefined, 0, 1, 2, 3])
  const provides = random() < 0.6
  const streams = by === 'invokeApi' && method !== 'GET' && random() < 0.1
  const [abortAt, destroyAt, failAt] = [0.15, 0.1, 0.2].map((part) => (random() < part ? pick([1, 2, 3]) : 0))
  const stop = new AbortController()
  const attempts = []
  let asked = 0
  const credentials = () => {
    asked += 1
    if (asked === failAt) throw new Error('the provider fails')
    const expiration = pick([undefined, Date.now() + HOUR, Date.now() + 1000, Date.now() - 1])
    return { accessKeyId: `ASIA${asked}`, secretAccessKey: 'secret', sessionToken: 'token', expiration }
  }
  const client = newClient({
    invokeUrl: 'https://api.example',
    region: 'us-east-1',
    retries,
    ...(provides ? { credentials } : { accessKey: 'AKID', secretKey: 'secret' }),
    async fetch(_url, { headers, signal }) {
      const name = pick(Object.keys(ANSWERS))
      const [, id] = /Credential=(\w+)/.exec(headers.authorization)
      attempts.push({ name, id, signature: headers.authorization })
      if (attempts.length === abortAt) stop.abort(new Error('the caller stops'))
      if (attempts.length === destroyAt) client.destroy()
      signal?.throwIfAborted()
      return ANSWERS[name](signal)
    },
  })
  let ends = 0
  const { signal } = stop
  const body = method === 'GET' ? undefined : 'text'
  const call =
    by === 'fetch'
      ? client.fetch('/x', { method, body, signal })
      : client.invokeApi(
          {},
          '/x',
          method,
          { signal, timeout: pick([0, 60_000]), signPayload: !streams },
          streams ? new Response(body).body : body,
        )
  const [{ value, reason }] = await Promise.allSettled([call.finally(() => ends++)])
  return { by, method, retries, provides, streams, attempts, ends, value, reason, asked }
}

function check({ by, method, retries = 0, provides, streams, attempts, ends, value, reason }) {
  assert.equal(ends, 1)
  const names = attempts.map(({ name }) => name)
  const corrected = Number(names.includes('skew')) + Number(provides && names.includes('expired'))
  assert.ok(attempts.length <= 1 + retries + corrected, 'not more attempts than were asked for')
  if (streams) assert.ok(attempts.length <= 1, 'a stream is sent once')
  for (const [i, { name, id, signature }] of attempts.slice(0, -1).entries()) {
    assert.ok(!['ok', '404', 'redirect'].includes(name), `${name} is final`)
    if (method === 'POST') assert.ok(!['500', '503', 'stalled'].includes(name), `${name} is final for POST`)
    const next = attempts[i + 1]
    if (name === 'skew' && !names.slice(0, i).includes('skew')) assert.notEqual(next.signature, signature)
    if (name === 'expired' && !names.slice(0, i).includes('expired') && provides) assert.notEqual(next.id, id)
  }
  const last = names.at(-1)
  if (value && by === 'invokeApi') assert.equal(last, 'ok')
  const answer = by === 'fetch' ? value : reason?.response
  if (answer && last !== 'ok' && last !== 'truncated') assert.equal(answer.status, STATUS[last])
  if (reason === undefined) return
  assert.ok(reason instanceof Error)
  assert.ok(!JSON.stringify(reason).includes('Credential='), 'nothing of the signature is in the error')
}

test(`${CALLS} calls`, async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = timers()
  for (let seed = 1; seed <= CALLS; seed += 1) {
    const life = await live(seed)
    try {
      check(life)
    } catch (error) {
      error.message = `seed ${seed}, ${JSON.stringify(life)}: ${error.message}`
      throw error
    }
    totals[life.reason === undefined ? 'resolved' : 'rejected'] += 1
    totals.attempts += life.attempts.length
  }
  await sleep(50)
  assert.ok(timers() <= before, 'no timer is left')
  assert.deepEqual(unhandled, [])
})
