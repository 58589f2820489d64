// The arguments of a call, read once: what may be repeated, and what the core needs to make the
// request from.

import { readBody, readFetchBody } from './body.js'
import { templateNames } from './jobs.js'
import { checkNames } from './misspelt.js'
import { namedHash, UNSIGNED } from './payload-hash.js'
import {
  choiceOption,
  headerFields,
  isGiven,
  joinedFields,
  mustBe,
  numberOption,
  objectOption,
  queryFields,
  typedOption,
  variableFields,
} from './values.js'
import { inTime, LONGEST_TIMER } from './waiting.js'

/**
 * @typedef {object} Call
 * @property {Omit<import('./jobs.js').CallFields, 'hash' | 'explains'>} fields what the module makes the request from
 * @property {import('./body.js').Payload} payload
 * @property {number} started ms since the epoch
 * @property {number} timeout ms, 0 for none
 * @property {AbortSignal | undefined} signal
 * @property {string} responseType
 * @property {boolean | undefined} signPayload the call's own
 * @property {string | undefined} hash the payload hash, if the caller names it: then the body is not hashed
 * @property {import('./response.js').CallRecord} record of the last attempt; before one it has no request
 * @property {any} [init] what else fetch takes
 */

/**
 * Reads the arguments of invokeApi.
 *
 * @param {import('./config.js').Settings} settings
 * @param {unknown} pathParams
 * @param {unknown} pathTemplate
 * @param {unknown} method
 * @param {unknown} additionalParams
 * @param {unknown} body
 * @returns {Promise<Call> | Call}
 */
export function readCall(settings, pathParams, pathTemplate, method, additionalParams, body) {
  const template = textArgument('pathTemplate', pathTemplate)
  const verb = textArgument('method', method)
  if (typeof additionalParams === 'object' && additionalParams !== null) {
    checkNames('additionalParams', additionalParams, NAMES)
  }
  const options = readOptions(additionalParams, verb)
  const headers = headerFields('headers', options.headers)
  options.hash = hashOf(settings, headers, options.signPayload)
  const parameters = queryFields(options.queryParams, settings.repeatArrays)
  const names = template.includes('{') ? templateNames(template) : []
  const target = { absolute: false, template, variables: variableFields(names, pathParams) }
  const read = readBody(body, contentTypeOf(headers), settings.contentType, options.hash !== undefined)
  const finish = (/** @type {import('./body.js').Body} */ made) =>
    callOf(options, target, verb, made, headers, parameters)
  return read instanceof Promise ? inTime(options, read).then(finish) : finish(read)
}

/** The options of a call, for those that are nearly one. */
const NAMES = ['headers', 'queryParams', 'timeout', 'signal', 'responseType', 'signPayload']

/** A text, or an object that is one. */
const textArgument = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  typedOption(name, value instanceof String ? String(value) : value, 'string')

/**
 * Reads the arguments of fetch; the URL is on invokeUrl's origin.
 *
 * @param {import('./config.js').Settings} settings
 * @param {URL} url
 * @param {Request | undefined} request
 * @param {any} init
 * @returns {Promise<Call>}
 */
export async function readFetch(settings, url, request, init) {
  const { method = request?.method ?? 'GET', headers: given = request?.headers, body, ...rest } = init ?? {}
  for (const name of request ? OF_REQUEST : []) if (rest[name] === undefined) rest[name] = request?.[name]
  // Only a browser itself may navigate.
  if (rest.mode === 'navigate') rest.mode = 'same-origin'
  const options = readOptions({ headers: given, signal: rest.signal }, String(method))
  const headers = joinedFields(headerFields('headers', options.headers), ', ')
  options.hash = hashOf(settings, headers, undefined)
  // As the platform's fetch, which asks for it; a Request's may be one that is sent again.
  const streams = options.hash !== undefined && rest.duplex === 'half'
  const read = async () => readFetchBody(body ?? (await bodyOf(request)), contentTypeOf(headers), streams)
  const made = await inTime(options, read())
  const target = { absolute: true, template: url.pathname + url.search, variables: ['0'] }
  return { ...callOf(options, target, String(method), made, headers, []), init: rest }
}

/**
 * The payload hash that a call names, or else its client: a header's own, or that of a body that is not signed.
 *
 * @param {import('./config.js').Settings} settings
 * @param {string[]} headers
 * @param {boolean | undefined} ofCall its `signPayload`
 */
function hashOf(settings, headers, ofCall) {
  const signPayload = ofCall ?? settings.signPayload
  const named = namedHash(headers, '', '', signPayload) ?? namedHash(settings.hashHeader, '', '', signPayload)
  return named ?? (signPayload === false ? UNSIGNED : undefined)
}

async function bodyOf(/** @type {Request | undefined} */ request) {
  if (!request || request.body === null) return null
  const bytes = await request.clone().arrayBuffer()
  // Firefox does not say whether there is a body: Request.body is undefined there.
  return request.body || bytes.byteLength > 0 ? bytes : null
}

/**
 * What fetch takes from a Request besides method, headers and body.
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
 * @param {ReturnType<typeof readOptions>} options
 * @param {{ absolute: boolean, template: string, variables: string[] }} target
 * @param {string} method
 * @param {import('./body.js').Body} body
 * @param {string[]} headers
 * @param {string[]} parameters
 * @returns {Call}
 */
function callOf(options, target, method, { payload, contentType }, headers, parameters) {
  return Object.assign(options, {
    payload,
    fields: {
      ...target,
      method,
      contentType,
      hasBody: payload !== null,
      isDigest: options.hash === undefined,
      headers,
      parameters,
    },
  })
}

/**
 * @param {unknown} given
 * @param {string} method
 */
function readOptions(given, method) {
  const { headers, queryParams, timeout, signal, responseType, signPayload } = objectOption(
    'additionalParams',
    given ?? {},
  )
  const ms = Math.trunc(numberOption('timeout', timeout))
  if (ms < 0) throw mustBe('timeout', '0 or more milliseconds', ms, true)
  if (typeof signal?.addEventListener !== 'function' && isGiven(signal)) {
    throw mustBe('signal', 'an AbortSignal', signal)
  }
  const limit = ms > LONGEST_TIMER ? 0 : ms
  return {
    headers,
    queryParams,
    started: Date.now(),
    timeout: limit,
    record: { config: { method: method.toLowerCase(), timeout: limit } },
    signal: signal ?? undefined,
    responseType: choiceOption('responseType', responseType, [
      'json',
      'text',
      'arraybuffer',
      'blob',
      'stream',
    ]),
    signPayload: isGiven(signPayload) ? typedOption('signPayload', signPayload, 'boolean') : undefined,
    hash: /** @type {string | undefined} */ (undefined),
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
