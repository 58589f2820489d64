// The life of one call: credentials, request, answer, and whether it is sent again. Decisions on
// retries, delays and clocks are the core's; this file waits and sends.

import { SKEW } from './clock.js'
import { ask, EXPONENTIAL_DELAY, IS_RETRYABLE, PREPARE, RETRY_AFTER, SERVER_TIME } from './core.js'
import { callError, networkError } from './errors.js'
import { readHeaders } from './fields.js'
import { hashLarge } from './platform.js'
import { callRecord, readResponse } from './response.js'
import { textOf } from './values.js'
import { canceled, sleep, timeLimit, tooLate } from './waiting.js'

/**
 * Prepares and sends until it succeeds or nothing more is to be tried.
 *
 * @template T
 * @param {import('./config.js').Settings} settings
 * @param {import('./call.js').Call} call
 * @param {(response: Response, record: import('./response.js').CallRecord) => Promise<T> | T} finish makes the result
 * @param {(response: Response) => void} [onFailure] sees each response that is no success before it is read
 * @returns {Promise<T>}
 */
export async function send(settings, call, finish, onFailure) {
  const hashed = call.unsigned ? 'UNSIGNED-PAYLOAD' : settings.signs ? hashLarge(call.payload) : ''
  // Each turn of the loop that is waited for without need costs a call some of its time.
  const hash = typeof hashed === 'string' ? hashed : await hashed
  const fields = call.fields(hash, false)
  const retry = settings.retries === undefined ? undefined : { retries: settings.retries, retryCount: 0 }
  // A stream is read while it is sent: there is nothing left for a second attempt.
  const once = call.payload instanceof ReadableStream
  const { started } = call
  let attemptStarted = started
  let clockCorrected = false
  let tokenRenewed = false
  /** Of the last attempt. @type {import('./response.js').CallRecord | undefined} */
  let record
  for (;;) {
    if (call.signal?.aborted) throw canceled(call.signal, record)
    const from = settings.shouldResetTimeout ? attemptStarted : started
    const current = settings.source?.current() ?? 0
    // A provider cannot be stopped, but the caller need not wait for it.
    const identity =
      typeof current === 'number' ? current : await sleep(remaining(call, from), call.signal, current)
    const timeLeft = remaining(call, from)
    if (identity === undefined || timeLeft <= 0) throw tooLate(call.timeout, record)
    const now = settings.clock.now()
    const prepared = prepare(settings, call, fields, hash, now)
    record = callRecord(prepared, call.payload, call.timeout, retry && { ...retry })
    /** @type {any} */
    let error
    try {
      return await attempt(settings, call, prepared, record, timeLeft, finish, onFailure)
    } catch (failure) {
      error = failure
    }
    const refusal = error.response && refusalOf(error.response)

    // The gateway's clock and an expired token are mended once a call, whatever `retries` says.
    const serverTime = refusal && !clockCorrected && settings.correctClockSkew && skewedTime(refusal, now)
    if (serverTime) {
      clockCorrected = true
      settings.clock.correct(serverTime)
      if (!once) continue
    }
    if (once) throw error
    if (refusal && settings.source && !tokenRenewed && isExpiredToken(refusal)) {
      tokenRenewed = true
      await sleep(remaining(call, from), call.signal, settings.source.renewAfter(identity))
      continue
    }
    if (!retry || !(retry.retryCount < retry.retries) || !(await isRetryable(settings, error))) throw error
    retry.retryCount += 1
    const delay = await delayOf(settings, retry.retryCount, error)
    // When the next attempt cannot start in time, waiting for it would only hide the error.
    if (!settings.shouldResetTimeout && remaining(call, started) <= delay) throw error
    await sleep(delay, call.signal)
    attemptStarted = Date.now()
  }
}

/**
 * The exact request for `now`.
 *
 * @param {import('./config.js').Settings} settings
 * @param {import('./call.js').Call} call
 * @param {string[]} fields
 * @param {string} hash
 * @param {number} now ms since the epoch
 * @returns {import('./response.js').Prepared & { out: string[] }} `out`: the core's answer
 */
export function prepare(settings, call, fields, hash, now) {
  // A stream is never hashed.
  const body = settings.signs && hash === '' ? /** @type {string | Uint8Array | null} */ (call.payload) : null
  const out = settings.core.tell(PREPARE, fields, now, 0, body)
  const [method, url] = out
  // Whatever the arguments were: what was signed is what the platform sends, and to this origin.
  if (new URL(url).href !== url || !url.startsWith(`${settings.origin}/`)) {
    throw new TypeError('the URL would not be sent as it was signed; nothing was sent')
  }
  return { method, url, headers: readHeaders(out, 2), out }
}

/**
 * @typedef {{ status: number, type: string, message: string, date: string }} Refusal
 */

/**
 * One request and its answer.
 *
 * @template T
 * @param {import('./config.js').Settings} settings
 * @param {import('./call.js').Call} call
 * @param {import('./response.js').Prepared} prepared
 * @param {import('./response.js').CallRecord} record
 * @param {number} timeLeft ms; Infinity without a timeout
 * @param {(response: Response, record: import('./response.js').CallRecord) => Promise<T> | T} finish
 * @param {(response: Response) => void} [onFailure]
 * @returns {Promise<T>}
 */
