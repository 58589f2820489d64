// Time for tests: what a package waits is written down and not waited for, and what a package reads
// as the current time can be set.

import dns from 'node:dns'
import { mock } from 'node:test'

/**
 * While `active`, timers that the old package's retries or ours start fire at once and are written
 * down; those of the platform run as they are. Random numbers are 0.5, so that both packages come to
 * the same delays.
 *
 * @param {boolean | undefined} active
 */
export function watchDelays(active) {
  const seen = []
  if (!active) return { seen, end() {} }
  const real = globalThis.setTimeout
  const timer = mock.method(globalThis, 'setTimeout', (callback, ms, ...args) => {
    // Between this function and the caller are only the frames of the mock.
    const frames = (new Error().stack ?? '').split('\n').slice(1)
    const caller = frames.find((frame) => !/dropin\/time|node:internal\/test_runner/.test(frame)) ?? ''
    const isRetry = !caller.includes('node:')
    if (!isRetry) return real(callback, ms, ...args)
    seen.push(ms)
    return real(callback, 0, ...args)
  })
  const random = mock.method(Math, 'random', () => 0.5)
  return {
    seen,
    end() {
      timer.mock.restore()
      random.mock.restore()
    },
  }
}

/**
 * While `active`, no host name is known: a resolver may answer for any.
 *
 * @param {boolean | undefined} active
 */
export function noHosts(active) {
  if (!active) return { end() {} }
  const lookup = mock.method(dns, 'lookup', (hostname, options, callback = options) => {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
      code: 'ENOTFOUND',
      errno: -3008,
      syscall: 'getaddrinfo',
      hostname,
    })
    process.nextTick(callback, error)
  })
  return { end: () => lookup.mock.restore() }
}

/**
 * Moves `Date`, for what is called in the process; the gateway has its own clock.
 *
 * @param {number} now ms since the epoch
 */
export function setDate(now) {
  mock.timers.reset()
  mock.timers.enable({ apis: ['Date'], now })
}

export const realDate = () => mock.timers.reset()
