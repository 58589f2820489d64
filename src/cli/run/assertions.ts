// The checks of a saved request. docs/command.md describes their form.

import { type Json, text } from '../../../www/src/model/json.ts'

export interface Received {
  status: number
  /** ms */
  time: number
  /** By names in lower case. */
  headers: ReadonlyMap<string, string>
  body: string
}

/** @returns a line for each failed check; a request without tests expects a status below 400 */
export function failuresOf(tests: Json[] | undefined, received: Received): string[] {
  if (!tests) return received.status < 400 ? [] : [`status is ${received.status}, expected below 400`]
  return tests.flatMap((test) => failureOf(test, received) ?? [])
}

function failureOf(test: Json, received: Received): string | undefined {
  if (test.status !== undefined) return statusFailure(test.status, received.status)
  if (typeof test.time === 'number') {
    return received.time <= test.time
      ? undefined
      : `took ${Math.round(received.time)} ms, expected at most ${test.time}`
  }
  if (typeof test.header === 'string') {
    const value = received.headers.get(test.header.toLowerCase())
    return compared(`header ${test.header}`, value, test)
  }
  if (typeof test.json === 'string') {
    let data: unknown
    try {
      data = JSON.parse(received.body)
    } catch {
      return 'the answer is not JSON'
    }
    return compared(`json ${test.json}`, valueAt(data, test.json), test)
  }
  if (test.body !== undefined)
    return compared('body', received.body, test.body === true ? test : { ...test, equals: test.body })
  return `unknown test ${shortened(test)}: it needs status, time, header, json or body`
}

/** A number, a class such as `2xx`, or a list of them. */
function statusFailure(expected: unknown, status: number): string | undefined {
  const list = Array.isArray(expected) ? expected : [expected]
  const holds = list.some((one) => {
    const [, digit] = /^([1-5])xx$/i.exec(text(one)) ?? []
    return digit ? Math.floor(status / 100) === Number(digit) : Number(one) === status
  })
  return holds ? undefined : `status is ${status}, expected ${list.join(' or ')}`
}

type Compare = (value: unknown, expected: unknown) => boolean

const COMPARISONS: [string, Compare, string][] = [
  ['equals', (value, expected) => equal(value, expected), 'to equal'],
  ['not', (value, expected) => !equal(value, expected), 'not to equal'],
  ['contains', contains, 'to contain'],
  ['length', (value, expected) => lengthOf(value) === expected, 'to have the length'],
  ['atLeast', (value, expected) => Number(value) >= Number(expected), 'to be at least'],
  ['atMost', (value, expected) => Number(value) <= Number(expected), 'to be at most'],
  ['type', (value, expected) => typeOf(value) === expected, 'to be of the type'],
  ['exists', (value, expected) => (value !== undefined) === expected, 'to be there:'],
]

function compared(subject: string, value: unknown, test: Json): string | undefined {
  const comparisons = COMPARISONS.filter(([name]) => Object.hasOwn(test, name))
  if (comparisons.length === 0) return value === undefined ? `${subject} is missing` : undefined
  const failed = comparisons.find(([name, holds]) => !holds(value, test[name]))
  if (!failed) return undefined
  const [name, , words] = failed
  return `${subject} is ${shortened(value)}, expected ${words} ${shortened(test[name])}`
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), Object.entries(b)]
  if (Array.isArray(a) !== Array.isArray(b) || left.length !== right.length) return false
  return left.every(([name, value]) => Object.hasOwn(b, name) && equal(value, (b as Json)[name]))
}

function contains(value: unknown, expected: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => equal(item, expected))
  return typeof value === 'string' && value.includes(String(expected))
}

const lengthOf = (value: unknown) =>
  Array.isArray(value) || typeof value === 'string' ? value.length : undefined

const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

function shortened(value: unknown): string {
  const written = value === undefined ? 'missing' : JSON.stringify(value)
  return written.length > 200 ? `${written.slice(0, 200)}…` : written
}

/**
 * `$.Items[0].title`, `Items[0]["a b"]`, `$` for the whole value; `.length` of a list or text. Only own properties are
 * looked up.
 *
 * @returns undefined if there is none
 */
export function valueAt(data: unknown, path: string): unknown {
  let value = data
  const steps = path
    .replace(/^\$\.?/, '')
    .matchAll(/\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\]|([^.[\]]+)|([[\]])/g)
  for (const [, index, double, single, plain] of steps) {
    const name = index ?? double ?? single ?? plain
    if (name === undefined) return undefined
    const isOwn = typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    if (isOwn) value = (value as Json)[name]
    else if (name === 'length') value = lengthOf(value)
    else return undefined
  }
  return value
}
