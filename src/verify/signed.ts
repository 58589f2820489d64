// Parses a request that somebody else signed: the parts of its signature, and the canonical request of what arrived.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import type { Signer, SignerOptions } from '../../pkg-template/index.js'
import { MOST_SECONDS } from '../js/bounds.ts'
import { S3_SERVICES } from '../js/s3.ts'
import { sha256, type Texts } from './guesses.ts'
import { parseAmzDate } from './time.ts'

export type CreateSigner = (options: SignerOptions) => Signer

/** A request as it arrived. */
export interface Arrived {
  method: string
  /** The URL's host, used if no header contains one. */
  host: string
  /** Path and query as they arrived, percent-encoded. */
  path: string
  query: string
  /** Headers by lower-case name, each value as it arrived. */
  headers: Map<string, string[]>
  body: Uint8Array<ArrayBuffer>
  /** SHA-256 of the body in hexadecimal digits, if the body itself is absent. */
  bodyHash?: string | undefined
}

/** The signed parts, in the order of the canonical request. */
export interface Signed {
  accessKeyId: string
  /** `20130524/us-east-1/execute-api/aws4_request` */
  scope: string
  region: string
  service: string
  /** `20130524T000000Z` */
  amzDate: string
  signedHeaders: string[]
  signature: string
  /** Whether the signature is in the query: a presigned URL. */
  inQuery: boolean
  /** The life of a presigned URL in seconds, if it contains one. */
  expiresIn: number | undefined
  sessionToken: string
  texts: Texts
  /** SHA-256 of the body that arrived. */
  bodyHash: string
  /** Headers that are signed, but not in the request. */
  absent: string[]
  /** Headers of the request that are not signed, but have to be. */
  unsigned: string[]
}

/** An error with the code of AWS's answer. */
export class NotSigned extends Error {
  readonly kind: 'MissingAuthenticationToken' | 'IncompleteSignature'

