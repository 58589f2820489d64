// A signer for the AWS SDK for JavaScript v3 (the options `signer` and `signerConstructor` of its clients), built on
// createSigner, with the same results as the SDK's own signer.

import { eventHeaders } from './smithy/events.ts'
import { copyOf, drop, headerOf, moveToQuery, partOf, partsOf, payloadFields } from './smithy/request.ts'
import { mustBe, typedOption, typeName } from './values.ts'

const DATE = 'x-amz-date'
const TOKEN = 'x-amz-security-token'
const REGION_SET = 'x-amz-region-set'
const CHECKSUM = 'x-amz-content-sha256'
/** Headers of an earlier signature, or that the date of the signature replaces. */
const REPLACED = new Set(['authorization', DATE, 'date'])
/** The query parameters of a presigned URL. */
const QUERY = [
  'Algorithm',
  'Credential',
  'Date',
  'Expires',
  'Region-Set',
  'SignedHeaders',
  'Security-Token',
  'Signature',
].map((name) => `X-Amz-${name}`)
/** Clients sign for a few identities at a time: the old and the new one, and those of S3 Express buckets. */
const KEPT_SIGNERS = 8

export type HttpRequest = import('../../pkg-template/smithy.d.ts').HttpRequest

export type Identity = import('../../pkg-template/index.d.ts').Identity

/**
 * @param createSigner that of the entry, so that there is one instance of the module
 * @param v4a `createSigner` of Signature Version 4A, and for which regions to use it
 */
