// Reads blocks of credentials as people copy them: exports of every shell, the credentials file, output of the AWS CLI
// in each of its formats, the dialog of `aws configure`, the console's CSV and labels, objects in programs. Several
// profiles result in several sets. Every reader scans the text once.

import { isPlaceholder } from '../model/credentials'
import { shapesOf } from './shapes'

export interface Found {
  /** The profile's name; empty if there is none. */
  profile: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** ms since the epoch; 0 if the text does not say. */
  expiresAt: number
  /** The region next to the keys; empty if there is none. */
  region: string
}

/** The maximum number of characters of a block. */
export const MOST_BLOCK = 200_000

/** Why nothing was found in a text. */
export const whyNone = (text: string) =>
  text.length > MOST_BLOCK
    ? `That is longer than ${MOST_BLOCK / 1000},000 characters: paste the lines with the credentials.`
    : 'No credentials were found in that.'

type Field = Exclude<keyof Found, 'profile'>

const NAMES: ReadonlyMap<string, Field> = new Map([
  ['accesskeyid', 'accessKeyId'],
  ['accesskey', 'accessKeyId'],
  ['secretaccesskey', 'secretAccessKey'],
  ['secretkey', 'secretAccessKey'],
  ['sessiontoken', 'sessionToken'],
  ['securitytoken', 'sessionToken'],
  ['token', 'sessionToken'],
  ['expiration', 'expiresAt'],
  ['credentialexpiration', 'expiresAt'],
  ['securitytokenexpires', 'expiresAt'],
  ['region', 'region'],
  ['regionname', 'region'],
  ['defaultregion', 'region'],
  ['defaultregionname', 'region'],
])

/**
 * Everything that looks like credentials, in order; nothing if there are none, or if the text is longer than a block.
 */
export function findCredentials(text: string): Found[] {
  if (text.length > MOST_BLOCK) return []
  const trimmed = text.trim().replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'")
  // `[default]` of a credentials file starts like a JSON array.
  const found = (/^[[{]/.test(trimmed) ? fromJson(trimmed) : undefined) ?? fromText(trimmed)
  return found.filter(({ accessKeyId, secretAccessKey }) => accessKeyId !== '' || secretAccessKey !== '')
}

const nothing = (profile: string): Found => ({
  profile,
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  expiresAt: 0,
  region: '',
})

const fieldOf = (name: string): Field | undefined =>
  NAMES.get(
    name
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/^(?:aws|xsecurity)/, (start) => (start === 'aws' ? '' : 'security')),
  )

function put(into: Found, name: string, value: string) {
  const field = fieldOf(name)
  if (field === undefined || isPlaceholder(value)) return
  if (field === 'expiresAt') into.expiresAt = parseTime(value.trim())
  else into[field] = value.replace(/\s+/g, '')
}

/** ISO 8601, or seconds or ms since the epoch. */
export function parseTime(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) < 1e11 ? Number(text) * 1000 : Number(text)
  return Date.parse(text) || 0
}

function fromJson(text: string): Found[] | undefined {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return undefined
  }
  const found: Found[] = []
  const visit = (value: unknown, name: string, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 4) return
    // A row of values, from `--query`.
    if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      found.push(...rowsOf(value.join('\t')))
    const set = nothing(['Credentials', 'roleCredentials', 'AccessKey', ''].includes(name) ? '' : name)
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'string' || typeof item === 'number') put(set, key, String(item))
      else visit(item, Array.isArray(value) ? name : key, depth + 1)
    }
    if (set.accessKeyId !== '' && set.secretAccessKey !== '') found.push(set)
  }
  visit(data, '', 0)
  return found
}

const rowsOf = (text: string): Found[] => shapesOf(text).map((shape) => ({ ...nothing(''), ...shape }))

function fromText(text: string): Found[] {
  const csv = fromCsv(text)
  if (csv) return csv
  const named = fromNames(text)
  return named.some(({ accessKeyId, secretAccessKey }) => accessKeyId !== '' && secretAccessKey !== '')
    ? named
    : [
        ...named.filter(({ accessKeyId, secretAccessKey }) => accessKeyId !== '' || secretAccessKey !== ''),
        ...rowsOf(text),
      ].slice(-20)
}

