// Collections and environments of this page's own format.

import type { Collection } from '../state/db'
import type { Environment } from './environment'
import { type Json, records, text } from './json'
import { readRequest } from './request'
import { readShared } from './settings'

/** A collection of this format, from config.json or an exported file. */
export function collectionOf(json: Json, index: number): Collection {
  const id = text(json.id) || `given-${index}`
  const requests = records(json.requests).map((item, i) => ({
    ...readRequest(item),
    id: text(item.id) || `${id}-${i}`,
    folder: text(item.folder),
    ...(item.sendOnOpen === true && { sendOnOpen: true }),
    ...(item.view === 'table' && { view: 'table' as const }),
  }))
  return { id, name: text(json.name) || 'Collection', requests, ...readShared(json) }
}

export function environmentOf(json: Json, index: number): Environment {
  const variables = records(json.variables).map((item) => ({
    name: text(item.name),
    value: text(item.value),
    secret: item.secret === true,
  }))
  return { id: text(json.id) || `given-${index}`, name: text(json.name) || 'Environment', variables }
}
