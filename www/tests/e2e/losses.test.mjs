// What a person would lose: an edited request, a running one, what was deleted by mistake.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { serveWhenTold } from '../lib/answers.mjs'
import { setup } from '../lib/tester.mjs'

const saved = (id, url, auth = { kind: 'none' }) => ({ id, name: id, method: 'GET', url, auth })

// The gateway is not there yet: its address is typed in by each test.
const config = {
  version: 1,
  collections: [{ id: 'given', name: 'Given', requests: [saved('first', 'http://127.0.0.1:9/first')] }],
}
const { gateway, withPage } = await setup({ config })
const slow = await serveWhenTold()
after(() => slow.stop())

const side = (tester) => tester.page.getByRole('complementary', { name: 'Requests' })
const notice = (tester) => tester.page.locator('.notice')
const unsigned = async (tester, path) => {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.request('GET', path)
}

test(
  'what was typed last outlives a reload, and opening another request then offers it back',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/echo/typed')
    await tester.page.reload()
    await tester.until(async () => (await tester.url.inputValue()) === `${gateway.url}/stage/open/echo/typed`)
    await side(tester).getByRole('button', { name: 'GET first', exact: true }).click()
    assert.equal(await tester.url.inputValue(), 'http://127.0.0.1:9/first')
    await notice(tester).getByRole('button', { name: 'Restore' }).click()
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/typed`)
  }),
)

test(
  'a saved request is saved in its own place after a reload too, and one without edits is not offered back',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/echo/saved')
    const dialog = tester.page.getByRole('dialog')
    const save = async () => {
      await tester.page.keyboard.press('Control+s')
      await dialog.getByRole('button', { name: 'Save', exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    await save()
    await tester.page.reload()
    await side(tester).locator('.entry.chosen').waitFor()
    await tester.url.fill(`${gateway.url}/stage/open/echo/changed`)
    await tester.page.keyboard.press('Control+s')
    await notice(tester).getByText('was saved, without credentials').waitFor()
    assert.equal(await dialog.count(), 0, 'where it is saved is known')
    const mine = side(tester).getByRole('button', { name: /^GET \/stage\/open\/echo\/saved$/ })
    assert.equal(await mine.count(), 1, 'one request, not a second one next to it')
    await tester.page.reload()
    await side(tester).getByRole('button', { name: 'GET first', exact: true }).click()
    assert.equal(await tester.url.inputValue(), 'http://127.0.0.1:9/first')
    assert.equal(await notice(tester).getByRole('button', { name: 'Restore' }).count(), 0)
    await mine.click()
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/changed`)
  }),
)

test(
  'the answer to one request is not shown as the answer to another; it comes back with its request',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/movie_list')
    assert.match(await tester.send(), /^200/)
    await side(tester).getByRole('button', { name: 'GET first', exact: true }).click()
    await tester.result.getByText('Nothing sent yet.').waitFor()
    assert.equal(await tester.status.count(), 0)
    await notice(tester).getByRole('button', { name: 'Restore' }).click()
    assert.match(await tester.status.innerText(), /^200/)
  }),
)

test(
  'an answer that comes while another request is open is told, not shown',
  withPage(async (tester) => {
    await unsigned(tester, '')
    await tester.url.fill(`${slow.url}/movies`)
    await tester.button('Send').click()
    await tester.page.getByRole('status').getByText('Waiting for the answer').waitFor()
    await tester.until(() => slow.waiting.length > 0)
    await side(tester).getByRole('button', { name: 'GET first', exact: true }).click()
    await tester.result.getByText('The request before this one still runs.').waitFor()
    slow.answer()
    await notice(tester).getByText('/movies: answered with 200.').waitFor()
    await tester.result.getByText('Nothing sent yet.').waitFor()
  }),
)

test(
  'a page with a running request asks before it is left',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/movie_list')
    const asked = []
    tester.page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await gateway.fault({ action: { type: 'stall' } })
    await tester.button('Send').click()
    await tester.page.getByRole('status').getByText('Waiting for the answer').waitFor()
    await tester.page.close({ runBeforeUnload: true })
    await tester.until(() => asked.length === 1)
    assert.deepEqual(asked, ['beforeunload'])
    await tester.button('Cancel').first().click()
    await tester.status.waitFor()
  }),
)

