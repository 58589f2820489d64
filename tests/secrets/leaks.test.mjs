// Planted secrets are not in what the console, structuredClone, a redirect's target or another origin gets,
// nor in what a process writes that prints all it has.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createSigner, diagnose, newClient } from 'gatesign'
import { answer, startScripted } from '../dropin/scripted.mjs'
import { views } from '../dropin/views.mjs'
import { startGateway } from '../lib/gateway.mjs'

const SECRETS = ['canary/secret/access/key', 'canary+session+token', 'canary-api-key']
const [secretKey, sessionToken, apiKey] = SECRETS
const CHILD = fileURLToPath(new URL('./leaks-child.mjs', import.meta.url))
const gateway = await startGateway()
const elsewhere = await startScripted()
after(() => {
  gateway.stop()
  elsewhere.stop()
})
beforeEach(async () => {
  await gateway.reset()
  await gateway.identity({ accessKeyId: 'ASIACANARY', secretAccessKey: secretKey, sessionToken })
  elsewhere.reset()
  elsewhere.answer([answer(200, [], 'stolen')])
})

const config = {
  invokeUrl: `${gateway.url}/stage`,
  region: 'us-east-1',
  accessKey: 'ASIACANARY',
  secretKey,
  sessionToken,
  apiKey,
}
const FAULTS = [
  ...['resetBeforeHeaders', 'truncateBody', 'garbage', 'badJson', 'hugeHeaders', 'throttle'].map((type) => ({
    type,
  })),
  { type: 'redirect', location: `${elsewhere.url}/x` },
]

const printed = []
for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir']) {
  const original = console[method]
  console[method] = (...values) => {
    if (!String(values[0]).startsWith('counted: ')) printed.push(...values)
    original.apply(console, values)
  }
}
const assertClean = (what, text) => {
  for (const secret of SECRETS)
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      assert.ok(!text.includes(form), `${form} is in ${what}: ${text.slice(0, 200)}`)
}

test('nothing planted comes out', async () => {
  const origins = new Set()
  const watched = async (url, init) => {
    origins.add(new URL(url).origin)
    return fetch(url, init)
  }
  const client = newClient({ ...config, fetch: watched, retries: 1 })
  const outcomes = []
  for (const action of FAULTS) {
    await gateway.fault({ times: 2, action })
    outcomes.push(...(await Promise.allSettled([client.invokeApi({}, '/echo/e', 'GET')])))
    await gateway.control('DELETE', 'faults')
  }
  const mistaken = newClient({ ...config, secretKey: 'another/secret' })
  outcomes.push(...(await Promise.allSettled([mistaken.invokeApi({}, '/echo/e', 'GET')])))
  const request = { pathTemplate: '/echo/e' }
  const explanation = await client.explain(request)
  outcomes.push(
    { reason: explanation },
    { reason: diagnose(outcomes[0].reason, explanation) },
    { reason: client },
  )
  outcomes.push({
    reason: createSigner({
      accessKeyId: 'A',
      secretAccessKey: secretKey,
      sessionToken,
      region: 'r',
      service: 's',
    }),
  })
  let searched = 0
  for (const { value, reason } of outcomes) {
    const got = reason ?? value
    // What the server repeats in a good answer is the server's.
    if (value) got.data = undefined
    for (const view of views(got)) {
      searched += 1
      assertClean('a view', view)
    }
    try {
      const clone = structuredClone(got)
      for (const view of views(clone)) assertClean('a clone', view)
    } catch (error) {
      assert.equal(error.name, 'DataCloneError')
    }
  }
  for (const value of printed) assertClean('the console', String(value))
  assert.deepEqual([...origins], [gateway.url], 'no other origin is asked')
  assert.deepEqual(elsewhere.requests(), [], "the redirect's target saw nothing")
  console.log(
    `counted: ${searched} views of ${outcomes.length} results, errors and clients searched for planted secrets`,
  )
})

test("a redirect's target gets no credential, whatever the status and the caller's own redirect", async () => {
  const client = newClient(config)
  let tried = 0
  for (const status of [301, 302, 303, 307, 308])
    for (const method of ['GET', 'POST'])
      for (const call of [
        () => client.invokeApi({}, '/echo/e', method, {}, method === 'POST' ? { a: 1 } : undefined),
        () => client.fetch(`${config.invokeUrl}/echo/e`, { method, redirect: 'follow' }),
        () => client.fetch(new Request(`${config.invokeUrl}/echo/e`, { method })),
      ]) {
        await gateway.fault({
          times: 1,
          action: { type: 'redirect', status, location: `${elsewhere.url}/x` },
        })
        const [{ value, reason }] = await Promise.allSettled([call()])
        assert.equal(value?.status ?? reason.response.status, status, reason?.message)
        tried += 1
      }
  assert.equal(tried, 30)
  assert.deepEqual(elsewhere.requests(), [])
})

test('an unsigned call that follows a redirect takes neither key nor cookie along', async () => {
  const headers = { Authorization: `Bearer ${secretKey}`, Cookie: `session=${sessionToken}` }
  await gateway.fault({ action: { type: 'redirect', location: `${elsewhere.url}/x` } })
  const { data } = await newClient({ invokeUrl: `${gateway.url}/stage/open` }).invokeApi(
    {},
    '/echo/e',
    'GET',
    {
      headers,
    },
  )
  assert.equal(data, 'stolen', 'it was followed')
  assert.equal(elsewhere.requests().length, 1)
  assertClean('what the other origin got', JSON.stringify(elsewhere.requests()))
})

/** Runs a script and gives all that it wrote. */
function written(args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  })
  return { status, text: stdout + stderr }
}

test('a process that prints all it has writes no secret', async () => {
  for (const action of FAULTS) await gateway.fault({ times: 1, action })
  const args = ['--unhandled-rejections=warn', CHILD, JSON.stringify(config), String(FAULTS.length + 1)]
  const { status, text } = written(args, { NODE_DEBUG: 'fetch,undici' })
  assert.equal(status, 1, `it ends with an error that nobody caught: ${text.slice(-2_000)}`)
  assert.match(text, /Unhandled promise rejection|unhandled/i)
  assert.match(text, /ERR_REDIRECT/)
  assert.deepEqual(elsewhere.requests(), [])
  const seen = await gateway.requests()
  assert.equal(seen.length, FAULTS.length + 1)
  assertClean('what the process wrote', text)
  for (const { headers } of seen) {
    const [, signature] = /Signature=(\w+)/.exec(JSON.stringify(headers))
    assert.ok(!text.includes(signature), 'no signature that was sent')
  }
  const control = written(['--eval', `console.error(${JSON.stringify(secretKey)})`])
  assert.throws(() => assertClean('the control', control.text), /is in the control/)
  console.log(
    `counted: ${text.length} characters that a process wrote of calls and errors searched for planted secrets`,
  )
})
