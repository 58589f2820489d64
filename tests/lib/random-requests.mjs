// Seeded requests for a comparison of signers: what is hard to encode, sort or fold, in paths,
// queries, hosts, tokens and bodies.

import { random } from './smithy-requests.mjs'

export { random }

const NAMES = [
  'a',
  'A',
  'b',
  'a-',
  'a[',
  'aa',
  'é',
  'z~',
  "it's",
  'x*',
  '日本',
  'a b',
  'q!',
  '(c)',
  '',
  'X-Id',
  '%',
  'k=v',
]
/** Half of them API Gateway, then S3, then the other services that have rules of their own. */
const SERVICES = [
  ...Array(8).fill('execute-api'),
  ...Array(4).fill('s3'),
  ...['s3express', 's3-outposts', 's3-object-lambda', 'vpc-lattice-svcs', 'aoss', 'iotdevicegateway'],
]
export const S3_FAMILY = ['s3', 's3express', 's3-outposts', 's3-object-lambda']
const CHARACTERS = [...'abcXYZ019-._~ +/%&=?#:@!$()*,;\'"<>[]{}|\\^`', 'é', 'ß', '日', '本', '🙂', '\u0301']
const SEGMENTS = [
  '',
  '.',
  '..',
  'a',
  'v1',
  '...',
  'users',
  '@connections',
  'JBDvjf%3D',
  'a%2Fb',
  'a%2fb',
  'a+b',
  'a%2Bb',
  '~',
  '%7E',
  '%25',
]
const HOSTS = [
  'abc123.execute-api.eu-west-1.amazonaws.com',
  'bucket.s3.us-east-2.amazonaws.com',
  'api.example.com',
  'localhost:3000',
  '127.0.0.1:8443',
  '[::1]',
  '[2001:db8::7]:8080',
]
const TOKENS = ['FwoGZXIvYXdzEXAMPLE/+a==', 'token+with/=signs==', 'IQoJb3JpZ2luX2VjEXAMPLE']
const HASHES = [
  'UNSIGNED-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  '230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5',
]
const HEADER_VALUES = ['1', ' outer ', 'two  spaces', 'tab\tin it', 'a,b', 'a=b; c="d  e"', '', 'UPPER lower']

/** RFC 3986: everything but the unreserved characters. */
export const strict = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
/** As a URL parser leaves it: some reserved characters stay. */
const lenient = (text) => strict(text).replace(/%(21|24|26|28|29|2A|2B|2C|3A|3B|3D|40)/g, decodeURIComponent)

function randomPath(r) {
  const segments = Array.from({ length: r.below(6) }, () => {
    if (r.chance(0.5)) return r.pick(SEGMENTS)
    return (r.chance(0.5) ? strict : lenient)(r.text(CHARACTERS, 6))
  })
  return `/${segments.join('/')}`
}

/** Names and values as they are meant, before any encoding. */
function randomQuery(r) {
  return Array.from({ length: r.chance(0.3) ? 0 : r.below(7) }, () => [
    r.chance(0.7) ? r.pick(NAMES) : r.text(CHARACTERS, 4),
    r.chance(0.2) ? '' : r.text(CHARACTERS, 8),
  ])
}

/** One of the ways to write a query, that all mean the same to a server that decodes it. */
function written(r, pairs) {
  const encode = r.pick([
    strict,
    strict,
    (text) => strict(text).replace(/%(21|24|28|29|2A|2C|2F|3A|3B|3F|40)/g, decodeURIComponent),
  ])
  return pairs.map(([name, value]) =>
    value === '' && name !== '' && r.chance(0.5) ? encode(name) : `${encode(name)}=${encode(value)}`,
  )
}

/** Headers that mean something to a signature, and others of AWS: `hash` says what the payload line has to be. */
function callersHeaders(r, presign) {
  const headers = {}
  if (r.chance(0.12)) headers[r.pick(['X-Amz-Content-Sha256', 'x-amz-content-sha256'])] = r.pick(HASHES)
  if (r.chance(0.1))
    headers[r.pick(['x-amz-s3session-token', 'X-Amz-Target', 'x-amz-acl'])] = r.pick(HEADER_VALUES)
  if (presign) return headers
  // Of an earlier signature, or of a caller who signs by hand.
  if (r.chance(0.1)) headers[r.pick(['X-Amz-Date', 'x-amz-date'])] = '20130524T000000Z'
  if (r.chance(0.1)) headers[r.pick(['X-Amz-Security-Token', 'x-amz-security-token'])] = r.pick(TOKENS)
  if (r.chance(0.1))
    headers.Authorization = 'AWS4-HMAC-SHA256 Credential=A/20130524/r/s/aws4_request, Signature=0'
  return headers
}

/** The parameters of an earlier signature, in one of the spellings of their names. */
function earlierSignature(r) {
  const names = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature', 'Security-Token']
  const spelling = r.pick([
    (name) => `X-Amz-${name}`,
    (name) => `x-amz-${name.toLowerCase()}`,
    (name) => `X%2DAmz-${name}`,
  ])
  return names.filter(() => r.chance(0.8)).map((name) => `${spelling(name)}=${r.pick(['1', 'A%2F2', ''])}`)
}

/** @param {ReturnType<typeof random>} r */
export function randomRequest(r) {
  const service = r.pick(SERVICES)
  const presign = r.chance(0.4)
  const pairs = randomQuery(r)
  // A space written as "+", as forms do.
  const plus = r.chance(0.05)
  if (plus) pairs.push(['plus', 'a b'])
  const parts = written(r, pairs)
  if (plus) parts[parts.length - 1] = 'plus=a+b'
  // A token alone would be the caller's own, not that of an earlier signature.
  const earlier = r.chance(0.1) ? [...earlierSignature(r), 'X-Amz-Signature=00'] : []
  for (const part of earlier) parts.splice(r.below(parts.length + 1), 0, part)
  const headers = {}
  if (r.chance(0.4))
    headers[r.pick(['Content-Type', 'content-type'])] = r.pick([
      'application/json',
      'text/plain; charset=utf-8',
    ])
  if (r.chance(0.4)) headers[r.pick(['X-Custom', 'x-other'])] = r.pick(HEADER_VALUES)
  if (r.chance(0.3) && !presign) headers['X-Amz-Meta-A'] = r.pick(HEADER_VALUES)
  if (r.chance(0.2)) headers['x-api-key'] = 'abcDEF123'
  Object.assign(headers, callersHeaders(r, presign))
  const hasBody = !presign && r.chance(0.4)
  return {
    presign,
    service,
    region: r.pick(['us-east-1', 'eu-central-1', 'cn-north-1']),
    identity: {
      accessKeyId: r.pick(['AKIDEXAMPLE', 'ASIAEXAMPLE']),
      secretAccessKey: r.pick(['wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'temporary/EXAMPLE+KEY']),
      ...(r.chance(0.5) ? { sessionToken: r.pick(TOKENS) } : {}),
    },
    ms: 1.4e12 + r.below(4e8) * 1000,
    expiresIn: 1 + r.below(604800),
    method: hasBody ? r.pick(['POST', 'PUT', 'PATCH', 'DELETE']) : r.pick(['GET', 'HEAD', 'DELETE', 'POST']),
    protocol: r.pick(['https:', 'https:', 'http:']),
    host: r.pick(HOSTS),
    path: randomPath(r),
    pairs,
    plus,
    earlier: earlier.length > 0,
    query: parts.join('&'),
    headers,
    body: hasBody ? Uint8Array.from({ length: r.below(200) }, () => r.below(256)) : undefined,
  }
}