test(
  'the history: one entry can be brought back, and all are deleted only after a question',
  withPage(async (tester) => {
    for (const path of ['/stage/open/echo/one', '/stage/open/echo/two']) {
      await unsigned(tester, path)
      await tester.send()
    }
    await tester.tab('History').click()
    const entry = (name) => side(tester).locator('.entry').getByText(name, { exact: true })
    const act = async (on, action) => {
      await side(tester)
        .getByRole('button', { name: `Actions for ${on}`, exact: true })
        .click()
      await side(tester).getByRole('button', { name: action, exact: true }).click()
    }
    await act('/stage/open/echo/one', 'Delete')
    await entry('/stage/open/echo/one').waitFor({ state: 'detached' })
    await notice(tester).getByRole('button', { name: 'Undo' }).click()
    await entry('/stage/open/echo/one').waitFor()
    assert.deepEqual(await side(tester).locator('.two > .ellipsis').allInnerTexts(), [
      '/stage/open/echo/two',
      '/stage/open/echo/one',
    ])
    const dialog = tester.page.getByRole('dialog', { name: 'Delete the history' })
    await act('the history', 'Delete all')
    await dialog.getByText('All 2 entries of the history').waitFor()
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await entry('/stage/open/echo/one').waitFor()
    await act('the history', 'Delete all')
    await dialog.getByRole('button', { name: 'Delete all' }).click()
    await side(tester).getByText('Every request that you send is listed here').waitFor()
    await tester.page.reload()
    await tester.tab('History').click()
    await side(tester).getByText('Every request that you send is listed here').waitFor()
  }),
)

test(
  'the history tells what was called: variables filled in, secret ones named',
  withPage(async (tester) => {
    await tester.newEnvironment()
    await tester.row('variable', 1, 'host', gateway.url)
    await tester.row('variable', 2, 'word', 'hidden-canary')
    await tester.field('Variable 2 is secret').check()
    await tester.page.keyboard.press('Escape')
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.url.fill('{{host}}/stage/open/echo/{title}/{{word}}')
    await tester.tab('Params').click()
    await tester.field('title').fill('Matrix')
    await tester.page.getByText(`${gateway.url}/stage/open/echo/{title}/YOUR_WORD`).waitFor()
    assert.match(await tester.send(), /^200/)
    await tester.tab('History').click()
    const name = side(tester).locator('.two > .ellipsis')
    assert.equal(await name.innerText(), '/stage/open/echo/Matrix/YOUR_WORD')
    await tester.url.fill('')
    await name.click()
    await tester.until(
      async () => (await tester.url.inputValue()) === '{{host}}/stage/open/echo/{title}/{{word}}',
    )
    await tester.url.fill('{{host}}/{{unknown}}')
    await tester.page.getByText('{{unknown}} has no value').waitFor()
  }),
)

test(
  'what one window saves, another one does not write over',
  withPage(async (tester) => {
    const other = await tester.page.context().newPage()
    await other.goto(tester.page.url())
    const save = async (page, name) => {
      await page.getByLabel('URL', { exact: true }).fill(`${gateway.url}/stage/open/echo/${name}`)
      await page.keyboard.press('Control+s')
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
      await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    }
    await save(tester.page, 'here')
    await other.getByRole('button', { name: 'GET here' }).waitFor()
    await save(other, 'there')
    await tester.page.getByRole('button', { name: 'GET there' }).waitFor()
    await tester.page.reload()
    for (const name of ['here', 'there'])
      await tester.page.getByRole('button', { name: `GET ${name}` }).waitFor()
    await side(tester)
      .getByRole('button', { name: /^My requests/ })
      .waitFor()
  }),
)

test(
  'what is deleted in a dialog can be brought back while the dialog is open',
  withPage(async (tester) => {
    const dialog = await tester.newEnvironment()
    await dialog.getByLabel('Name of the environment').fill('Production')
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.getByRole('button', { name: 'Undo' }).click()
    await dialog.getByRole('button', { name: 'Production' }).waitFor()
    assert.equal(
      await tester.page.locator('.environment select').inputValue(),
      await tester.page.locator('.environment option', { hasText: 'Production' }).getAttribute('value'),
      'and is the chosen one again',
    )
  }),
)
