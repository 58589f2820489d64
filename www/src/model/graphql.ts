// A GraphQL schema from introspection, and the text to write for one of its fields.
//
// https://spec.graphql.org/October2021/#sec-Introspection

import { type Json, list, record, records, text } from './json'

export interface Field {
  name: string
  description: string
  /** The type as it is written: `[Movie!]!`. */
  type: string
  /** The type's name without lists and `!`. */
  named: string
  args: { name: string; type: string; isRequired: boolean }[]
  deprecated: string
}

export interface GraphType {
  name: string
  kind: string
  description: string
  /** The input fields of an input object. */
  fields: Field[]
  /** The values of an enum. */
  values: string[]
  /** The possible types of an interface or union. */
  possible: string[]
}

export interface Schema {
  roots: { operation: 'query' | 'mutation' | 'subscription'; type: string }[]
  types: ReadonlyMap<string, GraphType>
}

/** A message that says why there is no schema. */
export class SchemaProblem extends Error {}

const REF =
  'kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name}}}}}}}'
const INPUT = `name description defaultValue type{${REF}}`

export const INTROSPECTION = `query IntrospectionQuery{__schema{queryType{name} mutationType{name} subscriptionType{name} types{kind name description fields(includeDeprecated:true){name description isDeprecated deprecationReason args{${INPUT}} type{${REF}}} inputFields{${INPUT}} enumValues(includeDeprecated:true){name} possibleTypes{name}}}}`

/** @throws {SchemaProblem} */
export function readSchema(answer: unknown): Schema {
  const { data, errors } = record(answer)
  const json = record(record(data).__schema)
  if (json.types === undefined) {
    const [first] = records(errors)
    const message = text(first?.message)
    if (/introspection/i.test(message))
      throw new SchemaProblem('The API has introspection switched off, so it does not show its schema.')
    throw new SchemaProblem(
      message === '' ? 'The answer holds no schema: is this the URL of a GraphQL API?' : message,
    )
  }
  const roots = (['query', 'mutation', 'subscription'] as const).flatMap((operation) => {
    const type = text(record(json[`${operation}Type`]).name)
    return type === '' ? [] : [{ operation, type }]
  })
  const types = records(json.types).map((item): [string, GraphType] => [text(item.name), typeOf(item)])
  return { roots, types: new Map(types.filter(([name]) => !name.startsWith('__'))) }
}

const typeOf = (item: Json): GraphType => ({
  name: text(item.name),
  kind: text(item.kind),
  description: text(item.description),
  fields: [...list(item.fields), ...list(item.inputFields)].map(record).map(fieldOf),
  values: records(item.enumValues).map(({ name }) => text(name)),
  possible: records(item.possibleTypes).map(({ name }) => text(name)),
})

function fieldOf(item: Json): Field {
  const args = records(item.args).map((arg) => {
    const type = written(arg.type)
    const hasDefault = typeof arg.defaultValue === 'string'
    return { name: text(arg.name), type, isRequired: type.endsWith('!') && !hasDefault }
  })
  const type = written(item.type)
  return {
    name: text(item.name),
    description: text(item.description),
    type,
    named: type.replace(/[[\]!]/g, ''),
    args,
    deprecated: item.isDeprecated === true ? text(item.deprecationReason) || 'deprecated' : '',
  }
}

function written(type: unknown): string {
  let [before, after] = ['', '']
  let at = record(type)
  for (; at.kind === 'NON_NULL' || at.kind === 'LIST'; at = record(at.ofType)) {
    if (at.kind === 'LIST') before += '['
    after = `${at.kind === 'LIST' ? ']' : '!'}${after}`
  }
  return `${before}${text(at.name)}${after}`
}

/** `name(id: ID!): Movie`, in the schema definition language. */
export const signatureOf = ({ name, args, type }: Field): string =>
  `${name}${args.length > 0 ? `(${args.map((arg) => `${arg.name}: ${arg.type}`).join(', ')})` : ''}: ${type}`

const isComposite = (schema: Schema, name: string) =>
  ['OBJECT', 'INTERFACE', 'UNION'].includes(schema.types.get(name)?.kind ?? '')

/** A field with its required parts: variables for its arguments, and fields of its object that need no arguments. */
export function fieldText(schema: Schema, field: Field, indent = ''): string {
  const args = field.args.filter(({ isRequired }) => isRequired)
  const argumentList = args.length > 0 ? `(${args.map(({ name }) => `${name}: $${name}`).join(', ')})` : ''
  if (!isComposite(schema, field.named)) return `${indent}${field.name}${argumentList}`
  const leaves = (schema.types.get(field.named)?.fields ?? []).filter(
    (inner) => !isComposite(schema, inner.named) && inner.args.every(({ isRequired }) => !isRequired),
  )
  const names = leaves.length > 0 ? leaves.map(({ name }) => name) : ['__typename']
  return `${indent}${field.name}${argumentList} {\n${names.map((name) => `${indent}  ${name}\n`).join('')}${indent}}`
}

/** A whole operation with one field, and its variables as JSON to be filled in. */
export function operationFor(
  schema: Schema,
  operation: string,
  field: Field,
): { query: string; variables: string } {
  const args = field.args.filter(({ isRequired }) => isRequired)
  const declared = args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const name = field.name.charAt(0).toUpperCase() + field.name.slice(1)
  const query = `${operation} ${name}${declared && `(${declared})`} {\n${fieldText(schema, field, '  ')}\n}\n`
  const values = Object.fromEntries(args.map((arg) => [arg.name, exampleOf(arg.type)]))
  return { query, variables: args.length > 0 ? JSON.stringify(values, null, 2) : '' }
}

function exampleOf(type: string): unknown {
  if (type.startsWith('[')) return []
  const name = type.replace('!', '')
  return name === 'Int' || name === 'Float' ? 0 : name === 'Boolean' ? false : ''
}
