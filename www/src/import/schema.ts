// JSON Schema: follows references, and makes an example of a schema.

import { type Json, list, record } from '../model/json'
import { Budget } from './budget'

export type Resolve = (value: unknown) => unknown

/** Follows `#/…` references; others stay as they are. */
export function refs(root: Json, missing: (ref: string) => void = () => undefined): Resolve {
  const resolve = (value: unknown, depth = 0): unknown => {
    const ref = record(value).$ref
    if (typeof ref !== 'string' || depth > 20) return value
    if (!ref.startsWith('#/')) {
      missing(ref)
      return value
    }
    let at: unknown = root
    for (const part of ref.slice(2).split('/')) {
      const name = unescapedPointer(part)
      at = Array.isArray(at)
        ? at[Number(name)]
        : Object.hasOwn(record(at), name)
          ? record(at)[name]
          : undefined
    }
    return resolve(at, depth + 1)
  }
  return (value) => resolve(value)
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function unescapedPointer(part: string): string {
  const plain = part.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

/** How many values one example may have, and how deeply nested. */
const MOST_VALUES = 2_000
const MOST_DEPTH = 12

/** Makes examples of schemas, no larger than a person can read. */
export class Examples {
  /** Whether one of them was cut. */
  cut = false
  private budget = new Budget(MOST_VALUES, 1_000_000)

  constructor(
    private readonly resolve: Resolve,
    private readonly whole: Budget,
  ) {}

  of(schema: unknown): unknown {
    this.budget = new Budget(MOST_VALUES, 1_000_000)
    return this.make(schema, [])
  }

  /** The document's own example or default. */
  private copyOf(value: unknown): unknown {
    const bytes = JSON.stringify(value)?.length ?? 0
    if (!this.budget.has(1, bytes)) {
      this.cut = true
      return undefined
    }
    this.budget.spend(1, bytes)
    this.whole.spend(1, bytes)
    return value
  }

  private make(value: unknown, above: unknown[]): unknown {
    this.whole.spend(1)
    const schema = record(this.resolve(value))
    for (const name of ['example', 'default', 'const'])
      if (schema[name] !== undefined) return this.copyOf(schema[name])
    for (const name of ['examples', 'enum'])
      if (list(schema[name]).length > 0) return this.copyOf(list(schema[name])[0])
    // A recursive schema ends here; its example would not.
    if (above.includes(schema)) return undefined
    if (above.length > MOST_DEPTH || !this.budget.has(1)) {
      this.cut = true
      return undefined
    }
    this.budget.spend(1)
    const inner = [...above, schema]
    const all = list(schema.allOf)
    if (all.length > 0) return this.joined(schema, all, inner)
    const [first] = [...list(schema.oneOf), ...list(schema.anyOf)].filter(
      (item) => record(item).type !== 'null',
    )
    if (first !== undefined) return this.make(first, inner)
    return this.ofType(schema, inner)
  }

  private joined(schema: Json, parts: unknown[], above: unknown[]): unknown {
    const { allOf: _, ...own } = schema
    const examples = [...parts.map((part) => this.make(part, above)), this.ofType(own, above)]
    const objects = examples.filter(
      (item) => typeof item === 'object' && item !== null && !Array.isArray(item),
    )
    if (objects.length === 0) return examples.find((item) => item !== undefined)
    return Object.fromEntries(objects.flatMap((item) => Object.entries(item as Json)))
  }

  private ofType(schema: Json, above: unknown[]): unknown {
    const types = Array.isArray(schema.type) ? schema.type.filter((item) => item !== 'null') : [schema.type]
    switch (types[0]) {
      case 'string':
        return ''
      case 'integer':
      case 'number':
        return typeof schema.minimum === 'number' ? schema.minimum : 0
      case 'boolean':
        return false
      case 'array': {
        const items = list(schema.prefixItems)
        const examples = (items.length > 0 ? items : [schema.items]).map((item) => this.make(item, above))
        return examples.filter((item) => item !== undefined)
      }
    }
    if (!schema.properties) return types[0] === 'object' ? {} : undefined
    const entries: [string, unknown][] = []
    for (const [name, part] of Object.entries(record(schema.properties))) {
      // Read-only properties are not sent.
      if (record(this.resolve(part)).readOnly === true) continue
      const value = this.make(part, above)
      if (value !== undefined || list(schema.required).includes(name)) entries.push([name, value ?? null])
    }
    return Object.fromEntries(entries)
  }
}
