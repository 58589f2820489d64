// Converts the JSON Schema of OpenAPI 2, 3.0 and 3.1 to TypeScript types.
//
// https://spec.openapis.org/oas/v3.1.1.html#schema-object

import { type Json, list, record, text } from '../../../www/src/model/json.ts'
import type { Resolve } from '../../sdk/operations.ts'
import { Usage } from '../options/usage.ts'
import { comment, member, quoted } from './texts.ts'

/** The maximum length of all types in characters, and how deeply schemas may be nested. */
const MOST = 64_000_000
const DEEPEST = 100
/** The places of named schemas. */
const NAMED = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/

/**
 * Writes schemas. Each schema that is referenced becomes a member of `Models`, so that the output is as large as the
 * document.
 */
export class Schemas {
  /** The name in `Models` for each reference. */
  private readonly names = new Map<string, string>()
  /** The names in use, with the last number that was appended to each. */
  private readonly uses = new Map<string, number>()
  /** The models that a model directly consists of: in a circle of these no type would be defined. */
  private readonly direct = new Map<string, Set<string>>()
  private circular = new Set<string>()
  private within = ''
  private size = 0
  /** References to other files. */
  readonly elsewhere = new Set<string>()

  constructor(private readonly resolve: Resolve) {}

  /** The members of `Models`; call it after everything else is written. */
  models(): { name: string; type: string; about: string }[] {
    this.write()
    this.circular = circles(this.direct)
    return this.write()
  }

  /** Writes every model. Writing one may add others, which the loop over the Map also visits. */
  private write() {
    const written: { name: string; type: string; about: string }[] = []
    for (const [ref, name] of this.names) {
      this.within = ref
      const schema = this.resolve({ $ref: ref })
      written.push({ name, type: this.of(schema, 1, true), about: text(record(schema).description) })
    }
    this.within = ''
    return written
  }

  /** The name of a model. */
  model(ref: string): string {
    const known = this.names.get(ref)
    if (known !== undefined) return known
    const [, own] = NAMED.exec(ref) ?? []
    const plain = own === undefined ? ref : unescaped(own)
    let count = this.uses.get(plain) ?? 0
    let name = plain
    while (this.uses.has(name)) name = `${plain}_${++count}`
    this.uses.set(plain, count).set(name, 0)
    this.names.set(ref, name)
    return name
  }

  /**
   * Returns the type for a schema.
   *
   * @param depth how many objects contain it, for the indent
   * @param direct whether it is the whole of a model
   */
  of(schema: unknown, depth = 0, direct = false): string {
    if (schema === true || schema === undefined || depth > DEEPEST) return 'unknown'
    if (schema === false) return 'never'
    const fields = record(schema)
    const type =
      typeof fields.$ref === 'string'
        ? this.reference(fields.$ref, direct)
        : this.whole(fields, depth, direct)
    this.size += type.length
    if (this.size > MOST) throw new Usage('the document describes too many types')
    return fields.nullable === true ? united([type, 'null']) : type
  }

  private reference(ref: string, direct: boolean): string {
    if (!ref.startsWith('#/')) {
      this.elsewhere.add(ref)
      return 'unknown'
    }
    if (direct && this.within !== '') {
      const others = this.direct.get(this.within) ?? new Set()
      this.direct.set(this.within, others.add(ref))
      if (this.circular.has(ref) && this.circular.has(this.within)) return 'unknown'
    }
    return `Models[${quoted(this.model(ref))}]`
  }

  private whole(schema: Json, depth: number, direct: boolean): string {
    if ('const' in schema) return literal(schema.const)
    if (Array.isArray(schema.enum)) return united(schema.enum.map(literal))
    const every = list(schema.allOf).map((part) => this.of(part, depth + 1, direct))
    const one = [...list(schema.oneOf), ...list(schema.anyOf)].map((part) => this.of(part, depth + 1, direct))
    const own = this.byType(schema, depth, direct)
    const parts = [...every, ...(one.length > 0 ? [united(one)] : []), ...(own === 'unknown' ? [] : [own])]
    if (parts.length < 2) return parts[0] ?? 'unknown'
    return [...new Set(parts)].map((part) => (/[|]/.test(part) ? `(${part})` : part)).join(' & ')
  }

