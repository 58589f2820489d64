// Collections: requests with names, in the database, and read-only ones of config.json.

import { signal } from '@preact/signals'
import type { RequestDoc } from '../model/request'
import { safeRequest } from '../model/secrets'
import { movedPath } from '../model/tree'
import { readRows } from './aside'
import { type Collection, type Database, newId, type SavedRequest, store } from './db'
import { readCollection } from './rows'
import { secretValues } from './secrets'

export const collections = signal<Collection[]>([])

/** Those of the config.json next to the page: shown, never written. */
export const given = signal<Collection[]>([])

/** Other windows of this page: what one of them saves, the others must know, or they would write over it. */
let windows: BroadcastChannel | undefined

export async function loadCollections() {
  await readCollections()
  windows = new BroadcastChannel('gatesign-tester')
  windows.onmessage = () => void readCollections()
}

async function readCollections() {
  collections.value = await readRows('collections', readCollection)
}

async function write(change: (db: Database) => Promise<unknown>) {
  await store(change)
  windows?.postMessage('collections')
}

export function saveCollection(changed: Collection) {
  const safe = safeCollection(changed)
  const known = collections.value.some(({ id }) => id === safe.id)
  collections.value = known
    ? collections.value.map((item) => (item.id === safe.id ? safe : item))
    : [...collections.value, safe]
  void write((db) => db.put('collections', safe))
}

export async function removeCollection(id: string) {
  collections.value = collections.value.filter((item) => item.id !== id)
  await write((db) => db.delete('collections', id))
}

/** @returns its id */
export function saveRequest(collectionId: string, doc: RequestDoc, folder: string, id = newId()): string {
  const collection = collections.value.find((item) => item.id === collectionId)
  if (!collection) return ''
  const saved: SavedRequest = { ...doc, id, folder }
  const known = collection.requests.some((item) => item.id === id)
  const requests = known
    ? collection.requests.map((item) => (item.id === id ? saved : item))
    : [...collection.requests, saved]
  saveCollection({ ...collection, requests })
  return id
}

export function newCollection(
  name: string,
  requests: SavedRequest[] = [],
  settings?: RequestDoc,
): Collection {
  const made = { id: newId(), name, requests, ...(settings && { settings }) }
  saveCollection(made)
  return made
}

/** Changes one request, or leaves it out if `change` gives nothing. */
export function changeRequest(
  collectionId: string,
  id: string,
  change: (item: SavedRequest) => SavedRequest[],
) {
  const collection = collections.value.find((item) => item.id === collectionId)
  if (!collection) return
  const requests = collection.requests.flatMap((item) => (item.id === id ? change(item) : [item]))
  saveCollection({ ...collection, requests })
}

/** Puts a request in front of another one, or at the end of a folder; of the same collection or another one. */
export function moveRequest(from: string, id: string, to: string, folder: string, before?: string) {
  const request = collections.value.find((item) => item.id === from)?.requests.find((item) => item.id === id)
  const target = collections.value.find((item) => item.id === to)
  if (!request || !target) return
  changeRequest(from, id, () => [])
  const now = collections.value.find((item) => item.id === to) ?? target
  const at = now.requests.findIndex((item) => item.id === before)
  saveCollection({
    ...now,
    requests: now.requests.toSpliced(at === -1 ? now.requests.length : at, 0, { ...request, folder }),
  })
}

/** Renames a folder, with all that is in it. */
export function renameFolder(collectionId: string, path: string, name: string) {
  const collection = collections.value.find((item) => item.id === collectionId)
  if (!collection) return
  const at = path.lastIndexOf(' / ')
  const to = at === -1 ? name : `${path.slice(0, at)} / ${name}`
  const requests = collection.requests.map((item) => ({ ...item, folder: movedPath(item.folder, path, to) }))
  saveCollection({ ...collection, requests })
}

/** Among those of its folder. @param by -1 or 1 */
export function stepRequest(collectionId: string, id: string, by: number) {
  const collection = collections.value.find((item) => item.id === collectionId)
  const at = collection?.requests.findIndex((item) => item.id === id) ?? -1
  const request = collection?.requests[at]
  if (!collection || !request) return
  const places = [...collection.requests.keys()].filter(
    (i) => collection.requests[i]?.folder === request.folder,
  )
  const to = places[places.indexOf(at) + by]
  if (to === undefined) return
  saveCollection({ ...collection, requests: collection.requests.toSpliced(at, 1).toSpliced(to, 0, request) })
}

/** Undoes a deletion, and nothing that was saved since. */
export function putBack(collectionId: string, request: SavedRequest, at: number) {
  const collection = collections.value.find((item) => item.id === collectionId)
  if (collection) saveCollection({ ...collection, requests: collection.requests.toSpliced(at, 0, request) })
}

export function safeCollection(item: Collection): Collection {
  const settings = item.settings && { settings: safeRequest(item.settings, secretValues()) }
  return { ...item, requests: item.requests.map(safeSaved), ...settings }
}

/** Of one that a request is saved in, or that config.json gives. */
export const settingsOf = (collectionId: string | undefined): RequestDoc | undefined =>
  [...collections.value, ...given.value].find(({ id }) => id === collectionId)?.settings

export function safeSaved({ id, folder, sendOnOpen: _, view, ...doc }: SavedRequest): SavedRequest {
  return {
    ...safeRequest(doc, secretValues()),
    id,
    folder,
    ...(view && { view }),
  }
}
