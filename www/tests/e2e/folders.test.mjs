// Folders: what a folder says once its requests have, the nearest folder's word counts, and the page shows where each
// value comes from. Folders are made, dragged, moved by keyboard, deleted and brought back.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAccess } from '../lib/access.mjs'
import { exportCollections, importText } from '../lib/portable.mjs'
import { putRows } from '../lib/storage.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const side = (tester) => tester.page.getByRole('complementary', { name: 'Requests' })
const dialog = (tester) => tester.page.getByRole('dialog')
const entry = (tester, name) => side(tester).getByRole('button', { name: `GET ${name}`, exact: true })
const folder = (tester, name) => side(tester).getByRole('button', { name: new RegExp(`^${name} \\d`) })
const request = (name, folder = '', more = {}) => ({
  id: `r-${name}`,
  name,
  folder,
  method: 'GET',
  url: `/open/echo/${name}`,
  auth: { kind: 'inherit' },
  ...more,
})
const settings = (more) => ({ auth: { kind: 'inherit' }, ...more })
const header = (name, value) => ({ on: true, name, value })

/** A collection whose folders say more and more. */
const nested = () => ({
  id: 'one',
  name: 'One',
  settings: {
    url: `${gateway.url}/nowhere`,
    headers: [header('x-note', 'collection'), header('x-team', 'collection')],
    auth: { kind: 'iam', region: 'eu-west-1', service: 's3' },
  },
  folders: [
    {
      path: 'Outer',
      settings: settings({
        url: `${gateway.url}/stage`,
        headers: [header('X-Note', 'outer')],
        auth: { kind: 'inherit', region: 'us-east-1' },
      }),
    },
    {
      path: 'Outer / Inner',
      settings: settings({
        headers: [header('x-note', 'inner')],
        auth: { kind: 'inherit', service: 'execute-api' },
      }),
    },
    { path: 'Outer / Plain', settings: settings({ url: '/open', auth: { kind: 'none' } }) },
  ],
  requests: [
    request('deep', 'Outer / Inner', { url: '/movie/2013/Gravity' }),
    request('own', 'Outer / Inner', {
      url: `${gateway.url}/stage/open/echo`,
      headers: [header('x-note', 'mine')],
      auth: { kind: 'none' },
    }),
    request('plain', 'Outer / Plain', { url: '/echo' }),
  ],
})

async function fill(tester, ...collections) {
  await putRows(
    tester.page,
    collections.map((item) => ['collections', item]),
  )
  await tester.page.reload()
  await side(tester)
    .getByRole('button', { name: new RegExp(`^${collections[0].name} \\d`) })
    .waitFor()
}

const allowNote = () =>
  gateway.configure({ cors: { allowHeaders: 'x-note,x-team,authorization,x-amz-date' } })

