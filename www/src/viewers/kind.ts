// The kind of an answer: by its Content-Type, or else by its bytes.

import { charsetOf } from '../model/charset'
import { isEventStream } from '../model/events'

export type Kind = 'json' | 'lines' | 'events' | 'text' | 'xml' | 'svg' | 'image' | 'binary' | 'empty'

export function kindOf(contentType: string, bytes: Uint8Array): Kind {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (bytes.length === 0) return 'empty'
  if (type === 'image/svg+xml') return 'svg'
  if (isEventStream(type)) return 'events'
  if (/^(?:application|text)\/xml$/.test(type) || (type.endsWith('+xml') && !type.includes('xhtml')))
    return 'xml'
  if (/(?:x-)?ndjson$|jsonlines$|json-seq$|\/jsonl$/.test(type)) return 'lines'
  if (/^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon)$/.test(type)) return 'image'
  if (/[/+]json$/.test(type) || /json/.test(type)) return 'json'
  const head = bytes.subarray(0, 1024)
  if (imageType(head)) return 'image'
  if (charsetOf(contentType, head) === 'utf-8' && !isText(head)) return 'binary'
  const begin = new TextDecoder().decode(head)
  // S3 and others answer with XML without a type, or with a wrong one.
  if (/^\ufeff?\s*<\?xml\s/.test(begin)) return 'xml'
  return /^\s*[[{]/.test(begin) && !/html|javascript|css/.test(type) ? 'json' : 'text'
}

/** The type with which to show an image. */
export function imageType(head: Uint8Array): string {
  const starts = (...codes: number[]) => codes.every((code, i) => head[i] === code)
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0x47, 0x49, 0x46, 0x38)) return 'image/gif'
  if (starts(0x52, 0x49, 0x46, 0x46) && head[8] === 0x57) return 'image/webp'
  return ''
}

function isText(head: Uint8Array): boolean {
  if (head.some((code) => code < 9 || (code > 13 && code < 32 && code !== 27))) return false
  try {
    // The last character may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(
      head.subarray(0, head.length < 1024 ? head.length : head.findLastIndex((code) => code < 0x80) + 1),
    )
    return true
  } catch {
    return false
  }
}

/** A name for the downloaded file. */
export function fileName(url: string, disposition: string, contentType: string): string {
  const given = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(disposition)?.[1]
  const last = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? 'answer'
  const name = (given ?? decoded(last)).replace(/[^\w.\- ]+/g, '_').slice(0, 100)
  if (name.includes('.')) return name
  return `${name}.${/json/.test(contentType) ? 'json' : /^text\//.test(contentType) ? 'txt' : 'bin'}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
