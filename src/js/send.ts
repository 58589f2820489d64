// The life of one call: credentials, request, answer, and retries. The core decides about retries, delays and the
// clock; this file waits and sends.

import { type Answer, readAnswer } from '../diagnose/answer.ts'
import { hider } from '../diagnose/redact.ts'
import type { Call } from './call.ts'
import type { Settings } from './config.ts'
import { callError, networkError } from './errors.ts'
import type { CallFields } from './jobs.ts'
import * as jobs from './jobs.ts'
import { checkQuery } from './payload-hash.ts'
import { hashLarge, ofStreams } from './platform.ts'
import { type CallRecord, callRecord, type Prepared, readResponse } from './response.ts'
import { isA, textOf } from './values.ts'
import { canceled, inTime, LONGEST_TIMER, remaining, sleep, tooLate } from './waiting.ts'

/**
 * Prepares and sends a request until it succeeds or may not be tried again.
 *
 * @param finish makes the result
 * @param onFailure gets each unsuccessful response before it is read
 */
export async function send<T>(
  settings: Settings,
  call: Call,
  finish: (response: Response) => Promise<T> | T,
  onFailure?: (response: Response) => void,
): Promise<T> {
  if (!settings.fetch && !globalThis.fetch) {
    throw new TypeError('fetch must be set in config: this runtime has none')
  }
  const hashed = call.hash ?? (settings.signs && !settings.signature ? hashLarge(call.payload) : '')
  // Every unnecessary await costs the call some time.
  const hash = typeof hashed === 'string' ? hashed : await hashed
  const fields = { ...call.fields, hash, explains: false }
  const retry = settings.retries === undefined ? undefined : { retries: settings.retries, retryCount: 0 }
  // A stream is read while it is sent, so there can be no second attempt.
  const once = isA('ReadableStream', call.payload)
  const { started } = call
  let attemptStarted = started
  let clockCorrected = false
  let tokenRenewed = false
  /** The error of the last attempt. */
  let error: any
  // The call ends with the gateway's answer, which says more than that there are no new credentials.
  const withoutCredentials = (cause: unknown) => {
    throw error?.response ? Object.assign(error, { cause }) : cause
  }
  const timeToRepeat = () => (settings.shouldResetTimeout ? Number.POSITIVE_INFINITY : remaining(call))
  for (;;) {
    if (call.signal?.aborted) throw canceled(call)
    const from = settings.shouldResetTimeout ? attemptStarted : started
    const current = settings.source?.current() ?? 0
    // A provider cannot be stopped, but the caller does not have to wait for it.
    const identity =
      typeof current === 'number' ? current : await inTime(call, current.catch(withoutCredentials), from)
    if (remaining(call, from) <= 0) throw tooLate(call)
    const now = settings.clock.now()
    const prepared = prepare(settings, call, fields, now)
    call.record = callRecord(prepared, call.payload, call.timeout, retry && { ...retry })
    call.record.explain = () => explained(settings, call, fields, now)
    try {
      return await attempt(settings, call, prepared, from, finish, onFailure)
    } catch (failure) {
      error = failure
    }
    const answer = readAnswer(error)
    const mayCorrect = settings.correctClockSkew && !clockCorrected
    const mayRenew = settings.source !== undefined && !tokenRenewed && !once
    const attempts = retry && !once && retry.retryCount < retry.retries ? retry.retryCount + 1 : 0
    const next = nextOf(settings, error, answer, now, { mayCorrect, mayRenew, attempts })

    // Each call corrects the clock and renews an expired token at most once, whatever `retries` says.
    if (next.what === 'clock') {
      clockCorrected = true
      settings.clock.correct(next.number)
      if (once) throw error
      continue
    }
    if (next.what === 'token') {
      tokenRenewed = true
      const renewed = settings.source?.renewAfter(identity) ?? Promise.resolve()
      await sleep(call, remaining(call, from), renewed.catch(withoutCredentials))
      continue
    }
    if (next.what === 'stop' || !retry) throw error
    retry.retryCount += 1
    const delay = await sleep(call, timeToRepeat(), delayOf(settings, retry.retryCount, error, next.number))
    // If the next attempt cannot start in time, because of the delay or of the functions that decide on it, waiting
    // would only hide the error.
    if (delay === undefined || timeToRepeat() <= delay) throw error
    await sleep(call, delay)
    attemptStarted = Date.now()
  }
}

/**
 * The exact request for `now`.
 *
 * @param now ms since the epoch
 */
export function prepare(settings: Settings, { payload, signPayload }: Call, fields: CallFields, now: number) {
  // Streams are never hashed.
  const body = settings.signs && fields.hash === '' ? (payload as string | Uint8Array | null) : null
  const { signature } = settings
  const request = jobs.prepare(settings.handle, fields, body, now)
  const prepared = settings.signs && signature ? signature.sign(request, fields, body, now) : request
  const { url } = prepared
  // Whatever the arguments were, the platform must send what was signed, and to this origin.
  const { href } = new URL(url)
  if (href !== url || !url.startsWith(`${settings.origin}/`)) {
    throw new TypeError('the URL would not be sent as it was signed; nothing was sent')
  }
  if (settings.signs) checkQuery(href, prepared.headers, signPayload ?? settings.signPayload)
  // A separate string: `url` is a slice of the whole answer and would keep the signature in memory.
  return { ...prepared, url: href }
}

