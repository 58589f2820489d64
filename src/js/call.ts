// Reads the arguments of a call once: the options for sending it, and the fields from which the core makes the request.

import type { AdditionalParams } from '../../pkg-template/index.d.ts'
import { type Body, type Payload, readBody, readFetchBody } from './body.ts'
import type { Settings } from './config.ts'
import { type CallFields, templateNames } from './jobs.ts'
import { checkNames } from './misspelt.ts'
import { namedHash, UNSIGNED } from './payload-hash.ts'
import type { CallRecord } from './response.ts'
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
  type Unchecked,
  variableFields,
} from './values.ts'
import { inTime, LONGEST_TIMER } from './waiting.ts'

export interface Call {
  /** The fields from which the module makes the request */
  fields: Omit<CallFields, 'hash' | 'explains'>
  payload: Payload
  /** ms since the epoch */
  started: number
  /** ms; 0 for no timeout */
  timeout: number
  signal: AbortSignal | undefined
  responseType: string
  /** The call's own option */
  signPayload: boolean | undefined
  /** The payload hash, if the caller sets one: then the body is not hashed */
  hash: string | undefined
  /** The last attempt; there is no request before the first one */
  record: CallRecord
  /** Other options for fetch */
  init?: any
}

/** Reads the arguments of invokeApi. */
export function readCall(
  settings: Settings,
  pathParams: unknown,
  pathTemplate: unknown,
  method: unknown,
  additionalParams: unknown,
  body: unknown,
): Promise<Call> | Call {
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
  const reading = readBody(body, contentTypeOf(headers), settings.contentType, options.hash !== undefined)
  const finish = (content: Body) => callOf(options, target, verb, content, headers, parameters)
  return reading instanceof Promise ? inTime(options, reading).then(finish) : finish(reading)
}

/** The options of a call, to detect misspelled ones. */
const NAMES = ['headers', 'queryParams', 'timeout', 'signal', 'responseType', 'signPayload']

/** A string, or a String object. */
const textArgument = (name: string, value: unknown) =>
  typedOption(name, value instanceof String ? String(value) : value, 'string')

/** Reads the arguments of fetch, for a URL on invokeUrl's origin. */
export async function readFetch(
  settings: Settings,
  url: URL,
  request: Request | undefined,
  init: any,
): Promise<Call> {
  const {
    method = request?.method ?? 'GET',
    headers: ownHeaders = request?.headers,
    body,
    ...rest
  } = init ?? {}
  for (const name of request ? OF_REQUEST : []) if (rest[name] === undefined) rest[name] = request?.[name]
  // Only the browser itself may use the mode `navigate`.
  if (rest.mode === 'navigate') rest.mode = 'same-origin'
  const options = readOptions({ headers: ownHeaders, signal: rest.signal }, String(method))
  const headers = joinedFields(headerFields('headers', options.headers), ', ')
  options.hash = hashOf(settings, headers, undefined)
  // The platform's fetch requires it too; a Request's body may be sent again.
  const streams = options.hash !== undefined && rest.duplex === 'half'
  const readContent = async () =>
    readFetchBody(body ?? (await bodyOf(request)), contentTypeOf(headers), streams)
  const content = await inTime(options, readContent())
  const target = { absolute: true, template: url.pathname + url.search, variables: ['0'] }
  return { ...callOf(options, target, String(method), content, headers, []), init: rest }
}

/**
 * The payload hash that the call sets, or else its client: in a header, or UNSIGNED-PAYLOAD for a body that is not
 * signed.
 *
 * @param ofCall the call's `signPayload`
 */
function hashOf(settings: Settings, headers: string[], ofCall: boolean | undefined) {
  const signPayload = ofCall ?? settings.signPayload
  const named = namedHash(headers, '', '', signPayload) ?? namedHash(settings.hashHeader, '', '', signPayload)
  return named ?? (signPayload === false ? UNSIGNED : undefined)
}

async function bodyOf(request: Request | undefined) {
  if (!request || request.body === null) return null
  const bytes = await request.clone().arrayBuffer()
  // In Firefox Request.body is undefined, so it does not say whether there is a body.
  return request.body || bytes.byteLength > 0 ? bytes : null
}

/** The properties of a Request, besides method, headers and body, that are passed to fetch. */
const OF_REQUEST: (keyof Request & keyof RequestInit)[] = [
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

function callOf(
  options: ReturnType<typeof readOptions>,
  target: { absolute: boolean; template: string; variables: string[] },
  method: string,
  { payload, contentType }: Body,
  headers: string[],
  parameters: string[],
): Call {
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

function readOptions(options: unknown, method: string) {
  const { headers, queryParams, timeout, signal, responseType, signPayload } = objectOption<AdditionalParams>(
    'additionalParams',
    options ?? {},
  ) as Unchecked<AdditionalParams> & { signal?: AbortSignal }
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
    hash: undefined as string | undefined,
  }
}

/** @param headers name, value, name, value, … */
export function contentTypeOf(headers: string[]) {
  let found = ''
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i].toLowerCase() === 'content-type') found = headers[i + 1]
  }
  return found.trim()
}
