// Reads the exports of this page.

import { collectionOf, environmentOf } from '../model/collection'
import { newId } from '../model/id'
import { type Json, records, text } from '../model/json'
import { readRequest } from '../model/request'
import type { SavedRequest } from '../state/db'
import { type Imported, nothing } from './imported'

/** Imported requests are not sent before the user has seen them. */
const seen = ({ sendOnOpen: _, ...request }: SavedRequest): SavedRequest => ({ ...request, id: newId() })

export function readNative(data: Json): Imported {
  return {
    ...nothing(),
    collections: records(data.collections).map((item, i) => {
      const collection = collectionOf(item, i)
      return { ...collection, requests: collection.requests.map(seen) }
    }),
    environments: records(data.environments).map((item, i) => ({
      ...environmentOf(item, i),
      id: newId(),
    })),
    history: records(data.history).map((entry) => {
      const doc = readRequest(entry.request)
      const number = (value: unknown) => (typeof value === 'number' ? value : 0)
      const { name, method } = doc
      const url = text(entry.called) || doc.url
      const end = { status: number(entry.status), took: number(entry.took), size: number(entry.size) }
      return { row: { id: newId(), at: Date.parse(text(entry.at)) || 0, name, method, url, ...end }, doc }
    }),
  }
}
