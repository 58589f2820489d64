// Guesses of what was signed. Each changes one line of the canonical request and describes what happened to the
// request, or what its signer did, if the guess is right.

/** The lines of a canonical request, and the values they were made from. */
export interface Texts {
  method: string
  path: string
  query: string
  /** Headers by name, as they were sent. */
  headers: [name: string, values: string[]][]
  hash: string
  /** As it arrived. */
  url: { host: string; hostname: string; path: string; query: string }
  body: Uint8Array<ArrayBuffer>
  service: string
}

export interface Guess {
  changed: Partial<Pick<Texts, 'method' | 'path' | 'query' | 'headers' | 'hash'>>
  says: string
}

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** The most parameters to make guesses for: each guess and each pair of guesses is tried. */
const MOST_PARAMETERS = 30
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

export async function guessesOf(texts: Texts): Promise<Guess[]> {
  const all = [
    ...methods(texts),
    ...paths(texts),
    ...queries(texts),
    ...headers(texts),
    ...(await hashes(texts)),
  ]
  const seen = new Set<string>()
  return all.filter(({ changed }) => {
    const key = JSON.stringify(changed)
    const isNew =
      !seen.has(key) &&
      Object.entries(changed).some(
        ([part, value]) => JSON.stringify(value) !== JSON.stringify(texts[part as keyof Texts]),
      )
    seen.add(key)
    return isNew
  })
}

const methods = ({ method }: Texts): Guess[] =>
  METHODS.filter((other) => other !== method).map((other) => ({
    changed: { method: other },
    says: `It was signed for ${other}, and is sent with ${method}.`,
  }))

function paths({ path, url }: Texts): Guess[] {
  const wire = url.path
  const twice = wire.replace(/%/g, '%25')
  const [, stage = '', rest = ''] = /^(\/[^/]+)(\/.*)?$/.exec(path) ?? []
  const guesses: [string, string][] = [
    [wire, 'The path was encoded once, as only S3 wants it: elsewhere % becomes %25.'],
    [twice, 'The path was encoded twice, which S3 does not want.'],
    [decoded(wire), 'The path was signed before it was encoded.'],
    [wire.replace(/\/{2,}/g, '/'), 'Double slashes were merged in the path that was signed.'],
    [
      path.endsWith('/') ? path.slice(0, -1) || '/' : `${path}/`,
      path.endsWith('/')
        ? 'A slash was added to the end of the path.'
        : 'The slash at the end of the path was lost.',
    ],
    [rest || '/', `The path was signed without ${stage}, the stage or base path.`],
    ['/', 'The path was left out of the signature.'],
  ]
  return guesses.map(([changed, says]) => ({ changed: { path: changed }, says }))
}

function queries({ query, url }: Texts): Guess[] {
  const written = url.query
  const unsorted = query === '' ? '' : written.replace(/(^|&)([^=&]+)(?=&|$)/g, '$1$2=')
  const guesses: [string, string][] = [
    ['', 'The query was left out of the signature, or was added to the request afterwards.'],
    [unsorted, 'The query was signed in the order in which it is sent: its parameters must be sorted.'],
    [written, 'The query was signed as it is written: a parameter without a value needs an =.'],
    [query.replaceAll('%20', '%2B'), 'A + in the query was signed as a plus (%2B); it stands for a space.'],
    [query.replaceAll('%20', '+'), 'Spaces in the query were signed as +: they must be %20.'],
    [query.replaceAll('%2B', '%20'), 'A plus in the query was signed as a space.'],
    [sortedQuery(decoded(query).split('&')), 'The query was signed without its encoding.'],
  ]
  for (const part of query.split('&').filter(Boolean).slice(0, MOST_PARAMETERS)) {
    if (/^X-Amz-/.test(part)) continue
    const name = decoded(part.split('=', 1)[0] ?? '')
    const rest = query
      .split('&')
      .filter((other) => other !== part)
      .join('&')
    guesses.push([rest, `The parameter ${name} was added after the request was signed.`])
  }
  return guesses.map(([changed, says]) => ({ changed: { query: changed }, says }))
}

/** Sorted by name, then by value; `a` comes before `a0`, which sorting whole texts would reverse. */
export function sortedQuery(parts: readonly string[]): string {
  const pairs = parts.map((part): [string, string] => {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    return [name, value]
  })
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return parts
    .map((part, i) => ({ part, pair: pairs[i] as [string, string] }))
    .sort((a, b) => order(a.pair[0], b.pair[0]) || order(a.pair[1], b.pair[1]))
    .map(({ part }) => part)
    .join('&')
}

