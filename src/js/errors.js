// The shape of rejections: what callers of axios know.

/** Headers whose values are credentials, as in src/client/headers.rs; one that may have another's in it comes first. */
const SECRET = [
  'cookie',
  'authorization',
  'proxy-authorization',
  'x-amz-security-token',
  'x-amz-s3session-token',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-api-key',
]

/**
 * Replaces the values of headers that are credentials.
 *
 * @param {Record<string, string>} headers
 */
export function redacted(headers) {
  /** @type {Record<string, string>} */
  const shown = {}
  for (const name of Object.keys(headers)) {
    shown[name] = SECRET.includes(name) ? '[redacted]' : copied(headers[name])
  }
  return shown
}

/**
 * A text of its own: engines keep a whole text as long as a part of it lives, and the module's answer has the
 * signature and the session token in it.
 *
 * @param {string} text
 */
const copied = (text) => (text.length > 12 ? ` ${text}`.slice(1) : text)

/**
 * Hides the credentials of a request in what the answer repeats of it: gateways show the whole canonical
 * request when a signature does not match. In the form of the core (src/client/redact.rs), so that
 * `diagnose` finds both sides alike.
 *
 * @param {Record<string, string>} headers
 * @returns {(key: string, value: any) => any} for JSON.parse; hides them in texts, numbers and names
 */
export function hider(headers) {
  const values = SECRET.map((name) => headers[name] ?? '')
  // Shorter values would match unrelated text.
  const secrets = values
    .flatMap((value) => [value, encodeURIComponent(value)])
    .filter(({ length }) => length > 7)
  const shown = (/** @type {string} */ secret) => `[redacted: ${secret.length} characters]`
  const hidden = (/** @type {string} */ text) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, shown(secret)), text)
  return (_, value) => {
    if (typeof value === 'string') return hidden(value)
    if (typeof value === 'number') {
      // A number of many digits is rounded when it is read.
      const secret = secrets.find((secret) => `${value}`.includes(secret) || Number(secret) === value)
      return secret === undefined ? value : shown(secret)
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const entries = Object.entries(value)
    if (entries.every(([name]) => hidden(name) === name)) return value
    return Object.fromEntries(entries.map(([name, value]) => [hidden(name), value]))
  }
}

/**
 * Adds to a result or an error what is kept of its call.
 *
 * @template {object} T
 * @param {T} outcome
 * @param {import('./response.js').CallRecord} record
 */
export function recorded(outcome, { config, request }) {
  // A getter in an object literal costs every call 0.7 µs.
  const property = { enumerable: true, configurable: true, get: request }
  return Object.defineProperty(Object.assign(outcome, { config }), 'request', property)
}

/**
 * @param {string} message
 * @param {string | undefined} code
 * @param {import('./response.js').CallRecord} record
 * @param {object} [response]
 * @param {unknown} [cause]
 */
export function callError(message, code, record, response, cause) {
  const error = new Error(message, cause === undefined ? undefined : { cause })
  Object.assign(error, code !== undefined && { code })
  return Object.assign(recorded(error, record), { response, isAxiosError: true, toJSON })
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

/** @this {any} */
function toJSON() {
  return Object.fromEntries(SHOWN.map((name) => [name, this[name]]))
}

/**
 * A failed fetch, in the words that Node's http module has for it.
 *
 * @param {any} error
 * @param {import('./response.js').CallRecord} record
 */
export function networkError(error, record) {
  const outer = error?.cause ?? error
  // Both address families were tried.
  const cause = outer?.errors?.[0] ?? outer
  const given = SAME_CODE.get(cause?.code) ?? cause?.code
  let code = typeof given === 'string' ? given : undefined
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

/** Other runtimes' names for the errors of Node's http module. */
const SAME_CODE = new Map([
  ['UND_ERR_SOCKET', 'ECONNRESET'],
  ['ConnectionRefused', 'ECONNREFUSED'],
  ['ConnectionClosed', 'ECONNRESET'],
  ['ConnectionReset', 'ECONNRESET'],
])
