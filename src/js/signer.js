// createSigner: any AWS service, synchronous, no network.

import { NEW_SIGNER, Owner, PRESIGN, SIGN, SIGN_STRING } from './core.js'
import { checked } from './credentials.js'
import { readExplanation, readHeaders } from './fields.js'
import { hashNow } from './platform.js'
import {
  bytesOf,
  headerFields,
  isGiven,
  joinedFields,
  mustBe,
  objectOption,
  scalar,
  secondsOption,
  textOption,
  typedOption,
  typeName,
} from './values.js'

const RULES = ['doubleEncodePath', 'normalizePath', 'signPayload', 'payloadHeader', 'omitSessionToken']

/**
 * @param {any} options see index.d.ts
 */
export function createSigner(options) {
  const { region, service, unsignableHeaders, signableHeaders, ...given } = objectOption('options', options)
  const { accessKeyId, secretAccessKey, sessionToken } = checked(given)
  const signsPayload = given.signPayload !== false
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
    const hash = bodyHash === undefined ? hashNow(toHash) : textOption('bodyHash', bodyHash)
    const given = headerFields('headers', headers)
    const fields = requestFields(method, parsed, given, hash, explain)
    const out = signer.tell(SIGN, fields, timeOf(date ?? dateByDefault), 0, hash === '' ? toHash : null)
    return { out, method: fields[0], url: textOfUrl(parsed), given, body }
  }

  return {
    sign(/** @type {unknown} */ request) {
      const { out, method, url, given, body } = signed(request, false)
      const added = readHeaders(out, 0)
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
      const fields = requestFields(method, parsed, given, textOption('bodyHash', bodyHash), false)
      const now = timeOf(date ?? dateByDefault)
      const [query] = signer.tell(PRESIGN, fields, now, secondsOption(expiresIn))
      return textOfUrl({ ...parsed, query })
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

const textOfUrl = (/** @type {{ protocol: string, host: string, path: string, query: string }} */ url) =>
  `${url.protocol}//${url.host}${url.path}${url.query === '' ? '' : `?${url.query}`}`

/** A rule as the core reads it: empty is the service's own. */
function ruleField(/** @type {string} */ name, /** @type {unknown} */ value) {
  if (!isGiven(value)) return ''
  return typedOption(name, value, 'boolean') ? '1' : '0'
}

/**
 * @param {string} option
 * @param {unknown} given
 * @returns {string[]} a count, then the names
 */
function namesField(option, given) {
  const names = given ?? []
  if (!Array.isArray(names)) throw mustBe(option, 'an array of header names', names)
  return [String(names.length), ...names.map((name) => scalar(option, name).toLowerCase())]
}

/**
 * @returns {{ protocol: string, host: string, path: string, query: string }}
 */
function urlOf(/** @type {any} */ url) {
  if (typeof url === 'object' && url !== null && !(url instanceof URL)) {
    const { protocol = 'https:', host, path, query = '' } = url
    const parts = { protocol, host, path, query }
    for (const [name, text] of Object.entries(parts)) typedOption(`url.${name}`, text, 'string')
    return parts
  }
  const { protocol, host, pathname, search } = parsedUrl(url)
  return { protocol, host, path: pathname, query: search.slice(1) }
}

/** @returns {URL} */
function parsedUrl(/** @type {unknown} */ url) {
  if (typeof url !== 'string' && !(url instanceof URL)) throw mustBe('url', 'a string or URL', url)
  let parsed
  try {
    parsed = new URL(url)
  } catch {
    // Without the query, and without a user name or password.
    const shown = String(url).split('?')[0].replace(/^.*@/s, '...@').slice(0, 120)
    throw new TypeError(`url must be an absolute URL; got ${JSON.stringify(shown)}`)
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('url must not contain a user name or password')
  }
  return parsed
}

/** ms since the epoch of a Date, a number of ms, ISO 8601 text or x-amz-date's own form. */
export function timeOf(/** @type {unknown} */ date) {
  if (!isGiven(date)) return Date.now()
  if (typeof date === 'string') {
    return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  }
  if (typeof date === 'number' || date instanceof Date) return Number(date)
  throw mustBe('date', 'a Date, ms since the epoch or ISO 8601 text', date)
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
 * @param {{ host: string, path: string, query: string }} url
 * @param {string[]} headers
 * @param {string} hash
 * @param {boolean} explain
 */
function requestFields(method, { host, path, query }, headers, hash, explain) {
  const verb = typedOption('method', method, 'string').toUpperCase()
  const count = String(headers.length / 2)
  return [verb, host, path, query, hash, explain ? '1' : '0', count, ...headers]
}
