// Parts of the page that come late: what a person does meanwhile is neither lost nor meant for something else.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importText } from '../lib/portable.mjs'
import { putRows } from '../lib/storage.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

/** Keeps back the script of a part until it is let go. @returns what lets it go */
async function hold(page, part) {
  let go
  const gone = new Promise((resolve) => {
    go = resolve
  })
  await page.route(new RegExp(`/assets/${part}-[^/]+\\.js$`), async (route) => {
    await gone
    await route.continue()
  })
  return go
}

const focused = (tester) =>
  tester.page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('aria-label'))

test(
  'Send, then another tab, while what sends is loaded: neither of them is sent, and the page says so',
  withPage(async (tester) => {
    const { page } = tester
    const go = await hold(page, 'run')
    await page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.request('DELETE', '/stage/open/echo/first')
    await tester.button('Send').click()
    await page.keyboard.press('Alt+t')
    await page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.request('DELETE', '/stage/open/echo/second')
    go()
    await page.getByText('Nothing was sent: another request was opened').waitFor()
    assert.deepEqual(await gateway.requests(), [])
  }),
)

test(
  'what is typed before a dialog is there goes nowhere else; Esc takes the dialog back',
  withPage(async (tester) => {
    const { page } = tester
    const go = await hold(page, 'switcher')
    const dialog = page.getByRole('dialog', { name: 'Go to' })
    await tester.url.fill('https://a.example/')
    await tester.url.focus()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('xyz')
    await page.keyboard.press('Escape')
    await page.keyboard.type('b')
    assert.equal(await tester.url.inputValue(), 'https://a.example/b')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('xyz')
    go()
    await dialog.getByLabel('Request or command').waitFor()
    await page.keyboard.type('import')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Import' }).waitFor()
    assert.equal(await tester.url.inputValue(), 'https://a.example/b')
  }),
)

for (const elsewhere of [false, true]) {
  test(
    elsewhere
      ? 'who goes elsewhere while a part is loaded stays there'
      : 'the focus goes into a part that comes late',
    withPage(async (tester) => {
      const { page } = tester
      const [goHistory, goParams] = [await hold(page, 'history'), await hold(page, 'params')]
      const url = `${gateway.url}/stage/open/echo/{title}`
      await putRows(page, [['history', { id: 'one', at: Date.now(), method: 'GET', url }]])
      await tester.url.fill(url)
      await page.keyboard.press('Control+Shift+f')
      await page.locator('#side-panel [aria-busy=true]').waitFor()
      if (elsewhere) await tester.field('Method').focus()
      goHistory()
      await page.getByLabel('Search the history').waitFor()
      if (!elsewhere) await tester.until(async () => (await focused(tester)) === 'search')
      await tester.button('Fill it in').press('Enter')
      await tester.page.locator('#request-panel [aria-busy=true]').waitFor()
      if (elsewhere) await tester.field('Method').focus()
      goParams()
      await tester.field('title').waitFor()
      if (!elsewhere)
        await tester.until(() => tester.field('title').evaluate((field) => field === document.activeElement))
      else {
        // Longer than the page looks again.
        await page.waitForTimeout(300)
        assert.equal(await focused(tester), 'Method')
      }
    }),
  )
}

test(
  'an import that is closed while its reader is loaded imports nothing, and closes no other dialog',
  withPage(async (tester) => {
    const { page } = tester
    const go = await hold(page, 'open')
    await tester.button('Import').click()
    await page.getByRole('dialog').getByRole('textbox').fill('curl https://a.example/imported')
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await tester.button('Variables').click()
    const other = page.getByRole('dialog')
    await other.waitFor()
    const loaded = page.waitForResponse(/\/assets\/open-[^/]+\.js$/)
    go()
    await loaded
    await page.waitForTimeout(500)
    assert.ok(await other.isVisible())
    await page.keyboard.press('Escape')
    assert.equal(await tester.url.inputValue(), '')
  }),
)

test(
  'a question that is closed before it is there is a no; it is asked again',
  withPage(async (tester) => {
    const { page } = tester
    const go = await hold(page, 'allow-dialog')
    await tester.credentials()
    const request = {
      name: 'New',
      method: 'GET',
      url: `${gateway.url}/stage/movie_list`,
      auth: { kind: 'iam' },
    }
    const collections = [{ id: 'c', name: 'C', requests: [request] }]
    await importText(tester, JSON.stringify({ format: 'gatesign-tester', version: 1, collections }))
    await page.getByRole('button', { name: 'GET New', exact: true }).click()
    await tester.field('Region').fill('us-east-1')
    await tester.button('Send').click()
    await page.locator('#page > [aria-busy=true]').waitFor()
    await page.keyboard.press('Escape')
    await tester.result.getByText('Nothing was sent. You did not allow sending').waitFor()
    assert.deepEqual(await gateway.requests(), [])
    go()
    assert.match(await tester.sendAndAllow(), /^200/)
  }),
)

test(
  'the answer of another tab is not shown as that of the chosen one while it is read',
  withPage(async (tester) => {
    const { page } = tester
    const json = tester.result.getByRole('region', { name: 'JSON' })
    for (const name of ['one', 'two']) {
      await page.getByRole('radio', { name: 'None', exact: true }).check()
      await tester.request('GET', `/stage/open/echo/${name}`)
      assert.match(await tester.send(), /^200/)
      await json.getByText(`/stage/open/echo/${name}`).first().waitFor()
      if (name === 'one') await page.keyboard.press('Alt+t')
    }
    const go = await hold(page, 'worker')
    await page.keyboard.press('Alt+PageUp')
    await tester.result.locator('[aria-busy=true]').waitFor()
    assert.equal(await json.count(), 0)
    go()
    await json.getByText('/stage/open/echo/one').first().waitFor()
  }),
)
