// What a collection says once: base URL, authorization, region, headers. Its requests have it, unless they say
// otherwise; exports and imports keep it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportCollections, importText } from '../lib/portable.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const dialog = (tester) => tester.page.getByRole('dialog')
const menu = async (tester, of, action) => {
  await tester.page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click()
  await tester.page.getByRole('button', { name: action, exact: true }).click()
}

async function withSettings(tester) {
  await tester.page.getByRole('button', { name: 'New collection' }).first().click()
  await menu(tester, 'My requests', 'Settings')
  await tester.field('Base URL').fill(`${gateway.url}/stage`)
  await tester.field('Authorization').selectOption('iam')
  await tester.field('Region of the collection').fill('us-east-1')
  await tester.row('shared header', 1, 'x-note', 'of the collection')
  await dialog(tester).getByRole('button', { name: 'Done' }).click()
  await menu(tester, 'My requests', 'Add a request')
}

test(
  'a request has what its collection says, and its own where it says otherwise',
  withPage(async (tester) => {
    await gateway.configure({ cors: { allowHeaders: 'x-note,authorization,x-amz-date' } })
    await withSettings(tester)
    await tester.url.fill('/movie/{year}/{title}')
    await tester.tab('Params').click()
    await tester.field('year').fill('2013')
    await tester.field('title').fill('Gravity')
    await tester.tab('Auth').click()
    await tester.page.getByText('As the collection says: IAM signature.').waitFor()
    // The credentials are those of all requests: typed in another one.
    await tester.page.keyboard.press('Alt+t')
    await tester.credentials()
    await tester.page.getByRole('navigation', { name: 'Open requests' }).locator('li .name').first().click()
    assert.match(await tester.send(), /^200/)
    let { verdict, target, header } = await tester.arrived()
    assert.deepEqual(
      [verdict.by, verdict.ok, target, header('x-note')],
      ['header', true, '/stage/movie/2013/Gravity', 'of the collection'],
    )
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'X-Note', 'of the request')
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.url.fill(`${gateway.url}/stage/open/echo`)
    assert.match(await tester.send(), /^200/)
    ;({ verdict, target, header } = await tester.arrived())
    assert.deepEqual(
      [header('authorization'), target, header('x-note')],
      [undefined, '/stage/open/echo', 'of the request'],
    )
  }),
)

test(
  'settings outlive a reload and come back from an export; a credential in them does not',
  withPage(async (tester) => {
    await withSettings(tester)
    await menu(tester, 'My requests', 'Settings')
    await tester.row('shared header', 2, 'x-api-key', 'hidden-canary')
    await dialog(tester).getByRole('button', { name: 'Done' }).click()
    const text = await exportCollections(tester)
    assert.ok(!text.includes('canary'))
    await tester.page.reload()
    await menu(tester, 'My requests', 'Delete')
    await importText(tester, text)
    await menu(tester, 'My requests', 'Settings')
    assert.equal(await tester.field('Base URL').inputValue(), `${gateway.url}/stage`)
    assert.equal(await tester.field('Region of the collection').inputValue(), 'us-east-1')
    assert.equal(await tester.field('Value of shared header 1').inputValue(), 'of the collection')
    assert.equal(
      await tester.field('Value of shared header 2').getAttribute('placeholder'),
      'not kept: enter it again',
    )
  }),
)
