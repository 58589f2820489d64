// Starts the local gateway for a test file, and talks to its control routes.

import { startServer } from './server-process.mjs'

/** Example identities of the gateway; its README lists them. */
export const LONG_LIVED = {
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
export const API_KEY = 'd41d8cd98f00b204e9800998ecf8427eEXAMPLE'
export const REGION = 'us-east-1'

/**
 * @param {string[]} options for the gateway's command line
 */
export async function startGateway(options = []) {
  const binary = process.env.GATEWAY_BIN
  if (!binary) throw new Error('GATEWAY_BIN must name the gateway binary (cargo xtask test sets it)')
  const { url, stop } = await startServer('the gateway', binary, ['--quiet', ...options], {
    address: /listening on (http:\S+)/,
    from: 'stdout',
    errors: 'inherit',
  })
  const control = async (method, path, body) => {
    const response = await fetch(`${url}/__gateway/${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url,
    control,
    reset: () => control('POST', 'reset'),
    requests: () => control('GET', 'requests'),
    fault: (rule) => control('POST', 'faults', rule),
    configure: (config) => control('POST', 'config', config),
    identity: (identity) => control('POST', 'identities', identity),
    stats: () => control('GET', 'stats'),
    /** Resolves when its port is closed. */
    stop,
  }
}

/** One call in twenty meets a fault of those that let no effect happen: a rejection says that there was none. */
export async function failOneInTwenty(gateway) {
  for (const [seed, action] of [
    [1, { type: 'status', status: 503 }],
    [2, { type: 'throttle' }],
    [3, { type: 'resetBeforeHeaders' }],
    [4, { type: 'truncateBody' }],
    [5, { type: 'garbage' }],
  ])
    await gateway.fault({ probability: 0.0102, seed, action })
}
