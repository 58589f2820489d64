// The protocol: one function for each job of the module, with the order of its fields and of its answer. The
// counterpart is src/boundary/jobs.rs, whose functions have the same names; nothing else knows an order. How fields
// and answers cross is in core.js.

import { ask, Handle, tell } from './core.js'

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

/**
 * Names and values of headers or parameters: name, value, name, value, …
 *
 * @typedef {string[]} Pairs
 *
 * @typedef {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string | undefined }} Identity
 *
 * @typedef {object} CallFields what a call asks for
 * @property {boolean} absolute whether the template is a whole path
 * @property {string} template
 * @property {string[]} variables see values.js
 * @property {string} method
 * @property {string} contentType
 * @property {boolean} hasBody
 * @property {string} hash the payload hash; empty if the module is to work it out
 * @property {boolean} isDigest whether the platform has worked it out, so that nobody asked for it
 * @property {boolean} explains
 * @property {Pairs} headers
 * @property {Pairs} parameters
 *
 * @typedef {object} RequestFields what createSigner is to sign
 * @property {string} method
 * @property {string} host
 * @property {string} path
 * @property {string} query
 * @property {string} hash as in a call
 * @property {boolean} isDigest as in a call
 * @property {boolean} explains
 * @property {boolean} writesUrl whether the URL is sent as the answer writes it
 * @property {boolean | undefined} keepsSignature whether what is left of an earlier signature is signed
 * @property {Pairs} headers
 */

const flag = (/** @type {boolean} */ value) => (value ? '1' : '0')
const pairs = (/** @type {Pairs} */ list) => [String(list.length / 2), ...list]
const names = (/** @type {string[]} */ list) => [String(list.length), ...list]

/** What else a request says, in the four bits of a character. */
const flags = (
  /** @type {boolean} */ explains,
  /** @type {boolean} */ isDigest,
  /** @type {boolean} */ writesUrl,
  keepsSignature = false,
) =>
  '0123456789:;<=>?'[
    Number(explains) + 2 * Number(isDigest) + 4 * Number(writesUrl) + 8 * Number(keepsSignature)
  ]

const identityFields = (/** @type {Identity} */ { accessKeyId, secretAccessKey, sessionToken }) => [
  accessKeyId,
  secretAccessKey,
  sessionToken ?? '',
]

/** @param {{ invokeUrl: string, origin: string, region: string, service: string, apiKey: string, accept: string, host: string, signs: boolean, headers: Pairs, unsignableHeaders: string[], signableHeaders: string[] }} options */
export const newClient = (options) =>
  new Handle('client', DESTROY, NEW_CLIENT, [
    options.invokeUrl,
    options.origin,
    options.region,
    options.service,
    options.apiKey,
    options.accept,
    options.host,
    flag(options.signs),
    ...pairs(options.headers),
    ...names(options.unsignableHeaders),
    ...names(options.signableHeaders),
  ])

/**
 * @param {Handle} client
 * @param {Identity} identity
 */
export const setCredentials = (client, identity) => client.tell(SET_CREDENTIALS, identityFields(identity))

/**
 * @param {Handle} client
 * @param {CallFields} call
 * @param {string | Uint8Array | null} body
 * @param {number} now ms since the epoch
 */
export function prepare(client, call, body, now) {
  const answer = client.tell(PREPARE, callFields(call), now, 0, body)
  const [method, url] = answer
  return { method, url, headers: headersAt(answer, 2), explanation: call.explains && explanation(answer) }
}

/**
 * @param {Handle} client
 * @param {CallFields} call
 * @param {number} seconds
 * @param {number} now ms since the epoch
 */
export function presignCall(client, call, seconds, now) {
  const answer = client.tell(PRESIGN_CALL, callFields(call), now, seconds)
  return { url: answer[0], explanation: call.explains && explanation(answer) }
}

const callFields = (/** @type {CallFields} */ call) => [
  flag(call.absolute),
  call.template,
  ...call.variables,
  call.method,
  call.contentType,
  flag(call.hasBody),
  call.hash,
  flags(call.explains, call.isDigest, true),
  ...pairs(call.headers),
  ...pairs(call.parameters),
]

/**
 * @typedef {Identity & { region: string, service: string, rules: (boolean | undefined)[], unsignableHeaders: string[], signableHeaders: string[] }} SignerFields the
 *   rules are doubleEncodePath, normalizePath, decodeSlashes, signPayload, payloadHeader and omitSessionToken;
 *   undefined is the service's own
 */

export const newSigner = (/** @type {SignerFields} */ options) =>
  new Handle('signer', DESTROY, NEW_SIGNER, signerFields(options))

