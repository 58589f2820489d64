// multipart/form-data (RFC 7578) from -F, as curl reads and writes it.

import { randomBytes } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { Body } from './body.ts'
import { readUpload } from './files.ts'
import { Usage } from './options/usage.ts'

interface Part {
  name: string
  content: Buffer
  filename?: string
  type?: string
}

/** Types that curl derives from the file extension. */
const TYPES = new Map([
  ['.gif', 'image/gif'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain'],
  ['.htm', 'text/html'],
  ['.html', 'text/html'],
  ['.pdf', 'application/pdf'],
  ['.xml', 'application/xml'],
])

export function multipart(fields: { name: string; value: string }[]): Body {
  const boundary = `------------------------${randomBytes(8).toString('hex')}`
  const parts = fields.map(({ name, value }) => partOf(value, name === 'form-string'))
  const bytes = parts.flatMap(({ name, content, filename, type }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"` +
        `${filename === undefined ? '' : `; filename="${quoted(filename)}"`}\r\n` +
        `${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    ),
    content,
    Buffer.from('\r\n'),
  ])
  return {
    bytes: Buffer.concat([...bytes, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

/** As the HTML standard writes names in a form: three characters are percent-encoded. */
const quoted = (text: string) => text.replace(/["\r\n]/g, (c) => encodeURIComponent(c))

function partOf(text: string, isLiteral: boolean): Part {
  const at = text.indexOf('=')
  if (at < 0) throw new Usage('-F takes NAME=VALUE')
  const name = text.slice(0, at)
  const rest = text.slice(at + 1)
  if (isLiteral) return { name, content: Buffer.from(rest) }
  const kind = rest[0] === '@' || rest[0] === '<' ? rest[0] : ''
  const { value, type, filename } = readParameters(name, rest.slice(kind.length))
  if (kind === '') return { name, content: Buffer.from(value), ...defined({ type, filename }) }
  const content = readUpload(`-F ${name}`, value)
  if (kind === '<') return { name, content, ...defined({ type, filename }) }
  const shown = filename ?? (value === '-' ? '-' : basename(value))
  return { name, content, filename: shown, type: type ?? typeOf(shown) }
}

const typeOf = (file: string) => TYPES.get(extname(file).toLowerCase()) ?? 'application/octet-stream'

const defined = ({ type, filename }: { type: string | undefined; filename: string | undefined }) => ({
  ...(type !== undefined && { type }),
  ...(filename !== undefined && { filename }),
})

/** `VALUE;type=TYPE;filename=NAME`, each of which may be in quotes. */
function readParameters(name: string, text: string) {
  const words = split(text)
  const value = words.shift() ?? ''
  let type: string | undefined
  let filename: string | undefined
  for (const word of words) {
    const [, key, parameter = ''] = /^\s*(type|filename)=([\s\S]*)$/.exec(word) ?? []
    if (key === 'type') type = parameter
    else if (key === 'filename') filename = parameter
    // A parameter of the type itself: `type=text/plain;charset=utf-8`.
    else if (type !== undefined && word.includes('=') && !/^\s*(?:headers|encoder)=/.test(word))
      type += `;${word}`
    else {
      // curl ignores it with a warning.
      throw new Usage(
        `-F ${name}: only type= and filename= may follow a ;. If the value has a ;, write '${name}="VALUE"'`,
      )
    }
  }
  return { value, type, filename }
}

/** Splits at each `;` outside quotes. Quotes enclose a value and do not belong to it; `\` escapes the next character. */
function split(text: string): string[] {
  const words: string[] = []
  let word = ''
  let inQuotes = false
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? ''
    if (inQuotes && c === '\\' && /["\\]/.test(text[at + 1] ?? '')) word += text[++at]
    else if (c === '"' && (inQuotes || word === '' || word.endsWith('='))) inQuotes = !inQuotes
    else if (c === ';' && !inQuotes) {
      words.push(word)
      word = ''
    } else word += c
  }
  return [...words, word]
}
