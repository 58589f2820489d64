// The database: requests as documents, never credentials. The page also works without it, if the browser forbids it.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Environment } from '../model/environment'
import type { RequestDoc } from '../model/request'
import type { FolderRow } from '../model/settings'
import { notify } from './notice'

export { newId } from '../model/id'

export interface HistoryRow {
  id: string
  /** ms since the epoch. */
  at: number
  name: string
  method: string
  /** The called URL, with the variables filled in. */
  url: string
  /** 0 if there was no answer. */
  status: number
  /** ms */
  took: number
  /** bytes */
  size: number
}

export interface SavedRequest extends RequestDoc {
  id: string
  /** `A / B`; empty at the top. */
  folder: string
  /** A click opens it and sends it. */
  sendOnOpen?: boolean
  /** The view in which its answer is shown first. */
  view?: 'table'
}

export interface Collection {
  id: string
  name: string
  /** The shared settings of its requests. */
  settings?: RequestDoc
  /** Folders that have settings or are empty; the requests contain the paths of the others. */
  folders?: FolderRow[]
  requests: SavedRequest[]
}

interface Schema extends DBSchema {
  history: { key: string; value: HistoryRow; indexes: { at: number } }
  /** The requests of the history, by the id of the row. */
  sent: { key: string; value: RequestDoc }
  collections: { key: string; value: Collection }
  environments: { key: string; value: Environment }
  kept: { key: string; value: unknown }
  /** Unreadable entries, and where they were. */
  aside: { key: number; value: { from: string; at: number; item: unknown } }
}

export type Database = IDBPDatabase<Schema>

let opened: Promise<Database | undefined> | undefined

/** Undefined if the browser provides none, as in some private windows. */
export function database(): Promise<Database | undefined> {
  // Asynchronous from the first step: if storage is forbidden, reading `indexedDB` throws.
  opened ??= Promise.resolve()
    .then(() => openDatabase())
    .catch(() => undefined)
  return opened
}

function openDatabase(): Promise<Database> {
  return openDB<Schema>('gatesign-tester', 2, {
    upgrade(db) {
      // Each is created only if it is missing, whatever the previous version.
      const has = db.objectStoreNames
      if (!has.contains('history')) db.createObjectStore('history', { keyPath: 'id' }).createIndex('at', 'at')
      if (!has.contains('sent')) db.createObjectStore('sent')
      if (!has.contains('collections')) db.createObjectStore('collections', { keyPath: 'id' })
      if (!has.contains('environments')) db.createObjectStore('environments', { keyPath: 'id' })
      if (!has.contains('kept')) db.createObjectStore('kept')
      if (!has.contains('aside')) db.createObjectStore('aside', { autoIncrement: true })
    },
    // A newer page in another window waits for this connection.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })
}

/** Rows of any form: they are read as untrusted data. */
export async function readKept(name: string): Promise<unknown> {
  return (await database())?.get('kept', name)
}

export async function keep(name: string, value: unknown): Promise<void> {
  await store((db) => db.put('kept', value, name))
}

/** Stores a change that the page already shows. If there is no space for it, the page says so and continues. */
export async function store(write: (db: Database) => Promise<unknown>): Promise<void> {
  const db = await database()
  if (!db) return
  try {
    await write(db)
  } catch (error) {
    const { name } = error as Error
    // A newer page has taken over the database.
    if (name === 'InvalidStateError')
      notify('Another window uses a newer page: reload this one to keep changes.')
    else if (name === 'QuotaExceededError')
      notify('There is no storage left: this is kept only until the page is closed.')
    else throw error
  }
}
