// Reads everything known about a refusal, in the same way for the client's decisions and for `diagnose`.

import { parsed } from '../js/response.ts'
import { textOf, typeName } from '../js/values.ts'
import { before } from './text.ts'

export interface Answer {
  /** Absent if there was no answer. */
  status?: number | undefined
  type: unknown
  message: unknown
  code?: unknown
  /** Of the answer's headers. */
  date?: string
  /** Its Retry-After. */
  after?: string
  /** Whether its body is a stream. */
  unread?: boolean
}

/** Anything as an object, whose fields may be there or not. */
export const fieldsOf = (value: unknown): Record<string, unknown> => Object(value ?? {})

export function readAnswer(problem: unknown): Answer {
  if (typeof problem === 'string') return fromText(problem)
  if (typeof problem !== 'object' || problem === null) {
    throw new TypeError(`diagnose must be given an error, a response or a text; got ${typeName(problem)}`)
  }
  const error = fieldsOf(problem)
  const response = fieldsOf(error.response ?? error)
  const { status, headers } = response
  if (typeof status !== 'number') return withoutAnswer(error)
  const body = response.data ?? response.body
  const { type, message } = typeof body === 'string' ? fromText(body) : fromData(body)
  return {
    status,
    type: typeIn(headers) || type,
    message: message || wholeOf(body) || error.message,
    code: error.code,
    date: headerOf(headers, 'date'),
    after: headerOf(headers, 'retry-after'),
    unread: typeof fieldsOf(body).getReader === 'function',
  }
}

function withoutAnswer(error: Record<string, unknown>): Answer {
  // A refusal of the AWS SDK has its parts elsewhere.
  const { httpStatusCode } = fieldsOf(error.$metadata)
  const status = typeof httpStatusCode === 'number' ? httpStatusCode : undefined
  const cause = fieldsOf(error.cause)
  const code = ABORTS.get(textOf(error.name)) ?? error.code ?? cause.code
  // The cause has fetch's own error, in the platform's words.
  const message = (!code && error.isAxiosError && cause.message) || error.message
  return { status, type: status ? plainType(textOf(error.name)) : '', message, code }
}

/** All of a body that says it in a way of its own: its owner may have replaced the text. */
function wholeOf(body: unknown): string {
  if (typeof body === 'string') return body
  if (Object.prototype.toString.call(body) !== '[object Object]') return ''
  try {
    return JSON.stringify(body)
  } catch {
    return ''
  }
}

/** JSON, XML, a log line or the message itself. */
function fromText(text: string): { type: string; message: string } {
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
function fromData(data: unknown): { type: string; message: string } {
  const error = fieldsOf(fieldsOf(fieldsOf(data).errors)[0] ?? data)
  return {
    type: plainType(textOf(error.__type ?? error.code ?? error.errorType)),
    message: textOf(error.message ?? error.Message ?? error.errorMessage),
  }
}

/** The type in the headers; `WafAction` if a web ACL has answered. */
function typeIn(headers: unknown): string {
  return headerOf(headers, 'x-amzn-waf-action')
    ? 'WafAction'
    : plainType(headerOf(headers, 'x-amzn-errortype'))
}

/** A type without namespace, URL and what follows it: `x#ExpiredTokenException:http://…` is `ExpiredTokenException`. */
function plainType(type: string): string {
  return before(type, /[:,]/).split('#').pop()?.trim() ?? ''
}

const unescapeXml = (text: string) => text.replace(/&#?\w{1,4};/g, (entity) => XML.get(entity) ?? entity)

const XML = new Map([
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&quot;', '"'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&#xA;', '\n'],
  ['&#10;', '\n'],
])

function headerOf(container: unknown, name: string): string {
  if (typeof container !== 'object') return ''
  const headers = fieldsOf(container)
  if (typeof headers.get === 'function') return textOf(headers.get(name))
  // As the client itself has them; names in another case are looked for one by one.
  const key = Object.hasOwn(headers, name)
    ? name
    : Object.keys(headers).find((other) => other.toLowerCase() === name)
  return key === undefined ? '' : textOf(headers[key])
}
