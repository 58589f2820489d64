// createSigner: signs for any AWS service, synchronously and without the network.

import type { SignerOptions, SignRequest } from '../../pkg-template/index.d.ts'
import { checkIdentity } from './credentials.ts'
import { newSigner, type Pairs, presign, type SignerFields, sign, signString } from './jobs.ts'
import { namedHash } from './payload-hash.ts'
import { hashNow } from './platform.ts'
import { dateOption, textOfUrl, urlOf } from './signer-values.ts'
import {
  bytesOf,
  headerFields,
  isGiven,
  joinedFields,
  type Lifetime,
  namesOption,
  objectOption,
  secondsOption,
  textOption,
  typedOption,
  typeName,
  type Unchecked,
} from './values.ts'

const RULES = [
  'doubleEncodePath',
  'normalizePath',
  'decodeSlashes',
  'signPayload',
  'payloadHeader',
  'omitSessionToken',
] as const

type Fields = Omit<SignerFields, 'region'>

const ofRegion = (fields: Fields, { region }: any) =>
  newSigner({ ...fields, region: textOption('region', region) })

/**
 * @param options see index.d.ts
 * @param warned adds a warning if the host is contradicted, in entries that know the names of AWS's hosts
 * @param make creates the module's signer
 */
export function newSignerWith<T extends { canonicalRequest: string; credentialScope: string }>(
  options: unknown,
  warned: (explanation: T) => T,
  make = ofRegion,
) {
  // The options are not kept: their secret would live as long as the signer's functions.
  const { signer, signPayload, dateByDefault } = newSignerOf(options, make)
  /** The last URL is cached: an API has few, and reading one takes a tenth of the time of a signature. */
  let last = { text: 'https://none/', url: urlOf('https://none/') }

  function readUrl(url: unknown) {
    if (typeof url !== 'string') return urlOf(url)
    if (url !== last.text) last = { text: url, url: urlOf(url) }
    return last.url
  }

  function readRequest(request: unknown, explains: boolean) {
    const {
      method = 'GET',
      url,
      headers,
      body,
      bodyHash,
      date,
    } = objectOption<SignRequest>('request', request)
    const parsed = readUrl(url)
    const payload = readPayload(body)
    const toHash = signPayload === false ? null : payload
    const pairs = headerFields('headers', headers)
    const named = namedHash(pairs, parsed.query, textOption('bodyHash', bodyHash), signPayload)
    const hash = named ?? hashNow(toHash)
    const fields = {
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
    return { fields, parsed, toHash: hash === '' ? toHash : null, now: dateOption(date ?? dateByDefault) }
  }

  function presigned(request: Unchecked<SignRequest & Lifetime>, explains: boolean) {
    const { fields, parsed, toHash, now } = readRequest(request, explains)
    return { parsed, ...presign(signer, fields, toHash, secondsOption(request.expiresIn), now) }
  }

  return {
    sign(request: Unchecked<SignRequest>) {
      const { fields, parsed, toHash, now } = readRequest(request, false)
      const { path, query, headers: added } = sign(signer, fields, toHash, now)
      // A repeated name is signed with all its values, and an object cannot hold it twice.
      const own = fields.headers.length > 2 ? joinedFields(fields.headers, ',') : fields.headers
      const headers: Record<string, string> = {}
      for (let i = 0; i < own.length; i += 2) {
        if (!hasName(added, own[i].toLowerCase())) headers[own[i]] = own[i + 1]
      }
      for (let i = 0; i < added.length; i += 2) headers[added[i]] = added[i + 1]
      const url = textOfUrl(parsed, path, query)
      return { method: fields.method, url, headers, body: request.body }
    },

    presign(request: Unchecked<SignRequest & Lifetime>) {
      const { parsed, path, query } = presigned(request, false)
      return textOfUrl(parsed, path, query)
    },

    explain(request: Unchecked<SignRequest & Lifetime>) {
      if (isGiven(objectOption<Lifetime>('request', request).expiresIn))
        return warned(presigned(request, true).explanation)
      const { fields, toHash, now } = readRequest(request, true)
      return warned(sign(signer, fields, toHash, now).explanation)
    },

    signString(text: unknown, date: unknown) {
      return signString(signer, textOption('text', text), dateOption(date ?? dateByDefault))
    },

    destroy() {
      signer.destroy()
    },
  }
}

/** Whether a name is among these few pairs. */
function hasName(pairs: Pairs, name: string) {
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === name) return true
  return false
}

/** Creates the module's signer, and returns the options that its requests need. */
function newSignerOf(options: unknown, make: typeof ofRegion) {
  const { service, unsignableHeaders, signableHeaders, ...rest } = objectOption<SignerOptions>(
    'options',
    options,
  )
  const identity = checkIdentity(rest)
  /** The caller's option; undefined means the service's default. */
  const signPayload = (rest.signPayload ?? undefined) as boolean | undefined
  // Refuse here what no request could be signed with.
  dateOption(rest.date)
  // Without the header no service can tell that the body is not signed.
  if (signPayload === false) rest.payloadHeader ??= true
  const fields = {
    ...identity,
    service: textOption('service', service),
    rules: RULES.map((name) => (isGiven(rest[name]) ? typedOption(name, rest[name], 'boolean') : undefined)),
    unsignableHeaders: namesOption('unsignableHeaders', unsignableHeaders),
    signableHeaders: namesOption('signableHeaders', signableHeaders),
  }
  return { signer: make(fields, options), signPayload, dateByDefault: rest.date }
}

function readPayload(body: unknown): string | Uint8Array<ArrayBuffer> | null {
  if (!isGiven(body)) return null
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  const bytes = bytesOf(body)
  if (bytes) return bytes
  throw new TypeError(
    `body must be a string, ArrayBuffer, typed array or URLSearchParams; got ${typeName(body)}: for other bodies, pass their SHA-256 in bodyHash`,
  )
}
