// The operations of an OpenAPI 3 or Swagger 2.0 document, as `methodsOf` and `gatesign types` need them.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html

import { refs } from '../../www/src/import/schema'
import { fromSwagger } from '../../www/src/import/swagger'
import { type Json, list, own, record, text } from '../../www/src/model/json'
import { methodName } from './names.ts'

/** Methods that fetch can send, in the order in which they are listed. */
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const
/** API Gateway's own: one integration for every method. */
const ANY = 'x-amazon-apigateway-any-method'
const PLACES = ['path', 'query', 'header'] as const

export interface Parameter {
  name: string
  place: (typeof PLACES)[number]
  required: boolean
  /** What its value is, as JSON Schema. */
  schema: unknown
}

export interface Operation {
  /** That of the generated SDK. */
  name: string
  /** `operationId`, where it is a name that a method can have. */
  id: string
  /** As the document has it. */
  path: string
  /** The same as an RFC 6570 template. */
  template: string
  /** Upper case. */
  method: string
  parameters: Parameter[]
  /** What the document says of the operation, of which body and answers are read. */
  source: Json
}

/** Follows references inside of the document. */
export type Resolve = (value: unknown) => unknown

export interface Api {
  /** In the form of OpenAPI 3, but for the answers of Swagger 2.0. */
  root: Json
  resolve: Resolve
  operations: Operation[]
}

/** What an error calls the document. */
const WANTED = 'an OpenAPI 3 or Swagger 2.0 document, parsed'

/** @throws {TypeError} for anything else than such a document */
export function readApi(document: unknown): Api {
  const parsed = record(document)
  // Without quotes, YAML takes 3.0 for a number.
  const isSwagger = text(parsed.swagger).startsWith('2')
  if (!isSwagger && !text(parsed.openapi).startsWith('3'))
    throw new TypeError(`api must be ${WANTED}; got ${kindOf(document)}`)
  const root = isSwagger ? fromSwagger(parsed) : parsed
  const resolve = refs(root)
  const operations = Object.entries(record(root.paths)).flatMap(([path, item]) =>
    path.startsWith('/') ? operationsAt(path, record(resolve(item)), resolve) : [],
  )
  if (operations.length === 0) throw new TypeError('api must have operations under paths; got none')
  return { root, resolve, operations }
}

function kindOf(document: unknown): string {
  if (document === null) return 'null'
  if (Array.isArray(document)) return 'an array'
  return typeof document === 'object' ? 'another object' : typeof document
}

function operationsAt(path: string, item: Json, resolve: Resolve): Operation[] {
  const any = record(item[ANY])
  return METHODS.filter((method) => own(item, method) || own(item, ANY)).map((method) => {
    const source = own(item, method) ? record(item[method]) : any
    const parameters = parametersOf(path, [...list(item.parameters), ...list(source.parameters)], resolve)
    return {
      name: methodName(path, method),
      // One that stands for every method names none of them.
      id: source === any ? '' : idOf(source),
      path,
      template: path.replace(/\{([^{}/+]+)\+\}/g, '{+$1}'),
      method: method.toUpperCase(),
      parameters,
      source,
    }
  })
}

/** A promise would be made of what has a method `then`. */
function idOf({ operationId }: Json): string {
  const id = text(operationId)
  return /^[A-Za-z_$][\w$]*$/.test(id) && !['then', '__proto__'].includes(id) ? id : ''
}

/** Those of the operation replace those of the path; a variable of the path that is not listed is one, too. */
function parametersOf(path: string, parameters: unknown[], resolve: Resolve): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const [, name = ''] of path.matchAll(/\{([^{}/+]+)\+?\}/g))
    found.set(`path\n${name}`, { name, place: 'path', required: true, schema: undefined })
  for (const parameter of parameters.map((item) => record(resolve(item)))) {
    const name = text(parameter.name)
    const place = PLACES.find((one) => one === parameter.in)
    const key = place === 'header' ? `header\n${name.toLowerCase()}` : `${place}\n${name}`
    // What is not in the path cannot be put there.
    if (!place || name === '' || (place === 'path' && !found.has(key))) continue
    const required = place === 'path' || parameter.required === true
    found.set(key, { name, place, required, schema: parameter.schema })
  }
  return [...found.values()]
}

/** The operations by their names, ids too. A name of several is the name of none. */
export function named(operations: Operation[]): Map<string, Operation[]> {
  const found = new Map<string, Operation[]>()
  const add = (name: string, operation: Operation) => {
    const others = found.get(name)
    if (others) others.push(operation)
    else found.set(name, [operation])
  }
  for (const operation of operations) add(operation.name, operation)
  const names = new Set(found.keys())
  // An id that is the name of a method is not another one's.
  for (const operation of operations)
    if (operation.id !== '' && !names.has(operation.id)) add(operation.id, operation)
  return found
}
