// Rows that an older page, a newer one or a hand wrote: what cannot be read is set aside, the rest works.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { putRows } from '../lib/storage.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const good = () => ({
  id: 'ok',
  name: 'Fine',
  url: `${gateway.url}/stage/open/echo/kept`,
  auth: { kind: 'none' },
})

/** Each may stand alone in the database. */
const BAD = [
  ['collections', { id: 'no-requests', name: 'Broken' }],
  ['collections', { id: 'text', name: 7, requests: 'none' }],
  ['collections', { id: 5, requests: [] }],
  ['collections', { id: 'null', requests: [null, 7, { id: 'x', url: { raw: 'y' } }] }],
  ['environments', { id: 'e1' }],
  ['environments', { id: 'e2', name: null, variables: { a: 1 } }],
  ['environments', { id: 'e3', variables: [null, { name: {}, value: [] }] }],
  ['history', { id: 'h1', at: 'yesterday', url: null }],
  ['history', { id: 'h2' }],
  ['sent', 'a text', 'h3'],
  ['kept', 7, 'draft'],
  ['kept', { doc: { url: 5, query: 'x', headers: [null], body: null }, origin: 'x' }, 'draft'],
  ['kept', { doc: [], origin: {} }, 'draft'],
  ['kept', { a: 1 }, 'environment'],
  ['kept', [{ name: {}, credentials: 'x' }, null], 'identities'],
  ['kept', 'x', 'allowed'],
]

test(
  'every malformed row at once: the page works, and gives them away',
  withPage(async (tester) => {
    const { page } = tester
    await putRows(page, [
      ...BAD,
      ['collections', { id: 'mixed', name: 'Mixed', requests: [good(), null, 'text'] }],
      ['environments', { id: 'fine', name: 'Place', variables: [{ name: 'a', value: 'b' }] }],
      [
        'history',
        { id: 'h3', at: Date.now(), method: 'GET', url: `${gateway.url}/stage/open/echo/from-history` },
      ],
    ])
    await page.evaluate(() => sessionStorage.setItem('draft', '{"doc":{"url":["x"]},"origin":5}'))
    await page.reload()
    await page
      .locator('.notice')
      .getByText(/\d+ entries of the database could not be read/)
      .waitFor()
    await page.getByRole('button', { name: 'GET Fine' }).click()
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).target, '/stage/open/echo/kept')
    await page.locator('.environment select').selectOption('Place')
    await tester.tab('History').click()
    await page.getByText('/stage/open/echo/from-history').click()
    await tester.button('Export').click()
    const dialog = page.getByRole('dialog', { name: 'Export' })
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download what was set aside' }).click()
    const items = JSON.parse(await readFile(await (await coming).path(), 'utf8'))
    assert.ok(items.some(({ item }) => item?.name === 'Broken'))
    assert.deepEqual([...new Set(items.map(({ from }) => from))].sort(), [
      'collections',
      'environments',
      'history',
    ])
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.getByRole('group', { name: 'Set aside' }).waitFor({ state: 'detached' })
    await page.reload()
    // All three stores have been read when their entries are shown.
    await page.getByRole('button', { name: 'GET Fine' }).waitFor()
    await page.locator('.environment option', { hasText: 'Place' }).waitFor({ state: 'attached' })
    await tester.tab('History').click()
    await page.getByText('/stage/open/echo/from-history').waitFor()
    assert.equal(await page.locator('.notice').count(), 0, 'what was moved is not found again')
  }),
)

for (const [i, row] of BAD.entries()) {
  test(
    `alone: ${JSON.stringify(row).slice(0, 70)} (${i})`,
    withPage(async (tester) => {
      await putRows(tester.page, [row])
      await tester.page.reload()
      await tester.url.fill(`${gateway.url}/stage/open/echo/alone`)
      await tester.tab('Auth').click()
      await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
      assert.match(await tester.send(), /^200/)
    }),
  )
}

test(
  'a database without its stores is completed',
  withPage(
    async (tester) => {
      await tester.tab('Auth').click()
      await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
      await tester.request('GET', '/stage/open/echo/x')
      assert.match(await tester.send(), /^200/)
      await tester.page.reload()
      await tester.tab('History').click()
      await tester.page.getByText('/stage/open/echo/x').first().waitFor()
    },
    {
      before: (context) =>
        context.addInitScript(() => {
          // Before the page asks for it; its own request waits for this one.
          if (!localStorage.getItem('seeded'))
            indexedDB.open('gatesign-tester', 1).onsuccess = ({ target }) => target.result.close()
          localStorage.setItem('seeded', '1')
        }),
    },
  ),
)
