// Seeded requests as AWS SDK clients hand them to their signer, for a comparison of two signers.

import { HttpRequest } from '@smithy/core/protocols'
import { seeded } from './seeded.mjs'

/** The same choices for the same seed. */
export function random(seed) {
  const next = seeded(seed)
  const below = (n) => Math.floor(next() * n)
  const pick = (list) => list[below(list.length)]
  const text = (alphabet, most) => Array.from({ length: below(most + 1) }, () => pick(alphabet)).join('')
  return { below, pick, text, chance: (p) => next() < p }
}

const PLAIN = [...'abcXYZ019-._~']
const MIXED = [...PLAIN, ...' +/%&=?#:@!$()*,;\'"<>[]{}|\\^`', 'é', '日', '本', '🙂', '\t']
const SEGMENTS = [
  '',
  '.',
  '..',
  'a',
  'A b',
  'ü',
  '日本',
  'x+y',
  "it's!",
  '(1)*',
  '50%',
  '~',
  '%2F',
  'key=v;w',
]
const words = (text) => text.split(/\s+/)
const HEADER_NAMES = words(`content-type Content-Type content-length accept Accept range x-custom X-Custom
  x-amz-meta-a X-Amz-Meta-B x-amz-acl amz-sdk-request authorization Proxy-Authorization X-Amz-Date Date
  User-Agent user-agent Expect cache-control sec-fetch-mode x-amzn-trace-id te`)
const HASHES = [
  'UNSIGNED-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-EVENTS',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  '230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5',
]
const SIGNABLE = words('user-agent content-type x-amz-meta-a x-custom cache-control sec-fetch-mode range')
const QUERY_NAMES =
  words(`a A list-type uploads prefix X-Amz-Signature x-id X-Amz-Date X-Amz-Expires x-amz-date
  X-Amz-Security-Token X-Amz-Credential x-amz-signedheaders X-Amz-Algorithm`)
const HOISTABLE = words('x-amz-meta-a x-amz-acl x-amz-meta-b range content-type')
const HEADER_VALUES = [...'abc XYZ,;=/"019\t ', '  ', 'é']

const escapeUri = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * A signer's constructor options, a request, and options for `sign` and `presign`.
 *
 * @param {ReturnType<typeof random>} r
 */
export function randomCase(r) {
  const uriEscapePath = r.chance(0.6)
  const identity = {
    accessKeyId: r.pick(['AKIDEXAMPLE', 'ASIAEXAMPLE']),
    secretAccessKey: r.pick(['wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'temporary/EXAMPLE+KEY']),
    ...(r.chance(0.4) ? { sessionToken: r.pick(['token/EXAMPLE+1==', 'FwoGZXIvYXdzEXAMPLE']) } : {}),
  }
  const region = r.pick(['us-east-1', 'eu-central-1', 'cn-north-1'])
  return {
    signer: {
      credentials: r.chance(0.5) ? identity : async () => identity,
      region: r.chance(0.5) ? region : async () => region,
      service: r.pick(['s3', 'dynamodb', 'execute-api', 'sts']),
      uriEscapePath,
      ...(r.chance(0.5) ? { applyChecksum: r.chance(0.5) } : {}),
    },
    request: randomRequest(r, uriEscapePath),
    options: randomOptions(r),
  }
}

function randomRequest(r, uriEscapePath) {
  const segments = Array.from({ length: r.below(5) }, () => r.pick([...SEGMENTS, r.text(MIXED, 6)]))
  // A client encodes what it puts into a path; an escaped path is encoded again, whatever is in it.
  const path = uriEscapePath && r.chance(0.3) ? segments.join('/') : segments.map(escapeUri).join('/')
  const port = r.pick([undefined, undefined, 443, 8080])
  const hostname = r.pick(['example.amazonaws.com', 'bucket.s3.eu-central-1.amazonaws.com', '127.0.0.1'])
  return new HttpRequest({
    method: r.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH']),
    protocol: r.pick(['https:', 'http:']),
    hostname,
    port,
    path: `/${path}`,
    query: randomQuery(r),
    headers: { [r.pick(['host', 'Host'])]: port ? `${hostname}:${port}` : hostname, ...randomHeaders(r) },
    body: randomBody(r),
  })
}

function randomQuery(r) {
  const query = {}
  for (let count = r.below(5); count > 0; count--) {
    const name = r.pick([...QUERY_NAMES, r.text(MIXED, 5) || 'z'])
    const values = Array.from({ length: r.below(4) }, () => r.text(MIXED, 8))
    query[name] = r.chance(0.3) ? values : r.text(MIXED, 12)
  }
  return query
}

function randomHeaders(r) {
  const headers = {}
  for (let count = r.below(8); count > 0; count--) {
    const name = r.pick(HEADER_NAMES)
    headers[name] = r.text(HEADER_VALUES, 10)
  }
  if (r.chance(0.2)) headers[r.pick(['x-amz-content-sha256', 'X-Amz-Content-Sha256'])] = r.pick(HASHES)
  if (r.chance(0.1)) headers[':authority'] = 'h2.example.com'
  if (r.chance(0.1)) headers[r.pick(['x-amz-security-token', 'X-Amz-S3session-Token'])] = 'token/of+another=='
  if (r.chance(0.1)) headers['x-unset'] = undefined
  return headers
}

function randomBody(r) {
  const text = r.text(MIXED, 40)
  const bytes = new TextEncoder().encode(text)
  return r.pick([
    undefined,
    '',
    text,
    bytes,
    bytes.buffer,
    new DataView(bytes.buffer, Math.min(2, bytes.length)),
    'long '.repeat(r.below(20_000)),
    new ReadableStream(),
  ])
}

function randomOptions(r) {
  const ms = 1.4e12 + r.below(4e8) * 1000
  const some = () => new Set(SIGNABLE.filter(() => r.chance(0.3)))
  return {
    signingDate: r.pick([new Date(ms), ms / 1000, String(ms / 1000), new Date(ms).toISOString()]),
    ...(r.chance(0.3) ? { unsignableHeaders: some() } : {}),
    ...(r.chance(0.3) ? { signableHeaders: some() } : {}),
    ...(r.chance(0.3) ? { signingRegion: 'ap-south-1' } : {}),
    ...(r.chance(0.3) ? { signingService: 'lambda' } : {}),
  }
}

/** @param {ReturnType<typeof random>} r */
export function randomPresignOptions(r) {
  const some = () => new Set(HOISTABLE.filter(() => r.chance(0.4)))
  return {
    ...randomOptions(r),
    ...(r.chance(0.8) ? { expiresIn: 1 + r.below(604800) } : {}),
    ...(r.chance(0.4) ? { unhoistableHeaders: some() } : {}),
    ...(r.chance(0.4) ? { hoistableHeaders: some() } : {}),
  }
}
