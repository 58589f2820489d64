// The page as `gatesign serve` serves it, with an API that has no CORS: the browser refuses, the forwarder
// sends what was signed, and nobody else may use it.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, beforeEach, test } from 'node:test'
import { startServe } from '../../../tests/lib/served.mjs'
import { checkAccess } from '../lib/access.mjs'
import { newPage } from '../lib/browser.mjs'
import { setup, Tester } from '../lib/tester.mjs'

/** Nothing listens there: it is only ever refused, or fails. */
const CLOSED = '127.0.0.1:9'
const hostOf = (url) => new URL(url).host

const { gateway, site, browser, withPage } = await setup({
  start: ({ url }) => startServe(['--forward', `${hostOf(url)},${CLOSED}`]),
})
const unlisted = createServer((_, response) => response.end('reached'))
await new Promise((done) => unlisted.listen(0, '127.0.0.1', done))
const unlistedUrl = `http://127.0.0.1:${unlisted.address().port}`
let reached = 0
unlisted.on('request', () => reached++)
after(() => {
  unlisted.close()
  unlisted.closeAllConnections()
})
beforeEach(() => gateway.configure({ cors: { enabled: false }, corsOnErrors: false }))

const provoked = [site.url, unlistedUrl]
const setting = (tester) => tester.page.getByRole('checkbox', { name: 'Send through the local forwarder' })

async function forwarding(tester) {
  await tester.tab('Options').click()
  await setting(tester).check()
}

test(
  'the browser refuses, the page says what to do, one click sends it through the forwarder',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list')
    await tester.button('Send').click()
    await tester.page.getByText('If the API has no CORS:').waitFor()
    assert.equal(await tester.status.textContent(), 'No answer')
    await gateway.control('DELETE', 'requests')
    await tester.button('Send through the local forwarder').click()
    await tester.result.locator('.summary').getByText('through the local forwarder').waitFor()
    assert.match(await tester.status.textContent(), /^200/)
    const requests = await gateway.requests()
    assert.deepEqual(
      requests.map(({ method, verdict }) => [method, verdict.ok, verdict.by]),
      [['GET', true, 'header']],
    )
    const { header } = await tester.arrived()
    assert.equal(header('host'), hostOf(gateway.url))
    for (const name of ['origin', 'cookie', 'accept-language', 'sec-fetch-site'])
      assert.equal(header(name), undefined)
  }),
)

test(
  'headers that belong to the browser go out through the forwarder, those that an import set aside too',
  withPage(async (tester) => {
    await tester.button('Import').click()
    const dialog = tester.page.getByRole('dialog')
    const line = `curl '${gateway.url}/stage/movie_list' -H 'User-Agent: test/1' -b 'session=1' -H 'Origin: https://app.example' -H 'Sec-Fetch-Site: none'`
    await dialog.getByRole('textbox').fill(line)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await dialog.getByText(/the forwarder sends them/).waitFor()
    await tester.page.keyboard.press('Escape')
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'IAM signature' }).check()
    await tester.credentials()
    await tester.tab('Headers').click()
    await tester.page
      .getByText(/belongs to the browser: a page cannot set it\. The forwarder \(under Options\)/)
      .first()
      .waitFor()
    await tester.row('header', 5, 'referer', 'https://app.example/page')
    await tester.button('Send').click()
    await tester.result.getByText('Nothing was sent. referer belongs to the browser').waitFor()
    await forwarding(tester)
    await tester.tab('Headers').click()
    await tester.page.getByText('Sent, because the forwarder sends.').first().waitFor()
    assert.match(await tester.send(), /^200/)
    const { header, verdict } = await tester.arrived()
    assert.deepEqual(
      [verdict.ok, ...['user-agent', 'cookie', 'origin', 'sec-fetch-site', 'referer'].map(header)],
      [true, 'test/1', 'session=1', 'https://app.example', 'none', 'https://app.example/page'],
    )
    await tester.row('header', 6, 'host', 'other.example')
    await tester.button('Send').click()
    await tester.result.getByText('Nothing was sent. host belongs to the connection').waitFor()
  }),
)

test(
  'a setting, off at first, that names its hosts; it carries odd paths and bytes as they were signed',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.tab('Options').click()
    assert.equal(await setting(tester).isChecked(), false)
    await tester.page.getByText(`It may send to ${hostOf(gateway.url)}, ${CLOSED}.`).waitFor()
    await setting(tester).check()
    const target = "/stage/echo/a%2Fb//c/*'()/%C3%BC?x=%2F*'()&y"
    await tester.request('PUT', target)
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'File' }).check()
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256))
    await tester.page.locator('input[type=file]').setInputFiles({
      name: 'bytes.bin',
      mimeType: 'application/octet-stream',
      buffer: bytes,
    })
    assert.match(await tester.send(), /^200/)
    const { verdict, body, target: arrived } = await tester.arrived()
    assert.deepEqual([verdict.ok, verdict.by], [true, 'header'])
    assert.ok(body.equals(bytes))
    assert.match(arrived, /^\/stage\/echo\/a%2Fb\/\/c\//)
    await tester.tab('CORS').click()
    await tester.page.getByText('The local forwarder sends this request').waitFor()
  }),
)

