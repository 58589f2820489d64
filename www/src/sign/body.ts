// The body as the bytes that are signed and sent, and the Content-Type that goes with them.

import { type Lookup, substitute } from '../model/environment'
import type { Body, Row } from '../model/request'

export interface Payload {
  bytes: Uint8Array<ArrayBuffer> | null
  contentType: string
}

const encode = (text: string) => new TextEncoder().encode(text)

export function payloadOf(body: Body, file: Uint8Array<ArrayBuffer> | null, lookup: Lookup): Payload {
  const fill = (text: string) => substitute(text, lookup)
  switch (body.kind) {
    case 'none':
      return { bytes: null, contentType: '' }
    case 'json':
      return bytesOf(fill(body.text), 'application/json')
    case 'text':
      return bytesOf(fill(body.text), fill(body.contentType) || 'text/plain;charset=UTF-8')
    case 'file':
      return { bytes: file, contentType: fill(body.contentType) || 'application/octet-stream' }
    case 'form': {
      const fields = body.form.filter(({ on, name }) => on && name !== '')
      const filled = fields.map(({ name, value }): [string, string] => [fill(name), fill(value)])
      return body.encoding === 'multipart' ? multipart(filled, body.form) : urlencoded(filled)
    }
  }
}

function bytesOf(text: string, contentType: string): Payload {
  return text === '' ? { bytes: null, contentType: '' } : { bytes: encode(text), contentType }
}

function urlencoded(fields: [string, string][]): Payload {
  return bytesOf(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded')
}

/** The boundary is made from the fields: the same form gives the same bytes and the same signature. */
function multipart(fields: [string, string][], form: Row[]): Payload {
  if (fields.length === 0) return { bytes: null, contentType: '' }
  let boundary = `gatesign-${hash(JSON.stringify(form)).toString(36)}`
  while (fields.some(([, value]) => value.includes(boundary))) boundary += 'x'
  const quoted = (name: string) => name.replace(/\r?\n|\r/g, '%0D%0A').replaceAll('"', '%22')
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  )
  return bytesOf(`${parts.join('')}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`)
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
