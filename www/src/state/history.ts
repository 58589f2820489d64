// The history: requests and how they ended, without answers and credentials.

import { signal } from '@preact/signals'
import { type RequestDoc, readRequest } from '../model/request'
import { safeRequest } from '../model/secrets'
import { readRows } from './aside'
import { database, type HistoryRow, newId, store } from './db'
import { readHistoryRow } from './rows'
import { secretValues } from './secrets'

export interface Entry {
  row: HistoryRow
  doc: RequestDoc
}

/** The entries, newest first; undefined until they are read. */
export const history = signal<HistoryRow[] | undefined>(undefined)

/** With more than this, the oldest are removed. */
const MOST = 10_000

export async function loadHistory() {
  if (history.value) return
  const rows = await readRows('history', readHistoryRow)
  history.value = rows.sort((a, b) => b.at - a.at)
}

/** @param url the called URL, with the variables filled in; by default that of the document */
export async function remember(
  doc: RequestDoc,
  end: { status: number; took: number; size: number },
  url = doc.url,
) {
  await rememberAll([{ row: { ...rowOf(doc, Date.now(), end), url }, doc }])
}

/** An entry as it may be stored: its URL is that of the call, with the variables filled in. */
function safeEntry({ row, doc }: Entry, secrets: readonly string[]): Entry {
  const safe = safeRequest(doc, secrets)
  const { name, url } = safeRequest({ ...doc, name: row.name, url: row.url }, secrets)
  return { row: { ...row, name, url }, doc: safe }
}

function rowOf(doc: RequestDoc, at: number, end: { status: number; took: number; size: number }): HistoryRow {
  return { id: newId(), at, name: doc.name, method: doc.method, url: doc.url, ...end }
}

export async function rememberAll(list: Entry[]) {
  const secrets = secretValues()
  const entries = list.map((entry) => safeEntry(entry, secrets))
  await loadHistory()
  const all = [...entries.map(({ row }) => row), ...(history.value ?? [])]
  all.sort((a, b) => b.at - a.at)
  history.value = all.slice(0, MOST)
  await store((db) => {
    const change = db.transaction(['history', 'sent'], 'readwrite')
    const [rows, docs] = [change.objectStore('history'), change.objectStore('sent')]
    return Promise.all([
      change.done,
      ...entries.flatMap(({ row, doc }) => [rows.put(row), docs.put(doc, row.id)]),
      ...all.slice(MOST).flatMap(({ id }) => [rows.delete(id), docs.delete(id)]),
    ])
  })
}

export async function recall(id: string): Promise<RequestDoc | undefined> {
  const found = await (await database())?.get('sent', id)
  return found && readRequest(found)
}

export async function recallAll(): Promise<Entry[]> {
  await loadHistory()
  const db = await database()
  if (!db) return []
  const [keys, docs] = await Promise.all([db.getAllKeys('sent'), db.getAll('sent')])
  const byId = new Map(keys.map((key, i) => [key, docs[i]]))
  return (history.value ?? []).flatMap((row) => {
    const doc = byId.get(row.id)
    return doc ? [{ row, doc }] : []
  })
}

export async function renameEntry(id: string, name: string) {
  history.value = history.value?.map((row) => (row.id === id ? { ...row, name } : row))
  await store(async (db) => {
    const [row, doc] = await Promise.all([db.get('history', id), db.get('sent', id)])
    if (row) await db.put('history', { ...row, name })
    if (doc) await db.put('sent', { ...doc, name }, id)
  })
}

export async function forget(id: string) {
  history.value = history.value?.filter((row) => row.id !== id)
  await store((db) => Promise.all([db.delete('history', id), db.delete('sent', id)]))
}

export async function forgetAll() {
  history.value = []
  await store((db) => Promise.all([db.clear('history'), db.clear('sent')]))
}
