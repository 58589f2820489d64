// Requests that other programs signed are verified; what was changed after it was signed is named.

import { createHash, createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { readText } from '../../src/import/read'
import { ready } from '../../src/sign/gatesign'
import { readSigned, type Signed, verify } from '../../src/sign/verify'

const { sign } = createRequire(import.meta.url)('aws4')

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const SECRET = KEYS.secretAccessKey
const HOST = 'abc123.execute-api.us-east-1.amazonaws.com'
const NOW = Date.now()

beforeAll(() => ready)

interface Request {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
  service?: string
  signQuery?: boolean
  sessionToken?: string
  host?: string
}

/** As aws4 signs it (https://github.com/mhart/aws4). */
function signed({ sessionToken, ...request }: Request) {
  return sign(
    { service: 'execute-api', region: 'us-east-1', host: HOST, ...request },
    { ...KEYS, ...(sessionToken && { sessionToken }) },
  ) as { method: string; path: string; headers: Record<string, string>; body?: string }
}

const headersOf = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => [name, String(value)])

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

const asCurl = ({ method = 'GET', path, headers, body }: ReturnType<typeof signed>) =>
  [
    `curl -X ${method} ${quoted(`https://${HOST}${path}`)}`,
    ...headersOf(headers)
      .filter(([name]) => !/^(?:host|content-length)$/i.test(name ?? ''))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${quoted(body)}`] : []),
  ].join(' \\\n  ')

const asHttp = ({ method = 'GET', path, headers, body = '' }: ReturnType<typeof signed>) =>
  `${method} ${path} HTTP/1.1\n${headersOf(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n${body}`

const asHar = ({ method = 'GET', path, headers, body }: ReturnType<typeof signed>) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method,
            url: `https://${HOST}${path}`,
            headers: headersOf(headers).map(([name, value]) => ({ name, value })),
            ...(body && { postData: { mimeType: headers['Content-Type'] ?? '', text: body } }),
          },
        },
      ],
    },
  })

async function read(text: string): Promise<Signed> {
  const [doc] = (await readText(text)).signed
  if (!doc) throw new Error('nothing signed was found')
  return readSigned(doc)
}

const SHAPES: [name: string, request: Request][] = [
  ['GET', { path: '/prod/movies' }],
  ['a query', { path: '/prod/movies?b=2&a=1&c=%20x&d=%2F&e' }],
  ['names that begin alike', { path: '/prod/movies?p1=1&p10=2&p=3&p-=4' }],
  ['a path with signs', { path: '/prod/a%20b/%C3%A4/c%2Fd' }],
  ['a session token', { path: '/prod/movies', sessionToken: 'a+token/with=signs==' }],
  [
    'JSON',
    {
      method: 'POST',
      path: '/prod/movies',
      body: '{"title":"Größe","n":12345678901234567890}',
      headers: { 'Content-Type': 'application/json' },
    },
  ],
  [
    'a form',
    {
      method: 'POST',
      path: '/prod/movies',
      body: 'a=1&b=x%20y',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    },
  ],
  [
    'text',
    { method: 'PUT', path: '/prod/movies', body: 'two\nlines', headers: { 'Content-Type': 'text/plain' } },
  ],
  [
    'DELETE with headers',
    { method: 'DELETE', path: '/prod/movies/1', headers: { 'X-Test': '  two   spaces ', Accept: '*/*' } },
  ],
  ['S3', { path: '/bucket/a%20key', service: 's3', headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } }],
]

describe('what aws4 signed is valid', () => {
  it.each(SHAPES)('%s', async (_, request) => {
    const made = signed(request)
    const texts = [asCurl(made), asHar(made), asHttp(made)]
    for (const text of texts) {
      const found = await read(text)
      expect(found.faults, text).toEqual([])
      expect(await verify(found, SECRET, NOW), text).toMatchObject({ kind: 'valid' })
      expect(await verify(found, `${SECRET}x`, NOW)).toEqual({ kind: 'unknown' })
    }
  })

  it.each(SHAPES.filter(([, { method }]) => !method))('in the URL: %s', async (_, request) => {
    const { path } = signed({ ...request, signQuery: true, headers: {} })
    const found = await read(`https://${HOST}${path}`)
    expect(found.inQuery).toBe(true)
    expect(await verify(found, SECRET, NOW)).toMatchObject({ kind: 'valid' })
    expect(await read(`curl ${quoted(`https://${HOST}${path}`)}`)).toMatchObject({
      signature: found.signature,
    })
  })
})

const POST: Request = {
  method: 'POST',
  path: '/prod/movies?a=1&b=2',
  body: '{"a": 1}',
  headers: { 'Content-Type': 'application/json' },
}

const CHANGES: [name: string, change: (made: ReturnType<typeof signed>) => unknown, says: RegExp][] = [
  ['the method', (made) => ({ ...made, method: 'PUT' }), /signed for POST, and is sent with PUT/],
  ['a parameter that was added', (made) => ({ ...made, path: `${made.path}&c=3` }), /parameter c was added/],
  [
    'the whole query',
    (made) => ({ ...made, path: `${made.path.split('?')[0]}/?a=1&b=2` }),
    /slash was added/,
  ],
  ['JSON that was formatted', (made) => ({ ...made, body: '{\n  "a": 1\n}' }), /as Python writes JSON/],
  ['the body is new', (made) => ({ ...made, body: '{"a": 1}\n' }), /without the line feed|white space/],
  [
    'the charset',
    (made) => ({ ...made, headers: { ...made.headers, 'Content-Type': 'application/json; charset=utf-8' } }),
    /without its charset|as application\/json/,
  ],
  [
    'two at once',
    (made) => ({ ...made, path: `${made.path}&c=3`, body: '{"a":1}' }),
    /parameter c .*(?:Python|JSON)/,
  ],
]

