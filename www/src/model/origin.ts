// The origin of a request.

import { type Lookup, substituteKnown } from './environment'

/** Scheme and authority of a URL; empty if it has none, or if a variable in it has no value. */
export function originOf(url: string, lookup: Lookup = new Map()): string {
  const [found = ''] = /^\s*(?:https?|wss?):\/\/[^/?#{\s\\]+/i.exec(substituteKnown(url, lookup)) ?? []
  try {
    const { protocol, host } = new URL(found)
    // A WebSocket and the API on the same host count as one origin.
    return `${protocol.replace(/^ws/, 'http')}//${host}`
  } catch {
    return ''
  }
}
