// What a person sees first: three steps, the credentials, and in the demo a request for each strength.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { API_KEY, LONG_LIVED, REGION } from '../../../tests/lib/gateway.mjs'
import { demoConfig } from '../../../xtask/demo-config.mjs'
import { newIdentity } from '../../../xtask/demo-profile.mjs'
import { checkAccess } from '../lib/access.mjs'
import { serve } from '../lib/serve.mjs'
import { DIST, setup } from '../lib/tester.mjs'

const keys = {
  accessKeyId: LONG_LIVED.accessKey,
  secretAccessKey: LONG_LIVED.secretKey,
  apiKey: API_KEY,
  region: REGION,
}
const { withPage } = await setup()
let ended
const demo = await setup({
  start: async (gateway) => {
    ended = await newIdentity(gateway.url, 0)
    return serve(DIST, { config: demoConfig(gateway.url, keys, ended) })
  },
})

test(
  'three steps, by keyboard; the access key id is shown, secret and token are not',
  withPage(async (tester) => {
    const { page } = tester
    await tester.field('Access key id').waitFor()
    assert.equal(await tester.page.getByRole('tab', { name: 'Auth' }).getAttribute('aria-selected'), 'true')
    for (const [name, type] of [
      ['Access key id', null],
      ['Secret access key', 'password'],
      ['Session token', 'password'],
    ])
      assert.equal(await tester.field(name).getAttribute('type'), type, name)
    const steps = tester.result.locator('.steps')
    await steps.getByRole('listitem').nth(2).waitFor()
    assert.equal(await steps.getByRole('listitem').count(), 3)
    await steps.getByRole('button', { name: 'Enter the URL' }).press('Enter')
    await page.keyboard.type(`${tester.gateway.url}/stage/movie_list`)
    // The steps are gone with an address; its own way goes on by Tab.
    await steps.waitFor({ state: 'detached' })
    await tester.credentials()
    await page.keyboard.press('Control+Enter')
    await tester.status.waitFor()
    assert.match(await tester.status.innerText(), /^200/)
    await page.locator('.chip').getByText(LONG_LIVED.accessKey, { exact: true }).waitFor()
  }),
)

test(
  'a block that is pasted into any field fills all; one value goes into its field',
  withPage(async (tester) => {
    const block = `export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY=${LONG_LIVED.secretKey}`
    await tester.paste(tester.field('Secret access key'), block)
    await tester.page.getByText('Filled in: key, secret.').waitFor()
    assert.equal(await tester.field('Access key id').inputValue(), 'AKIAIOSFODNN7EXAMPLE')
    assert.equal(await tester.field('Secret access key').inputValue(), LONG_LIVED.secretKey)
    // Two words are no block: they are what the person pasted.
    await tester.field('Session token').fill('')
    await tester.paste(tester.field('Session token'), 'a token')
    await tester.until(async () => (await tester.field('Session token').inputValue()) === 'a token')
  }),
)

/** What each request of the demo shows. */
const SHOWS = {
  'Movies with a signature': ['200 OK', 'Table'],
  'Movies with an API key': ['200 OK', 'Table'],
  'One movie': ['200 OK', 'Gravity'],
  'Add a movie': ['201 Created', 'The Signature'],
  'A wrong secret': ['403 Forbidden', 'Both sides have the same canonical request.'],
  'An expired session token': ['403 Forbidden', 'ExpiredToken'],
  'A clock that is an hour off': ['200 OK', 'The gateway’s clock is'],
  'A private API without its id': ['403 Forbidden', 'Forbidden'],
  'A private API with its id': ['200 OK', 'Items'],
  'A presigned URL': ['200 OK', 'Items'],
  'Server-Sent Events': ['200 OK', 'The Matrix'],
}

test(
  'the demo’s collection shows the strengths, and each request does what its name says',
  demo.withPage(async (tester) => {
    await demo.gateway.identity({ ...ended, expiresInMs: 0 })
    const side = tester.page.getByRole('complementary', { name: 'Requests' })
    for (const [name, [status, shown]] of Object.entries(SHOWS)) {
      await side.getByRole('button', { name: `Send ${name}`, exact: true }).click()
      await tester.page.getByRole('button', { name: 'Send', exact: true }).waitFor()
      await tester.until(async () => (await tester.status.textContent().catch(() => ''))?.trim() === status)
      if (shown !== 'Table') await tester.result.getByText(shown).first().waitFor()
      else
        await tester.result
          .getByRole('region', { name: 'Table' })
          .getByText('title', { exact: true })
          .waitFor()
    }
    await side.getByRole('button', { name: 'Send A WebSocket to chat with' }).click()
    await tester.button('Disconnect').waitFor()
    await tester.result.getByText('Connected').first().waitFor()
    const names = await side.locator('li .name .ellipsis').allInnerTexts()
    assert.deepEqual(names, [...Object.keys(SHOWS), 'A WebSocket to chat with'])
  }),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `the first view at 360 px, and with the demo: ${colorScheme}`,
    demo.withPage(
      async (tester) => {
        await checkAccess(tester, 'the demo')
        await tester.tab('Params').click()
        await checkAccess(tester, 'parameters')
      },
      { colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true },
    ),
  )
}
