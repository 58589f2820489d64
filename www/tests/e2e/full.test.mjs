// A browser that has no room left for the page: everything works but being kept, and the page says so.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { withPage, site } = await setup()

// Small before the page writes anything: a browser with much room asks for what is left only now and then.
const quota = { origin: new URL(site.url).origin, quotaSize: 2 ** 20 }

/** Fills IndexedDB until not one byte more is taken; gives how the browser refuses it. */
const fillDatabase = (page) =>
  page.evaluate(async () => {
    const opened = await new Promise((resolve, reject) => {
      const asked = indexedDB.open('filling', 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore('filling', { autoIncrement: true })
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    const put = (bytes) =>
      new Promise((resolve) => {
        const change = opened.transaction('filling', 'readwrite')
        change.oncomplete = () => resolve(undefined)
        change.onabort = () => resolve(change.error.name)
        change.objectStore('filling').put(bytes)
      })
    for (let size = 2 ** 16; ; size >>= 1) {
      let refused
      while (refused === undefined) refused = await put(crypto.getRandomValues(new Uint8Array(size)))
      if (size === 0 || refused !== 'QuotaExceededError') return refused
    }
  })

/** Fills localStorage to its last character; gives how the browser refuses the next one. */
const fillLocalStorage = (page) =>
  page.evaluate(() => {
    localStorage.clear()
    let filling = ''
    for (let size = 2 ** 23; ; ) {
      try {
        localStorage.setItem('filling', filling + 'x'.repeat(size))
        filling += 'x'.repeat(size)
      } catch (error) {
        if (size === 1) return error.name
        size /= 2
      }
    }
  })

test(
  'where storage is full, all works but being kept, and what is sent after room was made is kept',
  withPage(async (tester) => {
    const { page } = tester
    const session = await page.context().newCDPSession(page)
    await session.send('Storage.overrideQuotaForOrigin', quota)
    await page.reload()
    const history = page.getByRole('complementary', { name: 'Requests' })
    await tester.tab('History').click()
    await tester.credentials()

    // Refused by the browser itself: a real QuotaExceededError, of localStorage and of IndexedDB.
    assert.equal(await fillLocalStorage(page), 'QuotaExceededError')
    assert.equal(await fillDatabase(page), 'QuotaExceededError')

    for (const path of ['/stage/echo/full-1', '/stage/echo/full-2']) {
      await tester.request('GET', path)
      assert.match(await tester.send(), /^200/)
      assert.equal((await tester.arrived()).verdict.ok, true)
      await history.getByText(path).first().waitFor()
      await page
        .getByRole('status')
        .getByText(/no storage left/)
        .waitFor()
    }
    const colours = page.getByRole('button', { name: /^Colours/ })
    const before = await colours.getAttribute('aria-label')
    await colours.click()
    assert.notEqual(await colours.getAttribute('aria-label'), before)

    await session.send('Storage.overrideQuotaForOrigin', { origin: quota.origin })
    await tester.request('GET', '/stage/echo/kept')
    assert.match(await tester.send(), /^200/)
    await history.getByText('/stage/echo/kept').first().waitFor()
    await page.reload()
    await tester.tab('History').click()
    await history.getByText('/stage/echo/kept').first().waitFor()
    assert.equal(await history.getByText('/stage/echo/full-1').count(), 0, 'what had no room is gone')
  }),
)
