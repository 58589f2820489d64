// Reads the operations of an OpenAPI 3 or Swagger 2.0 document, for `methodsOf` and `gatesign types`.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html

import { refs } from '../../www/src/import/schema'
import { fromSwagger } from '../../www/src/import/swagger'
import { type Json, list, own, record, text } from '../../www/src/model/json'
import { methodName } from './names.ts'

/** Methods that fetch can send, in the order in which they are listed. */
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const
/** API Gateway's extension: one integration for every method. */
const ANY = 'x-amazon-apigateway-any-method'
const PLACES = ['path', 'query', 'header'] as const

export interface Parameter {
  name: string
  place: (typeof PLACES)[number]
  required: boolean
  /** The JSON Schema of its value. */
  schema: unknown
}

export interface Operation {
  /** The method's name in the generated SDK. */
  name: string
  /** `operationId`, if it can be the name of a method. */
  id: string
  /** The path as in the document. */
  path: string
  /** The path as an RFC 6570 template. */
  template: string
  /** Upper case. */
  method: string
  parameters: Parameter[]
  /** The operation in the document, from which body and answers are read. */
  source: Json
}

/** Follows references inside the document. */
export type Resolve = (value: unknown) => unknown

export interface Api {
  /** In the form of OpenAPI 3, except for the answers of Swagger 2.0. */
  root: Json
  resolve: Resolve
  operations: Operation[]
}

/** The document's name in errors. */
const WANTED = 'an OpenAPI 3 or Swagger 2.0 document, parsed'

/** @throws {TypeError} for anything but such a document */
export function readApi(document: unknown): Api {
  const parsed = record(document)
  // In YAML, 3.0 without quotes is a number.
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
      // An operation for every method has no id for a single one.
      id: source === any ? '' : idOf(source),
      path,
      template: path.replace(/\{([^{}/+]+)\+\}/g, '{+$1}'),
      method: method.toUpperCase(),
      parameters,
      source,
    }
  })
}

/** An object with a method `then` would be treated as a promise. */
function idOf({ operationId }: Json): string {
  const id = text(operationId)
  return /^[A-Za-z_$][\w$]*$/.test(id) && !['then', '__proto__'].includes(id) ? id : ''
}

/** The operation's parameters replace those of the path; a variable of the path that is not listed is added. */
function parametersOf(path: string, parameters: unknown[], resolve: Resolve): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const [, name = ''] of path.matchAll(/\{([^{}/+]+)\+?\}/g))
    found.set(`path\n${name}`, { name, place: 'path', required: true, schema: undefined })
  for (const parameter of parameters.map((item) => record(resolve(item)))) {
    const name = text(parameter.name)
    const place = PLACES.find((one) => one === parameter.in)
    const key = place === 'header' ? `header\n${name.toLowerCase()}` : `${place}\n${name}`
    // A path parameter that the path does not contain cannot be sent.
    if (!place || name === '' || (place === 'path' && !found.has(key))) continue
    const required = place === 'path' || parameter.required === true
    found.set(key, { name, place, required, schema: parameter.schema })
  }
  return [...found.values()]
}

/** The operations by name and by id. A name that several operations have is ambiguous. */
export function named(operations: Operation[]): Map<string, Operation[]> {
  const found = new Map<string, Operation[]>()
  const add = (name: string, operation: Operation) => {
    const others = found.get(name)
    if (others) others.push(operation)
    else found.set(name, [operation])
  }
  for (const operation of operations) add(operation.name, operation)
  const names = new Set(found.keys())
  // An id does not replace the name of another operation's method.
  for (const operation of operations)
    if (operation.id !== '' && !names.has(operation.id)) add(operation.id, operation)
  return found
}
