// Where the ids of identities are stored, so that a guest keeps its identity: the database of the AWS SDK, so that
// pages can change from one to the other.

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
      // Closes after the operation has ended.
      database.close()
    }
  })

const inDatabase: IdentityCache = {
  getItem: async (key) => (await inStore('readonly', (store) => store.get(key)))?.value,
  setItem: (id, value) => inStore('readwrite', (store) => store.put({ id, value })),
  removeItem: (key) => inStore('readwrite', (store) => store.delete(key)),
}

/** Without a database: kept as long as the process or the Worker runs. */
const ids = new Map<string, string>()
const inMemory: IdentityCache = {
  getItem: (key) => ids.get(key),
  setItem: (key, value) => ids.set(key, value),
  removeItem: (key) => ids.delete(key),
}

export const defaultCache = () => (typeof indexedDB === 'object' ? inDatabase : inMemory)
