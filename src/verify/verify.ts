// Verifies a signed request as a service does: for emulators, tests, and your own gateways.

import type { Received, Verification, verify as Verify, VerifyOptions } from '../../pkg-template/verify.js'
import { S3_SERVICES } from '../js/s3.ts'
import { compare, isSame } from './compare.ts'
import {
  type Arrived,
  type CreateSigner,
  canonicalOf,
  NotSigned,
  readSigned,
  type Signed,
  stringOf,
} from './signed.ts'
import { parseAmzDate } from './time.ts'

type Refused = Extract<Verification, { ok: false }>

/** The value of API Gateway: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const TOLERANCE = 300

/** The statuses of AWS's own answers. */
const BAD_REQUESTS = ['IncompleteSignature', 'PayloadHashMismatch']

export const verifyWith = (createSigner: CreateSigner): typeof Verify =>
  async function verify(request: Received, options: VerifyOptions): Promise<Verification> {
    const arrived = arrivedOf(request)
    const { credentials, region, service, tolerance = TOLERANCE, explain = false } = optionsOf(options)
    const now = Number(options.now ?? Date.now())
    let signed: Signed
    try {
      signed = readSigned(arrived, createSigner)
    } catch (error) {
      if (error instanceof NotSigned) return refused(error.kind, error.message)
      // The signer refuses such a part of a URL, and no server should accept it.
      if (error instanceof TypeError) return refused('IncompleteSignature', error.message)
      throw error
    }
    for (const [name, actual, expected] of [
      ['region', signed.region, region],
      ['service', signed.service, service],
    ] as const) {
      if (expected !== undefined && actual !== expected)
        return refused('CredentialScope', `It is signed for the ${name} ${actual}, not for ${expected}.`)
    }
    const { absent, unsigned } = signed
    if (absent.length > 0)
      return refused('SignatureDoesNotMatch', `Signed, but not in the request: ${absent.join(', ')}.`)
    if (unsigned.length > 0)
      return refused('HeadersNotSigned', `In the request, but not signed: ${unsigned.join(', ')}.`)
    const begins = parseAmzDate(signed.amzDate)
    const expires = begins + 1000 * (signed.expiresIn ?? tolerance)
    if (now > expires)
      return refused('SignatureExpired', `It was valid until ${iso(expires)}; it is ${iso(now)} here.`)
    if (begins > now + 1000 * tolerance)
      return refused('SignatureNotYetCurrent', `It was signed at ${iso(begins)}; it is ${iso(now)} here.`)
    const identity = await credentials(signed.accessKeyId)
    if (!identity) return refused('InvalidClientTokenId', 'There is no such access key.')
    if (!isSame(identity.sessionToken ?? '', signed.sessionToken))
      return refused('InvalidClientTokenId', 'The session token does not belong to the access key.')
    if (typeof identity.secretAccessKey !== 'string')
      throw new TypeError('credentials must return a secretAccessKey that is a string')
    const ends =
      identity.expiration === undefined ? Number.POSITIVE_INFINITY : Number(new Date(identity.expiration))
    // An invalid date would never expire.
    if (Number.isNaN(ends)) throw new TypeError('credentials must return an expiration that is a time')
    if (now > ends) return refused('ExpiredToken', 'The session token has expired.')
    const canonicalRequest = canonicalOf(signed)
    const stringToSign = await stringOf(signed, canonicalRequest)
    const compared = await compare(signed, identity.secretAccessKey, createSigner, explain)
    if (compared.kind !== 'same')
      return {
        ...refused(
          'SignatureDoesNotMatch',
          compared.kind === 'differs'
            ? compared.says
            : 'The secret key is a different one, or the request is not the one that was signed.',
        ),
        ...{ canonicalRequest, stringToSign },
        ...(compared.kind === 'differs' && { signedRequest: compared.signed }),
      }
    const { hash } = signed.texts
    const isWhole = /^[0-9a-f]{64}$/i.test(hash)
    if (
      isWhole
        ? hash.toLowerCase() !== signed.bodyHash
        : !(options.unsignedPayload ?? takesAny(signed.service))
    )
      return refused(
        'PayloadHashMismatch',
        isWhole
          ? 'The SHA-256 of the body is not the one that was signed.'
          : `${hash} is signed in place of the body's SHA-256, which ${signed.service} does not accept.`,
      )
    return {
      ...{ ok: true, accessKeyId: signed.accessKeyId, region: signed.region, service: signed.service },
      ...{ date: new Date(begins), expires: new Date(expires), signedHeaders: signed.signedHeaders },
      ...{ presigned: signed.inQuery, payloadHash: hash },
    }
  }

