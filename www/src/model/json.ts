// Values of files that others wrote, of whatever type they are.

export type Json = Record<string, unknown>

/** Numbers and truth values as they are written; what is no text is the default. */
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

/** What a table holds under a name that others chose: never what its prototype has, as under `constructor`. */
export const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
