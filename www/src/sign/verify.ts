// A signed request as it was pasted: whether its signature is that of the request, and if not, which line of the
// canonical request was another one when it was signed.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import { NO_CREDENTIALS } from '../model/credentials'
import type { RequestDoc } from '../model/request'
import { callOf, unsigned } from './call'
import { createSigner, newClient } from './gatesign'
import { guessesOf, type Texts } from './guesses'
import { configOf, requestOf } from './wire'

/** What is signed, in the order of the canonical request. */
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
  /** Seconds that it is good for. */
  expiresIn: number
  /** In the query: a presigned URL. */
  inQuery: boolean
  sessionToken: string
  texts: Texts
  /** What is wrong whatever the secret is, in sentences. */
  faults: string[]
}

export class NotSigned extends Error {}

/** API Gateway takes a signature for 5 minutes; S3 takes 15: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const LIFETIME = 300

/** @throws {NotSigned} that says what is missing */
export async function readSigned(doc: RequestDoc): Promise<Signed> {
  // Method and headers are taken as they are, also those that a page could not send.
  const sendable = { ...doc, method: 'POST', headers: [], auth: { ...doc.auth, kind: 'none' as const } }
  const call = unsigned(callOf(sendable, new Map()))
  const wire = await newClient(configOf(call, NO_CREDENTIALS)).sign(requestOf(call, NO_CREDENTIALS))
  const url = new URL(wire.url)
  const headers = new Map<string, string[]>()
  for (const { on, name, value } of doc.headers) {
    const key = name.trim().toLowerCase()
    if (on && key !== '') headers.set(key, [...(headers.get(key) ?? []), value])
  }
  for (const [name, value] of call.headers) if (!headers.has(name)) headers.set(name, [value])
  const headerOf = (name: string) => headers.get(name)?.join(',') ?? ''
  const own = ownParameters(url)
  const authorization = headerOf('authorization').trim()
  const inQuery = own.has('x-amz-algorithm')
  const fields = authorization.split(/[\s,]+/)
  const told = (header: string, parameter: string) =>
    inQuery
      ? (own.get(parameter) ?? '')
      : (fields.find((field) => field.startsWith(`${header}=`))?.slice(header.length + 1) ?? '')
  const algorithm = inQuery ? (own.get('x-amz-algorithm') ?? '') : (authorization.split(/\s/, 1)[0] ?? '')
  if (algorithm === '')
    throw new NotSigned(
      'This request is not signed: it has neither an Authorization header of AWS nor X-Amz-Algorithm in its URL.',
    )
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw new NotSigned(`It is signed with ${algorithm.slice(0, 40)}; this page verifies AWS4-HMAC-SHA256.`)
  const credential = told('Credential', 'x-amz-credential')
  const signature = told('Signature', 'x-amz-signature').toLowerCase()
  const signedHeaders = told('SignedHeaders', 'x-amz-signedheaders').split(';').filter(Boolean)
  const [, accessKeyId = '', scope = ''] =
    /^(.+)\/(\d{8}\/[^/]+\/[^/]+\/aws4_request)$/.exec(credential) ?? []
  if (scope === '') throw new NotSigned('Its Credential is not whole: KEY/DATE/REGION/SERVICE/aws4_request.')
  if (!/^[0-9a-f]{64}$/.test(signature))
    throw new NotSigned('Its signature is not whole: 64 hexadecimal digits. Was it cut when it was copied?')
  if (signedHeaders.length === 0)
    throw new NotSigned('It does not say which headers are signed (SignedHeaders).')
  const amzDate = (inQuery ? own.get('x-amz-date') : headerOf('x-amz-date') || dateOf(headerOf('date'))) ?? ''
  if (!/^\d{8}T\d{6}Z$/.test(amzDate))
    throw new NotSigned(
      `Its time is missing: ${inQuery ? 'X-Amz-Date in the URL' : 'the header X-Amz-Date'}, as in 20130524T000000Z.`,
    )
  const [day = '', region = '', service = ''] = scope.split('/')
  const host = headerOf('host').trim() || url.host
  if (!headers.has('host')) headers.set('host', [host])
  const body = call.body ?? new Uint8Array()
  // Whoever sends it writes it.
  if (!headers.has('content-length')) headers.set('content-length', [String(body.length)])
  const faults = []
  if (amzDate.slice(0, 8) !== day)
    faults.push(`The time is of ${amzDate.slice(0, 8)}, the scope of ${day}: both must be the same day.`)
  if (!signedHeaders.includes('host')) faults.push('The header host is not signed: AWS refuses that.')
  const absent = signedHeaders.filter((name) => !headers.has(name))
  if (absent.length > 0)
    faults.push(
      `${absent.join(', ')}: signed, but not in what was pasted. Paste the request with all of its headers.`,
    )
  const expiresIn = inQuery ? Number(own.get('x-amz-expires')) || LIFETIME : LIFETIME
  const sessionToken = inQuery
    ? (own.get('x-amz-security-token') ?? '')
    : headerOf('x-amz-security-token').trim()
  const lines = canonicalLines(doc.method, url, region, service, body)
  const hash = headerOf('x-amz-content-sha256').trim()
  return {
    accessKeyId,
    scope,
    region,
    service,
    amzDate,
    signedHeaders,
    signature,
    expiresIn,
    inQuery,
    sessionToken,
    faults,
    texts: {
      method: doc.method,
      path: lines.path,
      query: lines.query,
      headers: signedHeaders.map((name) => [name, headers.get(name) ?? []]),
      hash: hash || (inQuery && service.startsWith('s3') ? 'UNSIGNED-PAYLOAD' : lines.hash),
      url,
      body,
      service,
    },
  }
}

