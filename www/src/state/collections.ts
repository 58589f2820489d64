// Collections: named requests in the database, and read-only ones from config.json.

import { signal } from '@preact/signals'
import type { RequestDoc } from '../model/request'
import { safeRequest } from '../model/secrets'
import { settingsIn } from '../model/settings'
import { readRows } from './aside'
import { type Collection, type Database, newId, type SavedRequest, store } from './db'
import { readCollection } from './rows'
import { secretValues } from './secrets'

/** Where a request is saved. */
export interface Origin {
  collectionId: string
  id: string
  folder: string
}

export const collections = signal<Collection[]>([])

/** The collections of the config.json next to the page, which are read-only. */
export const configCollections = signal<Collection[]>([])

/** Tells other windows of this page what was saved; otherwise they would overwrite it. */
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
  const exists = collections.value.some(({ id }) => id === safe.id)
  collections.value = exists
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
  const exists = collection.requests.some((item) => item.id === id)
  const requests = exists
    ? collection.requests.map((item) => (item.id === id ? saved : item))
    : [...collection.requests, saved]
  saveCollection({ ...collection, requests })
  return id
}

export function newCollection(
  fields: Partial<Omit<Collection, 'id'>> & Pick<Collection, 'name'>,
): Collection {
  const collection = { requests: [], ...fields, id: newId() }
  saveCollection(collection)
  return collection
}

/** Changes one request, or removes it if `change` returns nothing. */
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

/** Puts a request in front of another one, or at the end of a folder, in the same or another collection. */
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

/** Moves a request among those of its folder. @param by -1 or 1 */
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

/** Undoes a deletion, but nothing that was saved since. */
export function putBack(collectionId: string, request: SavedRequest, at: number) {
  const collection = collections.value.find((item) => item.id === collectionId)
  if (collection) saveCollection({ ...collection, requests: collection.requests.toSpliced(at, 0, request) })
}

export function safeCollection(item: Collection): Collection {
  const safe = (settings: RequestDoc | undefined) =>
    settings && { settings: safeRequest(settings, secretValues()) }
  const folders = item.folders?.map((folder) => ({ ...folder, ...safe(folder.settings) }))
  return {
    ...item,
    requests: item.requests.map(safeSaved),
    ...safe(item.settings),
    ...(folders && { folders }),
  }
}

/** The current place of a saved request, which may have been moved since it was opened. */
export function placeOf(from: Origin | undefined): { collection: Collection; folder: string } | undefined {
  const collection =
    from && [...collections.value, ...configCollections.value].find(({ id }) => id === from.collectionId)
  const saved = collection?.requests.find(({ id }) => id === from?.id)
  return collection && { collection, folder: saved?.folder ?? from?.folder ?? '' }
}

/** The settings that a saved request has from its folders and its collection. */
export function settingsOf(from: Origin | undefined): RequestDoc | undefined {
  const place = placeOf(from)
  return place && settingsIn(place.collection, place.folder)
}

export function safeSaved({ id, folder, sendOnOpen: _, view, ...doc }: SavedRequest): SavedRequest {
  return {
    ...safeRequest(doc, secretValues()),
    id,
    folder,
    ...(view && { view }),
  }
}
