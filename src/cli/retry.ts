// --retry and related options, with curl's delays.

import type { Arguments } from './options/parse.ts'

export interface Retries {
  most: number
  /** ms; undefined: one second, doubled each time. */
  delay: number | undefined
  /** ms since the start of the process after which there is no further attempt. */
  until: number
}

/** ms: curl's longest delay, also for an answer's Retry-After. */
const LONGEST_DELAY = 600_000

export function readRetries(args: Arguments): Retries {
  const within = args.milliseconds('retry-max-time')
  return {
    most: args.count('retry', 1_000_000) ?? 0,
    delay: args.milliseconds('retry-delay') || undefined,
    until: within ? performance.now() + within : Number.POSITIVE_INFINITY,
  }
}

/** ms before the next attempt; undefined if there is no time left for it. */
export function delayOf(
  { delay, until }: Retries,
  attempt: number,
  { retryAfter }: { retryAfter: string | undefined },
  now: number,
): number | undefined {
  const own = delay ?? 1000 * 2 ** Math.min(attempt, 20)
  const ms = Math.min(retryAfterOf(retryAfter) ?? own, LONGEST_DELAY)
  return now + ms > until ? undefined : ms
}

/** `Retry-After`: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}
