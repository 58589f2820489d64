// The body of an operation, by its media type.
//
// https://spec.openapis.org/oas/v3.1.1.html#media-type-object

import { type Json, record, text } from '../model/json'
import { row } from '../model/request'
import type { Draft } from './drafts'
import { leaveOut } from './imported'
import { multipartText, type Part } from './multipart'
import type { Api } from './openapi'

export function readContent(api: Api, { doc }: Draft, contents: Json) {
  const types = Object.keys(contents)
  const type = types.find((name) => /json/i.test(name)) ?? types[0]
  if (type === undefined) return
  const content = record(contents[type])
  const [first] = Object.values(record(content.examples)).map((item) => record(api.resolve(item)).value)
  const example = content.example ?? first ?? api.examples.of(content.schema)
  if (/json/i.test(type) || type === '*/*') {
    const body = typeof example === 'string' ? example : JSON.stringify(example ?? {}, null, 2)
    doc.body = { ...doc.body, kind: 'json', text: body }
    if (/json/i.test(type) && type !== 'application/json') doc.headers.push(row('content-type', type))
  } else if (/multipart/i.test(type)) multipartText(doc, partsOf(api, content, example, doc.name))
  else if (/x-www-form-urlencoded/i.test(type)) {
    const form = Object.entries(record(example)).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((item) => row(name, plain(item))) : [row(name, plain(value))],
    )
    doc.body = { ...doc.body, kind: 'form', encoding: 'urlencoded', form }
  } else if (/octet-stream|^image\/|^audio\/|^video\/|zip|pdf/i.test(type)) {
    doc.body = { ...doc.body, kind: 'file', contentType: type }
    leaveOut(api.found, `The file of “${doc.name}”`, 'choose it under Body')
  } else doc.body = { ...doc.body, kind: 'text', text: plain(example), contentType: type }
}

const plain = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value)

function partsOf(api: Api, content: Json, example: unknown, name: string): Part[] {
  const properties = record(record(api.resolve(content.schema)).properties)
  const encoding = record(content.encoding)
  return Object.entries(record(example)).map(([key, value]) => {
    const schema = record(api.resolve(Object.hasOwn(properties, key) ? properties[key] : undefined))
    const contentType =
      text(record(Object.hasOwn(encoding, key) ? encoding[key] : undefined).contentType).split(',')[0] ?? ''
    const part: Part = { name: key, value: plain(value), ...(contentType !== '' && { contentType }) }
    const isFile =
      schema.format === 'binary' || (schema.type === 'string' && text(schema.contentMediaType) !== '')
    if (!isFile) return part
    leaveOut(api.found, `The file of the field ${key} of “${name}”`, 'choose it under Body')
    return { ...part, file: '' }
  })
}
