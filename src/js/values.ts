// Reads the values that callers pass, and refuses those of a wrong type with an error that names the argument.

import { MOST_SECONDS } from './bounds.ts'

/** The members of a published type with unchecked values: callers may use plain JavaScript. */
export type Unchecked<T> = { [K in keyof T]?: unknown }

/** The options of presigning besides the request. */
export interface Lifetime {
  expiresIn: number
}

/** What an error may say about a value: its type, never its text. */
export function typeName(value: unknown) {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : typeof value
}

/**
 * The refusal of an argument.
 *
 * @param what it must be
 * @param shown whether the error may contain a number, or the first 40 characters of a string
 */
export function mustBe(name: string, what: string, value: unknown, shown: boolean = false) {
  let got = typeName(value)
  if (shown && typeof value === 'string') got = JSON.stringify(value.slice(0, 40))
  if (shown && typeof value === 'number') got = String(value)
  return new TypeError(`${name} must be ${what}; got ${got}`)
}

/** The name of a value's class, from any realm: a frame and `node:vm` have their own classes. */
export const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1)

/** The bytes of a buffer or of a view of one; undefined for anything else. */
export function bytesOf(value: unknown) {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)
  }
  if (!/^(Shared)?ArrayBuffer$/.test(tagOf(value))) return
  const buffer = value as ArrayBuffer
  // With a fixed length: a shared buffer may grow while it is copied.
  return new Uint8Array(buffer, 0, buffer.byteLength)
}

/**
 * Whether a value is an instance of a class that not every runtime has: jsdom has no streams.
 */
export function isA(name: 'Blob' | 'FormData' | 'ReadableStream', value: unknown) {
  const type = globalThis[name]
  return typeof type === 'function' && value instanceof type
}

/** Whether a value was passed: `undefined` and `null` count as absent. */
export const isGiven = (value: unknown) => value !== undefined && value !== null

/** U+FFFD. Minifiers would replace an escape by the character, which a page without a charset misreads. */
const REPLACEMENT = /* @__PURE__ */ decodeURIComponent('%EF%BF%BD')

/** Makes an untrusted value safe to pass to the module; '' for anything but a string. */
export const textOf = (value: unknown) =>
  typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, REPLACEMENT) : ''

/** @returns the value, which is an object */
export function objectOption<T = Record<PropertyKey, unknown>>(name: string, value: unknown): Unchecked<T> {
  if (typeof value === 'object' && value !== null) return value as Unchecked<T>
  throw mustBe(name, 'an object', value)
}

interface Types {
  string: string
  boolean: boolean
  // biome-ignore lint/complexity/noBannedTypes: its parameters are not checked yet
  function: Function
}

/** @returns the value, which is of that type */
export function typedOption<T extends keyof Types>(name: string, value: unknown, type: T): Types[T] {
  if (typeof value === type) return value as Types[T]
  throw mustBe(name, `a ${type}`, value)
}

/** An option that is a string; `undefined` and `null` mean the default. */
export const textOption = (name: string, value: unknown, byDefault: string = ''): string =>
  typedOption(name, value ?? byDefault, 'string')

/** An option that is a number, or a number as text; a falsy or empty value is 0. */
export function numberOption(name: string, value: unknown): number {
  const number = !value || /number|string/.test(typeof value) ? Number(value ?? 0) : Number.NaN
  if (!Number.isNaN(number)) return number
  throw mustBe(name, 'a number', value, true)
}

/** One of several strings, the first of which is the default. */
export function choiceOption(name: string, value: unknown, allowed: string[]): string {
  const chosen = (value ?? allowed[0]) as string
  if (allowed.includes(chosen)) return chosen
  throw mustBe(name, allowed.join(' or '), value, true)
}

/**
 * The life of a presigned URL.
 *
 * @returns seconds
 */
export function secondsOption(value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_SECONDS)
    return value as number
  throw mustBe('expiresIn', `a whole number of seconds from 1 to ${MOST_SECONDS}`, value, true)
}

/**
 * The text of a scalar for a URL or header.
 *
 * @param key the entry of the argument
 */
export function scalar(argument: string, value: unknown, key?: string): string {
  if (typeof value === 'string') return value
  if (/^(String|Number|Boolean|BigInt)$/.test(tagOf(value))) return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  const what = key === undefined ? argument : `${argument}[${JSON.stringify(key.slice(0, 60))}]`
  throw mustBe(what, 'a string, number or boolean', value)
}