/** The name of a credential, in any form: `AWS_ACCESS_KEY_ID`, `aws.secretKey`, `Secret access key`. */
const NAME =
  /(?<![A-Za-z0-9/])(?:(?:AWS|x)[ _.-]?)?(?:access[ _-]?key[ _-]?id|secret[ _-]?access[ _-]?key|access[ _-]?key|secret[ _-]?key|session[ _-]?token|security[ _-]?token(?:[ _]expires)?|token|(?:credential[ _]?)?expiration|(?:default[ _]?)?region(?:[ _]name)?)(?![A-Za-z0-9_])/gi

const SECTION = /^[ \t]*\[([\w .:@/+=-]{1,200})\][ \t]*(?:[#;].*)?$/gm

/** Reads names and values; a section, or a repeated name, starts another set. */
function fromNames(text: string): Found[] {
  const sections = [...text.matchAll(SECTION)].map((found) => ({
    at: found.index,
    name: (found[1] ?? '')
      .trim()
      .replace(/^profile\s/, '')
      .trim(),
  }))
  const found: Found[] = []
  let current = nothing('')
  let seen = new Set<Field>()
  let next = 0
  const begin = (profile: string) => {
    found.push(current)
    current = nothing(profile)
    seen = new Set()
  }
  let end = 0
  for (const match of text.matchAll(NAME)) {
    if (match.index < end) continue
    for (; next < sections.length && (sections[next]?.at ?? 0) < match.index; next++)
      begin(sections[next]?.name ?? '')
    const [name] = match
    const read = valueAfter(text, match.index + name.length)
    if (read === undefined) continue
    end = read.end
    const field = fieldOf(name)
    if (
      field === undefined ||
      (field === 'sessionToken' && /^token$/i.test(name) && !seen.has('accessKeyId'))
    )
      continue
    if (field === 'accessKeyId' && seen.has(field)) begin(current.profile)
    seen.add(field)
    put(current, name, read.value)
  }
  return [...found, current]
}

/** The text after a name: after `=`, `:`, `|`, a tag's end, white space or `[None]:`. */
function valueAfter(text: string, from: number): { value: string; end: number } | undefined {
  let at = from
  const skip = (characters: string) => {
    while (at < text.length && characters.includes(text.charAt(at))) at++
  }
  skip('"\'')
  skip(' \t')
  if (text.charAt(at) === '[') at = text.indexOf(']', at) + 1 || text.length
  skip(' \t')
  const sign = '=:|,>'.includes(text.charAt(at)) && at < text.length
  if (sign) at++
  // `:=` and `=>`.
  skip('=>')
  skip(' \t')
  // The console writes a label, and the value on the next line.
  if (!sign && /[\r\n]/.test(text.charAt(at))) skip('\r\n \t')
  else if (!sign && at === from) return undefined
  const quote = text.charAt(at)
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, at + 1)
    const end = close === -1 ? text.length : close
    return { value: text.slice(at + 1, end), end: end + 1 }
  }
  const begin = at
  // A placeholder is read to its end.
  const [, close = ''] = BRACKETS.find(([open]) => text.startsWith(open, at)) ?? []
  const closed = close === '' ? -1 : text.indexOf(close, at)
  if (closed !== -1 && closed - at < 200) at = closed + close.length
  while (at < text.length && !/[\s"'`,;|<>{}()]/.test(text.charAt(at))) at++
  let value = text.slice(begin, at).replace(/\\$/, '')
  // A value that a terminal or a mail has wrapped continues on the next lines.
  for (;;) {
    WRAPPED.lastIndex = at
    const more = WRAPPED.exec(text)
    if (!more || value === '') break
    value += more[1] ?? ''
    at += more[0].length
  }
  return { value, end: at }
}

const BRACKETS: readonly [string, string][] = [
  ['{{', '}}'],
  ['${', '}'],
  ['<', '>'],
]

const WRAPPED = /[ \t]*\r?\n[ \t]*([A-Za-z0-9+/=]{16,})["']?;?[ \t]*(?=\r?\n|$)/y

/** The console's downloads: `Access key ID,Secret access key`, with or without the name of a user. */
function fromCsv(text: string): Found[] | undefined {
  const [head = '', ...lines] = text.split(/\r?\n/)
  if (!/access key id"?\s?,/i.test(head) || !/secret access key/i.test(head)) return undefined
  const cells = (line: string) => line.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''))
  const names = cells(head)
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const values = cells(line)
      const user = names.findIndex((name) => /^user name$/i.test(name))
      const set = nothing(lines.length > 1 && user !== -1 ? (values[user] ?? '') : '')
      for (const [i, name] of names.entries()) put(set, name, values[i] ?? '')
      return set
    })
}
