// WebSocket: connect with a signature in the query, send, receive, and read the log.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const address = `${gateway.url.replace(/^http/, 'ws')}/stage/ws`

test(
  'connect, send, receive, disconnect',
  withPage(async (tester) => {
    await tester.credentials()
    // Its signature is not the handshake's, which the panel shows later.
    await tester.request('GET', '/stage/movie_list')
    await tester.send()
    await tester.url.fill(address)
    await tester.button('Connect').click()
    await tester.page.getByText('Connected', { exact: true }).waitFor()
    const log = tester.page.getByRole('log')
    await tester.field('Message').fill('{"action":"whoami"}')
    await tester.result.getByRole('button', { name: 'Send', exact: true }).click()
    await log.locator('.message.sent').getByText('whoami').waitFor()
    await log.locator('.message.received').getByText('connectionId').waitFor()
    await tester.field('Message').fill('hello äöü')
    await tester.field('Message').press('Control+Enter')
    await log.locator('.message.received').getByText('hello äöü').waitFor()
    const { verdict } = (await gateway.requests()).find(({ target }) => target.startsWith('/stage/ws'))
    assert.deepEqual([verdict.ok, verdict.by], [true, 'query'])
    assert.ok(
      !(await log.innerText()).match(/X-Amz-Signature|X-Amz-Credential/),
      'the log shows the signed address',
    )
    // It stays while another request is open, such as one to @connections, and says where it leads.
    await tester.button('New request').click()
    await tester.button('Restore').click()
    await tester.result.locator('.summary').getByText(address, { exact: true }).waitFor()
    await tester.tab('Signature').click()
    await tester.page.getByText('These steps produce exactly the signature that was sent.').waitFor()
    const canonical = await tester.page.locator('table.lines').first().innerText()
    assert.match(canonical, /\/stage\/ws/, 'of the handshake')
    assert.match(canonical, /X-Amz-Credential=/)
    await tester.tab('Messages').click()
    await tester.button('Disconnect').click()
    await tester.page.getByText('Not connected', { exact: true }).waitFor()
    await tester.until(async () => (await gateway.stats()).webSockets.length === 0)
    await tester.button('Clear').click()
    assert.equal(await log.locator('.message').count(), 0)
  }),
)

test(
  'a refused handshake is told in the log',
  withPage(async (tester) => {
    await tester.credentials({ ...LONG_LIVED, secretKey: 'wrong/secret/key/of/that/id' })
    await tester.url.fill(address)
    await tester.button('Connect').click()
    await tester.page.getByRole('log').locator('.message.bad').first().waitFor()
    await tester.page.getByText('Not connected', { exact: true }).waitFor()
  }),
)
