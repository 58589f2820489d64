// Several requests open at once: each keeps what was edited and its answer; they outlive a reload.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const strip = (tester) => tester.page.getByRole('navigation', { name: 'Open requests' })
const names = async (tester) =>
  (
    await strip(tester)
      .locator('li .name')
      .evaluateAll((all) => all.map((tab) => tab.getAttribute('aria-label')))
  ).map((name) => name.replace(/^Tab /, '').replace(/, [A-Z]+/, ''))
const tab = (tester, name) => strip(tester).getByRole('button', { name: new RegExp(`^Tab ${name},`) })
const expectNames = (tester, expected) =>
  tester.until(async () => JSON.stringify(await names(tester)) === JSON.stringify(expected))

async function unsigned(tester, path) {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.request('GET', `/stage/open/echo/${path}`)
}

async function three(tester) {
  await unsigned(tester, 'one')
  await strip(tester).getByRole('button', { name: 'New tab' }).click()
  await unsigned(tester, 'two')
  await tester.page.keyboard.press('Alt+t')
  await unsigned(tester, 'three')
}
const ALL = ['one', 'two', 'three'].map((name) => `/stage/open/echo/${name}, edited`)

test(
  'each tab keeps its request and its answer',
  withPage(async (tester) => {
    await three(tester)
    assert.match(await tester.send(), /^200/)
    await tab(tester, '/stage/open/echo/one').click()
    await tester.result.getByText('Nothing sent yet.').waitFor()
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/one`)
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).target, '/stage/open/echo/one')
    await tester.page.keyboard.press('Alt+PageUp')
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/three`)
    assert.match(await tester.status.innerText(), /^200/)
    await tester.page.keyboard.press('Alt+PageDown')
    assert.match(await tester.status.innerText(), /^200/)
  }),
)

test(
  'they outlive a reload, in their order, with the one that was shown, and without credentials',
  withPage(async (tester) => {
    await three(tester)
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'authorization', 'Bearer a-canary-of-tabs')
    await tab(tester, '/stage/open/echo/two').click()
    await tester.page.reload()
    await expectNames(tester, ALL)
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/two`)
    const kept = await tester.page.evaluate(async () => {
      const db = await new Promise((resolve) => {
        const asked = indexedDB.open('gatesign-tester')
        asked.onsuccess = () => resolve(asked.result)
      })
      return new Promise((resolve) => {
        const asked = db.transaction('kept').objectStore('kept').getAll()
        asked.onsuccess = () => resolve(JSON.stringify(asked.result) + JSON.stringify({ ...sessionStorage }))
      })
    })
    assert.ok(!kept.includes('canary'))
  }),
)

test(
  'moved by keys and by the mouse, closed, reopened in their places',
  withPage(async (tester) => {
    await three(tester)
    await tab(tester, '/stage/open/echo/three').focus()
    await tester.page.keyboard.press('Alt+ArrowLeft')
    await expectNames(tester, [ALL[0], ALL[2], ALL[1]])
    await tab(tester, '/stage/open/echo/two').dragTo(tab(tester, '/stage/open/echo/one'))
    await expectNames(tester, [ALL[1], ALL[0], ALL[2]])
    await strip(tester).getByRole('button', { name: 'Close tab /stage/open/echo/one' }).click()
    await expectNames(tester, [ALL[1], ALL[2]])
    await tester.page.locator('.notice').getByRole('button', { name: 'Reopen' }).click()
    await expectNames(tester, [ALL[1], ALL[0], ALL[2]])
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/one`)
    await tab(tester, '/stage/open/echo/three').click({ button: 'middle' })
    await tester.page.keyboard.press('Alt+w')
    await tester.page.keyboard.press('Alt+w')
    await expectNames(tester, ['New request'])
    await tester.page.keyboard.press('Alt+Shift+t')
    await tester.page.keyboard.press('Alt+Shift+t')
    await expectNames(tester, [ALL[1], ALL[0]])
    await tab(tester, '/stage/open/echo/one').focus()
    await tester.page.keyboard.press('Delete')
    await expectNames(tester, [ALL[1]])
  }),
)

test(
  'a saved request has one tab; its mark goes when what was changed is changed back',
  withPage(async (tester) => {
    await unsigned(tester, 'saved')
    await tester.page.keyboard.press('Control+s')
    await tester.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await expectNames(tester, ['/stage/open/echo/saved'])
    await tester.url.fill(`${gateway.url}/stage/open/echo/other`)
    await tester.until(async () => (await names(tester))[0].endsWith(', edited'))
    await tester.url.fill(`${gateway.url}/stage/open/echo/saved`)
    await expectNames(tester, ['/stage/open/echo/saved'])
    await tester.page.keyboard.press('Alt+t')
    await tester.page.getByRole('button', { name: /^GET \/stage\/open\/echo\/saved/ }).click()
    await expectNames(tester, ['/stage/open/echo/saved', 'New request'])
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/open/echo/saved`)
  }),
)

test(
  'thirty tabs stay quick, and the answers of closed ones are let go',
  withPage(async (tester) => {
    for (let i = 0; i < 30; i++) {
      await tester.page.keyboard.press('Alt+t')
      await tester.url.fill(`${gateway.url}/stage/open/echo/${i}`)
    }
    assert.equal((await names(tester)).length, 30)
    await strip(tester).getByRole('button', { name: 'Actions for tabs' }).click()
    await strip(tester).getByRole('button', { name: 'Close the other tabs' }).click()
    await expectNames(tester, ['/stage/open/echo/29, edited'])
  }),
)