function headers({ headers, url }: Texts): Guess[] {
  const guesses: Guess[] = []
  const other = (header: string, value: string, says: string) => {
    const changed = headers.map(([name, values]): [string, string[]] => [
      name,
      name === header ? [value] : values,
    ])
    guesses.push({ changed: { headers: changed }, says })
  }
  for (const [name, values] of headers) {
    const value = values.join(',').trim()
    if (name === 'host') {
      other(name, url.hostname, `The host was signed without its port (${url.hostname}).`)
      if (url.host === url.hostname) other(name, `${url.hostname}:443`, 'The host was signed with port 443.')
      if (url.host !== value)
        other(name, url.host, 'The host of the URL was signed, but the header Host has a different one.')
    } else if (name === 'content-type') {
      const [type = ''] = value.split(';', 1)
      other(name, type.trim(), 'The Content-Type was signed without its charset: a client has added that.')
      for (const joint of ['; ', ';'])
        for (const charset of ['utf-8', 'UTF-8'])
          other(
            name,
            `${type.trim()}${joint}charset=${charset}`,
            `The Content-Type was signed with ${joint}charset=${charset}.`,
          )
      for (const type of [
        'application/json',
        'application/x-www-form-urlencoded',
        'text/plain;charset=UTF-8',
        'application/x-amz-json-1.0',
        'application/x-amz-json-1.1',
      ])
        other(name, type, `The Content-Type was signed as ${type}.`)
    } else if (name === 'accept') {
      for (const accept of ['*/*', 'application/json', 'application/json, text/plain, */*'])
        other(name, accept, `The header accept was signed as ${accept}: a proxy or a client has changed it.`)
    } else if (name === 'accept-encoding' || name === 'user-agent') {
      other(
        name,
        '',
        `The header ${name} was signed empty: a client has written it afterwards. Do not sign it.`,
      )
    }
    if (values.length > 1)
      other(
        name,
        values.join(', '),
        `The values of ${name} were joined with a comma and a space instead of a comma alone.`,
      )
    if (value !== '') other(name, '', `The header ${name} was signed without a value.`)
  }
  return guesses
}

async function hashes({ body, headers }: Texts): Promise<Guess[]> {
  const text = new TextDecoder().decode(body)
  // A signed content-length was that of the guessed body.
  const hasLength = headers.some(([name]) => name === 'content-length')
  const lengthOf = (length: number | undefined) =>
    hasLength &&
    length !== undefined && {
      headers: headers.map(([name, values]): [string, string[]] => [
        name,
        name === 'content-length' ? [String(length)] : values,
      ]),
    }
  const hashed = new Map(headers).get('x-amz-content-sha256')?.[0]?.trim()
  const bodies: [string, string][] = [
    [`${text}\n`, 'The body was signed with a line feed at its end.'],
    [text.replace(/\r?\n$/, ''), 'The body was signed without the line feed at its end.'],
    [text.replace(/\r\n/g, '\n'), 'The body was signed with LF, and is sent with CRLF.'],
    [text.replace(/\r?\n/g, '\r\n'), 'The body was signed with CRLF, and is sent with LF.'],
    [text.trim(), 'The body was signed without the white space around it.'],
    ...formatted(text),
  ]
  const guesses: [string, string, number?][] = [
    [EMPTY, 'An empty body was signed, but the request has a body.', 0],
    ['UNSIGNED-PAYLOAD', 'The body is not part of the signature (UNSIGNED-PAYLOAD).'],
    [await sha256(text), 'The header x-amz-content-sha256 is not the hash of the body that is sent.'],
  ]
  if (hashed) guesses.push([hashed, 'The hash in x-amz-content-sha256 was signed.'])
  for (const [body, says] of bodies)
    guesses.push([await sha256(body), says, new TextEncoder().encode(body).length])
  return guesses.map(([hash, says, length]) => ({ changed: { hash, ...lengthOf(length) }, says }))
}

/** JSON that was formatted or minified after it was signed. */
function formatted(text: string): [string, string][] {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return []
  }
  return [
    [JSON.stringify(data), 'The body was signed as JSON on one line and formatted afterwards.'],
    [
      JSON.stringify(data, null, 2),
      'The body was signed as JSON with an indent of 2, and formatted differently afterwards.',
    ],
    [
      JSON.stringify(data, null, 4),
      'The body was signed as JSON with an indent of 4, and formatted differently afterwards.',
    ],
    // Python's json.dumps
    [spaced(data), 'The body was signed as Python writes JSON, with spaces after : and ,.'],
  ]
}

function spaced(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(spaced).join(', ')}]`
  if (typeof data !== 'object' || data === null) return JSON.stringify(data)
  return `{${Object.entries(data)
    .map(([name, value]) => `${JSON.stringify(name)}: ${spaced(value)}`)
    .join(', ')}}`
}

/** In hexadecimal digits. */
export async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