async function attempt(settings, call, prepared, record, timeLeft, finish, onFailure) {
  const limit = timeLimit(call.signal, timeLeft, call.responseType === 'stream')
  const { redirect = 'follow' } = call.init ?? {}
  const guarded = isGuarded(settings, prepared)
  /** @type {any} */
  const init = {
    ...call.init,
    method: prepared.method,
    headers: prepared.headers,
    redirect: guarded && redirect !== 'error' ? 'manual' : redirect,
    signal: limit.signal,
  }
  if (call.payload !== null) init.body = call.payload
  if (call.payload instanceof ReadableStream) init.duplex = 'half'
  let response
  let result
  try {
    response = await fetched(settings.fetch, prepared.url, init)
    if (response.ok) return await finish(response, record)
    onFailure?.(response)
    if (response.type !== 'opaqueredirect') result = await readResponse(response, 'json', record)
  } catch (error) {
    if (limit.timedOut()) throw tooLate(call.timeout, record)
    if (call.signal?.aborted) throw canceled(call.signal, record)
    throw networkError(error, record)
  } finally {
    limit.end()
  }
  throw statusError(response, guarded, record, result)
}

/**
 * The platform's fetch ends with the signal; the caller's own may not know of it, and is left alone then.
 *
 * @param {typeof fetch | undefined} own
 * @param {string} url
 * @param {RequestInit & { signal?: AbortSignal }} init
 * @returns {Promise<any>}
 */
function fetched(own, url, init) {
  if (!own) return fetch(url, init)
  return sleep(Number.POSITIVE_INFINITY, init.signal, Promise.resolve(own(url, init)))
}

/** Whether a request carries a credential, which a redirect would take to wherever it leads. */
function isGuarded(
  /** @type {import('./config.js').Settings} */ settings,
  /** @type {import('./response.js').Prepared} */ { headers },
) {
  return settings.signs || 'x-api-key' in headers || 'x-amz-security-token' in headers
}

const REDIRECTED = 'Redirect refused: a request with credentials does not follow one'

/**
 * @param {Response} response
 * @param {boolean} guarded
 * @param {import('./response.js').CallRecord} record
 * @param {object} [result] none of a redirect that the platform hides
 */
function statusError({ status, headers }, guarded, record, result) {
  if (!result) return callError(REDIRECTED, 'ERR_REDIRECT', record)
  const location = headers.get('location')
  if (guarded && location && status >= 300 && status < 400) {
    const message = `${REDIRECTED} (status ${status}, location ${location.slice(0, 200)})`
    return callError(message, 'ERR_REDIRECT', record, result)
  }
  return callError(`Request failed with status code ${status}`, undefined, record, result)
}

/**
 * @param {any} response as callers get it
 * @returns {Refusal}
 */
function refusalOf({ status, headers, data }) {
  const message = data?.message ?? data?.Message ?? data
  return {
    status,
    type: headers['x-amzn-errortype'] ?? textOf(data?.__type),
    // Cut first: a text that ends in half of a character cannot be asked about.
    message: textOf((typeof message === 'string' ? message : JSON.stringify(message)).slice(0, 4096)),
    date: headers.date,
  }
}

/** The server's time if it refused a signature for its age; NaN otherwise. */
function skewedTime(/** @type {Refusal} */ { status, type, message, date }, /** @type {number} */ now) {
  if (status < 400 || status > 403) return Number.NaN
  // The owner of the API may have replaced the text: a Date far from ours says the same.
  const isSignature = /InvalidSignature|RequestTimeTooSkewed|RequestExpired|SignatureDoesNotMatch/.test(type)
  const shown = isSignature ? Date.parse(date) : Number.NaN
  return ask(SERVER_TIME, [message]) || (Math.abs(shown - now) > 4 * SKEW ? shown : Number.NaN)
}

const isExpiredToken = (/** @type {Refusal} */ refusal) =>
  refusal.type.startsWith('ExpiredToken') ||
  refusal.message.includes('security token included in the request is expired')

/**
 * @param {import('./config.js').Settings} settings
 * @param {any} error
 */
async function isRetryable(settings, error) {
  if (settings.retryCondition) {
    const answer = settings.retryCondition(error)
    if (typeof answer !== 'object') return Boolean(answer)
    try {
      return (await /** @type {Promise<unknown>} */ (answer)) !== false
    } catch {
      return false
    }
  }
  const { data, status = 0, headers } = error.response ?? {}
  const text = `${headers?.['x-amzn-errortype']} ${textOf(data?.message)}`
  const quota = text.includes('LimitExceeded') || text.includes('Limit Exceeded')
  const fields = [error.config.method.toUpperCase(), String(status), textOf(error.code), quota ? '1' : '0']
  return ask(IS_RETRYABLE, fields) === 1
}

/**
 * @param {import('./config.js').Settings} settings
 * @param {number} retryCount
 * @param {any} error
 */
async function delayOf({ retryDelay, clock }, retryCount, error) {
  let delay = 0
  if (retryDelay === 'exponential') delay = ask(EXPONENTIAL_DELAY, [], Math.random(), retryCount)
  else if (typeof retryDelay === 'number') delay = Math.trunc(retryDelay)
  else if (typeof retryDelay === 'function') delay = Number(await retryDelay(retryCount, error))
  const { status, headers } = error.response ?? {}
  const asked =
    status === 429 || status === 503 ? ask(RETRY_AFTER, [textOf(headers['retry-after'])], clock.now()) : 0
  return Math.min(Math.max(delay || 0, asked), 0x7fffffff)
}

/** ms until the call's timeout; Infinity without one. */
function remaining(/** @type {import('./call.js').Call} */ call, /** @type {number} */ since) {
  return call.timeout > 0 ? call.timeout - (Date.now() - since) : Number.POSITIVE_INFINITY
}
