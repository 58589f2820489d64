// diagnose: reads whatever a caller has of a refusal, and asks the core for its cause.

import { readAnswer } from './answer.js'
import * as jobs from './jobs.js'
import { textOf } from './values.js'

/**
 * @param {any} problem a rejection, a result, a Response, { status, headers, body }, or the text of an error
 * @param {any} [explanation] what was signed
 */
export function diagnose(problem, explanation) {
  const given = readAnswer(problem)
  const message = textOf(given.message)
  const code = textOf(given.code)
  const status = String(given.status ?? statusOf(message, code) ?? '')
  const { canonicalRequest: canonical, stringToSign: toSign } = explanation ?? {}
  const { kind, summary, hint, diff, server } = jobs.diagnose({
    status,
    type: textOf(given.type),
    message,
    code,
    canonicalRequest: textOf(canonical),
    stringToSign: textOf(toSign),
  })
  /** @type {Record<string, unknown>} */
  const diagnosis = { kind, summary, hint: given.unread ? hint + UNREAD : hint }
  if (diff) diagnosis.diff = diff
  if (server) diagnosis.server = server
  return diagnosis
}

/** A stream cannot be read without waiting. */
const UNREAD = ' For more pass { status, headers, body: await response.text() }.'

/**
 * The status of an answer of which only the text is known; none for what never had an answer.
 *
 * @param {string} message
 * @param {string} code
 */
function statusOf(message, code) {
  const [, status] = TEXTS.find(([text]) => message.toLowerCase().startsWith(text)) ?? []
  return status ?? (code || NO_ANSWER.test(message) ? undefined : OTHER)
}

/** @type {[string, number][]} What API Gateway and function URLs say without a type. */
const TEXTS = [
  ['forbidden', 403],
  ['unauthorized', 401],
  ['not found', 404],
  ['too many requests', 429],
  ['internal server error', 500],
  ['service unavailable', 503],
]

/** What browsers and runtimes say when there was no answer. */
const NO_ANSWER = /fetch|network|load failed|conn|socket|getaddrinfo/i

/** A status that no rule has: what is told is neither an answer nor the lack of one. */
const OTHER = 1
