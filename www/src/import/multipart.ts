// A multipart form, with types and files.
//
// https://www.rfc-editor.org/rfc/rfc7578

import { newId } from '../model/id'
import { type RequestDoc, type Row, row } from '../model/request'

export interface Part {
  name: string
  value: string
  contentType?: string
  fileName?: string
  /** The path of a file that a page cannot open. */
  file?: string
  off?: boolean
}

export function multipartText(doc: RequestDoc, parts: Part[]) {
  // A text with a file name cannot be a row: the form is written out as text.
  if (parts.some(({ file, fileName }) => file === undefined && fileName !== undefined))
    return written(doc, parts)
  const form = parts.map(({ name, value, contentType, file, off }): Row => {
    const type = contentType === undefined ? {} : { type: contentType }
    if (file === undefined) return { ...row(name, value, !off), ...type }
    const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
    return { ...row(name, base, !off), ...type, file: newId() }
  })
  doc.body = { ...doc.body, kind: 'form', encoding: 'multipart', form }
}

function written(doc: RequestDoc, all: Part[]) {
  const parts = all.filter(({ file, off }) => file === undefined && !off)
  let boundary = 'part-of-this-form'
  while (parts.some(({ value }) => value.includes(boundary))) boundary += 'x'
  const text = parts.map((part) => `--${boundary}\r\n${headOf(part)}\r\n${part.value}\r\n`)
  doc.body = {
    ...doc.body,
    kind: 'text',
    text: `${text.join('')}--${boundary}--\r\n`,
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

function headOf({ name, fileName, contentType }: Part): string {
  const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`
  const type = contentType === undefined ? '' : `Content-Type: ${contentType.replace(/[\r\n]+/g, ' ')}\r\n`
  return `Content-Disposition: form-data; name="${quoted(name)}"${file}\r\n${type}`
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (name: string) => name.replace(/\r?\n|\r/g, '%0D%0A').replaceAll('"', '%22')
