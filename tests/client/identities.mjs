// A gateway that knows identities, and providers that give them.

import { afterEach, mock } from 'node:test'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

export const STATIC = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
export const MINUTE = 60_000

export const gateway = await gatewayForTests()
afterEach(() => mock.timers.reset())

export const client = (credentials, config) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, credentials, ...config })
export const call = (api) => api.invokeApi({}, '/echo', 'GET')

/** A temporary identity that the gateway knows. */
export async function identity(name, { expiresAtMs } = {}) {
  const made = {
    accessKeyId: `ASIA${name}`,
    secretAccessKey: `secret/of+${name}`,
    sessionToken: `token/of+${name}==`,
  }
  await gateway.identity({ ...made, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) })
  return made
}

/** Who signed what arrived: access key ids, or why it was refused. */
export const arrived = async () =>
  (await gateway.requests()).map(({ verdict }) => (verdict.ok ? verdict.accessKeyId : verdict.kind))

/** A provider that gives one identity after the other (the last one again and again) and counts. */
export function provider(...results) {
  const calls = { count: 0 }
  const give = async () => {
    const result = results[Math.min(calls.count++, results.length - 1)]
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (result instanceof Error) throw result
    return result
  }
  return Object.assign(give, { calls })
}

/** From here on the clock stands still, here and at the gateway, until it is moved. */
export function stopClock() {
  const start = Date.now()
  mock.timers.enable({ apis: ['Date'], now: start })
  return async (ms) => {
    mock.timers.setTime(start + ms)
    await gateway.configure({ clockOffsetMs: ms })
  }
}
