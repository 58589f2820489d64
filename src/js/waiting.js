// Timeouts, delays and the caller's abort signal.

import { callError } from './errors.js'

/**
 * A signal that fires when the caller's does or when the time is over. Nothing is left behind after
 * `end()`: no timer, no listener.
 *
 * @param {AbortSignal | undefined} signal
 * @param {number} timeLeft ms
 * @param {boolean} streams whether the answer is read after `end()`, and the caller may abort it then
 */
export function timeLimit(signal, timeLeft, streams) {
  if (timeLeft === Number.POSITIVE_INFINITY) return { signal, timedOut: () => false, end() {} }
  const controller = new AbortController()
  let late = false
  const abort = () => controller.abort(signal?.reason)
  const timer = setTimeout(
    () => {
      late = true
      controller.abort()
    },
    Math.max(timeLeft, 0),
  )
  signal?.addEventListener('abort', abort)
  return {
    signal: (streams && signal && AbortSignal.any?.([signal, controller.signal])) || controller.signal,
    timedOut: () => late,
    end() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}

/**
 * Waits so long, or until `work` is done, whatever becomes of it later.
 *
 * @template T
 * @param {number} ms may be Infinity
 * @param {AbortSignal | undefined} signal
 * @param {Promise<T>} [work]
 * @returns {Promise<T | undefined>} what `work` gives; undefined if the time was over
 */
export function sleep(ms, signal, work) {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(canceled(/** @type {AbortSignal} */ (signal)))
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

/** @param {AbortSignal} signal @param {import('./response.js').CallRecord} [record] */
export function canceled(signal, record = NO_REQUEST) {
  return callError('canceled', 'ERR_CANCELED', record, undefined, signal.reason)
}

/** @param {number} timeout ms @param {import('./response.js').CallRecord} [record] */
export function tooLate(timeout, record = NO_REQUEST) {
  return callError(`timeout of ${timeout}ms exceeded`, 'ECONNABORTED', record)
}

/** For calls that end before there is a request. */
const NO_REQUEST = {
  config: {},
  requestProperty: { value: undefined, enumerable: true, configurable: true, writable: true },
}
