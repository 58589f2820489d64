// The arguments of a call, read once: what may be repeated, and what the core needs to make the
// request from.

import { readBody, readFetchBody } from './body.js'
import { TEMPLATE_NAMES, tell } from './core.js'
import { headerFields, joinedFields, numberOption, queryFields, typeName, variableFields } from './values.js'

/**
 * @typedef {object} Call
 * @property {(hash: string, explain: boolean) => string[]} fields what the core's prepare() reads
 * @property {import('./body.js').Payload} payload
 * @property {number} timeout ms, 0 for none
 * @property {AbortSignal | undefined} signal
 * @property {string} responseType
 * @property {boolean} unsigned whether the body is left out of the signature
 * @property {any} [init] what else fetch takes
 */

/**
 * Reads the arguments of invokeApi.
 *
 * @param {import('./config.js').Settings} settings
 * @param {unknown} pathParams
 * @param {unknown} pathTemplate
 * @param {unknown} method
 * @param {any} additionalParams
 * @param {unknown} body
 * @returns {Promise<Call> | Call}
 */
export function readCall(settings, pathParams, pathTemplate, method, additionalParams, body) {
  if (typeof pathTemplate !== 'string' && !(/** @type {any} */ (pathTemplate instanceof String))) {
    throw new TypeError(`pathTemplate must be a string; got ${typeName(pathTemplate)}`)
  }
  if (typeof method !== 'string' && !(/** @type {any} */ (method instanceof String))) {
    throw new TypeError(`method must be a string; got ${typeName(method)}`)
  }
  const template = String(pathTemplate)
  const options = readOptions(additionalParams)
  const headers = headerFields('headers', options.headers)
  const query = queryFields(options.queryParams, settings.repeatArrays)
  const names = template.includes('{') ? tell(TEMPLATE_NAMES, [template]) : []
  const variables = variableFields(names, pathParams)
  const read = readBody(body, contentTypeOf(headers), settings.contentType, options.unsigned)
  const finish = (/** @type {import('./body.js').Body} */ made) => {
    const fields = fieldsOf(['0', template, ...variables], String(method), made, headers, query)
    return Object.assign(options, { payload: made.payload, fields })
  }
  return read instanceof Promise ? read.then(finish) : finish(read)
}

/**
 * Reads the arguments of fetch; the URL is on invokeUrl's origin.
 *
 * @param {URL} url
 * @param {Request | undefined} request
 * @param {any} init
 * @returns {Promise<Call>}
 */
export async function readFetch(url, request, init) {
  const { method = request?.method ?? 'GET', headers: given = request?.headers, body, ...rest } = init ?? {}
  for (const name of request ? OF_REQUEST : []) if (rest[name] === undefined) rest[name] = request?.[name]
  // Only a browser itself may navigate.
  if (rest.mode === 'navigate') rest.mode = 'same-origin'
  const options = readOptions({ headers: given, signal: rest.signal })
  const headers = joinedFields(headerFields('headers', options.headers))
  const made = await readFetchBody(body ?? (await bodyOf(request)), contentTypeOf(headers))
  return {
    ...options,
    init: rest,
    payload: made.payload,
    fields: fieldsOf(['1', url.pathname + url.search, '0'], String(method), made, headers, []),
  }
}

async function bodyOf(/** @type {Request | undefined} */ request) {
  if (!request || request.body === null) return null
  const bytes = await request.clone().arrayBuffer()
  // Firefox does not say whether there is a body: Request.body is undefined there.
  return request.body || bytes.byteLength > 0 ? bytes : null
}

/**
 * What fetch takes from a Request beside method, headers and body.
 *
 * @type {(keyof Request & keyof RequestInit)[]}
 */
const OF_REQUEST = [
  'cache',
  'credentials',
  'integrity',
  'keepalive',
  'mode',
  'redirect',
  'referrer',
  'referrerPolicy',
  'signal',
]

/**
 * What the core's prepare() reads.
 *
 * @param {string[]} target whether it is a whole path, template, variables
 * @param {string} method
 * @param {import('./body.js').Body} body
 * @param {string[]} headers
 * @param {string[]} query
 * @returns {(hash: string, explain: boolean) => string[]}
 */
function fieldsOf(target, method, { payload, contentType }, headers, query) {
  return (hash, explain) => [
    ...target,
    method,
    contentType,
    payload === null ? '0' : '1',
    hash,
    explain ? '1' : '0',
    String(headers.length / 2),
    ...headers,
    String(query.length / 2),
    ...query,
  ]
}

const RESPONSE_TYPES = new Set(['json', 'text', 'arraybuffer', 'blob', 'stream'])

function readOptions(/** @type {any} */ given) {
  if (given !== undefined && given !== null && typeof given !== 'object') {
    throw new TypeError(`additionalParams must be an object; got ${typeName(given)}`)
  }
  const { headers, queryParams, timeout, signal, responseType, signPayload } = given ?? {}
  const ms = Math.trunc(numberOption('timeout', timeout))
  if (ms < 0) throw new TypeError(`timeout must be 0 or more milliseconds; got ${ms}`)
  if (signal !== undefined && signal !== null && typeof signal.addEventListener !== 'function') {
    throw new TypeError(`signal must be an AbortSignal; got ${typeName(signal)}`)
  }
  if (responseType !== undefined && responseType !== null && !RESPONSE_TYPES.has(responseType)) {
    const got =
      typeof responseType === 'string' ? JSON.stringify(responseType.slice(0, 40)) : typeName(responseType)
    throw new TypeError(`responseType must be json, text, arraybuffer, blob or stream; got ${got}`)
  }
  return {
    headers,
    queryParams,
    // A timer cannot wait longer than 2^31 - 1 ms: such a timeout is none.
    timeout: ms > 0x7fffffff ? 0 : ms,
    signal: signal ?? undefined,
    responseType: responseType ?? 'json',
    unsigned: signPayload === false,
  }
}

/** @param {string[]} headers name, value, name, value, … */
export function contentTypeOf(headers) {
  let found = ''
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i].toLowerCase() === 'content-type') found = headers[i + 1]
  }
  return found.trim()
}
