// The main job: call a signed API and read its answer; by mouse, by keyboard only, and with Ctrl+Enter.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

test(
  'by mouse: a signed request across origins shows the movies',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^200 OK/)
    await tester.result.getByRole('region', { name: 'JSON' }).getByText('"Items"').first().waitFor()
    const { verdict } = await tester.arrived()
    assert.deepEqual([verdict.ok, verdict.by, verdict.accessKeyId], [true, 'header', LONG_LIVED.accessKey])
    assert.match(await tester.result.locator('.summary').innerText(), /\d+ ms|\d+\.\d+ s/, 'time')
    assert.match(await tester.result.locator('.summary').innerText(), /\d B|KB/, 'size')
  }),
)

test(
  'by keyboard only, from the beginning of the page',
  withPage(async (tester) => {
    const { keyboard } = tester.page
    /** Tab until a field of that name has the focus. */
    const tabTo = async (name) => {
      for (let i = 0; i < 60; i++) {
        await keyboard.press('Tab')
        const label = await tester.page.evaluate(() => {
          const element = document.activeElement
          return (
            element?.getAttribute('aria-label') ??
            element?.closest('label')?.querySelector('span')?.textContent ??
            element?.textContent
          )
        })
        if (label?.trim() === name) return
      }
      assert.fail(`${name} is never reached by Tab`)
    }
    await keyboard.press('Alt+u')
    await keyboard.type(`${gateway.url}/stage/movie_list`)
    // The tabs are one stop; arrows move along them.
    await tabTo('Auth')
    for (let i = 0; i < 3; i++) await keyboard.press('ArrowLeft')
    await tester.field('Name of parameter 1').waitFor()
    for (let i = 0; i < 3; i++) await keyboard.press('ArrowRight')
    await tester.field('Access key id').waitFor()
    await tabTo('Access key id')
    await keyboard.type(LONG_LIVED.accessKey)
    await tabTo('Secret access key')
    await keyboard.type(LONG_LIVED.secretKey)
    await tabTo('Region')
    await keyboard.type('us-east-1')
    await keyboard.press('Control+Enter')
    await tester.status.waitFor()
    assert.match(await tester.status.innerText(), /^200/)
    await tabTo('Response')
    // Wire, then what was signed.
    for (let i = 0; i < 2; i++) await keyboard.press('ArrowRight')
    await tester.page.getByText('These steps produce exactly the signature that was sent.').waitFor()
  }),
)

test(
  'variables of the template become fields; query and headers arrive signed',
  withPage(async (tester) => {
    await gateway.configure({ cors: { allowHeaders: 'authorization,content-type,x-amz-date,x-test' } })
    await tester.credentials()
    await tester.request('POST', '/stage/echo/{title}{?page}')
    await tester.tab('Params').click()
    await tester.field('title').fill('Größe & Café/1')
    await tester.field('page').fill('2')
    await tester.row('parameter', 1, 'q', "a b+c*'()é")
    await tester.row('parameter', 2, 'off', 'no')
    await tester.field('Send parameter 2').uncheck()
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'x-test', 'two  words')
    assert.match(await tester.send(), /^200/)
    const { target, header, verdict } = await tester.arrived()
    assert.equal(verdict.ok, true)
    const url = new URL(target, gateway.url)
    assert.equal(decodeURIComponent(url.pathname), '/stage/echo/Größe & Café/1')
    assert.deepEqual(
      [...url.searchParams],
      [
        ['page', '2'],
        ['q', "a b+c*'()é"],
      ],
    )
    assert.equal(header('x-test'), 'two  words')
    assert.match(header('authorization'), /SignedHeaders=[^,]*x-test/)
  }),
)

test(
  'what is wrong is said next to the field, and nothing is sent',
  withPage(async (tester) => {
    await tester.button('Send').click()
    await tester.page.getByRole('alert').getByText('Enter a URL.').waitFor()
    await tester.url.fill('ftp://example')
    await tester.button('Send').click()
    await tester.page.getByRole('alert').getByText('must begin with https://').waitFor()
    await tester.request('GET', '/stage/movie_list')
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'cookie', 'a=b')
    await tester.page.getByText('cookie belongs to the browser: a page cannot set it.').waitFor()
    assert.deepEqual(await gateway.requests(), [])
  }),
)