  private byType(schema: Json, depth: number, direct: boolean): string {
    const types = Array.isArray(schema.type) ? schema.type.map((one) => text(one)) : [text(schema.type)]
    return united(types.map((type) => this.ofType(type, schema, depth, direct)))
  }

  private ofType(type: string, schema: Json, depth: number, direct: boolean): string {
    if (type === 'string' || type === 'boolean' || type === 'null') return type
    if (type === 'integer' || type === 'number') return 'number'
    if (type === 'array' || (type === '' && (schema.items || schema.prefixItems)))
      return this.array(schema, depth, direct)
    if (type === 'object' || (type === '' && (schema.properties || schema.additionalProperties)))
      return this.object(schema, depth)
    return 'unknown'
  }

  /** TypeScript also rejects an array type that contains itself, unless a member is in between. */
  private array(schema: Json, depth: number, direct: boolean): string {
    const first = list(schema.prefixItems).map((item) => this.of(item, depth + 1, direct))
    const rest = schema.items === false ? '' : `(${this.of(schema.items, depth + 1, direct)})[]`
    if (first.length === 0)
      return rest === '' ? '[]' : rest.replace(/^\((\w+(?:\['[^'\\]*'\])?)\)\[\]$/, '$1[]')
    return `[${[...first, ...(rest === '' ? [] : [`...${rest}`])].join(', ')}]`
  }

  private object(schema: Json, depth: number): string {
    const properties = record(schema.properties)
    const needed = new Set(list(schema.required).map((name) => text(name)))
    const others = schema.additionalProperties
    const indent = '  '.repeat(depth + 1)
    const lines = Object.entries(properties).map(([name, property]) => {
      const { description, readOnly } = record(property)
      const mark = needed.has(name) && readOnly !== true ? '' : '?'
      return `${comment(text(description), indent)}${indent}${member(name)}${mark}: ${this.of(property, depth + 1)}`
    })
    for (const name of needed)
      if (!Object.hasOwn(properties, name)) lines.push(`${indent}${member(name)}: unknown`)
    if (lines.length === 0) {
      const isAny = others === undefined || others === true
      return others === false
        ? '{ [name: string]: never }'
        : `{ [name: string]: ${isAny ? 'any' : this.of(others, depth + 1)} }`
    }
    // TypeScript requires the type of unnamed members to include that of the named ones.
    if (others !== undefined && others !== false) lines.push(`${indent}[name: string]: any`)
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
  }
}

const united = (types: string[]) => {
  const different = [...new Set(types)]
  return different.includes('unknown') ? 'unknown' : different.join(' | ') || 'never'
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : 'unknown'
}

function unescaped(part: string): string {
  const plain = part.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

/**
 * The models on a circle, or between two: those that remain after removing all that refer to nothing, or that nothing
 * refers to.
 */
function circles(edges: Map<string, Set<string>>): Set<string> {
  const back = new Map<string, Set<string>>()
  for (const [from, all] of edges) for (const to of all) back.set(to, (back.get(to) ?? new Set()).add(from))
  const left = new Set([...edges.keys()].filter((ref) => back.has(ref)))
  const remove = (forth: Map<string, Set<string>>, against: Map<string, Set<string>>) => {
    const count = new Map(
      [...left].map((ref) => [ref, [...(forth.get(ref) ?? [])].filter((to) => left.has(to)).length]),
    )
    const ends = [...left].filter((ref) => count.get(ref) === 0)
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      left.delete(end)
      for (const from of against.get(end) ?? []) {
        const now = (count.get(from) ?? 0) - 1
        count.set(from, now)
        if (now === 0 && left.has(from)) ends.push(from)
      }
    }
  }
  remove(edges, back)
  remove(back, edges)
  return left
}
