// Reads values of any type from files that others wrote.

export type Json = Record<string, unknown>

/** Numbers and booleans as text; anything else but a string is the default. */
export const text = (value: unknown, byDefault = ''): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : byDefault

export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export const records = (value: unknown): Json[] => list(value).map(record)

/** A table's own value for an untrusted name: never a property of its prototype, such as `constructor`. */
export const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
