// The protocol: one function for each job of the module, with the order of its fields and of its answer. The
// counterpart is src/boundary/jobs.rs, whose functions have the same names; no other file depends on the order. core.ts
// passes the fields and reads the answers.

import { callNumber, callTexts, Handle } from './core.ts'

/** The numbers of the jobs, their places in src/boundary/job.rs. */
const NEW_CLIENT = 0
const SET_CREDENTIALS = 1
const PREPARE = 2
const PRESIGN_CALL = 3
const NEW_SIGNER = 4
const SIGN = 5
const PRESIGN = 6
const SIGN_STRING = 7
const TEMPLATE_NAMES = 8
const NEXT = 9
const DESTROY = 10
const HOST = 11
const NEW_V4A_SIGNER = 12

/** Names and values of headers or parameters: name, value, name, value, … */
export type Pairs = string[]

export type Identity = { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined }

/** The request that a call asks for */
export interface CallFields {
  /** Whether the template is a whole path */
  absolute: boolean
  template: string
  /** See values.ts */
  variables: string[]
  method: string
  contentType: string
  hasBody: boolean
  /** The payload hash; empty if the module has to compute it */
  hash: string
  /** Whether the platform computed the payload hash, so that the caller did not set it */
  isDigest: boolean
  explains: boolean
  headers: Pairs
  parameters: Pairs
}

/** The request that createSigner has to sign */
export interface RequestFields {
  method: string
  host: string
  path: string
  query: string
  /** as in a call */
  hash: string
  /** as in a call */
  isDigest: boolean
  explains: boolean
  /** Whether the URL is sent as the answer returns it */
  writesUrl: boolean
  /** Whether the rest of an earlier signature is signed */
  keepsSignature: boolean | undefined
  headers: Pairs
}

const flag = (value: boolean) => (value ? '1' : '0')
/** How many texts there are, or how many pairs. */
const count = (list: string[], each = 1) => String(list.length / each)

/** Further options of a request, in the four bits of a number. */
const flags = (explains: boolean, isDigest: boolean, writesUrl: boolean, keepsSignature = false) =>
  String(Number(explains) + 2 * Number(isDigest) + 4 * Number(writesUrl) + 8 * Number(keepsSignature))

const identityFields = ({ accessKeyId, secretAccessKey, sessionToken }: Identity) => [
  accessKeyId,
  secretAccessKey,
  sessionToken ?? '',
]

export const newClient = (options: {
  invokeUrl: string
  origin: string
  region: string
  service: string
  apiKey: string
  accept: string
  host: string
  signs: boolean
  headers: Pairs
  unsignableHeaders: string[]
  signableHeaders: string[]
}) =>
  new Handle('client', DESTROY, NEW_CLIENT, [
    options.invokeUrl,
    options.origin,
    options.region,
    options.service,
    options.apiKey,
    options.accept,
    options.host,
    flag(options.signs),
    count(options.headers, 2),
    ...options.headers,
    count(options.unsignableHeaders),
    ...options.unsignableHeaders,
    count(options.signableHeaders),
    ...options.signableHeaders,
  ])

export const setCredentials = (client: Handle, identity: Identity) =>
  client.callTexts(SET_CREDENTIALS, identityFields(identity))

/** @param now ms since the epoch */
export function prepare(client: Handle, call: CallFields, body: string | Uint8Array | null, now: number) {
  const answer = client.callTexts(PREPARE, callFields(call), now, 0, body)
  const [method, url] = answer
  return { method, url, headers: headersAt(answer, 2), explanation: call.explains && explanation(answer) }
}

/** @param now ms since the epoch */
export function presignCall(client: Handle, call: CallFields, seconds: number, now: number) {
  const answer = client.callTexts(PRESIGN_CALL, callFields(call), now, seconds)
  return { url: answer[0], explanation: call.explains && explanation(answer) }
}

const callFields = (call: CallFields) => [
  flag(call.absolute),
  call.template,
  ...call.variables,
  call.method,
  call.contentType,
  flag(call.hasBody),
  call.hash,
  flags(call.explains, call.isDigest, true),
  count(call.headers, 2),
  ...call.headers,
  count(call.parameters, 2),
  ...call.parameters,
]

/**
 * The rules are doubleEncodePath, normalizePath, decodeSlashes, signPayload, payloadHeader and omitSessionToken;
 * undefined is the service's default.
 */
export type SignerFields = Identity & {
  region: string
  service: string
  rules: (boolean | undefined)[]
  unsignableHeaders: string[]
  signableHeaders: string[]
}

