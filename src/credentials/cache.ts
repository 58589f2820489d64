// Where the ids of identities are kept, so that a guest stays the same one: the database of the AWS SDK, for
// pages that move from one to the other.

export interface IdentityCache {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}

const STORE = 'IdentityIds'

/** Does one operation on the store. */
const inStore = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    const opened = indexedDB.open('aws:cognito-identity-ids', 1)
    opened.onupgradeneeded = () => opened.result.createObjectStore(STORE, { keyPath: 'id' })
    opened.onblocked = opened.onerror = reject
    opened.onsuccess = () => {
      const database = opened.result
      try {
        const asked = act(database.transaction(STORE, mode).objectStore(STORE))
        asked.onerror = reject
        asked.onsuccess = () => resolve(asked.result)
      } catch (error) {
        reject(error)
      }
      // Once what was asked is done.
      database.close()
    }
  })

const inDatabase: IdentityCache = {
  getItem: async (key) => (await inStore('readonly', (store) => store.get(key)))?.value,
  setItem: (id, value) => inStore('readwrite', (store) => store.put({ id, value })),
  removeItem: (key) => inStore('readwrite', (store) => store.delete(key)),
}

/** Where there is no database: as long as the process or the Worker. */
const kept = new Map<string, string>()
const inMemory: IdentityCache = {
  getItem: (key) => kept.get(key),
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
}

export const defaultCache = () => (typeof indexedDB === 'object' ? inDatabase : inMemory)
