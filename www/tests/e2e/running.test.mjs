// A request while it runs: cancel, timeout, retries, and a clock that is wrong.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const started = async (tester) => {
  await tester.credentials()
  await tester.request('GET', '/stage/movie_list')
}

test(
  'Cancel and Esc end a running request',
  withPage(async (tester) => {
    await started(tester)
    await gateway.fault({ action: { type: 'stall' } })
    for (const cancel of [
      () => tester.button('Cancel').first().click(),
      () => tester.page.keyboard.press('Escape'),
    ]) {
      await tester.button('Send').click()
      await tester.page.getByRole('status').getByText('Waiting for the answer').waitFor()
      await cancel()
      await tester.status.waitFor()
      assert.equal(await tester.status.innerText(), 'Canceled')
    }
  }),
)

test(
  'a timeout ends it and is explained',
  withPage(async (tester) => {
    await started(tester)
    await gateway.fault({ action: { type: 'stall' } })
    await tester.tab('Options').click()
    const timeout = tester.page.getByRole('spinbutton', { name: /^Timeout/ })
    await timeout.fill('0.5')
    await timeout.press('Tab')
    await tester.button('Send').click()
    await tester.status.waitFor()
    assert.equal(await tester.status.innerText(), 'No answer')
    await tester.page.getByRole('region', { name: 'Diagnosis' }).waitFor()
  }),
)

test(
  'retries are counted, each one signed again',
  withPage(async (tester) => {
    await started(tester)
    await gateway.fault({ times: 2, action: { type: 'throttle' } })
    await tester.tab('Options').click()
    await tester.page.getByRole('spinbutton', { name: /^Retries/ }).fill('3')
    await tester.page.keyboard.press('Tab')
    await tester.page.getByRole('combobox', { name: /^Between retries/ }).selectOption('none')
    await tester.button('Send').click()
    await tester.page.getByText('3 attempts').waitFor()
    assert.match(await tester.status.innerText(), /^200/)
    const sent = (await gateway.requests()).filter(({ method }) => method === 'GET')
    assert.deepEqual(
      sent.map(({ status, verdict }) => [status, verdict.ok]),
      [
        [429, true],
        [429, true],
        [200, true],
      ],
    )
  }),
)

for (const place of ['headers', 'query']) {
  test(
    `a clock that differs is corrected and told: signature in the ${place}`,
    withPage(async (tester) => {
      await gateway.configure({ clockOffsetMs: 3_600_000 })
      await started(tester)
      if (place === 'query') await tester.page.getByRole('radio', { name: /^Query/ }).check()
      await tester.button('Send').click()
      await tester.page.getByText(/The gateway’s clock is \+(?:60|59|61) min/).waitFor()
      assert.match(await tester.status.innerText(), /^200/)
    }),
  )
}

test(
  'a clock offset is added to the signature’s time',
  withPage(async (tester) => {
    await gateway.configure({ clockOffsetMs: -7_200_000 })
    await started(tester)
    await tester.tab('Options').click()
    const offset = tester.page.getByRole('spinbutton', { name: /^Clock offset/ })
    await offset.fill('-7200')
    await offset.press('Tab')
    assert.match(await tester.send(), /^200/)
    assert.equal(
      (await gateway.requests()).filter(({ method }) => method === 'GET').length,
      1,
      'no correction was needed',
    )
  }),
)
