// What this page exports.

import { readRequest } from '../model/request'
import { collectionOf, environmentOf } from '../state/config'
import { newId } from '../state/db'
import { type Imported, type Json, list, nothing, record, text } from './imported'

export function readNative(data: Json): Imported {
  return {
    ...nothing(),
    collections: list(data.collections).map((item, i) => {
      const collection = collectionOf(record(item), i)
      return { ...collection, requests: collection.requests.map((request) => ({ ...request, id: newId() })) }
    }),
    environments: list(data.environments).map((item, i) => ({
      ...environmentOf(record(item), i),
      id: newId(),
    })),
    history: list(data.history).map((item) => {
      const entry = record(item)
      const doc = readRequest(entry.request)
      const number = (value: unknown) => (typeof value === 'number' ? value : 0)
      const { name, method } = doc
      const url = text(entry.called) || doc.url
      const end = { status: number(entry.status), took: number(entry.took), size: number(entry.size) }
      return { row: { id: newId(), at: Date.parse(text(entry.at)) || 0, name, method, url, ...end }, doc }
    }),
  }
}
