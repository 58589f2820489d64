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
    const opening = indexedDB.open('aws:cognito-identity-ids', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
    opening.onblocked = opening.onerror = reject
    opening.onsuccess = () => {
      const database = opening.result
      try {
        const request = act(database.transaction(STORE, mode).objectStore(STORE))
        request.onerror = reject
        request.onsuccess = () => resolve(request.result)
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
const ids = new Map<string, string>()
const inMemory: IdentityCache = {
  getItem: (key) => ids.get(key),
  setItem: (key, value) => ids.set(key, value),
  removeItem: (key) => ids.delete(key),
}

export const defaultCache = () => (typeof indexedDB === 'object' ? inDatabase : inMemory)