describe('what was changed afterwards is named', () => {
  it.each(CHANGES)('%s', async (_, change, says) => {
    const changed = change(signed(POST)) as ReturnType<typeof signed>
    const verdict = await verify(await read(asCurl(changed)), SECRET, NOW)
    expect(verdict).toMatchObject({ kind: 'differs', says: expect.stringMatching(says) })
  })

  /** A signer with a mistake of its own: the canonical request is the test’s. */
  const wrongly = (canonical: (hash: string) => string, method: string, path: string, body = '') => {
    const amzDate = new Date(NOW).toISOString().replace(/[-:]|\.\d{3}/g, '')
    const scope = `${amzDate.slice(0, 8)}/us-east-1/execute-api/aws4_request`
    const sha = (text: string) => createHash('sha256').update(text).digest('hex')
    const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
    const toSign = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha(canonical(sha(body)).replaceAll('DATE', amzDate))}`
    const key = scope.split('/').reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${SECRET}`)
    const signature = hmac(key, toSign).toString('hex')
    const authorization = `AWS4-HMAC-SHA256 Credential=${KEYS.accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`
    return `${method} ${path} HTTP/1.1\nHost: ${HOST}\nX-Amz-Date: ${amzDate}\nAuthorization: ${authorization}\n\n${body}`
  }
  const head = `host:${HOST}\nx-amz-date:DATE\n\nhost;x-amz-date`

  it.each([
    [
      'unsorted',
      wrongly((hash) => `GET\n/p\nb=2&a=1\n${head}\n${hash}`, 'GET', '/p?b=2&a=1'),
      /must be sorted/,
    ],
    [
      'a path encoded once',
      wrongly((hash) => `GET\n/a%20b\n\n${head}\n${hash}`, 'GET', '/a%20b'),
      /encoded once/,
    ],
    [
      'spaces as +',
      wrongly((hash) => `GET\n/p\na=x+y\n${head}\n${hash}`, 'GET', '/p?a=x%20y'),
      /must be %20/,
    ],
    [
      'without the stage',
      wrongly((hash) => `GET\n/movies\n\n${head}\n${hash}`, 'GET', '/prod/movies'),
      /without \/prod/,
    ],
    [
      'an unsigned body',
      wrongly(() => `POST\n/p\n\n${head}\nUNSIGNED-PAYLOAD`, 'POST', '/p', 'x'),
      /not part of the signature/,
    ],
  ])('of the signer: %s', async (_, text, says) => {
    const verdict = await verify(await read(text), SECRET, NOW)
    expect(verdict).toMatchObject({ kind: 'differs', says: expect.stringMatching(says) })
  })
})

it('a request with many parameters, and a body of some size, is judged in time', {
  timeout: 20_000,
}, async () => {
  const query = Array.from({ length: 2_000 }, (_, i) => `p${i}=${i}`).join('&')
  const made = signed({ ...POST, path: `/prod/movies?${query}`, body: JSON.stringify('x'.repeat(200_000)) })
  const found = await read(asHttp(made))
  const begun = performance.now()
  expect(await verify(found, 'another/secret', NOW)).toEqual({ kind: 'unknown' })
  expect(performance.now() - begun).toBeLessThan(15_000)
  expect(await verify(found, SECRET, NOW)).toMatchObject({ kind: 'valid' })
})

/** ms; the signer takes the time when it signs, which is later than NOW by as long as the machine took until then. */
const signedAt = (date: string | null | undefined) =>
  Date.parse(String(date).replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'))

it('the time is judged apart from the signature', async () => {
  const made = signed({ path: '/prod/movies' })
  const anHourLater = signedAt(made.headers['X-Amz-Date']) + 3_600_000
  expect(await verify(await read(asCurl(made)), SECRET, anHourLater)).toMatchObject({
    kind: 'valid',
    seconds: -3300,
  })
  const url = new URL(
    signed({ path: '/prod/movies?X-Amz-Expires=60', signQuery: true }).path,
    `https://${HOST}`,
  )
  const halfway = signedAt(url.searchParams.get('X-Amz-Date')) + 30_000
  expect(await verify(await read(url.href), SECRET, halfway)).toMatchObject({ kind: 'valid', seconds: 30 })
})

describe('what is not whole is named', () => {
  const good = asCurl(signed({ path: '/prod/movies' }))
  it.each([
    [
      'a signature that was cut',
      good.replace(/(Signature=[0-9a-f]{20})[0-9a-f]+/, '$1'),
      /not 64 hexadecimal digits/,
    ],
    ['no date', good.replace(/-H 'X-Amz-Date: [^']*' \\\n/, ''), /time is missing/],
    ['a scope that was cut', good.replace('/us-east-1/execute-api', ''), /Credential is incomplete/],
  ])('%s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  it('a signed header that is not there', async () => {
    const made = signed(POST)
    const { 'Content-Type': _, ...headers } = made.headers
    const found = await read(asHttp({ ...made, method: 'POST', headers, body: '' }))
    expect(found.faults).toEqual([expect.stringMatching(/^content-type: signed, but not/)])
  })

  it('nothing signed', async () => {
    expect((await readText('curl https://a.example/')).signed).toEqual([])
  })
})