export const newSigner = (options: SignerFields) =>
  new Handle('signer', DESTROY, NEW_SIGNER, signerFields(options))

/** The same as newSigner, with a set of regions instead of one. */
export const newV4aSigner = (options: SignerFields) =>
  new Handle('signer', DESTROY, NEW_V4A_SIGNER, signerFields(options))

const signerFields = (options: SignerFields) => [
  ...identityFields(options),
  options.region,
  options.service,
  ...options.rules.map((rule) => (rule === undefined ? '' : flag(rule))),
  count(options.unsignableHeaders),
  ...options.unsignableHeaders,
  count(options.signableHeaders),
  ...options.signableHeaders,
]

/** @param now ms since the epoch */
export function sign(signer: Handle, request: RequestFields, body: string | Uint8Array | null, now: number) {
  const answer = signer.callTexts(SIGN, requestFields(request), now, 0, body)
  const [path, query] = answer
  return { path, query, headers: pairsAt(answer, 2), explanation: request.explains && explanation(answer) }
}

/** @param now ms since the epoch */
export function presign(
  signer: Handle,
  request: RequestFields,
  body: string | Uint8Array | null,
  seconds: number,
  now: number,
) {
  const answer = signer.callTexts(PRESIGN, requestFields(request), now, seconds, body)
  const [path, query] = answer
  return { path, query, explanation: request.explains && explanation(answer) }
}

const requestFields = (request: RequestFields) => [
  request.method,
  request.host,
  request.path,
  request.query,
  request.hash,
  flags(request.explains, request.isDigest, request.writesUrl, request.keepsSignature),
  count(request.headers, 2),
  ...request.headers,
]

/** @param now ms since the epoch */
export const signString = (signer: Handle, text: string, now: number) =>
  signer.callTexts(SIGN_STRING, [text], now)[0]

export const templateNames = (template: string) => callTexts(TEMPLATE_NAMES, [template])

/**
 * What to do about a failed attempt.
 *
 * @returns the server's time, or the ms to wait
 */
export function next({
  method,
  status,
  type,
  message,
  code,
  date,
  after,
  ...rest
}: {
  method: string
  /** Empty if there is no response */
  status: string
  type: string
  message: string
  code: string
  /** The answer's Date header */
  date: string
  /** The answer's Retry-After header */
  after: string
  /** Whether the clock may be corrected */
  mayCorrect: boolean
  /** Whether the token may be renewed */
  mayRenew: boolean
  /** Whether the caller has its own condition for retries */
  ownCondition: boolean
  /** Whether delays grow */
  exponential: boolean
  /** From 0 to 1 */
  random: number
  /** ms since the epoch */
  now: number
  /** The number of retries, including the next one; 0 if no retry is allowed */
  attempts: number
}): { what: 'stop' | 'clock' | 'token' | 'wait'; number: number } {
  const { mayCorrect, mayRenew, ownCondition, exponential } = rest
  const flags = [mayCorrect, mayRenew, ownCondition, exponential].map(flag)
  const random = String(Math.floor(rest.random * 1e6))
  const fields = [method, status, type, message, code, date, after, ...flags, random]
  const number = callNumber(NEXT, fields, rest.now, rest.attempts)
  if (Number.isNaN(number)) return { what: 'stop', number }
  if (number < 0) return { what: 'token', number }
  // Platforms wait 2^31 ms at most; the core returns no time before 2001.
  return { what: number > 2 ** 31 ? 'clock' : 'wait', number }
}

/**
 * What a host's name says, and which part of a signature's scope contradicts it.
 *
 * @param region of the signature; empty for none
 */
export function host(name: string, isWebSocket: boolean, region: string, service: string) {
  const [kind, itsService, itsRegion, apiId, warning] = callTexts(HOST, [
    name,
    flag(isWebSocket),
    region,
    service,
  ])
  return { kind, service: itsService, region: itsRegion, apiId, warning }
}

/**
 * Reads a count and that many pairs.
 *
 * @param at where the count is
 */
const pairsAt = (answer: string[], at: number): Pairs => answer.slice(at + 1, at + 1 + 2 * Number(answer[at]))

function headersAt(answer: string[], at: number): Record<string, string> {
  const pairs = pairsAt(answer, at)
  const headers: Record<string, string> = {}
  for (let i = 0; i < pairs.length; i += 2) headers[pairs[i]] = pairs[i + 1]
  return headers
}

/**
 * The explanation at the end of an answer.
 *
 * @returns `Explanation` in index.d.ts
 */
function explanation(answer: string[]): any {
  const [canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate] =
    answer.slice(-7)
  return { canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate }
}
