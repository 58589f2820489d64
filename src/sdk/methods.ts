// `methodsOf`: creates the methods of API Gateway's generated SDK from the API's document.

import { own } from '../../www/src/model/json'
import { named, type Operation, type Parameter, readApi } from './operations.ts'

type Invoke = (
  pathParams: object,
  pathTemplate: string,
  method: string,
  additionalParams: object,
  body: unknown,
) => Promise<unknown>
export type Method = (params?: unknown, body?: unknown, additionalParams?: unknown) => Promise<unknown>
/** A variable of a path, with the slash before it: `/{proxy+}`. */
const VARIABLE = /(\/?)\{([^{}/+]+)(\+?)\}/g
type Pair = readonly [name: string, value: unknown]

/** @throws {TypeError} that names the argument */
export function methodsOf(client: unknown, api: unknown): Record<string, Method> {
  const { invokeApi } = (client ?? {}) as { invokeApi?: unknown }
  if (typeof invokeApi !== 'function')
    throw new TypeError('client must be what newClient returns; got something without invokeApi')
  const methods: Record<string, Method> = Object.create(null)
  for (const [name, [first, second]] of named(readApi(api).operations))
    if (first) methods[name] = second ? ambiguous(name, first, second) : methodOf(invokeApi as Invoke, first)
  return methods
}

const shown = ({ method, path }: Operation) => `${method} ${path}`

/** Sending either of them would be a guess. */
const ambiguous = (name: string, first: Operation, second: Operation) => async () => {
  throw new TypeError(
    `${name} names both ${shown(first)} and ${shown(second)}: call the one that you mean with invokeApi`,
  )
}

function methodOf(invoke: Invoke, operation: Operation): Method {
  const { name, method, parameters } = operation
  const inPath = new Map<string, { index: number; greedy: boolean }>()
  // Numbers replace the names, which may contain special characters of templates. The value of a greedy variable is
  // split into segments, so that each is encoded and the slashes stay.
  const template = operation.path.replace(VARIABLE, (_, slash: string, variable: string, plus: string) => {
    const greedy = slash === '/' && plus === '+'
    const { index } = inPath.get(variable) ?? { index: inPath.size }
    inPath.set(variable, { index, greedy })
    return greedy ? `{/v${index}*}` : `${slash}{${plus}v${index}}`
  })
  return async (params, body, additionalParams) => {
    const values = objectOf(`${name}: params`, params)
    refuseUnknown(operation, values)
    const { queryParams, headers, ...others } = objectOf(`${name}: additionalParams`, additionalParams)
    const valuesIn = (place: Parameter['place']): Pair[] =>
      parameters
        .filter((parameter) => parameter.place === place)
        .map((parameter) => [parameter.name, own(values, parameter.name)])
    const variables = Array.from(inPath, ([variable, { index, greedy }]) => {
      const value = own(values, variable)
      return [`v${index}`, greedy && typeof value === 'string' ? value.split('/') : value]
    })
    const additional = {
      ...others,
      queryParams: merged(valuesIn('query'), pairsOf('queryParams', queryParams), (text) => text),
      headers: merged(valuesIn('header'), pairsOf('headers', headers), (text) => text.toLowerCase()),
    }
    return invoke(Object.fromEntries(variables), template, method, additional, body)
  }
}

function objectOf(name: string, value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {}
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  throw new TypeError(`${name} must be an object; got ${Array.isArray(value) ? 'an array' : typeof value}`)
}

const isGiven = (value: unknown) => value !== undefined && value !== null

function refuseUnknown({ name, parameters }: Operation, values: Record<string, unknown>) {
  const names = new Set(parameters.map((parameter) => parameter.name))
  const quoted = (list: string[]) => list.map((one) => JSON.stringify(one.slice(0, 60))).join(', ')
  const unknown = Object.keys(values).filter((one) => !names.has(one))
  if (unknown.length > 0)
    throw new TypeError(
      `${name}: params must be of ${names.size > 0 ? quoted([...names]) : 'no name: the method has none'}; got ${quoted(unknown.slice(0, 5))}`,
    )
  const missing = parameters.filter((one) => one.required && !isGiven(own(values, one.name)))
  if (missing.length > 0)
    throw new TypeError(`${name}: params must have ${quoted([...new Set(missing.map((one) => one.name))])}`)
}

/** Names and values, from every form that `invokeApi` accepts. */
function pairsOf(name: string, value: unknown): Pair[] {
  if (!isGiven(value)) return []
  if (typeof value === 'string') return [...new URLSearchParams(value)]
  const object = value as object
  if (typeof value !== 'object') throw new TypeError(`${name} must be an object; got ${typeof value}`)
  return Symbol.iterator in object ? [...(object as Iterable<Pair>)] : Object.entries(object)
}

/** Joins the method's own parameters and those of the call, which win. */
function merged(own: Pair[], others: Pair[], form: (name: string) => string): Pair[] {
  const replaced = new Set(others.map(([name]) => form(String(name))))
  return [...own.filter(([name, value]) => isGiven(value) && !replaced.has(form(name))), ...others]
}
