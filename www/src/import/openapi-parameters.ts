// Parameters of an operation: where they are sent, and how arrays and objects are written.
//
// https://spec.openapis.org/oas/v3.1.1.html#style-values

import { isOfSignature } from '../model/headers'
import { type Json, list, record, text } from '../model/json'
import { row } from '../model/request'
import type { Draft } from './drafts'
import { leaveOut } from './imported'
import type { Api } from './openapi'
import { setOwn } from './url'

/** The operation's parameters replace those of the path with the same name and place. */
export function parametersOf({ resolve }: Api, item: Json, operation: Json): Json[] {
  const all = new Map<string, Json>()
  for (const reference of [...list(item.parameters), ...list(operation.parameters)]) {
    const parameter = record(resolve(reference))
    all.set(`${text(parameter.in)}\n${text(parameter.name)}`, parameter)
  }
  return [...all.values()]
}

export function readParameters(api: Api, { doc }: Draft, parameters: Json[]) {
  for (const parameter of parameters) {
    const name = text(parameter.name)
    if (name === '') continue
    const { value, written } = exampleOf(api, parameter)
    // An optional parameter becomes a row, and is sent if the document has a value for it.
    const on = parameter.required === true || written
    if (parameter.in === 'path') doc.url = putPath(doc.url, parameter, name, value, doc.variables)
    else if (parameter.in === 'query')
      for (const [key, item] of pairsOf(parameter, name, value)) doc.query.push(row(key, item, on))
    else if (parameter.in === 'header') {
      if (!isOfSignature(name) && !/^(?:x-api-key|accept|content-type|host)$/i.test(name))
        doc.headers.push(row(name, joined(value, ','), on))
    } else if (parameter.in === 'cookie')
      leaveOut(api.found, `The cookie ${name}`, 'a page cannot send cookies to another site')
  }
}

/** Its example, and whether the document contains one. */
function exampleOf({ resolve, examples }: Api, parameter: Json): { value: unknown; written: boolean } {
  const [type] = Object.keys(record(parameter.content))
  const content = record(type === undefined ? undefined : record(parameter.content)[type])
  for (const from of [parameter, content]) {
    const [first] = Object.values(record(from.examples)).map((item) => record(resolve(item)).value)
    const value = from.example ?? first
    if (value !== undefined) return { value: type === undefined ? value : asText(value), written: true }
  }
  const schema = parameter.schema ?? content.schema
  const resolved = record(resolve(schema))
  const value = examples.of(schema)
  const written = resolved.example !== undefined || list(resolved.examples).length > 0
  return { value: type === undefined ? value : asText(value), written }
}

/** A parameter with its own media type is written in that type. */
const asText = (value: unknown) =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)

function joined(value: unknown, by: string): string {
  if (Array.isArray(value)) return value.map((item) => plain(item)).join(by)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, item]) => `${key},${plain(item)}`)
      .join(',')
  return plain(value)
}

const plain = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value)

const BETWEEN: ReadonlyMap<string, string> = new Map([
  ['spaceDelimited', ' '],
  ['pipeDelimited', '|'],
  ['tabDelimited', '\t'],
])

function pairsOf(parameter: Json, name: string, value: unknown): [string, string][] {
  const style = text(parameter.style) || 'form'
  const explode = typeof parameter.explode === 'boolean' ? parameter.explode : style === 'form'
  if (Array.isArray(value)) {
    if (value.length === 0) return [[name, '']]
    return explode
      ? value.map((item) => [name, plain(item)])
      : [[name, joined(value, BETWEEN.get(style) ?? ',')]]
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (style === 'deepObject') return entries.map(([key, item]) => [`${name}[${key}]`, plain(item)])
    if (explode) return entries.map(([key, item]) => [key, plain(item)])
  }
  return [[name, joined(value, ',')]]
}

/** `{id}` becomes the expression of its style: `{.id}`, `{;id*}`. */
function putPath(
  url: string,
  parameter: Json,
  name: string,
  value: unknown,
  variables: Record<string, string>,
): string {
  setOwn(variables, name, joined(value, ','))
  const style = text(parameter.style)
  const operator = style === 'label' ? '.' : style === 'matrix' ? ';' : ''
  if (operator === '') return url
  return url.replace(
    `{${name}}`,
    `{${operator}${name}${parameter.explode === true && Array.isArray(value) ? '*' : ''}}`,
  )
}
