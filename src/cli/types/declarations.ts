// The file that `gatesign types` writes: the arguments and results of an API, for `newClient<Api>` and
// `methodsOf<Methods>`.

import { type Json, record, text } from '../../../www/src/model/json.ts'
import { type Api, named, type Operation, type Parameter } from '../../sdk/operations.ts'
import { Schemas } from './schema.ts'
import { comment, member, quoted } from './texts.ts'

/** The names that the file itself uses. */
const OWN = ['Api', 'Client', 'ClientOf', 'MethodOf', 'Methods', 'Models', 'NoBody']

/** @returns the content of the file, and the references that were not followed */
export function declarations(api: Api): { file: string; elsewhere: string[] } {
  const schemas = new Schemas(api.resolve)
  const { info, components, definitions } = api.root
  for (const name of Object.keys(record(record(components).schemas)))
    schemas.model(`#/components/schemas/${escaped(name)}`)
  for (const name of Object.keys(record(definitions))) schemas.model(`#/definitions/${escaped(name)}`)
  const paths = pathsOf(api, schemas)
  const models = schemas.models()
  const { title, version } = record(info)
  const about = [text(title), text(version)].filter((one) => one !== '').join(' ')
  const parts = [
    '/* eslint-disable */\n// biome-ignore-all lint: written by a program',
    comment(`${about === '' ? 'An API' : about}. Written by gatesign types: do not edit.`, ''),
    `import type { ClientOf, MethodOf, NoBody } from 'gatesign/sdk'\n`,
    '/** A client of `newClient<Api>(…)`. */\nexport type Client = ClientOf<Api>\n',
    `/** What \`newClient<Api>(…)\` takes: paths, their methods, parameters, bodies and answers. */\nexport interface Api {\n${paths}\n}\n`,
    `/** What \`methodsOf<Methods>(client, api)\` returns. */\nexport interface Methods {\n${methodsOf(api)}\n}\n`,
    `/** The models of the API. */\nexport interface Models {\n${models
      .map(({ name, type, about: words }) => `${comment(words, '  ')}  ${member(name)}: ${type}`)
      .join('\n')}\n}\n`,
    models
      .filter(({ name }) => /^[A-Z][A-Za-z0-9_]*$/.test(name) && !OWN.includes(name))
      .map(({ name }) => `export type ${name} = Models['${name}']`)
      .join('\n'),
  ]
  return { file: `${parts.filter((part) => part !== '').join('\n')}\n`, elsewhere: [...schemas.elsewhere] }
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-3, and the percent-encoding of a reference */
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25')

function pathsOf({ operations, resolve }: Api, schemas: Schemas): string {
  const templates = new Map<string, Map<string, Operation>>()
  for (const operation of operations) {
    const methods = templates.get(operation.template) ?? new Map<string, Operation>()
    if (!methods.has(operation.method)) methods.set(operation.method, operation)
    templates.set(operation.template, methods)
  }
  return Array.from(templates, ([template, methods]) => {
    const lines = Array.from(methods.values(), (operation) => operationOf(operation, resolve, schemas))
    return `  ${quoted(template)}: {\n${lines.join('\n')}\n  }`
  }).join('\n')
}

function operationOf(operation: Operation, resolve: Api['resolve'], schemas: Schemas): string {
  const { method, parameters, source } = operation
  const members = [
    `pathParams: ${parametersOf(parameters, 'path', resolve, schemas)}`,
    `queryParams: ${parametersOf(parameters, 'query', resolve, schemas)}`,
    `headers: ${parametersOf(parameters, 'header', resolve, schemas)}`,
    `body: ${bodyOf(operation, resolve, schemas)}`,
    `data: ${dataOf(source, resolve, schemas)}`,
  ]
  return `${comment(words(source), '    ')}    ${method}: {\n${members.map((line) => `      ${line}`).join('\n')}\n    }`
}

const words = ({ summary, description }: Json) => text(summary) || text(description)

function parametersOf(
  parameters: Parameter[],
  place: Parameter['place'],
  resolve: Api['resolve'],
  schemas: Schemas,
): string {
  const lines = parameters
    .filter((parameter) => parameter.place === place)
    .map(({ name, required, schema }) => {
      const mark = required ? '' : '?'
      const also = required ? '' : ' | null | undefined'
      return `${member(name)}${mark}: ${parameterType(record(resolve(schema)), resolve, schemas)}${also}`
    })
  return lines.length === 0 ? '{}' : `{ ${lines.join('; ')} }`
}

/** A value that is sent as text may be a string or a number, unless the document lists its values. */
function parameterType(schema: Json, resolve: Api['resolve'], schemas: Schemas): string {
  if (Array.isArray(schema.enum) || 'const' in schema) return schemas.of(schema)
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type !== 'array') return 'string | number'
  const items = record(resolve(schema.items))
  return `readonly (${items.type === 'array' ? 'string | number' : parameterType(items, resolve, schemas)})[]`
}

/** The types of the possible JSON contents; none if all content is of other media types. */
function jsonOf(content: Json, schemas: Schemas): string[] {
  const found = Object.entries(content).filter(([type]) => /[/+]json\b/i.test(type))
  return found.map(([, media]) => schemas.of(record(media).schema, 3))
}

function bodyOf({ method, source }: Operation, resolve: Api['resolve'], schemas: Schemas): string {
  if (method === 'GET' || method === 'HEAD') return 'NoBody'
  const { content, required } = record(resolve(source.requestBody))
  const [type = 'unknown'] = jsonOf(record(content), schemas)
  return type === 'unknown' || required === true ? type : `${type} | NoBody`
}

/** The types of all answers from 200 to 299, or of the default answer if there are none. */
function dataOf(source: Json, resolve: Api['resolve'], schemas: Schemas): string {
  const responses = Object.entries(record(source.responses))
  const good = responses.filter(([status]) => /^2/.test(status))
  const types = (good.length > 0 ? good : responses.filter(([status]) => status === 'default')).flatMap(
    ([, value]) => {
      const response = record(resolve(value))
      return response.schema === undefined
        ? jsonOf(record(response.content), schemas)
        : [schemas.of(response.schema, 3)]
    },
  )
  const known = [...new Set(types)].filter((type) => type !== 'unknown')
  return known.length === 0 || known.length < new Set(types).size ? 'any' : known.join(' | ')
}

function methodsOf({ operations }: Api): string {
  const lines: string[] = []
  for (const [name, [operation, another]] of named(operations)) {
    if (!operation || another) continue
    const { method, path, source, template } = operation
    lines.push(
      comment(`${method} ${path}${words(source) === '' ? '' : `: ${words(source)}`}`, '  ') +
        `  ${member(name)}: MethodOf<Api[${quoted(template)}]['${method}']>`,
    )
  }
  return lines.join('\n')
}
