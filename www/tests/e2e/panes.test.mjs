// Panes that are drawn wider or narrower, and values of an answer that go into variables.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAccess } from '../lib/access.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const widthOf = (tester, name) =>
  tester.page
    .getByRole(name === 'Requests' ? 'complementary' : 'region', { name, exact: true })
    .evaluate((pane) => pane.offsetWidth)

test(
  'panes are drawn, moved by keys, remembered, and put back',
  withPage(async (tester) => {
    const { page } = tester
    for (const [separator, pane] of [
      ['Width of the request', 'Request'],
      ['Width of the list', 'Requests'],
    ]) {
      const border = page.getByRole('separator', { name: separator })
      const before = await widthOf(tester, pane)
      const box = await border.boundingBox()
      await page.mouse.move(box.x + box.width / 2, 500)
      await page.mouse.down()
      await page.mouse.move(box.x + 120, 500, { steps: 4 })
      await page.mouse.up()
      await tester.until(async () => Math.abs((await widthOf(tester, pane)) - before - 120) < 20)
      const drawn = await widthOf(tester, pane)
      await border.press('ArrowLeft')
      await tester.until(async () => (await widthOf(tester, pane)) < drawn)
      await border.press('Home')
      await tester.until(
        async () =>
          (await border.getAttribute('aria-valuenow')) === (await border.getAttribute('aria-valuemin')),
      )
      const least = await widthOf(tester, pane)
      await page.reload()
      await tester.url.waitFor()
      await tester.until(async () => (await widthOf(tester, pane)) === least)
      await border.dblclick()
      await tester.until(async () => (await widthOf(tester, pane)) === before)
    }
  }),
)

test(
  'a click on a value puts it into a variable, once or after each answer',
  withPage(async (tester) => {
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.request('GET', '/stage/open/movie_list')
    assert.match(await tester.send(), /^200/)
    const json = tester.result.getByRole('region', { name: 'JSON' })
    await json.getByRole('button', { name: '1925', exact: true }).first().click()
    const dialog = tester.page.getByRole('dialog', { name: 'Put a value into a variable' })
    assert.match(await dialog.getByLabel('Path in the answer').inputValue(), /^\$\.Items\[\d+\]\.year$/)
    assert.equal(await dialog.getByLabel('Variable', { exact: true }).inputValue(), 'year')
    await tester.page.keyboard.press('Enter')
    await tester.page.getByText('{{year}} has the value now.').waitFor()
    // By keyboard alone, and from now on.
    await tester.button('To a variable…').press('Enter')
    await dialog.getByLabel('Variable', { exact: true }).fill('title')
    await dialog.getByLabel('Path in the answer').fill('$.Items[1].title')
    await dialog
      .getByRole('status')
      .getByText(/^[A-Z]/)
      .waitFor()
    await dialog.getByLabel('After each answer to this request').press('Space')
    await dialog.getByRole('button', { name: 'Put it there' }).press('Enter')
    await tester.page.getByText('{{title}} has the value now.').waitFor()
    await tester.tab('Options').click()
    assert.equal(await tester.field('Value of saved value 1').inputValue(), '$.Items[1].title')
    await tester.url.fill(`${gateway.url}/stage/open/echo/{{year}}`)
    await tester.send()
    assert.match((await tester.arrived()).target, /\/echo\/1925$/)
    await tester.page.getByText('{{title}} was not set').waitFor()
  }),
)

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 360],
]) {
  test(
    `axe-core finds nothing in the dialog: ${colorScheme}, ${width} px`,
    withPage(
      async (tester) => {
        await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
        await tester.request('GET', '/stage/open/movie_list')
        await tester.send()
        await tester.button('To a variable…').click()
        await tester.page.getByRole('dialog').getByLabel('Path in the answer').fill('$.none')
        await tester.page.getByText('Nothing is there.').waitFor()
        await checkAccess(tester, 'a value into a variable')
      },
      { colorScheme, viewport: { width, height: 800 }, bypassCSP: true },
    ),
  )
}
