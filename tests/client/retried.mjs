// A gateway for calls that are sent again, and what the tests of them ask of it.

import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import { newClient } from 'gatesign'
import { verdictOf } from '../dropin/compare.mjs'
import { realDate } from '../dropin/time.mjs'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

export const gateway = await gatewayForTests()
afterEach(realDate)

/** ms in which a request is sent and answered, also by a machine that is busy with something else. */
export const LONG_ENOUGH = 1_000
export const TIMED_OUT = [`timeout of ${LONG_ENOUGH}ms exceeded`, 'ECONNABORTED']

export const base = { invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED }
export const client = (config) => newClient({ ...base, ...config })
export const status = (code, times, headers) => ({ times, action: { type: 'status', status: code, headers } })
export const bodyFor = (method) =>
  ['POST', 'PUT', 'PATCH'].includes(method) ? { text: 'é'.repeat(30) } : undefined
export const call = (client, method = 'GET', additional = {}) =>
  client.invokeApi({}, '/echo/r', method, additional, bodyFor(method))

/** All requests that arrived; each must have been signed well. */
export async function arrived() {
  const requests = await gateway.requests()
  for (const request of requests) assert.equal(verdictOf(request), 'ok', request.verdict.message)
  return requests
}

export async function failure(promise) {
  const [{ status, reason }] = await Promise.allSettled([promise])
  assert.equal(status, 'rejected')
  return reason
}
