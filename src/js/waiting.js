// Timeouts, delays and the caller's abort signal.

import { callError } from './errors.js'

/**
 * A signal that fires when the caller's does or when the time is over. Nothing is left behind after
 * `end()`: no timer, no listener.
 *
 * @param {AbortSignal | undefined} signal
 * @param {number} timeLeft ms
 */
export function timeLimit(signal, timeLeft) {
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
    signal: controller.signal,
    timedOut: () => late,
    end() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 */
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(canceled(signal))
    const abort = () => {
      clearTimeout(timer)
      reject(canceled(/** @type {AbortSignal} */ (signal)))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve(undefined)
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })
}

export function throwIfAborted(/** @type {AbortSignal | undefined} */ signal) {
  if (signal?.aborted) throw canceled(signal)
}

/** @param {AbortSignal} signal @param {import('./response.js').CallRecord} [record] */
export function canceled(signal, record = NO_REQUEST) {
  return callError('canceled', 'ERR_CANCELED', record, undefined, signal.reason)
}

/** For calls that end before there is a request. */
const NO_REQUEST = {
  config: {},
  requestProperty: { value: undefined, enumerable: true, configurable: true, writable: true },
}
