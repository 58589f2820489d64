// Environments: sets of values, which texts refer to as `{{name}}`.

import { NOT_KEPT } from './not-kept'

export interface Variable {
  name: string
  value: string
  /** Kept in memory only. */
  secret: boolean
}

export interface Environment {
  id: string
  name: string
  variables: Variable[]
  /** The identity of requests that do not name one; empty: the default credentials. */
  identity?: string
}

/** Any text between the braces is a name: one without a value is refused, and never sent as text. */
const USE = /\{\{([^{}"\n]*)\}\}/g

/** A variable that cannot be replaced; the message says why. */
export class MissingVariable extends Error {
  constructor(
    readonly variable: string,
    message = `{{${variable}}} has no value in this environment`,
  ) {
    super(message)
  }
}

/** Values by name. A dynamic name has a new value each time it is read. */
export type Lookup = Pick<ReadonlyMap<string, string>, 'get'>

/** UTF-16 units: far more than any request needs, and far less than what blocks a page. */
const LONGEST = 20_000_000
/** How many values may be inserted into values: variables that double others grow exponentially. */
const MOST_INNER = 20_000

/** Inserts values, also into values; for a variable without one it throws an error that names it. */
export function substitute(text: string, lookup: Lookup): string {
  return put(text, lookup, [], { inner: 0 })
}

function put(text: string, lookup: Lookup, within: readonly string[], done: { inner: number }): string {
  let length = text.length
  return text.replace(USE, (use, inner: string) => {
    const name = inner.trim()
    if (use === NOT_KEPT)
      throw new MissingVariable(name, 'A credential stood here and was not kept: enter it again')
    const value = lookup.get(name)
    if (value === undefined) throw new MissingVariable(name)
    if (within.includes(name)) throw new MissingVariable(name, `{{${name}}} contains itself`)
    const filled = value.includes('{{') ? put(value, lookup, [...within, name], done) : value
    length += filled.length
    if (within.length > 0) done.inner++
    if (length > LONGEST || done.inner > MOST_INNER)
      throw new MissingVariable(name, `{{${name}}} makes the request too long`)
    return filled
  })
}

/** Inserts only the values that exist. */
export function substituteKnown(text: string, lookup: Lookup): string {
  return text.replace(USE, (use) => {
    try {
      return put(use, lookup, [], { inner: 0 })
    } catch (error) {
      if (error instanceof MissingVariable) return use
      throw error
    }
  })
}

/** The names that a text uses. */
export const usedIn = (text: string): string[] => [...text.matchAll(USE)].map(([, name = '']) => name.trim())

/** A secret without a value was forgotten by a reload: it is missing, not empty. */
export function lookupOf(environment: Environment | undefined): Map<string, string> {
  const filled = environment?.variables.filter(({ name, value, secret }) => name && (value || !secret)) ?? []
  return new Map(filled.map(({ name, value }) => [name, value]))
}

/** For snippets: a secret is shown by name, not by value. */
export function publicLookupOf(environment: Environment | undefined): Map<string, string> {
  const named = environment?.variables.filter(({ name }) => name !== '') ?? []
  return new Map(named.map(({ name, value, secret }) => [name, secret ? placeholder(name) : value]))
}

export const placeholder = (name: string) => `YOUR_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
