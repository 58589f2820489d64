// A form of parts. Parts with a type or a file name of their own are written out as the text that is sent.
//
// https://www.rfc-editor.org/rfc/rfc7578

import { type RequestDoc, row } from '../model/request'

export interface Part {
  name: string
  value: string
  contentType?: string
  fileName?: string
  /** The path of a file, which a page cannot open. */
  file?: string
  off?: boolean
}

export function multipartText(doc: RequestDoc, parts: Part[]) {
  const written = parts.filter(({ file }) => file === undefined)
  const plain = written.every(
    ({ contentType, fileName }) => contentType === undefined && fileName === undefined,
  )
  if (plain) {
    const form = written.map(({ name, value, off }) => row(name, value, !off))
    doc.body = { ...doc.body, kind: 'form', encoding: 'multipart', form }
    return
  }
  let boundary = 'part-of-this-form'
  while (written.some(({ value }) => value.includes(boundary))) boundary += 'x'
  const text = written
    .filter(({ off }) => !off)
    .map((part) => `--${boundary}\r\n${headOf(part)}\r\n${part.value}\r\n`)
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
