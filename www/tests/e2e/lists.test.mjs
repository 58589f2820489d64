// Collections, history and environments: save, rename, duplicate, search, delete; and a long history.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const side = (tester) => tester.page.getByRole('complementary', { name: 'Requests' })

async function act(tester, on, action) {
  await side(tester)
    .getByRole('button', { name: `Actions for ${on}`, exact: true })
    .first()
    .click()
  await side(tester).getByRole('button', { name: action, exact: true }).click()
}

async function rename(tester, on, name) {
  await act(tester, on, 'Rename')
  await tester.field('New name').fill(name)
  await tester.field('New name').press('Enter')
}

const entry = (tester, name) => side(tester).getByRole('button', { name, exact: true })
const gone = (locator) => locator.first().waitFor({ state: 'detached' })

async function save(tester, name) {
  await tester.page.keyboard.press('Control+s')
  const dialog = tester.page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test(
  'a collection: save, open, rename, duplicate, search, delete, undo; it is there after a reload',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.request('GET', '/stage/open/movie_list')
    await save(tester, 'All movies')
    await entry(tester, 'GET All movies').waitFor()
    await rename(tester, 'All movies', 'Every movie')
    await act(tester, 'Every movie', 'Duplicate')
    await entry(tester, 'GET Every movie (copy)').waitFor()
    await tester.page.getByLabel('Search the collections').fill('copy')
    await gone(entry(tester, 'GET Every movie'))
    await tester.page.getByLabel('Search the collections').fill('')
    await act(tester, 'Every movie (copy)', 'Delete')
    await gone(entry(tester, 'GET Every movie (copy)'))
    // What is saved before the deletion is undone stays.
    await act(tester, 'Every movie', 'Duplicate')
    await entry(tester, 'GET Every movie (copy)').waitFor()
    await tester.button('Undo').click()
    await tester.until(async () => (await entry(tester, 'GET Every movie (copy)').count()) === 2)
    await act(tester, 'Every movie (copy)', 'Delete')
    await rename(tester, 'My requests', 'Films')
    await act(tester, 'Films', 'Duplicate')
    await side(tester).getByText('Films (copy)').waitFor()
    await act(tester, 'Films (copy)', 'Delete')
    await gone(side(tester).getByText('Films (copy)'))
    // Writes end a little after they are shown.
    const kept = () =>
      tester.page.evaluate(async () => {
        const db = await new Promise((resolve) => {
          const asked = indexedDB.open('gatesign-tester')
          asked.onsuccess = () => resolve(asked.result)
        })
        const names = await new Promise((resolve) => {
          const asked = db.transaction('collections').objectStore('collections').getAll()
          asked.onsuccess = () => resolve(asked.result.map(({ name }) => name))
        })
        db.close()
        return names
      })
    await tester.until(async () => (await kept()).join() === 'Films')
    await tester.page.reload()
    await entry(tester, 'GET Every movie').click()
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).target, '/stage/open/movie_list')
  }),
)

test(
  'the history: search, rename, duplicate, delete, delete all',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    for (const path of ['/stage/open/movie_list', '/stage/open/echo/second']) {
      await tester.request('GET', path)
      await tester.send()
    }
    await tester.tab('History').click()
    const names = async () => (await side(tester).locator('.entry .two > .ellipsis').allInnerTexts()).join()
    await tester.until(async () => (await names()) === '/stage/open/echo/second,/stage/open/movie_list')
    await rename(tester, '/stage/open/echo/second', 'The echo')
    await tester.until(async () => (await names()) === 'The echo,/stage/open/movie_list')
    await tester.page.getByLabel('Search the history').fill('movie 200')
    await tester.until(async () => (await names()) === '/stage/open/movie_list')
    await tester.page.getByLabel('Search the history').fill('')
    await act(tester, 'The echo', 'Duplicate')
    await tester.until(async () => (await names()) === 'The echo (copy),The echo,/stage/open/movie_list')
    await act(tester, 'The echo (copy)', 'Delete')
    await tester.until(async () => (await names()) === 'The echo,/stage/open/movie_list')
    await side(tester).getByText('The echo').click()
    await tester.until(
      async () => (await tester.url.inputValue()) === `${gateway.url}/stage/open/echo/second`,
    )
    await act(tester, 'the history', 'Delete all')
    await tester.page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click()
    await side(tester).getByText('Every request that you send is listed here').waitFor()
  }),
)