export function signatureV4(
  createSigner: typeof import('../../pkg-template/index.d.ts').createSigner,
  v4a?: {
    createSigner: typeof import('../../pkg-template/v4a.d.ts').createSigner
    signs: (region: string) => boolean
  },
) {
  return class SignatureV4 {
    #credentials
    #region
    #service
    #escapePath
    #applyChecksum
    #signers: { key: string[]; signer: ReturnType<typeof createSigner> }[] = []
    #fingerprints: ReturnType<typeof createSigner> | undefined

    constructor(options: any) {
      const { credentials, region, service, uriEscapePath = true, applyChecksum = true } = options ?? {}
      if (typeof service !== 'string' || service === '') {
        throw new TypeError(
          `service must be a string; got ${service === '' ? 'an empty one' : typeName(service)}`,
        )
      }
      this.#credentials = provider('credentials', credentials, 'object')
      this.#region = provider('region', region, 'string')
      this.#service = service
      this.#escapePath = uriEscapePath !== false
      this.#applyChecksum = applyChecksum !== false
    }

    /** Signs a request, a string, an event or a message, which it distinguishes by their fields. */
    async sign(toSign: any, options: any) {
      if (typeof toSign === 'string') return this.signString(toSign, options)
      if (typeof toSign !== 'object' || toSign === null) {
        throw mustBe('toSign', 'a request, text, event or message', toSign)
      }
      if (toSign.headers && toSign.payload) return this.signEvent(toSign, options)
      return toSign.message ? this.signMessage(toSign, options) : this.signRequest(toSign, options)
    }

    async signRequest(request: HttpRequest, options: any = {}) {
      return this.#signWith(await this.#credentials(), request, options)
    }

    /** For a directory bucket of S3 Express, whose sessions use a separate header for their token. */
    async signWithCredentials(request: HttpRequest, session: Identity, options: any = {}) {
      const headers = { ...partOf(request, 'headers'), 'x-amz-s3session-token': session.sessionToken }
      return this.#signWith(withoutToken(session), copyOf(request, headers), options)
    }

    async presign(request: HttpRequest, options: any = {}) {
      return this.#presignWith(await this.#credentials(), request, options)
    }

    async presignWithCredentials(request: HttpRequest, session: Identity, options: any = {}) {
      const copy = copyOf(request, { ...partOf(request, 'headers') })
      drop(copy.headers, (name) => name === 'x-amz-s3session-token')
      copy.query['X-Amz-S3session-Token'] = session.sessionToken
      return this.#presignWith(withoutToken(session), copy, options)
    }

    async signString(text: string, options: any = {}) {
      const signer = await this.#textSigner(options)
      return signer.signString(text, dateOf(options.signingDate))
    }

    /** Signs an event of a stream; its signature covers the previous one. */
    async signEvent(event: { headers: Uint8Array; payload: Uint8Array }, options: any = {}) {
      const priorSignature = typedOption('priorSignature', options.priorSignature, 'string')
      const signer = await this.#textSigner(options)
      const date = dateOf(options.signingDate)
      const { amzDate, credentialScope, payloadHash } = explained(signer, event.headers, date)
      const text = [
        'AWS4-HMAC-SHA256-PAYLOAD',
        amzDate,
        credentialScope,
        priorSignature,
        payloadHash,
        explained(signer, event.payload, date).payloadHash,
      ]
      return signer.signString(text.join('\n'), date)
    }

    async signMessage({ message, priorSignature }: any, options: any = {}) {
      const event = { headers: eventHeaders(message.headers), payload: message.body }
      return { message, signature: await this.signEvent(event, { ...options, priorSignature }) }
    }

    async #signWith(identity: Identity, request: HttpRequest, options: any) {
      const signed = copyOf(request, { ...partOf(request, 'headers') })
      if (v4a) drop(signed.headers, (name) => name === REGION_SET)
      drop(signed.headers, (name) => REPLACED.has(name) || (name === TOKEN && Boolean(identity.sessionToken)))
      const names = unsignable(options)
      const signsChecksum = this.#applyChecksum && !names.includes(CHECKSUM)
      const signer = await this.#signerFor(identity, options, {
        payloadHeader: signsChecksum,
        omitSessionToken: names.includes(TOKEN),
      })
      const checksum = headerOf(signed.headers, CHECKSUM)
      const toSign = {
        ...partsOf(signed),
        ...payloadFields(request.body, checksum),
        date: dateOf(options.signingDate),
      }
      const { headers } = signer.sign(toSign)
      if (this.#applyChecksum && checksum === undefined) {
        signed.headers[CHECKSUM] = signsChecksum ? headers[CHECKSUM] : signer.explain(toSign).payloadHash
      }
      if (identity.sessionToken) signed.headers[TOKEN] = headers[TOKEN]
      if (headers[REGION_SET]) signed.headers[REGION_SET] = headers[REGION_SET]
      signed.headers[DATE] = headers[DATE]
      signed.headers.authorization = headers.authorization
      return signed
    }

    async #presignWith(identity: Identity, request: HttpRequest, options: any) {
      const { expiresIn = 3600, signingDate } = options
      const presigned = copyOf(request, { ...partOf(request, 'headers') })
      drop(presigned.headers, (name) => REPLACED.has(name))
      const payload = payloadFields(request.body, headerOf(presigned.headers, CHECKSUM))
      moveToQuery(presigned, options)
      // If the identity has no token, the caller's header stays.
      const written = QUERY.filter((name) => name !== 'X-Amz-Security-Token' || identity.sessionToken)
      for (const name of written) delete presigned.query[name]
      const signer = await this.#signerFor(identity, options)
      const date = dateOf(signingDate)
      const bodyHash = payload.bodyHash ?? explained(signer, payload.body, date).payloadHash
      const url = signer.presign({ ...partsOf(presigned), bodyHash, expiresIn, date })
      const query = new URLSearchParams(url.slice(url.lastIndexOf('?')))
      for (const name of written) if (query.has(name)) presigned.query[name] = query.get(name)
      return presigned
    }

    async #textSigner(options: any) {
      return this.#signerFor(options.eventStreamCredentials ?? (await this.#credentials()), options)
    }

    /**
     * The key of an identity in the cache of signers: its secret and token themselves would stay in memory as long as
     * the cache.
     */
    #fingerprint(identity: Identity) {
      const { accessKeyId, secretAccessKey, sessionToken } = identity ?? {}
      this.#fingerprints ??= createSigner({
        accessKeyId: 'fingerprints',
        secretAccessKey: globalThis.crypto?.randomUUID?.() ?? String(Math.random()),
        region: 'none',
        service: 'none',
      })
      return this.#fingerprints.signString([accessKeyId, secretAccessKey, sessionToken].join('\n'), 0)
    }

    /** The signer for an identity and for the options that a call changes. It keeps the day's signing key. */
    async #signerFor(identity: Identity, options: any, rules: any = {}) {
      const region = options.signingRegion ?? (await this.#region())
      const create = v4a?.signs(region) ? v4a.createSigner : createSigner
      if (region === '*' && create === createSigner) {
        throw new TypeError("signingRegion '*' needs Signature Version 4A: SignatureV4MultiRegion has it")
      }
      const service = options.signingService ?? this.#service
      const unsignableHeaders = unsignable(options)
      const signableHeaders = [...(options.signableHeaders ?? [])]
      const key = [
        ...[this.#fingerprint(identity), region, service],
        ...[rules.payloadHeader, rules.omitSessionToken, unsignableHeaders, signableHeaders].map(String),
      ]
      const at = this.#signers.findIndex((known) => known.key.every((part, i) => part === key[i]))
      const [found] = at < 0 ? [] : this.#signers.splice(at, 1)
      const { accessKeyId, secretAccessKey, sessionToken } = identity ?? {}
      const kept = found ?? {
        key,
        signer: create({
          accessKeyId,
          secretAccessKey,
          sessionToken,
          region,
          regionSet: region,
          service,
          unsignableHeaders,
          signableHeaders,
          doubleEncodePath: this.#escapePath,
          normalizePath: this.#escapePath,
          decodeSlashes: false,
          signPayload: true,
          payloadHeader: false,
          ...rules,
        }),
      }
      this.#signers.unshift(kept)
      this.#signers.length = Math.min(this.#signers.length, KEPT_SIGNERS)
      return kept.signer
    }
  }
}

/** Returns a function for a value, or for a function that returns it. */
function provider(name: string, value: any, type: string): () => any {
  if (typeof value === 'function') return value
  if (typeof value === type && value !== null) return () => value
  throw mustBe(name, `${type === 'object' ? 'an' : 'a'} ${type} or a function that returns one`, value)
}

const withoutToken = ({ accessKeyId, secretAccessKey }: Identity) => ({
  accessKeyId,
  secretAccessKey,
})

const unsignable = ({ unsignableHeaders = [], signableHeaders }: any) =>
  [...unsignableHeaders].filter((name) => !signableHeaders?.has(name))

/** ms since the epoch of a Date, seconds since the epoch (a number or its text) or ISO 8601 text. */
function dateOf(date: any) {
  if (date === undefined) return Date.now()
  const seconds = date instanceof Date ? Number.NaN : Number(date)
  const ms = seconds ? seconds * 1000 : new Date(date).getTime()
  if (Number.isNaN(ms)) {
    throw mustBe('signingDate', 'a Date, seconds since the epoch or ISO 8601 text', date)
  }
  return ms
}

/** Scope, time and payload hash for something other than a request. */
const explained = (signer: any, body: any, date: number) =>
  signer.explain({ url: { host: 'event', path: '/' }, body, date })
