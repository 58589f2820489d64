// The shape of rejections: what callers of axios know.

/**
 * Replaces the values of headers that are credentials.
 *
 * @param {Record<string, string>} headers
 */
export function redacted(headers) {
  const shown = { ...headers }
  for (const name of Object.keys(shown)) if (SECRET.has(name)) shown[name] = '[redacted]'
  return shown
}

const SECRET = new Set([
  'authorization',
  'proxy-authorization',
  'x-amz-security-token',
  'x-api-key',
  'cookie',
])

/**
 * @param {string} message
 * @param {string | undefined} code
 * @param {import('./response.js').CallRecord} record
 * @param {object} [response]
 * @param {unknown} [cause]
 */
export function callError(message, code, record, response, cause) {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause })
  if (code !== undefined) Object.assign(error, { code })
  Object.defineProperty(error, 'config', {
    value: record.config,
    enumerable: true,
    writable: true,
    configurable: true,
  })
  Object.defineProperty(error, 'request', record.requestProperty)
  return Object.assign(error, { response, isAxiosError: true, toJSON })
}

/** @this {any} */
function toJSON() {
  return {
    message: this.message,
    name: this.name,
    description: this.description,
    number: this.number,
    fileName: this.fileName,
    lineNumber: this.lineNumber,
    columnNumber: this.columnNumber,
    stack: this.stack,
    config: this.config,
    code: this.code,
  }
}

/**
 * Message and code of a failed fetch, in the words that Node's http module has for it.
 *
 * @param {any} error
 * @returns {{ message: string, code: string | undefined }}
 */
export function networkFailure(error) {
  let cause = error?.cause ?? error
  // Both address families were tried.
  if (Array.isArray(cause?.errors) && cause.errors.length > 0) cause = cause.errors[0]
  const code = SAME_CODE[cause?.code] ?? cause?.code
  const message = String(cause?.message ?? '')
  if (cause?.code === 'UND_ERR_SOCKET') {
    return { message: error.message === 'terminated' ? 'aborted' : 'socket hang up', code }
  }
  if (/redirect count exceeded/.test(message)) {
    return { message: 'Maximum number of redirects exceeded', code: 'ERR_FR_TOO_MANY_REDIRECTS' }
  }
  if (cause?.name === 'HTTPParserError' || code?.startsWith?.('HPE_')) {
    return { message: `Parse Error: ${message}`, code: code ?? 'HPE_INVALID_CONSTANT' }
  }
  if (typeof code !== 'string') return { message: 'Network Error', code: undefined }
  return { message: message || 'Network Error', code }
}

/**
 * Other runtimes' names for the errors of Node's http module.
 *
 * @type {Record<string, string>}
 */
const SAME_CODE = {
  UND_ERR_SOCKET: 'ECONNRESET',
  ConnectionRefused: 'ECONNREFUSED',
  ConnectionClosed: 'ECONNRESET',
  ConnectionReset: 'ECONNRESET',
}
