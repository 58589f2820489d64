// The database: requests as documents, never a credential. A page that may not use it works without.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Environment } from '../model/environment'
import type { RequestDoc } from '../model/request'
import { notify } from './notice'

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
  requests: SavedRequest[]
}

interface Schema extends DBSchema {
  history: { key: string; value: HistoryRow; indexes: { at: number } }
  /** What was asked, by the id of its row. */
  sent: { key: string; value: RequestDoc }
  collections: { key: string; value: Collection }
  environments: { key: string; value: Environment }
  kept: { key: string; value: unknown }
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
  return openDB<Schema>('gatesign-tester', 1, {
    upgrade(db) {
      db.createObjectStore('history', { keyPath: 'id' }).createIndex('at', 'at')
      db.createObjectStore('sent')
      db.createObjectStore('collections', { keyPath: 'id' })
      db.createObjectStore('environments', { keyPath: 'id' })
      db.createObjectStore('kept')
    },
  })
}

export async function kept<T>(name: string): Promise<T | undefined> {
  return (await (await database())?.get('kept', name)) as T | undefined
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
    if ((error as Error).name !== 'QuotaExceededError') throw error
    notify('There is no room left to keep this: it lasts until the page is closed.')
  }
}

/** Sorts by time of making. */
export const newId = () =>
  Date.now().toString(36) +
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36).padStart(2, '0')).join('')