test(
  'a refusal of the API is diagnosed, a redirect is shown',
  withPage(async (tester) => {
    await tester.credentials({ accessKey: 'AKIDEXAMPLE', secretKey: 'wrong' })
    await forwarding(tester)
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^403/)
    const diagnosis = tester.page.getByRole('region', { name: 'Diagnosis' })
    assert.equal(await diagnosis.locator('.kind').textContent(), 'SignatureDoesNotMatch')
    await gateway.fault({ action: { type: 'redirect', location: unlistedUrl } })
    assert.match(await tester.send(), /^302/)
    assert.equal(reached, 0)
  }),
)

test(
  'what the forwarder cannot reach, or may not, is said in its words',
  withPage(
    async (tester) => {
      await tester.credentials()
      await forwarding(tester)
      await tester.url.fill(`http://${CLOSED}/stage`)
      await tester.button('Send').click()
      await tester.page.getByRole('heading', { name: `${CLOSED}: connect ECONNREFUSED` }).waitFor()
      await tester.url.fill(`${unlistedUrl}/stage`)
      await tester.button('Send').click()
      const alert = tester.page.getByRole('alert')
      await alert.getByText(`${hostOf(unlistedUrl)} is not on the forwarder's list`).waitFor()
      assert.equal(reached, 0)
    },
    { provoked },
  ),
)

for (const width of [360, 1280]) {
  test(
    `axe-core finds nothing in what is new: ${width} px`,
    withPage(
      async (tester) => {
        await tester.credentials()
        await tester.request('GET', '/stage/movie_list')
        await tester.button('Send').click()
        await tester.page.getByText('If the API has no CORS:').waitFor()
        await forwarding(tester)
        await checkAccess(tester, 'Options')
      },
      { viewport: { width, height: 900 }, bypassCSP: true },
    ),
  )
}

test('a page of another origin can neither use it nor learn its token', async () => {
  const { context, page } = await newPage(browser, unlistedUrl)
  try {
    await page.goto(unlistedUrl)
    const line = JSON.stringify({ method: 'GET', url: `${gateway.url}/stage/open/movie_list`, headers: [] })
    const told = await page.evaluate(
      async ([url, body]) => {
        const outcome = (promise) =>
          promise.then(
            ({ type, status }) => `${type} ${status}`,
            () => 'refused',
          )
        const own = { 'content-type': 'application/x-gatesign', 'x-gatesign-token': 'guessed' }
        return [
          await outcome(fetch(`${url}/config.json`)),
          await outcome(fetch(`${url}/config.json`, { mode: 'no-cors' })),
          await outcome(fetch(`${url}/forward`, { method: 'POST', headers: own, body })),
          await outcome(fetch(`${url}/forward`, { method: 'POST', mode: 'no-cors', body })),
        ]
      },
      [site.url, `${line}\n`],
    )
    assert.deepEqual(told.slice(0, 3), ['refused', 'refused', 'refused'])
    assert.match(told[3], /refused|opaque 0/)
    assert.deepEqual(await gateway.requests(), [])
  } finally {
    await context.close()
  }
})

test('a name that was made to lead to this machine gets nothing', async () => {
  const { context, page } = await newPage(browser, site.url)
  try {
    // Chromium resolves every name below localhost to this machine, as a rebound name does.
    const answer = await page.goto(`http://evil.localhost:${new URL(site.url).port}/`)
    assert.equal(answer.status(), 421)
    assert.doesNotMatch(await page.content(), /<script/)
  } finally {
    await context.close()
  }
})

test('without --forward the page names it; when the command has ended, the page says so', async () => {
  const plain = await startServe([])
  const { context, page, checkFaults } = await newPage(browser, gateway.url)
  try {
    const tester = new Tester(page, gateway)
    await tester.open(plain.url)
    await tester.credentials()
    await tester.tab('Options').click()
    assert.ok(await setting(tester).isDisabled())
    await tester.request('GET', '/stage/movie_list')
    await tester.button('Send').click()
    await tester.page.getByText(`npx gatesign serve --forward ${hostOf(gateway.url)}`).waitFor()
    checkFaults()
  } finally {
    await context.close()
    await plain.stop()
  }
  const ended = await startServe(['--forward', hostOf(gateway.url)])
  const second = await newPage(browser, ended.url)
  try {
    const tester = new Tester(second.page, gateway)
    await tester.open(ended.url)
    await tester.credentials()
    await forwarding(tester)
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^200/)
    await ended.stop()
    await tester.button('Send').click()
    await tester.page.getByRole('alert').getByText('gatesign serve no longer answers').waitFor()
  } finally {
    await second.context.close()
    await ended.stop()
  }
})
