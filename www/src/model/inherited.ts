// The headers that a request inherits from its collection and its folders.

import type { Row } from './request'
import { type Shared, sourcesOf } from './settings'

export interface Inherited {
  name: string
  value: string
  /** The path of the folder that sets it; empty: the collection. */
  path: string
  /** Whether the request has its own header of that name. */
  replaced: boolean
}

/** The inherited headers, each from the nearest folder that has it. */
export function headersFrom(of: Shared, folder: string, own: readonly Row[]): Inherited[] {
  const named = ({ name }: { name: string }) => name.trim().toLowerCase()
  const mine = new Set(own.filter(({ on }) => on).map(named))
  const found = new Map<string, Inherited[]>()
  for (const { path, settings } of sourcesOf(of, folder)) {
    const rows = settings.headers.filter(({ on, name }) => on && name.trim() !== '')
    for (const row of rows) found.delete(named(row))
    for (const row of rows)
      found.set(named(row), [
        ...(found.get(named(row)) ?? []),
        { name: row.name, value: row.value, path, replaced: mine.has(named(row)) },
      ])
  }
  return [...found.values()].flat()
}
