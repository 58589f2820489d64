// The body as the bytes that are signed and sent, and the Content-Type that goes with them.

import { type Lookup, substitute } from '../model/environment'
import type { Body, Row } from '../model/request'

export interface Payload {
  bytes: Uint8Array<ArrayBuffer> | null
  contentType: string
}

const encode = (text: string) => new TextEncoder().encode(text)

/** The bytes of files, by the ids in the rows. */
export type Files = ReadonlyMap<string, { name: string; bytes: Uint8Array<ArrayBuffer> }>

export class MissingFile extends Error {}

/**
 * @throws {MissingVariable}
 * @throws {MissingFile}
 * @throws {SyntaxError} for the variables of GraphQL
 */
export function payloadOf(
  body: Body,
  file: Uint8Array<ArrayBuffer> | null,
  lookup: Lookup,
  files: Files = new Map(),
): Payload {
  const fill = (text: string) => substitute(text, lookup)
  switch (body.kind) {
    case 'none':
      return { bytes: null, contentType: '' }
    case 'json':
      return textPayload(fill(body.text), 'application/json')
    case 'text':
      return textPayload(fill(body.text), fill(body.contentType) || 'text/plain;charset=UTF-8')
    case 'file':
      return { bytes: file, contentType: fill(body.contentType) || 'application/octet-stream' }
    case 'graphql':
      return graphql(fill(body.text), fill(body.variables))
    case 'form': {
      const fields = body.form.filter(({ on, name }) => on && name !== '')
      if (body.encoding === 'urlencoded')
        return urlencoded(fields.map(({ name, value }) => [fill(name), fill(value)]))
      return multipart(fields.map((item) => partOf(item, fill, files)))
    }
  }
}

/** https://graphql.github.io/graphql-over-http/draft/#sec-JSON-Encoding: numbers in the variables keep their digits. */
function graphql(query: string, variables: string): Payload {
  if (query.trim() === '') return { bytes: null, contentType: '' }
  // The variables are checked, and sent as they are written.
  if (variables.trim() !== '') JSON.parse(variables)
  const more = variables.trim() === '' ? '' : `,"variables":${variables.trim()}`
  return textPayload(`{"query":${JSON.stringify(query)}${more}}`, 'application/json')
}

function textPayload(text: string, contentType: string): Payload {
  return text === '' ? { bytes: null, contentType: '' } : { bytes: encode(text), contentType }
}

function urlencoded(fields: [string, string][]): Payload {
  return textPayload(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded')
}

interface Part {
  head: string
  bytes: Uint8Array<ArrayBuffer>
}

function partOf(item: Row, fill: (text: string) => string, files: Files): Part {
  const name = quoted(fill(item.name))
  const type = fill(item.type ?? '')
    .replace(/[\r\n]+/g, ' ')
    .trim()
  if (item.file === undefined) {
    const head = `Content-Disposition: form-data; name="${name}"\r\n${type && `Content-Type: ${type}\r\n`}`
    return { head, bytes: encode(fill(item.value)) }
  }
  const file = files.get(item.file)
  if (!file)
    throw new MissingFile(`Choose the file of ${item.name}${item.value && ` (${item.value})`} again.`)
  const disposition = `form-data; name="${name}"; filename="${quoted(file.name)}"`
  const head = `Content-Disposition: ${disposition}\r\nContent-Type: ${type || 'application/octet-stream'}\r\n`
  return { head, bytes: file.bytes }
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (name: string) => name.replace(/\r?\n|\r/g, '%0D%0A').replaceAll('"', '%22')

/** The boundary is computed from the parts, so that the same form has the same bytes and the same signature. */
function multipart(parts: Part[]): Payload {
  if (parts.length === 0) return { bytes: null, contentType: '' }
  const heads = parts.map(({ head, bytes }) => `${head}${bytes.length}`).join('')
  let boundary = `gatesign-${hash(heads).toString(36)}`
  const latin = new TextDecoder('latin1')
  const texts = parts.map(({ bytes }) => latin.decode(bytes))
  while (texts.some((text) => text.includes(boundary))) boundary += 'x'
  const pieces = parts.flatMap(({ head, bytes }) => [
    encode(`--${boundary}\r\n${head}\r\n`),
    bytes,
    encode('\r\n'),
  ])
  return {
    bytes: joined([...pieces, encode(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

function joined(pieces: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
