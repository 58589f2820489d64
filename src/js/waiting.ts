// Timeouts, delays and the caller's abort signal.

import type { Call } from './call.ts'
import { callError } from './errors.ts'

/** The longest delay of a timer in ms; a longer one fires at once. */
export const LONGEST_TIMER = 0x7fffffff

/** Work that may end early, and what its error then shows. */
export type Limited = Pick<Call, 'started' | 'timeout' | 'signal' | 'record'>

/** ms until the call's timeout; Infinity without one. */
export function remaining(call: Limited, since = call.started) {
  return call.timeout > 0 ? call.timeout - (Date.now() - since) : Number.POSITIVE_INFINITY
}

/**
 * Waits for this long, or until `work` is done. It ignores what happens to `work` later.
 *
 * @param ms may be Infinity
 * @returns the result of `work`; undefined if the time is over
 */
export function sleep<T>(call: Limited, ms: number, work?: Promise<T>): Promise<T | undefined> {
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
    // A timer would treat Infinity as 1 ms.
    const timer = ms < Number.POSITIVE_INFINITY ? setTimeout(over, ms) : undefined
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    work?.finally(end).then(resolve, reject)
  })
}

/**
 * The result of `work`, unless the call ends first.
 *
 * @param since when the timeout started, in ms since the epoch
 */
export async function inTime<T>(call: Limited, work: Promise<T>, since?: number) {
  const result = await sleep(call, remaining(call, since), work)
  if (result === undefined) throw tooLate(call)
  return result
}

export function canceled({ signal, record }: Limited) {
  return callError('canceled', 'ERR_CANCELED', record, undefined, signal?.reason)
}

export function tooLate({ timeout, record }: Limited) {
  return callError(`timeout of ${timeout}ms exceeded`, 'ECONNABORTED', record)
}