const refused = (kind: Refused['kind'], message: string): Refused => ({
  ...{ ok: false, kind, message, status: BAD_REQUESTS.includes(kind) ? 400 : 403 },
})

/** Services that accept UNSIGNED-PAYLOAD, and a body that is signed in chunks. */
const takesAny = (service: string) => S3_SERVICES.includes(service) || service === 'vpc-lattice-svcs'

const iso = (time: number) => new Date(time).toISOString().replace(/\.\d{3}/, '')

function optionsOf(options: VerifyOptions): VerifyOptions {
  if (typeof options !== 'object' || options === null || typeof options.credentials !== 'function')
    throw new TypeError('credentials must be a function that returns the keys of an access key id')
  const { tolerance, now } = options
  if (tolerance !== undefined && !(tolerance >= 0 && tolerance <= 86_400))
    throw new TypeError(`tolerance must be seconds, from 0 to 86400; got ${String(tolerance)}`)
  if (now !== undefined && Number.isNaN(Number(now)))
    throw new TypeError('now must be a Date or ms since the epoch')
  return options
}

function arrivedOf({ method, url, headers = {}, body, bodyHash }: Received): Arrived {
  if (typeof method !== 'string' || method === '')
    throw new TypeError('method must be the method that arrived')
  const found = headersOf(headers)
  const [, host = '', path = '', query = ''] =
    /^(?:[a-z]+:\/\/([^/?#]*))?(\/[^?#]*)?(?:\?([^#]*))?(?:#|$)/i.exec(String(url)) ?? []
  const named = found.get('host')?.[0]?.trim() || found.get(':authority')?.[0]?.trim() || host
  if (named === '') throw new TypeError('url must have a host, or headers one')
  if (!found.has('host')) found.set('host', [named])
  for (const name of [...found.keys()].filter((name) => name.startsWith(':'))) found.delete(name)
  if (bodyHash !== undefined && !/^[0-9a-f]{64}$/.test(bodyHash))
    throw new TypeError('bodyHash must be a SHA-256 in 64 lower-case hexadecimal digits')
  return { method, host: named, path, query, headers: found, body: bodyBytes(body), bodyHash }
}

function headersOf(headers: NonNullable<Received['headers']>): Map<string, string[]> {
  if (typeof headers !== 'object' || headers === null)
    throw new TypeError('headers must be an object or a list of [name, value] pairs')
  const found = new Map<string, string[]>()
  for (const [name, value] of Symbol.iterator in headers ? headers : Object.entries(headers)) {
    if (value === undefined) continue
    const values: unknown[] = Array.isArray(value) ? value : [value]
    if (typeof name !== 'string' || !values.every(isText))
      throw new TypeError('headers must have names that are strings, and strings or numbers as values')
    const key = name.toLowerCase()
    const others = found.get(key) ?? []
    found.set(key, others)
    for (const one of values) others.push(String(one))
  }
  return found
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number'

function bodyBytes(body: Received['body']): Uint8Array<ArrayBuffer> {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (ArrayBuffer.isView(body))
    return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength)
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body)
  throw new TypeError('body must be a string or bytes: read a stream first, or give its bodyHash')
}