  constructor(kind: NotSigned['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** @throws {NotSigned} that says what is missing */
export function readSigned(arrived: Arrived, createSigner: CreateSigner): Signed {
  const { method, path, query } = arrived
  const headers = new Map(arrived.headers)
  const headerOf = (name: string) => headers.get(name)?.join(',').trim() ?? ''
  const own = ownParameters(query)
  const authorization = headerOf('authorization')
  const inQuery = own.has('x-amz-algorithm')
  const field = (header: string, parameter: string) =>
    inQuery ? (own.get(parameter) ?? '') : partOf(authorization, header)
  const algorithm = inQuery ? (own.get('x-amz-algorithm') ?? '') : (authorization.split(/\s/, 1)[0] ?? '')
  if (algorithm === '' || (!inQuery && !/^AWS/i.test(algorithm)))
    throw new NotSigned(
      'MissingAuthenticationToken',
      'The request is not signed: it has neither an Authorization header of AWS nor X-Amz-Algorithm in its URL.',
    )
  const incomplete = (message: string) => new NotSigned('IncompleteSignature', message)
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw incomplete(`It is signed with ${algorithm.slice(0, 40)}; AWS4-HMAC-SHA256 is verified here.`)
  const credential = field('Credential', 'x-amz-credential')
  const signature = field('Signature', 'x-amz-signature').toLowerCase()
  const signedHeaders = field('SignedHeaders', 'x-amz-signedheaders').split(';').filter(Boolean)
  const [, accessKeyId = '', scope = ''] =
    /^([^/]+)\/(\d{8}\/[^/]+\/[^/]+\/aws4_request)$/.exec(credential) ?? []
  if (scope === '') throw incomplete('Its Credential is incomplete: KEY/DATE/REGION/SERVICE/aws4_request.')
  if (!/^[0-9a-f]{64}$/.test(signature))
    throw incomplete('Its signature is not 64 hexadecimal digits. Was it cut off when it was copied?')
  if (signedHeaders.length === 0)
    throw incomplete('It does not say which headers are signed (SignedHeaders).')
  const amzDate = inQuery
    ? (own.get('x-amz-date') ?? '')
    : headerOf('x-amz-date') || amzDateOf(headerOf('date'))
  if (Number.isNaN(parseAmzDate(amzDate)))
    throw incomplete(
      `Its time is missing: ${inQuery ? 'X-Amz-Date in the URL' : 'the header X-Amz-Date'}, as in 20130524T000000Z.`,
    )
  const [day = '', region = '', service = ''] = scope.split('/')
  if (amzDate.slice(0, 8) !== day)
    throw incomplete(
      `The time is from ${amzDate.slice(0, 8)}, the scope from ${day}: both must be the same day.`,
    )
  const expires = own.get('x-amz-expires')
  // Some services accept a URL without it, such as those that devices of AWS IoT send.
  if (
    inQuery &&
    expires !== undefined &&
    !(/^\d{1,6}$/.test(expires) && +expires >= 1 && +expires <= MOST_SECONDS)
  )
    throw incomplete(`X-Amz-Expires must be 1 to ${MOST_SECONDS} seconds.`)
  if (!headers.has('host')) headers.set('host', [arrived.host])
  const { body } = arrived
  // The transport writes this header.
  if (!headers.has('content-length')) headers.set('content-length', [String(body.length)])
  const lines = canonicalLines(arrived, region, service, createSigner)
  const bodyHash = arrived.bodyHash ?? lines.hash
  const named = headerOf('x-amz-content-sha256') || own.get('x-amz-content-sha256')
  return {
    ...{ accessKeyId, scope, region, service, amzDate, signedHeaders, signature, bodyHash },
    inQuery,
    expiresIn: inQuery && expires !== undefined ? Number(expires) : undefined,
    sessionToken: (inQuery ? own.get('x-amz-security-token') : undefined) ?? headerOf('x-amz-security-token'),
    absent: signedHeaders.filter((name) => !headers.has(name)),
    unsigned: [...arrived.headers.keys(), 'host'].filter(
      (name) => !signedHeaders.includes(name) && hasToBeSigned(name, service),
    ),
    texts: {
      method,
      path: lines.path,
      query: lines.query,
      headers: signedHeaders.map((name) => [name, headers.get(name) ?? []]),
      hash: named || (inQuery && S3_SERVICES.includes(service) ? 'UNSIGNED-PAYLOAD' : bodyHash),
      url: { hostname: arrived.host.replace(/:\d+$/, ''), host: arrived.host, path, query },
      body,
      service,
    },
  }
}

/** AWS requires the host and every `x-amz-` header to be signed, except those that its own edge adds. */
const hasToBeSigned = (name: string, service: string) =>
  name === 'host' ||
  (name.startsWith('x-amz-') &&
    name !== 'x-amz-cf-id' &&
    !(service === 'iotdevicegateway' && name === 'x-amz-security-token'))

/** One of `Credential=…, SignedHeaders=…, Signature=…`. */
function partOf(authorization: string, name: string): string {
  for (const part of authorization.replace(/^\S+/, '').split(',')) {
    const [key = '', ...rest] = part.split('=')
    if (key.trim() === name) return rest.join('=').trim()
  }
  return ''
}

/** The parameters of the signature by their lower-case names. */
function ownParameters(query: string): Map<string, string> {
  return new Map(
    [...new URLSearchParams(query)]
      .filter(([name]) => /^x-amz-/i.test(name))
      .map(([name, value]) => [name.toLowerCase(), value]),
  )
}

/** Converts a date of RFC 9110 to the form of a signature. */
function amzDateOf(date: string): string {
  const time = Date.parse(date)
  return Number.isNaN(time) ? '' : new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/**
 * Path, query and hash as the package's signer writes them. The signer needs a secret, but none of these depends on it.
 */
function canonicalLines(arrived: Arrived, region: string, service: string, createSigner: CreateSigner) {
  const { path, body } = arrived
  const query = arrived.query
    .split('&')
    .filter((part) => !/^x-amz-signature=/i.test(part))
    // Devices of AWS IoT add the token after signing.
    .filter((part) => service !== 'iotdevicegateway' || !/^x-amz-security-token=/i.test(part))
    .map(marked)
    .join('&')
  const signer = createSigner({ accessKeyId: 'any', secretAccessKey: 'any', region, service })
  // Any method may have arrived; only the lines after it are read.
  const url = { host: 'any.example', path: path === '' ? '/' : path, query }
  const [, canonicalPath = '', canonicalQuery = '', ...rest] = signer
    .explain({ method: 'POST', url, body })
    .canonicalRequest.split('\n')
  signer.destroy()
  const sorted = canonicalQuery
    .split('&')
    .map((part) => (part.startsWith(MARK) ? part.slice(MARK.length).replace(`${MARK}=`, '=') : part))
    .map((part) => [part.split('=', 1)[0] ?? '', part] as const)
    .sort(([name, part], [other, otherPart]) => order(name, other) || order(part, otherPart))
    .map(([, part]) => part)
    .join('&')
  return { path: canonicalPath, query: sorted, hash: rest.at(-1) ?? '' }
}

/** Sorted by name, then by value; everything is ASCII. */
const order = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/**
 * Added around each parameter's name, so that the signer recognizes none of them. It would remove its own parameters as
 * an earlier signature, and redact the values of names that end like a secret's.
 */
const MARK = 'zz'

function marked(part: string): string {
  const [name = ''] = part.split('=', 1)
  return name === '' ? part : MARK + name + MARK + part.slice(name.length)
}

/** The canonical request of what arrived. */
export function canonicalOf({ texts, signedHeaders }: Signed, changed: Partial<Texts> = {}): string {
  const { method, path, query, headers, hash } = { ...texts, ...changed }
  return [
    method,
    path,
    query,
    ...headers.map(
      ([name, values]) => `${name}:${values.map((value) => value.trim().replace(/\s+/g, ' ')).join(',')}`,
    ),
    '',
    signedHeaders.join(';'),
    hash,
  ].join('\n')
}

export async function stringOf({ amzDate, scope }: Signed, canonical: string): Promise<string> {
  return `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${await sha256(canonical)}`
}
