// The shape of rejections: the fields of axios's errors, and the reason.

import { reasonOf } from '../diagnose/reason.ts'
import type { CallRecord } from './response.ts'

/** Adds what is kept of its call to a result or an error. */
export function recorded<T extends object>(outcome: T, { config, request }: CallRecord) {
  // A getter in an object literal would cost every call 0.7 µs.
  const property = { enumerable: true, configurable: true, get: request }
  return Object.defineProperty(Object.assign(outcome, { config }), 'request', property)
}

export function callError(
  message: string,
  code: string | undefined,
  record: CallRecord,
  response?: object,
  cause?: unknown,
) {
  const failure = { message, code, config: record.config, response, cause, isAxiosError: true }
  const { diagnosis, isSaid } = reasonOf(failure, record.explain)
  // Callers compare other messages of axios, such as `Network Error`, so these stay as they are.
  const text = isSaid && response && code === undefined ? `${message}: ${diagnosis.summary}` : message
  const error = new Error(text, cause === undefined ? undefined : { cause })
  Object.assign(error, code !== undefined && { code })
  return Object.assign(recorded(error, record), { response, isAxiosError: true, toJSON, diagnosis })
}

const SHOWN = [
  'message',
  'name',
  'description',
  'number',
  'fileName',
  'lineNumber',
  'columnNumber',
  'stack',
  'config',
  'code',
]

function toJSON(this: any) {
  return Object.fromEntries(SHOWN.map((name) => [name, this[name]]))
}

/** The error of a failed fetch, with the codes of Node's http module. */
export function networkError(error: any, record: CallRecord) {
  const outer = error?.cause ?? error
  // Both address families were tried.
  const cause = outer?.errors?.[0] ?? outer
  const itsCode = SAME_CODE.get(cause?.code) ?? cause?.code
  let code = typeof itsCode === 'string' ? itsCode : undefined
  const text = String(cause?.message ?? '')
  let message = (code && text) || 'Network Error'
  if (cause?.code === 'UND_ERR_SOCKET') {
    message = error.message === 'terminated' ? 'aborted' : 'socket hang up'
  } else if (/redirect count exceeded/.test(text)) {
    message = 'Maximum number of redirects exceeded'
    code = 'ERR_FR_TOO_MANY_REDIRECTS'
  } else if (cause?.name === 'HTTPParserError' || code?.startsWith('HPE_')) {
    message = `Parse Error: ${text}`
    code ??= 'HPE_INVALID_CONSTANT'
  }
  return callError(message, code, record, undefined, error)
}

/** The names that other runtimes use for the errors of Node's http module. */
const SAME_CODE = new Map([
  ['UND_ERR_SOCKET', 'ECONNRESET'],
  ['ConnectionRefused', 'ECONNREFUSED'],
  ['ConnectionClosed', 'ECONNRESET'],
  ['ConnectionReset', 'ECONNRESET'],
])
