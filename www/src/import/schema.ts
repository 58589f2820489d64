// JSON Schema: references, and an example of what it describes.

import { type Json, list, record } from '../model/json'

/** Follows `#/…` references; others stay what they are. */
export function refs(root: Json): (value: unknown) => unknown {
  const resolve = (value: unknown, depth = 0): unknown => {
    const ref = record(value).$ref
    if (typeof ref !== 'string' || !ref.startsWith('#/') || depth > 20) return value
    let at: unknown = root
    for (const part of ref.slice(2).split('/'))
      at = record(at)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
    return resolve(at, depth + 1)
  }
  return (value) => resolve(value)
}

export function exampleOf(given: unknown, resolve: (value: unknown) => unknown, depth = 0): unknown {
  const schema = record(resolve(given))
  if (schema.example !== undefined) return schema.example
  if (schema.default !== undefined) return schema.default
  if (list(schema.examples).length > 0) return list(schema.examples)[0]
  if (list(schema.enum).length > 0) return list(schema.enum)[0]
  if (depth > 6) return undefined
  const [first] = [...list(schema.oneOf), ...list(schema.anyOf)]
  if (first) return exampleOf(first, resolve, depth + 1)
  const all = list(schema.allOf)
  if (all.length > 0)
    return Object.assign({}, ...all.map((part) => record(exampleOf(part, resolve, depth + 1))))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'string':
      return ''
    case 'integer':
    case 'number':
      return 0
    case 'boolean':
      return false
    case 'array': {
      const item = exampleOf(schema.items, resolve, depth + 1)
      return item === undefined ? [] : [item]
    }
  }
  if (!schema.properties) return undefined
  const entries = Object.entries(record(schema.properties))
  return Object.fromEntries(
    entries.map(([name, part]) => [name, exampleOf(part, resolve, depth + 1) ?? null]),
  )
}