/**
 * How a request was signed; undefined if the client was destroyed meanwhile, or does not sign.
 *
 * @param now ms since the epoch
 */
function explained(settings: Settings, call: Call, fields: CallFields, now: number) {
  try {
    return settings.signs
      ? prepare(settings, call, { ...fields, explains: true }, now).explanation
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Sends one request and reads its answer, unless the call ends first.
 *
 * @param from when the timeout started, in ms since the epoch
 */
async function attempt<T>(
  settings: Settings,
  call: Call,
  prepared: Prepared,
  from: number,
  finish: (response: Response) => Promise<T> | T,
  onFailure?: (response: Response) => void,
): Promise<T> {
  const { signal, timeout, responseType } = call
  const stop = timeout > 0 ? new AbortController() : undefined
  // A stream is read after the timeout stopped counting, and the caller may still abort it then.
  const both = responseType === 'stream' && signal && stop && AbortSignal.any?.([signal, stop.signal])
  const answer = exchange(settings, call, prepared, both || (stop?.signal ?? signal), finish, onFailure)
  try {
    // The platform's fetch ends with its signal; the caller's own fetch may ignore it, and is not waited for.
    return await (stop || signal ? inTime(call, answer, from) : answer)
  } catch (error) {
    stop?.abort(signal?.reason)
    throw signal?.aborted ? canceled(call) : error
  }
}

async function exchange<T>(
  settings: Settings,
  call: Call,
  { method, url, headers }: Prepared,
  signal: AbortSignal | undefined,
  finish: (response: Response) => Promise<T> | T,
  onFailure?: (response: Response) => void,
): Promise<T> {
  const { redirect = 'follow' } = call.init ?? {}
  const guarded = isGuarded(settings, headers)
  const init: any = {
    ...call.init,
    method,
    headers,
    redirect: guarded && redirect !== 'error' ? 'manual' : redirect,
    signal,
  }
  if (call.payload !== null) init.body = call.payload
  let result: Awaited<ReturnType<typeof readResponse>> | undefined
  try {
    if (isA('ReadableStream', call.payload)) {
      Object.assign(init, ofStreams)
      // Node's fetch would read it to its end, even after its signal aborted.
      if (signal) init.body = init.body.pipeThrough(new TransformStream(), { signal })
    }
    const response = await (settings.fetch ?? fetch)(url, init)
    if (response.ok) return await finish(response)
    onFailure?.(response)
    if (response.type !== 'opaqueredirect') {
      result = await readResponse(response, 'json', call.record, hider(headers))
    }
  } catch (error) {
    throw networkError(error, call.record)
  }
  throw statusError(guarded, call.record, result)
}

/** Whether a request contains a credential, which a redirect would send to another server. */
function isGuarded(settings: Settings, headers: Record<string, string>) {
  return settings.signs || 'x-api-key' in headers || 'x-amz-security-token' in headers
}

/** @param result absent for a redirect that the platform hides */
function statusError(guarded: boolean, record: CallRecord, result?: any) {
  let message = 'Redirect refused: a request with credentials does not follow one'
  if (result) {
    const { status, headers } = result
    const { location } = headers
    if (!guarded || !location || status < 300 || status >= 400) {
      return callError(`Request failed with status code ${status}`, undefined, record, result)
    }
    message += ` (status ${status}, location ${location.slice(0, 200)})`
  }
  return callError(message, 'ERR_REDIRECT', record, result)
}

/**
 * Asks the core what to do about a failed attempt.
 *
 * @param error as callers get it
 * @param now ms since the epoch
 * @param allowed `attempts`: the number of retries, including the next one; 0 if no retry is allowed
 */
function nextOf(
  settings: Settings,
  error: any,
  answer: Answer,
  now: number,
  { mayCorrect, mayRenew, attempts }: { mayCorrect: boolean; mayRenew: boolean; attempts: number },
) {
  const { status, type, message, code, date, after } = answer
  return jobs.next({
    method: error.config.method.toUpperCase(),
    status: String(status ?? ''),
    type: textOf(type),
    // Cut first: the outer textOf replaces half of a character at the end.
    message: textOf(textOf(message).slice(0, 4096)),
    code: textOf(code),
    date: textOf(date),
    after: textOf(after),
    mayCorrect,
    mayRenew,
    attempts,
    ownCondition: settings.retryCondition !== undefined,
    exponential: settings.retryDelay === 'exponential',
    random: Math.random(),
    now,
  })
}

/** Whether the caller's condition, if there is one, allows another attempt. */
async function isAllowed(settings: Settings, error: unknown) {
  if (!settings.retryCondition) return true
  const answer = settings.retryCondition(error)
  if (typeof answer !== 'object') return Boolean(answer)
  try {
    return (await (answer as Promise<unknown>)) !== false
  } catch {
    return false
  }
}

/**
 * @param least ms
 * @returns ms until the next attempt; undefined if there is none
 */
async function delayOf(
  settings: Settings,
  retryCount: number,
  error: any,
  least: number,
): Promise<number | undefined> {
  if (!(await isAllowed(settings, error))) return
  const { retryDelay } = settings
  let delay = 0
  if (typeof retryDelay === 'number') delay = Math.trunc(retryDelay)
  else if (typeof retryDelay === 'function') delay = Number(await retryDelay(retryCount, error))
  return Math.min(Math.max(delay || 0, least), LONGEST_TIMER)
}
