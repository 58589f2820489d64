// Reads whatever is known of a refusal, for the client's decisions and for `diagnose`: the same of both.

import { parsed } from './response.js'
import { textOf, typeName } from './values.js'

/**
 * @typedef {object} Answer
 * @property {number} [status] none of what had no answer
 * @property {unknown} type
 * @property {unknown} message
 * @property {unknown} [code]
 * @property {string} [date] of the answer's headers
 * @property {string} [after] its Retry-After
 * @property {boolean} [unread] whether its body is a stream
 */

/** @returns {Answer} */
export function readAnswer(/** @type {any} */ problem) {
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
    // What `fetch` said is in the cause, in the words of its platform.
    const message = (!code && problem.isAxiosError && problem.cause?.message) || problem.message
    return { status, type, message, code }
  }
  const body = response.data ?? response.body
  const { type, message } = typeof body === 'string' ? fromText(body) : fromData(body)
  return {
    status: response.status,
    type: typeIn(response.headers) || type,
    message: message || told(body) || problem.message,
    code: problem.code,
    date: headerOf(response.headers, 'date'),
    after: headerOf(response.headers, 'retry-after'),
    unread: typeof body?.getReader === 'function',
  }
}

/** All of a body that says it in a way of its own: its owner may have replaced the text. */
function told(/** @type {unknown} */ body) {
  if (typeof body === 'string') return body
  if (Object.prototype.toString.call(body) !== '[object Object]') return ''
  try {
    return JSON.stringify(body)
  } catch {
    return ''
  }
}

/** JSON, XML, a log line or the message itself. */
function fromText(/** @type {string} */ text) {
  const data = parsed(text)
  if (typeof data === 'object' && data !== null) return fromData(data)
  const type = /<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1] ?? ''
  return { type, message: type ? unescapeXml(text) : text }
}

/** fetch rejects with these names, and their codes are numbers. */
const ABORTS = new Map([
  ['AbortError', 'ERR_CANCELED'],
  ['TimeoutError', 'ECONNABORTED'],
])

/** An error of AWS, or AppSync's list of them. */
function fromData(/** @type {any} */ data) {
  const error = data?.errors?.[0] ?? data
  return {
    type: textOf(error?.__type ?? error?.code ?? error?.errorType),
    message: textOf(error?.message ?? error?.Message ?? error?.errorMessage),
  }
}

/** The type that the headers tell; `WafAction` if a web ACL has answered. */
function typeIn(/** @type {any} */ headers) {
  return headerOf(headers, 'x-amzn-waf-action') ? 'WafAction' : headerOf(headers, 'x-amzn-errortype')
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
  if (typeof headers !== 'object' || headers === null) return ''
  if (typeof headers.get === 'function') return textOf(headers.get(name))
  // As the client itself has them; names in another case are looked for one by one.
  if (typeof headers[name] === 'string') return textOf(headers[name])
  const key = Object.keys(headers).find((other) => other.toLowerCase() === name)
  return key === undefined ? '' : textOf(headers[key])
}