/** Those that a presigned URL has, by their lower-case names. */
function ownParameters(url: URL): Map<string, string> {
  return new Map(
    [...url.searchParams]
      .filter(([name]) => /^x-amz-/i.test(name))
      .map(([name, value]) => [name.toLowerCase(), value]),
  )
}

/** RFC 9110's date as the one of a signature. */
function dateOf(date: string): string {
  const time = Date.parse(date)
  return Number.isNaN(time) ? '' : `${new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')}`
}

/** Path, query and hash as the package writes them; it needs a secret, which none of these depends on. */
function canonicalLines(
  method: string,
  url: URL,
  region: string,
  service: string,
  body: Uint8Array<ArrayBuffer>,
) {
  const bare = new URL(url)
  bare.search = bare.search
    .slice(1)
    .split('&')
    .filter((part) => !/^x-amz-signature=/i.test(part))
    // Its own names would be taken for a signature that is there already.
    .map((part) => part.replace(/^x-amz-/i, MARK))
    .join('&')
  const signer = createSigner({ accessKeyId: 'any', secretAccessKey: 'any', region, service })
  const [, path = '', query = '', ...rest] = signer
    .explain({ method, url: bare.href, body })
    .canonicalRequest.split('\n')
  signer.destroy()
  const sorted = query
    .split('&')
    .map((part) => (part.startsWith(MARK) ? `X-Amz-${part.slice(MARK.length)}` : part))
    .sort()
    .join('&')
  return { path, query: sorted, hash: rest.at(-1) ?? '' }
}

const MARK = 'zz-amz-'

/** The canonical request of what was pasted. */
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
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical)))
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${hex}`
}

export type Verdict =
  /** `seconds` until its end; below 0 since then. */
  | { kind: 'valid'; seconds: number }
  /** What was signed in its place, and what that is, in words. */
  | { kind: 'differs'; signed: string; says: string; seconds: number }
  | { kind: 'unknown' }

/** @param now ms since the epoch */
export async function verify(signed: Signed, secretAccessKey: string, now: number): Promise<Verdict> {
  const { accessKeyId, region, service, amzDate, signature, expiresIn } = signed
  const seconds = Math.round((timeOf(amzDate) + expiresIn * 1000 - now) / 1000)
  const signer = createSigner({ accessKeyId, secretAccessKey, region, service })
  try {
    const matches = async (canonical: string) =>
      signer.signString(await stringOf(signed, canonical), timeOf(amzDate)) === signature
    if (await matches(canonicalOf(signed))) return { kind: 'valid', seconds }
    const guesses = await guessesOf(signed.texts)
    for (const { changed, says } of guesses) {
      const canonical = canonicalOf(signed, changed)
      if (await matches(canonical)) return { kind: 'differs', signed: canonical, says, seconds }
    }
    // Two mistakes at once are as frequent as one: a body that was formatted and a header that a tool added.
    for (const [i, one] of guesses.entries()) {
      for (const other of guesses.slice(i + 1)) {
        if (Object.keys(one.changed).some((part) => part in other.changed)) continue
        const canonical = canonicalOf(signed, { ...one.changed, ...other.changed })
        if (await matches(canonical))
          return { kind: 'differs', signed: canonical, says: `${one.says} ${other.says}`, seconds }
      }
    }
    return { kind: 'unknown' }
  } finally {
    signer.destroy()
  }
}

export const timeOf = (amzDate: string) =>
  Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
