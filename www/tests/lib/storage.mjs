// What a page has kept, and rows that others have written.

/** Puts values into the page's database as an older page or a hand would. */
export const putRows = (page, rows) =>
  page.evaluate(async (rows) => {
    const db = await new Promise((resolve, reject) => {
      const asked = indexedDB.open('gatesign-tester')
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    const names = [...new Set(rows.map(([store]) => store))]
    const change = db.transaction(names, 'readwrite')
    for (const [store, value, key] of rows) change.objectStore(store).put(value, key)
    await new Promise((resolve) => {
      change.oncomplete = resolve
    })
    db.close()
  }, rows)

/** All that outlives the page, as one text: database, storages, address, window. */
export const everythingKept = (page) =>
  page.evaluate(async () => {
    const texts = [location.href, window.name, document.cookie, JSON.stringify(history.state)]
    texts.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }))
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      for (const store of db.objectStoreNames) {
        const all = await new Promise((resolve) => {
          const asked = db.transaction(store).objectStore(store).getAll()
          asked.onsuccess = () => resolve(asked.result)
        })
        texts.push(`${store}: ${JSON.stringify(all)}`)
      }
      db.close()
    }
    return texts.join('\n')
  })
