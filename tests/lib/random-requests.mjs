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

/** @param {ReturnType<typeof random>} r */
export function randomRequest(r) {
  const service = r.chance(0.65) ? 'execute-api' : 's3'
  const presign = r.chance(0.4)
  const pairs = randomQuery(r)
  // A space written as "+", as forms do.
  const plus = r.chance(0.05)
  if (plus) pairs.push(['plus', 'a b'])
  const parts = written(r, pairs)
  if (plus) parts[parts.length - 1] = 'plus=a+b'
  const headers = {}
  if (r.chance(0.4))
    headers[r.pick(['Content-Type', 'content-type'])] = r.pick([
      'application/json',
      'text/plain; charset=utf-8',
    ])
  if (r.chance(0.4)) headers[r.pick(['X-Custom', 'x-other'])] = r.pick(HEADER_VALUES)
  if (r.chance(0.3) && !presign) headers['X-Amz-Meta-A'] = r.pick(HEADER_VALUES)
  if (r.chance(0.2)) headers['x-api-key'] = 'abcDEF123'
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
    query: parts.join('&'),
    headers,
    body: hasBody ? Uint8Array.from({ length: r.below(200) }, () => r.below(256)) : undefined,
  }
}
