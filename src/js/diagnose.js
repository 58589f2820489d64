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
  const { kind, summary, hint, denied, diff, server } = jobs.diagnose({
    status,
    type: textOf(given.type),
    message,
    code,
    canonicalRequest: textOf(canonical),
    stringToSign: textOf(toSign),
  })
  /** @type {Record<string, unknown>} */
  const diagnosis = { kind, summary, hint: given.unread ? hint + UNREAD : hint }
  const seen = seenIn(kind, problem)
  if (seen) diagnosis.summary = `${summary} ${seen}`
  for (const [name, text] of Object.entries(denied)) if (text) diagnosis[name] = text
  if (diff) diagnosis.diff = diff
  if (server) diagnosis.server = server
  return diagnosis
}

/**
 * What the refused call itself shows of the cause, in one sentence; empty if nothing, or if the call is not known.
 *
 * @param {string} kind
 * @param {any} problem
 */
function seenIn(kind, problem) {
  const { url, headers } = problem?.config ?? {}
  if (typeof url !== 'string' || typeof headers !== 'object' || headers === null) return ''
  if (kind === 'InvalidClientTokenId') {
    return 'x-amz-security-token' in headers
      ? 'A session token was sent: it may belong to another access key.'
      : 'No session token was sent.'
  }
  if (kind !== 'MissingAuthenticationToken') return ''
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/, '').split(/[?#]/)[0]
  const [found] = SHOWS.filter(([form]) => form.test(path))
  if (found) return found[1]
  return 'authorization' in headers
    ? 'This call was signed.'
    : 'This call was not signed: it has no credentials.'
}

/** @type {[RegExp, string][]} What a path shows; the first that it has. */
const SHOWS = [
  [/https?:|https?%3A/i, 'Its path has a whole URL in it: pathTemplate is joined to invokeUrl.'],
  [/\{|%7B/i, 'Its path has a variable that was not filled in.'],
  [/\/:[a-z]|\/%3A[a-z]/i, 'Its path has a variable in the form :name; templates write {name}.'],
  [/\/\/|\/undefined(?:\/|$)|\/null(?:\/|$)/, 'Its path has an empty part: a variable was empty.'],
  [/^\/?$/, 'Its path is empty: the stage is missing.'],
]

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
