// The signature panel, the comparison with the gateway's canonical request, and errors from elsewhere.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const diagnosis = (tester) => tester.page.getByRole('region', { name: 'Diagnosis' })
const lines = (tester) => tester.page.locator('table.lines').first()

/** What API Gateway answers when it saw another request: its own canonical request in the text. */
function mismatch(canonical) {
  return {
    message: `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/execute-api/aws4_request\n${'0'.repeat(64)}'\n`,
  }
}

async function canonicalRequest(tester) {
  await tester.tab('Signature').click()
  await lines(tester).waitFor()
  const rows = await lines(tester).locator('td.mono').allInnerTexts()
  return rows.map((text) => (text === '(empty)' ? '' : text)).join('\n')
}

test(
  'the panel follows every change, explains each line and is as sent',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list')
    await tester.tab('Signature').click()
    await tester.page.getByText('These steps produce the signature that would be sent now.').waitFor()
    const signature = () => tester.page.locator('dl.facts dd').first().innerText()
    const before = await signature()
    assert.match(before, /^[0-9a-f]{64}$/)
    await tester.url.fill(`${gateway.url}/stage/movie_list?b=2&a=1`)
    await lines(tester).getByText('a=1&b=2', { exact: true }).waitFor()
    await tester.until(async () => (await signature()) !== before)
    const rows = await lines(tester)
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => row.lastElementChild?.textContent ?? ''))
    assert.ok(
      rows.length >= 7 && rows.every((meaning) => meaning.trim() !== ''),
      `a line without a meaning: ${JSON.stringify(rows)}`,
    )
    assert.match(await tester.send(), /^200/)
    await tester.tab('Signature').click()
    await tester.page.getByText('These steps produce exactly the signature that was sent.').waitFor()
    const { header } = await tester.arrived()
    assert.ok(header('authorization').endsWith(`Signature=${await signature()}`))
    const shown = await tester.page.locator('.signature').innerText()
    assert.ok(!shown.includes(LONG_LIVED.secretKey))
  }),
)

test(
  'a mismatch is compared line by line, the first difference marked',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list?a=1')
    const theirs = (await canonicalRequest(tester)).replace('a=1', 'a=9')
    const headers = {
      'content-type': 'application/json',
      'x-amzn-errortype': 'SignatureDoesNotMatchException',
    }
    await gateway.fault({ action: { type: 'status', status: 403, headers, body: mismatch(theirs) } })
    assert.match(await tester.send(), /^403/)
    assert.equal(await diagnosis(tester).locator('.kind').innerText(), 'SignatureDoesNotMatch')
    await diagnosis(tester)
      .getByText(/First difference: .*line 3\./)
      .waitFor()
    const first = diagnosis(tester).locator('tr.first')
    assert.equal(await first.count(), 1)
    assert.deepEqual(await first.locator('mark').allInnerTexts(), ['1', '9'])
    await tester.field('Only lines that differ').check()
    await diagnosis(tester).locator('mark').first().waitFor()
  }),
)

test(
  'an error from elsewhere is pasted, compared with the editor, and redacted',
  withPage(async (tester) => {
    await tester.credentials({ ...LONG_LIVED, sessionToken: 'pastedTOKEN/canary==' })
    await tester.request('GET', '/stage/movie_list?a=1')
    const theirs = (await canonicalRequest(tester)).replace('GET', 'HEAD')
    await tester.button('Explain an error').click()
    const box = tester.page.getByRole('dialog').getByLabel(/^Paste what the gateway/)
    const curl = `HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: SignatureDoesNotMatchException\r\n\r\n${JSON.stringify(mismatch(theirs))}`
    await box.fill(curl)
    await diagnosis(tester)
      .getByText(/line 1\./)
      .waitFor()
    assert.deepEqual(await diagnosis(tester).locator('tr.first mark').allInnerTexts(), ['GET', 'HEAD'])
    assert.ok(!(await box.inputValue()).includes('pastedTOKEN'), 'the token stays in the box')
    await box.fill('{"message":"Missing Authentication Token"}')
    await tester.until(
      async () => (await diagnosis(tester).locator('.kind').innerText()) === 'MissingAuthenticationToken',
    )
    await box.fill('TypeError: Failed to fetch')
    await tester.until(async () => (await diagnosis(tester).locator('.kind').innerText()) === 'NetworkError')
    await box.fill('the build is red again')
    await tester.page.getByText('No answer of a gateway is recognized in this text.').waitFor()
    assert.equal(await diagnosis(tester).count(), 0)
  }),
)

test(
  'an API key that is refused',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'API key', exact: true }).check()
    await tester.apiKey.fill('not-the-key')
    await tester.request('GET', '/stage/key/movie_list')
    assert.match(await tester.send(), /^403/)
    assert.match(await diagnosis(tester).locator('.kind').innerText(), /^(?:InvalidApiKey|Forbidden|ApiKey)/)
    assert.match(await diagnosis(tester).innerText(), /key/i)
    assert.ok(!(await diagnosis(tester).innerText()).includes('not-the-key'))
  }),
)
