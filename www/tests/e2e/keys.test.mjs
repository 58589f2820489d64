// The keyboard: the focus stays where it was, and shortcuts mean what is in front.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { serveWhenTold } from '../lib/answers.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const slow = await serveWhenTold()
after(() => slow.stop())

const focused = (tester) =>
  tester.page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)

test(
  'the focus stays on the button while a request runs, and a double click sends once and cancels nothing',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.url.fill(`${slow.url}/movies`)
    const running = tester.page.getByRole('status').getByText('Waiting for the answer')
    const waits = () => tester.until(() => slow.waiting.length > 0)
    await tester.button('Send').focus()
    await tester.page.keyboard.press('Enter')
    await running.waitFor()
    assert.equal(await focused(tester), 'send')
    await waits()
    slow.answer()
    await tester.status.getByText(/^200/).waitFor()
    assert.equal(await focused(tester), 'send')
    await tester.button('Send').dblclick()
    await running.waitFor()
    await waits()
    slow.answer()
    await tester.status.getByText(/^200/).waitFor()
    assert.equal(slow.waiting.length, 0, 'it was sent once')
  }),
)

test(
  'Ctrl+Enter does what Send does: it shows the tab with what is wrong, and the answer',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list')
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'cookie', 'a=b')
    await tester.tab('Params').click()
    await tester.tab('CORS').click()
    await tester.url.press('Control+Enter')
    await tester.page.getByLabel('Name of header 1').waitFor()
    await tester.result.getByText('Nothing was sent. cookie belongs to the browser').waitFor()
    await tester.field('Send header 1').uncheck()
    await tester.result.getByText('Nothing sent yet.').waitFor()
    assert.equal(await tester.page.getByRole('alert').count(), 0, 'the complaint goes with its cause')
    await tester.tab('CORS').click()
    await tester.url.press('Control+Enter')
    await tester.status.waitFor()
    assert.match(await tester.status.innerText(), /^200/)
  }),
)

test(
  'in a dialog the keys are the dialog’s',
  withPage(async (tester) => {
    await tester.url.fill(`${gateway.url}/stage/movie_list`)
    await tester.button('Import').click()
    const dialog = tester.page.getByRole('dialog')
    const box = dialog.getByRole('textbox')
    await tester.until(() => box.evaluate((element) => element === document.activeElement))
    await tester.page.keyboard.press('Control+s')
    await tester.page.keyboard.type(`curl ${gateway.url}/stage/open/echo/imported`)
    await tester.page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await tester.url.focus()
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/imported`)
    await tester.page.keyboard.press('Control+s')
    const name = tester.field('Name')
    await tester.until(() => name.evaluate((element) => element === document.activeElement))
    await tester.page.keyboard.type('By keyboard')
    await tester.page.keyboard.press('Enter')
    const saved = (state) => tester.page.getByRole('button', { name: `GET By keyboard${state}`, exact: true })
    await saved('').waitFor()
    assert.equal(await focused(tester), 'url', 'the focus is back where it was')
    // Chromium takes no text into what a dialog covered until it has drawn it again: tests type too soon.
    await tester.until(async () => {
      await tester.page.keyboard.type('?edited=1')
      return (await tester.url.inputValue()).includes('?edited=1')
    })
    await saved(' edited').waitFor()
    await tester.page.keyboard.press('Control+s')
    await saved('').waitFor()
    await tester.page.keyboard.press('Control+Shift+s')
    await tester.until(() => name.evaluate((element) => element === document.activeElement))
    await tester.page.keyboard.press('Escape')
    assert.deepEqual(await gateway.requests(), [], 'nothing was sent from behind the dialog')
  }),
)
