// The database: requests as documents, never a credential. A page that may not use it works without.

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
  /** What was called, with the variables filled in. */
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
  /** How its answer is shown first. */
  view?: 'table'
}

export interface Collection {
  id: string
  name: string
  /** What its requests have in common. */
  settings?: RequestDoc
  /** Those that have settings, or nothing in them; the others are where requests say so. */
  folders?: FolderRow[]
  requests: SavedRequest[]
}

interface Schema extends DBSchema {
  history: { key: string; value: HistoryRow; indexes: { at: number } }
  /** What was asked, by the id of its row. */
  sent: { key: string; value: RequestDoc }
  collections: { key: string; value: Collection }
  environments: { key: string; value: Environment }
  kept: { key: string; value: unknown }
  /** What could not be read, and where it was. */
  aside: { key: number; value: { from: string; at: number; item: unknown } }
}

export type Database = IDBPDatabase<Schema>

let opened: Promise<Database | undefined> | undefined

/** Undefined where the browser has none to give, as in some private windows. */
export function database(): Promise<Database | undefined> {
  // Asynchronous from its first step: where storage is forbidden, `indexedDB` itself throws.
  opened ??= Promise.resolve()
    .then(() => openDatabase())
    .catch(() => undefined)
  return opened
}

function openDatabase(): Promise<Database> {
  return openDB<Schema>('gatesign-tester', 2, {
    upgrade(db) {
      // Each only where it is missing: whatever version was there before.
      const has = db.objectStoreNames
      if (!has.contains('history')) db.createObjectStore('history', { keyPath: 'id' }).createIndex('at', 'at')
      if (!has.contains('sent')) db.createObjectStore('sent')
      if (!has.contains('collections')) db.createObjectStore('collections', { keyPath: 'id' })
      if (!has.contains('environments')) db.createObjectStore('environments', { keyPath: 'id' })
      if (!has.contains('kept')) db.createObjectStore('kept')
      if (!has.contains('aside')) db.createObjectStore('aside', { autoIncrement: true })
    },
    // A newer page in another window waits for this one.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })
}

/** Of whatever form: it is read as something that others wrote. */
export async function readKept(name: string): Promise<unknown> {
  return (await database())?.get('kept', name)
}

export async function keep(name: string, value: unknown): Promise<void> {
  await store((db) => db.put('kept', value, name))
}

/** Writes what the page has changed in itself already: without room for it the page says so and goes on. */
export async function store(write: (db: Database) => Promise<unknown>): Promise<void> {
  const db = await database()
  if (!db) return
  try {
    await write(db)
  } catch (error) {
    const { name } = error as Error
    // A newer page has taken the database over.
    if (name === 'InvalidStateError')
      notify('Another window uses a newer page: reload this one to keep changes.')
    else if (name === 'QuotaExceededError')
      notify('There is no storage left: this is kept only until the page is closed.')
    else throw error
  }
}
