// Builds the body of -d, --json, -F and similar options, as curl does.

import { basename } from 'node:path'
import { readNamed, readUpload } from './files.ts'
import { multipart } from './multipart.ts'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'

export interface Body {
  bytes: Buffer
  /** Absent: no Content-Type is sent. */
  contentType?: string
}

const DATA = ['data', 'data-raw', 'data-binary', 'data-urlencode', 'json'] as const
const FORMS = ['form', 'form-string'] as const

/** @returns undefined if there is none; with -G the data is the query's */
export function bodyOf(args: Arguments): Body | undefined {
  const kinds = [
    ['-F', args.all(...FORMS).length > 0],
    ['-T', args.has('upload-file')],
    ['-d', args.all(...DATA).length > 0],
  ] as const
  const bodies = kinds.filter(([, is]) => is).map(([option]) => option)
  if (bodies.length > 1) throw new Usage(`${bodies.join(' and ')} both set a body: use only one of them`)
  if (bodies[0] === '-F') return multipart(args.all(...FORMS))
  if (bodies[0] === '-T') return { bytes: readUpload('-T', args.text('upload-file') ?? '') }
  if (bodies[0] === '-d' && !args.has('get')) {
    const bytes = dataOf(args)
    return { bytes, contentType: contentTypeOf(args, bytes) }
  }
  return undefined
}

/** Joins all data with `&`, in order. What --json adds follows without a separator. */
export function dataOf(args: Arguments): Buffer {
  const unchanged = args.has('data-unchanged')
  const parts: Buffer[] = []
  for (const { name, value } of args.all(...DATA)) {
    if (parts.length > 0 && name !== 'json') parts.push(Buffer.from('&'))
    parts.push(datum(name, value, unchanged))
  }
  return Buffer.concat(parts)
}

function datum(name: string, value: string, unchanged: boolean): Buffer {
  if (name === 'data-urlencode') return Buffer.from(urlencoded(value))
  if (name === 'data-raw' || !value.startsWith('@')) return Buffer.from(value)
  const bytes = readNamed(name === 'data' ? '-d' : `--${name}`, value.slice(1))
  return name === 'data' && !unchanged ? withoutLineBreaks(bytes) : bytes
}

/** As curl sends `-d @FILE`. A binary file would be damaged, so it is sent unchanged. */
function withoutLineBreaks(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8')
  const isText = !text.includes('\0') && Buffer.from(text).equals(bytes)
  return isText ? Buffer.from(text.replace(/[\r\n]/g, '')) : bytes
}

/**
 * curl's forms: `VALUE`, `=VALUE`, `NAME=VALUE`, `@FILE`, `NAME@FILE`. Only the value is encoded; a space becomes `+`, as
 * in application/x-www-form-urlencoded.
 */
export function urlencoded(text: string): string {
  const at = text.includes('=') ? text.indexOf('=') : text.indexOf('@')
  if (at === -1) return percentEncoded(Buffer.from(text))
  const name = text.slice(0, at)
  const value = text.slice(at + 1)
  const bytes = text[at] === '@' ? readNamed('--data-urlencode', value) : Buffer.from(value)
  return `${name}${name === '' ? '' : '='}${percentEncoded(bytes)}`
}

const percentEncoded = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[^A-Za-z0-9._~-]/g, (c) =>
      c === ' ' ? '+' : `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )

/**
 * curl's type, except for a JSON object or list, which nobody means as a form: API Gateway would answer it with 415, or
 * pass something different to the integration.
 */
function contentTypeOf(args: Arguments, bytes: Buffer): string {
  if (args.has('json') || (args.all('data-urlencode').length === 0 && isJson(bytes)))
    return 'application/json'
  return 'application/x-www-form-urlencoded'
}

function isJson(bytes: Buffer): boolean {
  const text = bytes.toString()
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The name that -T adds to a URL that ends with a slash. */
export function uploadName(args: Arguments): string {
  const file = args.text('upload-file')
  return file === undefined || file === '-' ? '' : encodeURIComponent(basename(file))
}
