// createSigner: any AWS service, synchronous, no network.

import { checked } from './credentials.js'
import { newSigner, presign, sign, signString } from './jobs.js'
import { namedHash } from './payload-hash.js'
import { hashNow } from './platform.js'
import { textOfUrl, timeOf, urlOf } from './signer-values.js'
import {
  bytesOf,
  headerFields,
  isGiven,
  joinedFields,
  namesOption,
  objectOption,
  secondsOption,
  textOption,
  typedOption,
  typeName,
} from './values.js'

const RULES = [
  'doubleEncodePath',
  'normalizePath',
  'decodeSlashes',
  'signPayload',
  'payloadHeader',
  'omitSessionToken',
]

/** @typedef {Omit<import('./jobs.js').SignerFields, 'region'>} Fields */

/** @type {(fields: Fields, options: any) => import('./core.js').Handle} */
const ofRegion = (fields, { region }) => newSigner({ ...fields, region: textOption('region', region) })

/**
 * @template {{ canonicalRequest: string, credentialScope: string }} T
 * @param {any} options see index.d.ts
 * @param {(explanation: T) => T} warned adds what contradicts the host, where the names of AWS's hosts are known
 * @param {(fields: Fields, options: any) => import('./core.js').Handle} make the module's signer
 */
export function newSignerWith(options, warned, make = ofRegion) {
  // Nothing of the options is kept: their secret would live as long as the signer's functions.
  const { signer, signPayload, dateByDefault } = newSignerOf(options, make)
  /** The last URL: an API is called at few of them, and reading one takes a tenth of a signature. */
  let last = { given: 'https://none/', read: urlOf('https://none/') }

  function readUrl(/** @type {unknown} */ url) {
    if (typeof url !== 'string') return urlOf(url)
    if (url !== last.given) last = { given: url, read: urlOf(url) }
    return last.read
  }

  function read(/** @type {any} */ given, /** @type {boolean} */ explains) {
    const { method = 'GET', url, headers, body, bodyHash, date } = objectOption('request', given)
    const parsed = readUrl(url)
    const payload = payloadOf(body)
    const toHash = signPayload === false ? null : payload
    const pairs = headerFields('headers', headers)
    const named = namedHash(pairs, parsed.query, textOption('bodyHash', bodyHash), signPayload)
    const hash = named ?? hashNow(toHash)
    const request = {
      method: typedOption('method', method, 'string').toUpperCase(),
      host: parsed.host,
      path: parsed.path,
      query: parsed.query,
      hash,
      isDigest: named === undefined,
      explains,
      writesUrl: !parsed.asGiven,
      keepsSignature: parsed.ofSdk,
      headers: pairs,
    }
    return { request, parsed, toHash: hash === '' ? toHash : null, now: timeOf(date ?? dateByDefault) }
  }

  function presigned(/** @type {any} */ given, /** @type {boolean} */ explains) {
    const { request, parsed, toHash, now } = read(given, explains)
    return { parsed, ...presign(signer, request, toHash, secondsOption(given.expiresIn), now) }
  }

  return {
    sign(/** @type {any} */ given) {
      const { request, parsed, toHash, now } = read(given, false)
      const { path, query, headers: added } = sign(signer, request, toHash, now)
      // A name that is given twice is signed so, and no object can hold it twice.
      const own = request.headers.length > 2 ? joinedFields(request.headers, ',') : request.headers
      /** @type {Record<string, string>} */
      const headers = {}
      for (let i = 0; i < own.length; i += 2) {
        if (!Object.hasOwn(added, own[i].toLowerCase())) headers[own[i]] = own[i + 1]
      }
      const url = textOfUrl({ ...parsed, path, query })
      return { method: request.method, url, headers: Object.assign(headers, added), body: given.body }
    },

    presign(/** @type {unknown} */ given) {
      const { parsed, path, query } = presigned(given, false)
      return textOfUrl({ ...parsed, path, query })
    },

    explain(/** @type {any} */ given) {
      if (isGiven(objectOption('request', given).expiresIn)) return warned(presigned(given, true).explanation)
      const { request, toHash, now } = read(given, true)
      return warned(sign(signer, request, toHash, now).explanation)
    },

    signString(/** @type {unknown} */ text, /** @type {unknown} */ date) {
      return signString(signer, textOption('text', text), timeOf(date ?? dateByDefault))
    },

    destroy() {
      signer.destroy()
    },
  }
}

/**
 * The module's signer, and what else its requests need of the options.
 *
 * @param {any} options
 * @param {(fields: Fields, options: any) => import('./core.js').Handle} make
 */
function newSignerOf(options, make) {
  const { service, unsignableHeaders, signableHeaders, ...given } = objectOption('options', options)
  const identity = checked(given)
  /** What the caller says; nothing is the service's own rule. @type {boolean | undefined} */
  const signPayload = given.signPayload ?? undefined
  // A signer that could sign nothing is not made.
  timeOf(given.date)
  // No service can tell from the request that its body is not signed.
  if (signPayload === false) given.payloadHeader ??= true
  const fields = {
    ...identity,
    service: textOption('service', service),
    rules: RULES.map((name) =>
      isGiven(given[name]) ? typedOption(name, given[name], 'boolean') : undefined,
    ),
    unsignableHeaders: namesOption('unsignableHeaders', unsignableHeaders),
    signableHeaders: namesOption('signableHeaders', signableHeaders),
  }
  return { signer: make(fields, options), signPayload, dateByDefault: given.date }
}

/** @returns {string | Uint8Array<ArrayBuffer> | null} */
function payloadOf(/** @type {unknown} */ body) {
  if (!isGiven(body)) return null
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  const bytes = bytesOf(body)
  if (bytes) return bytes
  throw new TypeError(
    `body must be a string, ArrayBuffer, typed array or URLSearchParams; got ${typeName(body)}: give other bodies' SHA-256 in bodyHash`,
  )
}
