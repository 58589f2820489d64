// The unreadable entries of the database, which are kept in a separate store for download.

import { signal } from '@preact/signals'
import { database, store } from './db'
import { notify } from './notice'
import type { Read } from './rows'
import { dialog } from './view'

/** The number of unreadable entries. */
export const asideCount = signal(0)

type Store = 'collections' | 'environments' | 'history'

/** All readable rows of a store; unreadable rows, and unreadable parts of rows, are moved. */
export async function readRows<T extends object>(
  name: Store,
  read: (value: unknown) => Read<T>,
): Promise<T[]> {
  const db = await database()
  if (!db) return []
  const rows: T[] = []
  const moved: { key: IDBValidKey; value: T | undefined; aside: unknown[] }[] = []
  const [keys, values] = await Promise.all([db.getAllKeys(name), db.getAll(name)])
  for (const [i, given] of values.entries()) {
    const { value, aside } = read(given)
    if (value) rows.push(value)
    if (aside.length > 0) moved.push({ key: keys[i] as IDBValidKey, value, aside })
  }
  if (moved.length > 0) {
    await store((db) => {
      const change = db.transaction([name, 'aside'], 'readwrite')
      const [from, to] = [change.objectStore(name), change.objectStore('aside')]
      return Promise.all([
        change.done,
        ...moved.flatMap(({ key, value, aside }) => [
          value ? from.put(value as never) : from.delete(key as never),
          ...aside.map((item) => to.add({ from: name, at: Date.now(), item })),
        ]),
      ])
    })
    tell(moved.reduce((sum, { aside }) => sum + aside.length, 0))
    await countAside()
  }
  return rows
}

export async function countAside() {
  asideCount.value = (await (await database())?.count('aside').catch(() => 0)) ?? 0
}

function tell(count: number) {
  const entries = count === 1 ? '1 entry of the database' : `${count} entries of the database`
  notify(`${entries} could not be read and ${count === 1 ? 'was' : 'were'} set aside.`, {
    label: 'Show',
    act() {
      dialog.value = 'export'
    },
  })
}

export async function forgetAside() {
  await store((db) => db.clear('aside'))
  asideCount.value = 0
}
