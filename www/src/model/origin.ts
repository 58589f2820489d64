// Where a request goes.

import { type Lookup, substituteKnown } from './environment'

/** Scheme and authority of a URL; empty while it has none, or while a variable in it has no value. */
export function originOf(url: string, lookup: Lookup = new Map()): string {
  const [found = ''] = /^\s*(?:https?|wss?):\/\/[^/?#{\s\\]+/i.exec(substituteKnown(url, lookup)) ?? []
  try {
    const { protocol, host } = new URL(found)
    // A WebSocket and the API next to it are one place.
    return `${protocol.replace(/^ws/, 'http')}//${host}`
  } catch {
    return ''
  }
}
