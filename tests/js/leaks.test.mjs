// Planted secrets are not in what the console, structuredClone, a redirect's target or another origin gets.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createSigner, diagnose, newClient } from 'gatesign'
import { startScripted } from '../lib/dropin-scripted.mjs'
import { views } from '../lib/dropin-views.mjs'
import { startGateway } from '../lib/gateway.mjs'

const SECRETS = ['canary/secret/access/key', 'canary+session+token', 'canary-api-key']
const [secretKey, sessionToken, apiKey] = SECRETS
const gateway = await startGateway()
after(() => gateway.stop())

const written = []
for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir']) {
  const original = console[method]
  console[method] = (...values) => {
    if (!String(values[0]).startsWith('counted: ')) written.push(...values)
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
  const config = {
    invokeUrl: `${gateway.url}/stage`,
    region: 'us-east-1',
    accessKey: 'ASIACANARY',
    secretKey,
    sessionToken,
    apiKey,
  }
  const elsewhere = await startScripted()
  after(() => elsewhere.stop())
  const client = newClient({ ...config, fetch: watched, retries: 1 })
  const outcomes = []
  const faults = ['resetBeforeHeaders', 'truncateBody', 'garbage', 'badJson', 'hugeHeaders', 'throttle']
  for (const action of [
    ...faults.map((type) => ({ type })),
    { type: 'redirect', location: `${elsewhere.url}/x` },
  ]) {
    await gateway.fault({ times: 2, action })
    outcomes.push(...(await Promise.allSettled([client.invokeApi({}, '/echo/e', 'GET')])))
    await gateway.control('DELETE', 'faults')
  }
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
    // What the server repeats of a request is the server's.
    if (got.response) got.response.data = undefined
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
  for (const value of written) assertClean('the console', String(value))
  assert.deepEqual([...origins], [gateway.url], 'no other origin is asked')
  console.log(
    `counted: ${searched} views of ${outcomes.length} results, errors and clients searched for planted secrets`,
  )
})
