// The secrets of a request, hidden in what is shown of it: by their value where it is known, by the name of their
// header or parameter where it is not. Both write what src/client/redact.rs writes, so that texts which were hidden
// apart can be compared.

/**
 * Headers whose values are credentials, as in src/client/headers.rs (a test holds both lists together). One that may
 * have another's value in it comes first.
 */
const SECRET = [
  'cookie',
  'authorization',
  'proxy-authorization',
  'x-amz-security-token',
  'x-amz-s3session-token',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-api-key',
]

/** Headers of a request, without the values that are credentials. */
export function redactedHeaders(headers: Record<string, string>): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    shown[name] = SECRET.includes(name) ? '[redacted]' : copied(value)
  }
  return shown
}

/**
 * A text of its own: engines keep a whole text as long as a part of it lives, and the module's answer has the
 * signature and the session token in it.
 */
const copied = (text: string) => (text.length > 12 ? ` ${text}`.slice(1) : text)

const hiddenText = (length: number) => `[redacted: ${length} characters]`

/**
 * A text without secret values: what follows a secret's name and `:` or `=`, up to the end of the line or, for `=`,
 * to the next parameter. The name may stand anywhere and in any case, because the text may come from a server or a
 * log. Redacting twice changes nothing.
 */
export function redact(text: string): string {
  const secrets = new RegExp(`(${SECRET.join('|')})(?:(:)([^\n]*)|(=)([^&\n]*))`, 'gi')
  return text.replace(secrets, (_, name, colon = '', line = '', equals = '', value = '') => {
    const secret: string = line + value
    const isHidden = secret.startsWith('[redacted') && secret.indexOf(']') === secret.length - 1
    // In characters, of which some are two units of JavaScript's.
    return name + colon + equals + (isHidden ? secret : hiddenText([...secret].length))
  })
}

/**
 * Hides the credentials of a request in what the answer repeats of it: gateways show the whole canonical request
 * when a signature does not match.
 *
 * @returns for JSON.parse; hides them in texts, numbers and names
 */
export function hider(headers: Record<string, string>): (key: string, value: unknown) => unknown {
  const values = SECRET.map((name) => headers[name] ?? '')
  // Shorter values would match unrelated text.
  const secrets = values
    .flatMap((value) => [value, encodeURIComponent(value)])
    .filter(({ length }) => length > 7)
  const hidden = (text: string) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, hiddenText(secret.length)), text)
  return (_, value) => {
    if (typeof value === 'string') return hidden(value)
    if (typeof value === 'number') {
      // A number of many digits is rounded when it is read.
      const secret = secrets.find((secret) => `${value}`.includes(secret) || Number(secret) === value)
      return secret === undefined ? value : hiddenText(secret.length)
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const entries = Object.entries(value)
    if (entries.every(([name]) => hidden(name) === name)) return value
    return Object.fromEntries(entries.map(([name, value]) => [hidden(name), value]))
  }
}