/** With a set of regions in place of one. */
export const newV4aSigner = (/** @type {SignerFields} */ options) =>
  new Handle('signer', DESTROY, NEW_V4A_SIGNER, signerFields(options))

const signerFields = (/** @type {SignerFields} */ options) => [
  ...identityFields(options),
  options.region,
  options.service,
  ...options.rules.map((rule) => (rule === undefined ? '' : flag(rule))),
  ...names(options.unsignableHeaders),
  ...names(options.signableHeaders),
]

/**
 * @param {Handle} signer
 * @param {RequestFields} request
 * @param {string | Uint8Array | null} body
 * @param {number} now ms since the epoch
 */
export function sign(signer, request, body, now) {
  const answer = signer.tell(SIGN, requestFields(request), now, 0, body)
  const [path, query] = answer
  return { path, query, headers: headersAt(answer, 2), explanation: request.explains && explanation(answer) }
}

/**
 * @param {Handle} signer
 * @param {RequestFields} request
 * @param {string | Uint8Array | null} body
 * @param {number} seconds
 * @param {number} now ms since the epoch
 */
export function presign(signer, request, body, seconds, now) {
  const answer = signer.tell(PRESIGN, requestFields(request), now, seconds, body)
  const [path, query] = answer
  return { path, query, explanation: request.explains && explanation(answer) }
}

const requestFields = (/** @type {RequestFields} */ request) => [
  request.method,
  request.host,
  request.path,
  request.query,
  request.hash,
  flags(request.explains, request.isDigest, request.writesUrl, request.keepsSignature),
  ...pairs(request.headers),
]

/**
 * @param {Handle} signer
 * @param {string} text
 * @param {number} now ms since the epoch
 */
export const signString = (signer, text, now) => signer.tell(SIGN_STRING, [text], now)[0]

/** @param {string} template */
export const templateNames = (template) => tell(TEMPLATE_NAMES, [template])

/**
 * What to do about a failed attempt.
 *
 * @param {object} failure
 * @param {string} failure.method
 * @param {string} failure.status empty without a response
 * @param {string} failure.type
 * @param {string} failure.message
 * @param {string} failure.code
 * @param {string} failure.date of the answer
 * @param {string} failure.after its Retry-After
 * @param {boolean} failure.mayCorrect the clock
 * @param {boolean} failure.mayRenew the token
 * @param {boolean} failure.ownCondition whether the caller has a condition for sending again
 * @param {boolean} failure.exponential whether delays grow
 * @param {number} failure.random from 0 to 1
 * @param {number} failure.now ms since the epoch
 * @param {number} failure.attempts how often it would have been sent again, this time counted; 0 if it may not be
 * @returns {{ what: 'stop' | 'clock' | 'token' | 'wait', number: number }} the server's time, or the ms to wait
 */
export function next({ method, status, type, message, code, date, after, ...rest }) {
  const { mayCorrect, mayRenew, ownCondition, exponential } = rest
  const flags = [mayCorrect, mayRenew, ownCondition, exponential].map(flag)
  const random = String(Math.floor(rest.random * 1e6))
  const fields = [method, status, type, message, code, date, after, ...flags, random]
  const number = ask(NEXT, fields, rest.now, rest.attempts)
  if (Number.isNaN(number)) return { what: 'stop', number }
  if (number < 0) return { what: 'token', number }
  // Platforms wait 2^31 ms at most; the core tells no time before 2001.
  return { what: number > 2 ** 31 ? 'clock' : 'wait', number }
}

/**
 * What a host's name says, and what of a signature's scope contradicts it.
 *
 * @param {string} name
 * @param {boolean} isWebSocket
 * @param {string} region of a signature; empty for none
 * @param {string} service
 */
export function host(name, isWebSocket, region, service) {
  const [kind, itsService, itsRegion, apiId, warning] = tell(HOST, [name, flag(isWebSocket), region, service])
  return { kind, service: itsService, region: itsRegion, apiId, warning }
}

/**
 * Reads a count and as many pairs.
 *
 * @param {string[]} answer
 * @param {number} at where the count is
 * @returns {Record<string, string>}
 */
function headersAt(answer, at) {
  const end = at + 1 + 2 * Number(answer[at])
  /** @type {Record<string, string>} */
  const headers = {}
  for (let i = at + 1; i < end; i += 2) headers[answer[i]] = answer[i + 1]
  return headers
}

/**
 * The explanation at the end of an answer.
 *
 * @returns {any} `Explanation` in index.d.ts
 */
function explanation(/** @type {string[]} */ answer) {
  const [canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate] =
    answer.slice(-7)
  return { canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate }
}
