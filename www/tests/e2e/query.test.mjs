// The URL and the table of its parameters are one: either is edited, both follow, and what is not touched goes
// out as it was written.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const rows = async (tester) => {
  // The part may still be loading.
  await tester.field('Name of parameter 1').waitFor()
  const names = await tester.page.getByLabel(/^Name of parameter/).all()
  const found = []
  for (let i = 1; i < names.length; i++) {
    const on = await tester.field(`Send parameter ${i}`).isChecked()
    const name = await tester.field(`Name of parameter ${i}`).inputValue()
    found.push(`${on ? '' : 'off '}${name}=${await tester.field(`Value of parameter ${i}`).inputValue()}`)
  }
  return found
}

test(
  'typed in the URL, changed in the table, and the other way round',
  withPage(async (tester) => {
    const echo = `${gateway.url}/stage/open/echo/x`
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.tab('Params').click()
    await tester.url.fill(`${echo}?a=%2Fb&c=d+e&flag`)
    assert.deepEqual(await rows(tester), ['a=/b', 'c=d e', 'flag='])
    await tester.field('Value of parameter 2').fill('ä & b')
    assert.equal(await tester.url.inputValue(), `${echo}?a=%2Fb&c=ä%20%26%20b&flag`)
    await tester.field('Send parameter 1').uncheck()
    assert.equal(await tester.url.inputValue(), `${echo}?c=ä%20%26%20b&flag`)
    assert.deepEqual(await rows(tester), ['off a=/b', 'c=ä & b', 'flag='])
    await tester.row('parameter', 4, 'new', '1+1')
    assert.equal(await tester.url.inputValue(), `${echo}?c=ä%20%26%20b&flag&new=1%2B1`)
    // One letter at a time, in the middle: the caret stays, so does what is off.
    await tester.url.evaluate((field) => {
      field.focus()
      const at = field.value.indexOf('flag') + 4
      field.setSelectionRange(at, at)
    })
    await tester.page.keyboard.type('=yes')
    assert.equal(await tester.url.inputValue(), `${echo}?c=ä%20%26%20b&flag=yes&new=1%2B1`)
    assert.deepEqual(await rows(tester), ['off a=/b', 'c=ä & b', 'flag=yes', 'new=1+1'])
    await tester.field('Send parameter 1').check()
    assert.equal(await tester.url.inputValue(), `${echo}?a=%2Fb&c=ä%20%26%20b&flag=yes&new=1%2B1`)
    assert.match(await tester.send(), /^200/)
    const { target } = await tester.arrived()
    assert.equal(target, '/stage/open/echo/x?a=%2Fb&c=%C3%A4%20%26%20b&flag=yes&new=1%2B1')
    await tester.button('Remove parameter 1').click()
    assert.equal(await tester.url.inputValue(), `${echo}?c=ä%20%26%20b&flag=yes&new=1%2B1`)
    await tester.page.reload()
    await tester.tab('Params').click()
    assert.deepEqual(await rows(tester), ['c=ä & b', 'flag=yes', 'new=1+1'])
  }),
)

test(
  'a signed request with parameters of both is accepted; a credential in one is not kept',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/echo/x?b=%20&a=1&c')
    await tester.tab('Params').click()
    await tester.field('Value of parameter 2').fill('2')
    await tester.row('parameter', 4, 'access_token', 'not to be kept')
    assert.match(await tester.send(), /^200/)
    const { verdict, target } = await tester.arrived()
    assert.equal(verdict.ok, true)
    assert.equal(target, '/stage/echo/x?b=%20&a=2&c&access_token=not%20to%20be%20kept')
    await tester.page.waitForTimeout(1000)
    await tester.page.reload()
    await tester.tab('Params').click()
    assert.deepEqual(await rows(tester), ['b= ', 'a=2', 'c=', 'access_token='])
    assert.equal(await tester.url.inputValue(), `${gateway.url}/stage/echo/x?b=%20&a=2&c&access_token=`)
    await tester.button('Send').click()
    await tester.page.getByText('The value of access_token was not kept: enter it again.').first().waitFor()
  }),
)
