// Variables whose values are generated for each request: `{{$timestamp}}`, with Postman's names.
//
// https://learning.postman.com/docs/use/send-requests/variables/dynamic-variables/

import type { Lookup } from './environment'
import { own } from './json'

const below = (limit: number) => Math.floor(Math.random() * limit)
const letters = (count: number, alphabet: string) =>
  Array.from({ length: count }, () => alphabet[below(alphabet.length)]).join('')

export const DYNAMIC: Readonly<Record<string, () => string>> = {
  $guid: () => crypto.randomUUID(),
  $randomUUID: () => crypto.randomUUID(),
  // Seconds, as in Postman.
  $timestamp: () => String(Math.floor(Date.now() / 1000)),
  $isoTimestamp: () => new Date().toISOString(),
  $randomInt: () => String(below(1001)),
  $randomBoolean: () => String(below(2) === 1),
  $randomAlphaNumeric: () => letters(1, 'abcdefghijklmnopqrstuvwxyz0123456789'),
  $randomHexadecimal: () => `0x${letters(2, '0123456789abcdef')}`,
  $randomPassword: () => letters(15, 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'),
}

/** The values that were generated for one request: reading them again in the same order returns the same values. */
export class Dynamics {
  private readonly values = new Map<string, string[]>()
  private readonly counts = new Map<string, number>()

  /** Adds the variables of an environment, which win. */
  over(variables: Lookup): Lookup {
    this.counts.clear()
    return { get: (name) => variables.get(name) ?? this.next(name) }
  }

  private next(name: string): string | undefined {
    const make = own(DYNAMIC, name)
    if (!make) return undefined
    const values = this.values.get(name) ?? []
    const at = this.counts.get(name) ?? 0
    values[at] ??= make()
    this.values.set(name, values)
    this.counts.set(name, at + 1)
    return values[at]
  }
}
