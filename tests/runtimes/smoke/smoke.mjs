// The smoke suite of the runtime matrix. It runs in every runtime, so it uses nothing but what all of
// them have: fetch, URL, AbortController, timers.

import { CALLS, PREFLIGHT } from './calls.mjs'
import { FAILURES } from './failures.mjs'
import { SIGNING, SOCKET } from './signing.mjs'
import { controlOf, Failure } from './support.mjs'

/** ms that one check may take. */
const PATIENCE = 60_000

/**
 * @param {any} gatesign what the package exports
 * @param {string} gateway its address; no one else may use it meanwhile
 * @param {{ origin?: string }} [runtime] the page's origin, where requests cross origins
 * @returns {Promise<{ passed: string[], failed: { name: string, error: string }[] }>}
 */
export async function smoke(gatesign, gateway, { origin } = {}) {
  const control = controlOf(gateway)
  const checks = [...CALLS, ...FAILURES, ...SIGNING]
  if (origin) checks.push(PREFLIGHT)
  // Node has a WebSocket from 22 on.
  if (typeof WebSocket === 'function') checks.push(SOCKET)
  const passed = []
  const failed = []
  for (const [name, check] of checks) {
    try {
      await control('POST', 'reset')
      await inTime(check({ gatesign, gateway, control, origin }))
      passed.push(name)
    } catch (error) {
      failed.push({ name, error: error instanceof Failure ? error.message : String(error?.stack ?? error) })
    }
  }
  return { passed, failed }
}

async function inTime(promise) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`not done after ${PATIENCE} ms`)), PATIENCE)
  })
  try {
    await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
