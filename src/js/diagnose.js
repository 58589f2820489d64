// diagnose: reads whatever a caller has of a refusal, and asks the core for its cause.

import * as jobs from './jobs.js'
import { parsed } from './response.js'
import { textOf, typeName } from './values.js'

/**
 * @param {any} problem a rejection, a result, a Response, { status, headers, body }, or the text of an error
 * @param {any} [explanation] what was signed
 */
export function diagnose(problem, explanation) {
  const given = read(problem)
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

/** @returns {{ status?: number, type: unknown, message: unknown, code?: unknown, unread?: boolean }} */
function read(/** @type {any} */ problem) {
  if (typeof problem === 'string') return fromText(problem)
  if (typeof problem !== 'object' || problem === null) {
    throw new TypeError(`diagnose must be given an error, a response or a text; got ${typeName(problem)}`)
  }
  const response = problem.response ?? problem
  if (typeof response.status !== 'number') {
    // A refusal of the AWS SDK has its parts elsewhere.
    const told = problem.$metadata?.httpStatusCode
    const status = typeof told === 'number' ? told : undefined
    const type = status && problem.name
    const code = ABORTS.get(textOf(problem.name)) ?? problem.code ?? problem.cause?.code
    return { status, type, message: problem.message, code }
  }
  const body = response.data ?? response.body
  const { type, message } = typeof body === 'string' ? fromText(body) : fromData(body)
  return {
    status: response.status,
    type: headerOf(response.headers, 'x-amzn-errortype') || type,
    message: message || problem.message,
    code: problem.code,
    unread: typeof body?.getReader === 'function',
  }
}

/** JSON, XML, a log line or the message itself. */
function fromText(/** @type {string} */ text) {
  const data = parsed(text)
  if (typeof data === 'object' && data !== null) return fromData(data)
  const type = /<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1] ?? ''
  return { type, message: type ? unescapeXml(text) : text }
}

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

/** fetch rejects with these names, and their codes are numbers. */
const ABORTS = new Map([
  ['AbortError', 'ERR_CANCELED'],
  ['TimeoutError', 'ECONNABORTED'],
])

function fromData(/** @type {any} */ data) {
  return {
    type: textOf(data?.__type ?? data?.code),
    message: textOf(data?.message ?? data?.Message ?? data?.errorMessage),
  }
}

const unescapeXml = (/** @type {string} */ text) =>
  text.replace(/&#?\w+;/g, (entity) => XML[entity] ?? entity)

/** @type {Record<string, string>} */
const XML = {
  '&#39;': "'",
  '&apos;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&#xA;': '\n',
  '&#10;': '\n',
}

function headerOf(/** @type {any} */ headers, /** @type {string} */ name) {
  if (typeof headers?.get === 'function') return textOf(headers.get(name))
  const [, value] = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name) ?? []
  return textOf(value)
}