test(
  'the nearest folder counts for each value, and the request’s own over all of them; the page says whose it is',
  withPage(async (tester) => {
    await allowNote()
    await fill(tester, nested())
    await tester.credentials()
    await tester.field('Region').fill('')
    await tester.page.keyboard.press('Alt+t')
    await entry(tester, 'deep').click()
    await tester.page.getByText('As the collection says: IAM signature.').waitFor()
    await tester.page.getByText('From the folder Outer: us-east-1.').waitFor()
    await tester.page.getByText('From the folder Outer / Inner: execute-api.').waitFor()
    await tester.page.getByText(`${gateway.url}/stage/movie/2013/Gravity, from the folder Outer`).waitFor()
    await tester.tab('Headers').click()
    const inherited = tester.page.getByRole('table', { name: 'Inherited headers' })
    await inherited.waitFor()
    assert.deepEqual(await inherited.locator('tbody tr').allInnerTexts().then(cells), [
      'x-team collection the collection',
      'x-note inner the folder Outer / Inner',
    ])
    assert.match(await tester.sendAndAllow(), /^200/)
    let arrived = await tester.arrived()
    assert.deepEqual(
      [arrived.verdict.ok, arrived.target, arrived.header('x-note'), arrived.header('x-team')],
      [true, '/stage/movie/2013/Gravity', 'inner', 'collection'],
    )
    assert.match(arrived.header('authorization'), /\/us-east-1\/execute-api\//)
    await entry(tester, 'own').click()
    await tester.tab('Headers').click()
    await tester.page.getByText('the folder Outer / Inner, replaced here').waitFor()
    assert.match(await tester.send(), /^200/)
    arrived = await tester.arrived()
    assert.deepEqual(
      [arrived.header('authorization'), arrived.header('x-note'), arrived.target],
      [undefined, 'mine', '/stage/open/echo'],
    )
    await entry(tester, 'plain').click()
    await tester.tab('Auth').click()
    await tester.page.getByText('The folder Outer / Plain has no authorization').waitFor()
    assert.match(await tester.send(), /^200/)
    arrived = await tester.arrived()
    assert.deepEqual([arrived.target, arrived.header('authorization')], ['/stage/open/echo', undefined])
  }),
)

const cells = (rows) => rows.map((row) => row.replace(/\s+/g, ' ').trim())

test(
  'settings of a folder are written in a dialog, count at once, and outlive a reload, an export and an import',
  withPage(async (tester) => {
    await fill(tester, {
      id: 'one',
      name: 'One',
      settings: { url: `${gateway.url}/stage` },
      requests: [request('a', 'Outer / Inner')],
    })
    await entry(tester, 'a').click()
    await menu(tester, 'the folder Outer', 'Settings')
    assert.equal(await tester.field('Base URL').getAttribute('placeholder'), `${gateway.url}/stage`)
    await tester.field('Base URL').fill('/open')
    await tester.field('Authorization').selectOption('iam')
    await tester.field('Region of the folder').fill('us-east-1')
    await tester.row('shared header', 1, 'x-api-key', 'hidden-canary')
    await dialog(tester).getByRole('button', { name: 'Done' }).click()
    await tester.page.getByText(`${gateway.url}/stage/open/open/echo/a`).waitFor()
    const text = await exportCollections(tester)
    assert.ok(!text.includes('canary'))
    await tester.page.reload()
    await menu(tester, 'One', 'Delete')
    await importText(tester, text)
    await menu(tester, 'the folder Outer', 'Settings')
    assert.equal(await tester.field('Base URL').inputValue(), '/open')
    assert.equal(await tester.field('Authorization').inputValue(), 'iam')
    assert.equal(await tester.field('Region of the folder').inputValue(), 'us-east-1')
    assert.equal(
      await tester.field('Value of shared header 1').getAttribute('placeholder'),
      'not kept: enter it again',
    )
  }),
)

async function menu(tester, of, action) {
  await side(tester)
    .getByRole('button', { name: `Actions for ${of}`, exact: true })
    .press('Enter')
  await side(tester).getByRole('button', { name: action, exact: true }).press('Enter')
}

/** Folders and requests as the list shows them, with how deep they lie. */
const tree = (tester) =>
  side(tester).evaluate((list) =>
    [...list.querySelectorAll('.folder-list > .entry .ellipsis, li .name .ellipsis')].map((name) => {
      let depth = 0
      for (let at = name.closest('.inside'); at; at = at.parentElement.closest('.inside')) depth++
      return `${'-'.repeat(depth)}${name.textContent}`
    }),
  )
const comesTo = (tester, ...wanted) => tester.until(async () => (await tree(tester)).join() === wanted.join())

const folders = () => ({
  id: 'one',
  name: 'One',
  folders: [{ path: 'B', settings: settings({ headers: [header('x-note', 'of B')] }) }],
  requests: [request('a', 'A'), request('b', 'B'), request('c', 'C / In')],
})

test(
  'a folder is dragged before another one, into another one, and into another collection, with all that is in it',
  withPage(async (tester) => {
    await fill(tester, folders(), { id: 'two', name: 'Two', requests: [request('z', 'Z')] })
    await comesTo(tester, 'B', '-b', 'A', '-a', 'C', '-In', '--c', 'Z', '-z')
    // In the upper third of a folder it goes in front of it, below that into it.
    await folder(tester, 'C').dragTo(folder(tester, 'B'), { targetPosition: { x: 40, y: 3 } })
    await comesTo(tester, 'C', '-In', '--c', 'B', '-b', 'A', '-a', 'Z', '-z')
    await folder(tester, 'B').dragTo(folder(tester, 'In'))
    await comesTo(tester, 'C', '-In', '--c', '--B', '---b', 'A', '-a', 'Z', '-z')
    // Not into itself.
    await folder(tester, 'C').dragTo(folder(tester, 'In'))
    await folder(tester, 'C').dragTo(folder(tester, 'Z'))
    await comesTo(tester, 'A', '-a', 'Z', '-z', '-C', '--In', '---c', '---B', '----b')
    await tester.page.reload()
    await comesTo(tester, 'A', '-a', 'Z', '-z', '-C', '--In', '---c', '---B', '----b')
    await entry(tester, 'b').click()
    await tester.tab('Headers').click()
    await tester.page.getByText('the folder Z / C / In / B').waitFor()
  }),
)

test(
  'by keyboard: folders are made, put up and down, moved, deleted and brought back',
  withPage(async (tester) => {
    await fill(tester, folders())
    await entry(tester, 'b').press('Enter')
    await menu(tester, 'the folder A', 'Move up')
    await comesTo(tester, 'A', '-a', 'B', '-b', 'C', '-In', '--c')
    await menu(tester, 'the folder A', 'Move down')
    await menu(tester, 'the folder A', 'Move down')
    await comesTo(tester, 'B', '-b', 'C', '-In', '--c', 'A', '-a')
    await menu(tester, 'the folder B', 'Move to…')
    await tester.field('Folder').fill('B / Within')
    await dialog(tester).getByText('A folder cannot be moved into itself.').waitFor()
    await tester.field('Folder').fill('A')
    await tester.page.keyboard.press('Enter')
    await comesTo(tester, 'C', '-In', '--c', 'A', '-a', '-B', '--b')
    // The request that is open went along, and is saved where it is now.
    await tester.tab('Headers').click()
    await tester.page.getByText('the folder A / B').waitFor()
    await tester.row('header', 1, 'x-new', '1')
    await tester.page.keyboard.press('Control+s')
    await comesTo(tester, 'C', '-In', '--c', 'A', '-a', '-B', '--b')
    await menu(tester, 'the folder A', 'Delete')
    await comesTo(tester, 'C', '-In', '--c')
    await tester.button('Undo').press('Enter')
    await comesTo(tester, 'C', '-In', '--c', 'A', '-a', '-B', '--b')
    await menu(tester, 'the folder In', 'Add a folder')
    await tester.field('Name of the folder').fill('Empty')
    await tester.page.keyboard.press('Enter')
    await comesTo(tester, 'C', '-In', '--c', '--Empty', 'A', '-a', '-B', '--b')
    await tester.page.reload()
    await comesTo(tester, 'C', '-In', '--c', '--Empty', 'A', '-a', '-B', '--b')
  }),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `axe-core finds nothing in the settings of a folder and in inherited headers at 360 px: ${colorScheme}`,
    withPage(
      async (tester) => {
        await fill360(tester)
        await menu(tester, 'the folder Inner', 'Settings')
        await dialog(tester).getByText('the folder Outer').waitFor()
        await checkAccess(tester, 'settings of a folder')
        await tester.page.keyboard.press('Escape')
        await entry(tester, 'deep').click()
        await tester.tab('Headers').click()
        await tester.page.getByRole('table', { name: 'Inherited headers' }).waitFor()
        await checkAccess(tester, 'inherited headers')
      },
      { colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true },
    ),
  )
}

async function fill360(tester) {
  await putRows(tester.page, [['collections', nested()]])
  await tester.page.reload()
  await tester.button('Requests').click()
  await entry(tester, 'deep').waitFor()
}
