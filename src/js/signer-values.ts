// Reads the URLs and times that createSigner accepts, and checks them before anything is signed.

import { canBeSigned } from './clock.ts'
import { isGiven, mustBe, typedOption } from './values.ts'

export interface SignerUrl {
  protocol: string
  host: string
  path: string
  query: string
  /** Whether a transport sends the URL as it is, so that it must not be rewritten */
  asGiven: boolean
  /** Whether an AWS SDK client sends the URL, with an earlier signature in it */
  ofSdk?: boolean
}

/** The schemes with which AWS services are called. */
const PROTOCOL = /^(https?|wss?):$/
/** RFC 3986 section 3.2.2, with an IPv6 address between brackets and a port. */
const HOST = /^([\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(:\d*)?$/i
/** Characters that would end the path or the request line, or that URL parsers drop. */
const PATH = /^\/[^?#\p{Cc}]*$/u
const QUERY = /^[^#\p{Cc}]*$/u

/**
 * Marks the URLs of AWS SDK clients, whose signer accepts any; gatesign/smithy, whose module has its own scope, sets
 * it.
 */
const UNCHECKED = Symbol.for('gatesign: unchecked URL')

export function urlOf(url: any): SignerUrl {
  if (typeof url !== 'object' || url === null || url instanceof URL) return parsedUrl(url)
  const { protocol = 'https:', host, path, query = '' } = url
  if (url[UNCHECKED]) return { protocol, host, path, query, asGiven: true, ofSdk: true }
  check('protocol', protocol, PROTOCOL, "'https:', 'http:', 'wss:' or 'ws:'")
  check('host', host, HOST, "a host name or address, with its port unless it is the scheme's default")
  check('path', path, PATH, 'a path that starts with /, without ?, # and control characters')
  check('query', query, QUERY, 'a query without # and control characters')
  return { protocol, host, path, query, asGiven: true }
}

function check(part: string, value: unknown, form: RegExp, what: string) {
  const text = typedOption(`url.${part}`, value, 'string')
  // A query may contain a secret.
  if (!form.test(text)) throw mustBe(`url.${part}`, what, text, part !== 'query')
}

function parsedUrl(url: unknown): SignerUrl {
  if (typeof url !== 'string' && !(url instanceof URL)) throw mustBe('url', 'a string or URL', url)
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    // Without query, user name and password, which may be secret.
    const shown = String(url).split('?')[0].replace(/^.*@/s, '...@').slice(0, 120)
    throw new TypeError(`url must be an absolute URL; got ${JSON.stringify(shown)}`)
  }
  const { protocol, host, pathname, search, username, password } = parsed
  if (!PROTOCOL.test(protocol)) {
    throw mustBe('url', 'an https, http, wss or ws URL', protocol, true)
  }
  if (username !== '' || password !== '') {
    throw new TypeError('url must not contain a user name or password')
  }
  return { protocol, host, path: pathname, query: search.slice(1), asGiven: false }
}

export const textOfUrl = ({ protocol, host }: SignerUrl, path: string, query: string) =>
  `${protocol}//${host}${path}${query === '' ? '' : `?${query}`}`

/** ms since the epoch of a Date, a number of ms, ISO 8601 text or x-amz-date's own form. */
export function dateOption(date: unknown) {
  if (!isGiven(date)) return Date.now()
  let ms = Number.NaN
  if (typeof date === 'string') ms = timeOfText(date)
  else if (typeof date === 'number' || date instanceof Date) ms = Number(date)
  if (canBeSigned(ms)) return ms
  throw mustBe(
    'date',
    'a Date, ms since the epoch or ISO 8601 text, between the years 0 and 9999',
    date,
    true,
  )
}

/** An ISO 8601 date, with an optional time. Date.parse would also accept other text after the date. */
const ISO = /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Reads ISO 8601 and x-amz-date's own form; NaN for a day that does not exist, which Date.parse reads as the next one.
 */
function timeOfText(text: string) {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const [, day] = ISO.exec(iso) ?? []
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(`${day}T`)
  return exists ? Date.parse(iso) : Number.NaN
}
