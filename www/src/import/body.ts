// Uses a text as the body of a request, with the editor that fits its type.

import { type RequestDoc, row } from '../model/request'
import { headerOf, removeHeader } from './drafts'

const FORM = 'application/x-www-form-urlencoded'

/** @param byDefault the type of a body whose request names none */
export function putBody(doc: RequestDoc, text: string, byDefault: string) {
  const named = headerOf(doc, 'content-type')
  const type = (named?.on ? named.value : '') || byDefault
  if (text === '') return
  const essence = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (essence === 'application/json' || essence.endsWith('+json')) {
    doc.body = { ...doc.body, kind: 'json', text }
    // The editor adds the plain type itself.
    if (type.trim().toLowerCase() === 'application/json' || !named) removeHeader(doc, 'content-type')
    if (!named && type !== 'application/json') doc.headers.push(row('content-type', type))
    return
  }
  removeHeader(doc, 'content-type')
  const form = essence === FORM ? formOf(text) : undefined
  doc.body = form
    ? { ...doc.body, kind: 'form', encoding: 'urlencoded', form }
    : { ...doc.body, kind: 'text', text, contentType: type }
}

/** The fields of a body, if a form would write the same text. */
function formOf(text: string) {
  const fields = [...new URLSearchParams(text)]
  const same = new URLSearchParams(fields).toString() === text && fields.every(([name]) => name !== '')
  return same ? fields.map(([name, value]) => row(name, value)) : undefined
}
