// Collections and environments of this page's own format.

import type { Collection } from '../state/db'
import type { Environment } from './environment'
import { type Json, records, text } from './json'
import { readRequest } from './request'
import { readShared } from './settings'

/** A collection of this format, from config.json or an exported file. */
export function collectionOf(given: Json, index: number): Collection {
  const id = text(given.id) || `given-${index}`
  const requests = records(given.requests).map((item, i) => ({
    ...readRequest(item),
    id: text(item.id) || `${id}-${i}`,
    folder: text(item.folder),
    ...(item.sendOnOpen === true && { sendOnOpen: true }),
    ...(item.view === 'table' && { view: 'table' as const }),
  }))
  return { id, name: text(given.name) || 'Collection', requests, ...readShared(given) }
}

export function environmentOf(given: Json, index: number): Environment {
  const variables = records(given.variables).map((item) => ({
    name: text(item.name),
    value: text(item.value),
    secret: item.secret === true,
  }))
  return { id: text(given.id) || `given-${index}`, name: text(given.name) || 'Environment', variables }
}
