// The ways from one request to the next: the switcher, values of answers, links, moving what is saved.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const side = (tester) => tester.page.getByRole('complementary', { name: 'Requests' })
const dialog = (tester) => tester.page.getByRole('dialog')
const unsigned = async (tester, path) => {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.request('GET', path)
}

async function save(tester, name, folder = '') {
  await tester.page.keyboard.press('Control+Shift+s')
  await dialog(tester).getByLabel('Name', { exact: true }).fill(name)
  if (folder) await dialog(tester).getByLabel('Folder').fill(folder)
  await dialog(tester).getByRole('button', { name: 'Save', exact: true }).click()
  await dialog(tester).waitFor({ state: 'detached' })
}

test(
  'Ctrl+K: requests and commands by their words, with the keyboard alone',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/echo/first')
    await save(tester, 'The first')
    await tester.page.keyboard.press('Alt+t')
    await unsigned(tester, '/stage/open/echo/second')
    await tester.page.keyboard.press('Control+k')
    await dialog(tester).getByLabel('Request or command').waitFor()
    await tester.page.keyboard.type('my requests first')
    await dialog(tester).getByRole('option').first().getByText('GET The first').waitFor()
    await tester.page.keyboard.press('Enter')
    await tester.until(async () => (await tester.url.inputValue()).endsWith('/echo/first'))
    await tester.page.keyboard.press('Control+k')
    await tester.page.keyboard.type('command new')
    await tester.page.keyboard.press('ArrowDown')
    await tester.page.keyboard.press('ArrowUp')
    await tester.page.keyboard.press('Enter')
    await tester.until(async () => (await tester.url.inputValue()) === '')
    await tester.page.keyboard.press('Control+k')
    await tester.page.keyboard.type('import')
    await tester.page.keyboard.press('Enter')
    await tester.page.getByRole('dialog', { name: 'Import' }).waitFor()
  }),
)

test(
  'a value of an answer goes into the next request',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/movie_list')
    await tester.tab('Options').click()
    await tester.row('saved value', 1, 'title', '$.Items[0].title')
    await tester.row('saved value', 2, 'none', '$.not.there')
    assert.match(await tester.send(), /^200/)
    await tester.page.getByText('{{none}} was not set: the answer has no $.not.there.').waitFor()
    const body = JSON.parse(await (await fetch(`${gateway.url}/stage/open/movie_list`)).text())
    const expected = body.Items[0].title
    await tester.page.keyboard.press('Alt+t')
    await unsigned(tester, '/stage/open/echo/{{title}}')
    assert.match(await tester.send(), /^200/)
    assert.equal(decodeURIComponent((await tester.arrived()).target), `/stage/open/echo/${expected}`)
  }),
)

test(
  'a link has the request in it and no credential; what it brings is not sent by being opened',
  withPage(
    async (tester) => {
      await tester.credentials()
      await tester.request('GET', '/stage/movie_list')
      await tester.tab('Headers').click()
      await tester.row('header', 1, 'x-api-key', 'hidden-canary')
      await tester.page.getByRole('button', { name: 'Actions for tabs' }).click()
      await tester.page.getByRole('button', { name: 'Copy a link to this request' }).click()
      await tester.page.getByText('The link was copied. It has no credentials in it.').waitFor()
      const link = await tester.page.evaluate(() => navigator.clipboard.readText())
      const packed = Buffer.from(link.split('#request=')[1], 'base64url')
      const { inflateRawSync } = await import('node:zlib')
      const text = inflateRawSync(packed).toString()
      assert.match(text, /movie_list/)
      assert.doesNotMatch(text, /canary/)
      const other = await tester.page.context().newPage()
      await other.goto(link)
      const url = other.getByLabel('URL', { exact: true })
      await url.waitFor()
      await other.getByText('The link contained a request').waitFor()
      assert.equal(await url.inputValue(), `${gateway.url}/stage/movie_list`)
      assert.equal(new URL(other.url()).hash, '')
      assert.deepEqual(await gateway.requests(), [])
      await other.goto('about:blank')
      await other.goto(`${link.split('#')[0]}#request=nonsense`)
      await other.getByText('The link to a request could not be read.').waitFor()
    },
    { permissions: ['clipboard-read', 'clipboard-write'] },
  ),
)

test(
  'what is saved is moved: up, down, into folders and other collections',
  withPage(async (tester) => {
    for (const name of ['a', 'b', 'c']) {
      await tester.page.keyboard.press('Alt+t')
      await unsigned(tester, `/stage/open/echo/${name}`)
      await save(tester, name)
    }
    const names = () => side(tester).locator('li .name .ellipsis').allInnerTexts()
    const act = async (on, action) => {
      await side(tester)
        .getByRole('button', { name: `GET ${on}`, exact: true })
        .hover()
      await side(tester)
        .getByRole('button', { name: `Actions for ${on}`, exact: true })
        .click()
      await side(tester).getByRole('button', { name: action, exact: true }).click()
    }
    await act('c', 'Move up')
    await tester.until(async () => (await names()).join() === 'a,c,b')
    await act('a', 'Move down')
    await tester.until(async () => (await names()).join() === 'c,a,b')
    await act('c', 'Move to…')
    await dialog(tester).getByLabel('Folder').fill('Outer / Inner')
    await dialog(tester).getByRole('button', { name: 'Move', exact: true }).click()
    await side(tester)
      .getByRole('button', { name: /^Outer/ })
      .waitFor()
    await side(tester)
      .getByRole('button', { name: /^Inner/ })
      .waitFor()
    await tester.until(async () => (await names()).join() === 'a,b,c')
    await tester.page.reload()
    await tester.until(async () => (await names()).join() === 'a,b,c')
  }),
)

test(
  'the access key id is no secret: it is shown, the others are masked',
  withPage(async (tester) => {
    await tester.credentials()
    assert.equal(await tester.field('Access key id').getAttribute('type'), null)
    assert.equal(await tester.field('Secret access key').getAttribute('type'), 'password')
    await tester.page.locator('.chip').getByText('AKIDEXAMPLE', { exact: true }).waitFor()
  }),
)

test(
  'an empty page says what to do, in three steps',
  withPage(async (tester) => {
    assert.equal(await tester.result.locator('.steps li').count(), 3)
    await tester.button('Enter credentials').click()
    await tester.field('Paste a block').waitFor()
    await tester.button('Enter the URL').click()
    await tester.page.keyboard.type('https://abc.execute-api.us-east-1.amazonaws.com/prod/x')
    await tester.result.locator('.steps').waitFor({ state: 'detached' })
  }),
)

test(
  'http to another computer, which the page itself may not call, is said before sending',
  withPage(async (tester) => {
    await unsigned(tester, '/stage/open/echo')
    await tester.url.fill('http://api.example/prod/x')
    await tester.button('Send').click()
    await tester.result
      .getByText('This page calls http:// on this computer only: write https://api.example')
      .waitFor()
  }),
)