/**
 * Names and values of an object, a Map, Headers, URLSearchParams, FormData without files or a list
 * of pairs.
 *
 * @param value a falsy value is empty
 */
function entriesOf(argument: string, value: unknown): [string, unknown][] {
  if (!value) return []
  const object = objectOption(argument, value)
  if (typeof object[Symbol.iterator] !== 'function') return Object.entries(object)
  return Array.from(object as unknown as Iterable<unknown>, (pair) => {
    if (Array.isArray(pair) && pair.length === 2) return [scalar(argument, pair[0]), pair[1]]
    throw new TypeError(`${argument} must be an object or a list of [name, value] pairs`)
  })
}

/**
 * Header names and values as text. `undefined` and `null` are left out, as values and in lists, and so is a header
 * without values.
 *
 * @returns name, value, name, value, …
 */
export function headerFields(argument: string, headers: unknown): string[] {
  const fields = []
  for (const [name, value] of entriesOf(argument, headers)) {
    const items = Array.isArray(value) ? value.filter(isGiven) : undefined
    if (items ? items.length === 0 : !isGiven(value)) continue
    // An object could not hold it, so it would be signed but not sent.
    if (name === '__proto__') throw new TypeError(`${argument} must not have one named __proto__`)
    const text = (item: unknown) => scalar(argument, item, name)
    fields.push(name, items ? items.map(text).join(', ') : text(value))
  }
  return fields
}

/**
 * An option that is a list of header names.
 *
 * @returns the names
 */
export function namesOption(option: string, value: unknown): string[] {
  const names = value ?? []
  if (!Array.isArray(names)) throw mustBe(option, 'an array of header names', names)
  return names.map((name, i) => {
    // RFC 9110 section 5.6.2. Any other name cannot match a header, and the mistake would go unnoticed.
    if (typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name.toLowerCase()
    throw mustBe(`${option}[${i}]`, "a header's name", name, true)
  })
}

/**
 * Joins the values of a repeated name.
 *
 * @param fields name, value, name, value, …
 * @returns each name once, in its first spelling
 */
export function joinedFields(fields: string[], separator: string): string[] {
  const joined: Map<string, string[]> = new Map()
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i].toLowerCase()
    const values = joined.get(name)
    if (values) values.push(fields[i + 1].trim())
    else joined.set(name, [fields[i], fields[i + 1].trim()])
  }
  return Array.from(joined.values(), ([spelling, ...values]) => [spelling, values.join(separator)]).flat()
}

/**
 * Names and values of a query as text. `undefined` and `null` are left out. In lists too, unless the list is joined:
 * there they are empty items, as in the old package.
 *
 * @param repeat whether an array becomes one parameter per item
 * @returns name, value, name, value, …
 */
export function queryFields(query: unknown, repeat: boolean): string[] {
  const argument = 'queryParams'
  const entries = typeof query === 'string' ? new URLSearchParams(query) : entriesOf(argument, query)
  const fields = []
  for (const [name, value] of entries) {
    const text = (item: unknown) => scalar(argument, item, name)
    const items = Array.isArray(value) ? value : [value]
    if (items === value && !repeat) fields.push(name, items.map((item) => text(item ?? '')).join(','))
    else for (const item of items) if (isGiven(item)) fields.push(name, text(item))
  }
  return fields
}

/**
 * The variables of a template, read as url-template reads them: scalars, and lists and objects of scalars.
 *
 * @returns a count, then the kind and value of each variable
 */
export function variableFields(names: string[], params: unknown): string[] {
  const fields = [String(names.length)]
  const source = Object(params ?? {})
  const text = (value: unknown) => (typeof value === 'symbol' ? '' : String(value))
  for (const name of names) {
    const value = source[name]
    if (!isGiven(value)) {
      fields.push('u')
    } else if (Array.isArray(value)) {
      const items = value.filter(isGiven)
      fields.push('l', String(items.length))
      for (const item of items) fields.push(text(item))
    } else if (typeof value === 'object' && !(value instanceof Date || value instanceof String)) {
      const entries = Object.entries(value).filter(([, item]) => isGiven(item))
      fields.push('m', String(entries.length))
      for (const [key, item] of entries) fields.push(key, text(item))
    } else if (typeof value === 'function' || typeof value === 'symbol') {
      fields.push('m', '0')
    } else {
      fields.push('t', scalar('pathParams', value, name))
    }
  }
  return fields
}
