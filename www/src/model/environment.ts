// Environments: names for values that change from place to place, written `{{name}}`.

import { NOT_KEPT } from './kept'

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
  /** Whose credentials requests use here that do not name an identity; empty: the default ones. */
  identity?: string
}

/** Whatever stands between the braces is a name: one without a value is refused, never sent as a text. */
const USE = /\{\{([^{}"\n]*)\}\}/g

export class MissingVariable extends Error {
  constructor(readonly variable: string) {
    super(
      `{{${variable}}}` === NOT_KEPT
        ? 'A credential stood here and was not kept: enter it again'
        : `{{${variable}}} has no value in this environment`,
    )
  }
}

/** Puts values in; a variable without one is an error that names it. */
export function substitute(text: string, lookup: ReadonlyMap<string, string>): string {
  return text.replace(USE, (_, name: string) => {
    const value = lookup.get(name.trim())
    if (value === undefined || `{{${name}}}` === NOT_KEPT) throw new MissingVariable(name.trim())
    return value
  })
}

/** As far as there are values. */
export function substituteKnown(text: string, lookup: ReadonlyMap<string, string>): string {
  return text.replace(USE, (use, name: string) => lookup.get(name.trim()) ?? use)
}

/** The names that a text uses. */
export const usedIn = (text: string): string[] => [...text.matchAll(USE)].map(([, name = '']) => name.trim())

/** A secret without a value was forgotten by a reload: it is missing, not empty. */
export function lookupOf(environment: Environment | undefined): Map<string, string> {
  const filled = environment?.variables.filter(({ name, value, secret }) => name && (value || !secret)) ?? []
  return new Map(filled.map(({ name, value }) => [name, value]))
}

/** For snippets: a secret is named, not shown. */
export function publicLookupOf(environment: Environment | undefined): Map<string, string> {
  const named = environment?.variables.filter(({ name }) => name !== '') ?? []
  return new Map(named.map(({ name, value, secret }) => [name, secret ? placeholder(name) : value]))
}

export const placeholder = (name: string) => `YOUR_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
