// Timeouts, delays and the caller's abort signal.

import { callError } from './errors.js'

/** A timer that is to wait longer fires at once, in ms. */
export const LONGEST_TIMER = 0x7fffffff

/**
 * What may end before its work is done, and what its error shows then.
 *
 * @typedef {Pick<import('./call.js').Call, 'started' | 'timeout' | 'signal' | 'record'>} Limited
 */

/** ms until the call's timeout; Infinity without one. */
export function remaining(/** @type {Limited} */ call, since = call.started) {
  return call.timeout > 0 ? call.timeout - (Date.now() - since) : Number.POSITIVE_INFINITY
}

/**
 * Waits so long, or until `work` is done, whatever becomes of it later.
 *
 * @template T
 * @param {Limited} call
 * @param {number} ms may be Infinity
 * @param {Promise<T>} [work]
 * @returns {Promise<T | undefined>} what `work` gives; undefined if the time was over
 */
export function sleep(call, ms, work) {
  const { signal } = call
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(canceled(call))
    }
    const over = () => {
      end()
      resolve(undefined)
    }
    // A timer would take Infinity for 1 ms.
    const timer = ms < Number.POSITIVE_INFINITY ? setTimeout(over, ms) : undefined
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    work?.finally(end).then(resolve, reject)
  })
}

/**
 * What `work` gives, unless the call ends before.
 *
 * @template T
 * @param {Limited} call
 * @param {Promise<T>} work
 * @param {number} [since] when its time began, in ms since the epoch
 */
export async function inTime(call, work, since) {
  const made = await sleep(call, remaining(call, since), work)
  if (made === undefined) throw tooLate(call)
  return made
}

export function canceled(/** @type {Limited} */ { signal, record }) {
  return callError('canceled', 'ERR_CANCELED', record, undefined, signal?.reason)
}

export function tooLate(/** @type {Limited} */ { timeout, record }) {
  return callError(`timeout of ${timeout}ms exceeded`, 'ECONNABORTED', record)
}