test(
  'an environment: its variables are put in; a secret one is neither kept nor exported',
  withPage(async (tester) => {
    const dialog = await tester.newEnvironment()
    await dialog.getByLabel('Name of the environment').fill('Test place')
    await tester.row('variable', 1, 'host', gateway.url)
    await tester.row('variable', 2, 'word', 'hidden-canary')
    await tester.field('Variable 2 is secret').check()
    assert.equal(await tester.field('Value of variable 2').getAttribute('type'), 'password')
    await dialog.getByRole('button', { name: 'Duplicate', exact: true }).click()
    await tester.until(
      async () => (await dialog.getByLabel('Name of the environment').inputValue()) === 'Test place (copy)',
    )
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await tester.page.keyboard.press('Escape')
    const choice = tester.page.locator('.environment select')
    await choice.selectOption('Test place')
    await tester.until(
      async () => (await choice.locator('option').allInnerTexts()).join() === 'No environment,Test place',
    )
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.url.fill('{{host}}/stage/open/echo/{{word}}')
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).target, '/stage/open/echo/hidden-canary')
    await tester.tab('Response').click()
    // A reload forgets the secret: nothing is sent with an empty text in its place.
    await tester.page.reload()
    const before = (await gateway.requests()).length
    await tester.button('Send').click()
    await tester.result.getByText('Nothing was sent. {{word}} has no value').waitFor()
    assert.equal((await gateway.requests()).length, before)
    await tester.tab('Code').click()
    await tester.until(async () => /echo/.test(await tester.page.locator('pre.code').innerText()))
    assert.doesNotMatch(await tester.page.locator('pre.code').innerText(), /hidden-canary/)
  }),
)

test(
  '5,000 entries of history: those on the screen are in the page, all are found',
  withPage(async (tester) => {
    await tester.page.evaluate(async (url) => {
      const db = await new Promise((resolve, reject) => {
        const asked = indexedDB.open('gatesign-tester')
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      const change = db.transaction(['history', 'sent'], 'readwrite')
      for (let i = 0; i < 5_000; i++) {
        const row = {
          id: `seeded-${i}`,
          at: Date.now() - 60_000 * (i + 1),
          name: '',
          method: 'GET',
          url: `${url}/stage/open/echo/${i}`,
          status: 200,
          took: 12,
          size: 345,
        }
        change.objectStore('history').put(row)
        change.objectStore('sent').put({ method: 'GET', url: row.url, auth: { kind: 'none' } }, row.id)
      }
      await new Promise((resolve) => (change.oncomplete = resolve))
      db.close()
    }, gateway.url)
    await tester.page.reload()
    await tester.url.waitFor()
    await tester.tab('History').click()
    await side(tester).getByText('5000', { exact: true }).waitFor()
    await side(tester).locator('.entry').first().waitFor()
    assert.ok(
      (await side(tester).locator('.entry').count()) < 200,
      'only what is on the screen is in the DOM',
    )
    // The menu of the last entry in sight has room above it only.
    const entries = side(tester).locator('.entry')
    const last = await entries.evaluateAll((all) =>
      all.findLastIndex((entry) => entry.getBoundingClientRect().bottom <= innerHeight),
    )
    await entries.nth(last).hover()
    await entries.nth(last).getByRole('button', { name: 'Actions for' }).click()
    await tester.until(async () => {
      const items = await side(tester).locator('.menu-items').boundingBox()
      return items && items.y + items.height <= 900
    })
    await tester.page.keyboard.press('Escape')
    await tester.page.getByLabel('Search the history').fill('echo/4321')
    await side(tester).getByText('/stage/open/echo/4321').waitFor()
    await side(tester).getByText('/stage/open/echo/4321').click()
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).target, '/stage/open/echo/4321')
    await tester.page.getByLabel('Search the history').fill('')
    await side(tester).getByText('5001', { exact: true }).waitFor()
  }),
)
