// Collections as trees: folders in folders that fold, requests that are dragged, and the same by keyboard.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAccess } from '../lib/access.mjs'
import { putRows } from '../lib/storage.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const side = (tester) => tester.page.getByRole('complementary', { name: 'Requests' })
const request = (name, folder = '') => ({
  id: `r-${name}`,
  name,
  folder,
  method: 'GET',
  url: `${gateway.url}/stage/open/echo/${name}`,
})

async function fill(tester) {
  await putRows(tester.page, [
    [
      'collections',
      {
        id: 'one',
        name: 'One',
        requests: [request('a'), request('b', 'Outer'), request('c', 'Outer / Inner'), request('d')],
      },
    ],
    ['collections', { id: 'two', name: 'Two', requests: [request('e')] }],
  ])
  await tester.page.reload()
  await side(tester).getByRole('button', { name: 'GET a', exact: true }).waitFor()
}

const names = (tester) => side(tester).locator('li .name .ellipsis').allInnerTexts()
const entry = (tester, name) => side(tester).getByRole('button', { name: `GET ${name}`, exact: true })
const comesTo = (tester, wanted) => tester.until(async () => (await names(tester)).join() === wanted)

test(
  'folders fold, each with what is in it; a search looks into folded ones',
  withPage(async (tester) => {
    await fill(tester)
    await comesTo(tester, 'a,d,b,c,e')
    const outer = side(tester).getByRole('button', { name: /^Outer/ })
    assert.equal(await outer.getAttribute('aria-expanded'), 'true')
    await outer.press('Enter')
    await comesTo(tester, 'a,d,e')
    await outer.press('Enter')
    await side(tester)
      .getByRole('button', { name: /^Inner/ })
      .press('Enter')
    await comesTo(tester, 'a,d,b,e')
    await tester.page.getByLabel('Search the collections').fill('c')
    await tester.until(async () => (await names(tester)).includes('c'))
  }),
)

test(
  'a request is dragged before another one, into a folder, and into another collection',
  withPage(async (tester) => {
    await fill(tester)
    await entry(tester, 'd').dragTo(entry(tester, 'a'))
    await comesTo(tester, 'd,a,b,c,e')
    await entry(tester, 'a').dragTo(side(tester).getByRole('button', { name: /^Inner/ }))
    await comesTo(tester, 'd,b,c,a,e')
    await entry(tester, 'b').dragTo(side(tester).getByRole('button', { name: /^Two/ }))
    await comesTo(tester, 'd,c,a,e,b')
    await tester.page.reload()
    await comesTo(tester, 'd,c,a,e,b')
  }),
)

test(
  'by keyboard: a folder is renamed with all that is in it, a request is added to it',
  withPage(async (tester) => {
    await fill(tester)
    const actions = side(tester).getByRole('button', { name: 'Actions for the folder Outer' })
    await actions.press('Enter')
    await side(tester).getByRole('button', { name: 'Rename', exact: true }).press('Enter')
    await tester.field('Name of the folder').fill('Other')
    await tester.page.keyboard.press('Enter')
    await side(tester)
      .getByRole('button', { name: /^Other/ })
      .waitFor()
    await comesTo(tester, 'a,d,b,c,e')
    await side(tester).getByRole('button', { name: 'Actions for the folder Inner' }).press('Enter')
    await side(tester).getByRole('button', { name: 'Add a request', exact: true }).press('Enter')
    await comesTo(tester, 'a,d,b,c,New request,e')
    await tester.page.reload()
    await comesTo(tester, 'a,d,b,c,New request,e')
  }),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `axe-core finds nothing at 360 px: ${colorScheme}`,
    withPage(
      async (tester) => {
        await putRows(tester.page, [
          [
            'collections',
            { id: 'one', name: 'One', requests: [request('a'), request('c', 'Outer / Inner')] },
          ],
        ])
        await tester.page.reload()
        await tester.button('Requests').click()
        await entry(tester, 'c').waitFor()
        await checkAccess(tester, 'a tree')
      },
      { colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true },
    ),
  )
}
