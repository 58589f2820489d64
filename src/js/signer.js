// createSigner: any AWS service, synchronous, no network.

import { NEW_SIGNER, Owner, PRESIGN, SIGN, SIGN_STRING } from './core.js'
import { checked } from './credentials.js'
import { readExplanation, readHeaders, requestFlags } from './fields.js'
import { namedHash } from './payload-hash.js'
import { hashNow } from './platform.js'
import { textOfUrl, timeOf, urlOf } from './signer-values.js'
import {
  bytesOf,
  headerFields,
  isGiven,
  joinedFields,
  namesField,
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

/**
 * @param {any} options see index.d.ts
 */
export function createSigner(options) {
  const { region, service, unsignableHeaders, signableHeaders, ...given } = objectOption('options', options)
  /** What the caller says; nothing is the service's own rule. @type {boolean | undefined} */
  const signPayload = given.signPayload ?? undefined
  const { accessKeyId, secretAccessKey, sessionToken } = checked(given)
  const signsPayload = given.signPayload !== false
  // A signer that could sign nothing is not made.
  timeOf(given.date)
  // No service can tell from the request that its body is not signed.
  if (!signsPayload) given.payloadHeader ??= true
  const signer = new Owner('signer', NEW_SIGNER, [
    accessKeyId,
    secretAccessKey,
    sessionToken ?? '',
    textOption('region', region),
    textOption('service', service),
    ...RULES.map((name) => ruleField(name, given[name])),
    ...namesField('unsignableHeaders', unsignableHeaders),
    ...namesField('signableHeaders', signableHeaders),
  ])
  const dateByDefault = given.date
  /** The last URL: an API is called at few of them, and reading one takes a tenth of a signature. */
  let last = { given: 'https://none/', read: urlOf('https://none/') }

  function readUrl(/** @type {unknown} */ url) {
    if (typeof url !== 'string') return urlOf(url)
    if (url !== last.given) last = { given: url, read: urlOf(url) }
    return last.read
  }

  /** Signs and gives the core's answer. */
  function signed(/** @type {any} */ request, /** @type {boolean} */ explain) {
    const { method = 'GET', url, headers, body, bodyHash, date } = objectOption('request', request)
    const parsed = readUrl(url)
    const payload = payloadOf(body)
    const toHash = signsPayload ? payload : null
    const given = headerFields('headers', headers)
    const named = namedHash(given, parsed.query, textOption('bodyHash', bodyHash), signPayload)
    const hash = named ?? hashNow(toHash)
    const fields = requestFields(method, parsed, given, hash, named === undefined, explain)
    const out = signer.tell(SIGN, fields, timeOf(date ?? dateByDefault), 0, hash === '' ? toHash : null)
    const [path, query] = out
    return { out, method: fields[0], url: textOfUrl({ ...parsed, path, query }), given, body }
  }

  return {
    sign(/** @type {unknown} */ request) {
      const { out, method, url, given, body } = signed(request, false)
      const added = readHeaders(out, 2)
      // A name that is given twice is signed so, and no object can hold it twice.
      const own = given.length > 2 ? joinedFields(given, ',') : given
      /** @type {Record<string, string>} */
      const headers = {}
      for (let i = 0; i < own.length; i += 2) {
        if (!Object.hasOwn(added, own[i].toLowerCase())) headers[own[i]] = own[i + 1]
      }
      return { method, url, headers: Object.assign(headers, added), body }
    },

    presign(/** @type {unknown} */ request) {
      const { method = 'GET', url, headers, bodyHash, expiresIn, date } = objectOption('request', request)
      const parsed = readUrl(url)
      const given = headerFields('headers', headers)
      const hash = namedHash(given, parsed.query, textOption('bodyHash', bodyHash), signPayload) ?? ''
      const fields = requestFields(method, parsed, given, hash, false, false)
      const now = timeOf(date ?? dateByDefault)
      const [path, query] = signer.tell(PRESIGN, fields, now, secondsOption(expiresIn))
      return textOfUrl({ ...parsed, path, query })
    },

    explain(/** @type {unknown} */ request) {
      return readExplanation(signed(request, true).out)
    },

    signString(/** @type {unknown} */ text, /** @type {unknown} */ date) {
      return signer.tell(SIGN_STRING, [textOption('text', text)], timeOf(date ?? dateByDefault))[0]
    },

    destroy() {
      signer.destroy()
    },
  }
}

/** A rule as the core reads it: empty is the service's own. */
function ruleField(/** @type {string} */ name, /** @type {unknown} */ value) {
  if (!isGiven(value)) return ''
  return typedOption(name, value, 'boolean') ? '1' : '0'
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

/**
 * What the core reads of a request.
 *
 * @param {unknown} method
 * @param {import('./signer-values.js').SignerUrl} url
 * @param {string[]} headers
 * @param {string} hash
 * @param {boolean} isDigest whether the hash was worked out here
 * @param {boolean} explain
 */
function requestFields(method, { host, path, query, asGiven }, headers, hash, isDigest, explain) {
  const verb = typedOption('method', method, 'string').toUpperCase()
  const count = String(headers.length / 2)
  return [verb, host, path, query, hash, requestFlags(explain, isDigest, !asGiven), count, ...headers]
}
