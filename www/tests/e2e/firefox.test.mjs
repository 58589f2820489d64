// The main paths in Firefox, by WebDriver BiDi: the page starts under its policy, signs, sends and explains; the URL and
// its table, the table of an answer, a signed request that is verified, a stream.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createSigner } from 'gatesign'
import puppeteer from 'puppeteer-core'
import { LONG_LIVED, startGateway } from '../../../tests/lib/gateway.mjs'
import { startServe } from '../../../tests/lib/served.mjs'
import { PATIENCE } from '../lib/browser.mjs'
import { serve } from '../lib/serve.mjs'
import { DIST } from '../lib/tester.mjs'

let gateway, site, browser

before(async () => {
  gateway = await startGateway()
  site = await serve(DIST)
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    protocolTimeout: PATIENCE,
    timeout: PATIENCE,
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  })
})
after(async () => {
  await browser?.close()
  site?.stop()
  gateway?.stop()
})

async function open(url) {
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  const faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(url)
  const label = (name) => page.locator(`::-p-xpath(//label[span[normalize-space()='${name}']]//input)`)
  const tab = (name) => page.locator(`::-p-xpath(//button[@role='tab'][contains(., '${name}')])`)
  // Asked again and again: what waits inside the page is compiled there, which its policy forbids.
  const text = async (selector, wanted) => {
    const end = Date.now() + PATIENCE
    for (;;) {
      const shown = await page.evaluate(
        (selector) => document.querySelector(selector)?.textContent ?? '',
        selector,
      )
      if (shown.includes(wanted)) return
      if (Date.now() > end) assert.fail(`${selector} never says “${wanted}”: ${shown.slice(0, 500)}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  await page.locator('#url').fill(`${gateway.url}/stage/movie_list`)
  await tab('Auth').click()
  await label('Access key id').fill(LONG_LIVED.accessKey)
  await label('Secret access key').fill(LONG_LIVED.secretKey)
  await label('Region').fill('us-east-1')
  return { page, label, tab, text, faults }
}

const signedGets = async () => (await gateway.requests()).filter(({ method }) => method === 'GET')

test('a signed request shows the movies; a refusal is explained', async () => {
  const { page, label, text, faults } = await open(site.url)
  await page.locator('#send').click()
  await text('.result .summary .status', '200')
  // Only the lines on the screen are in the page: the first movie is.
  await text('.result', 'The Gold Rush')
  const [sent] = await signedGets()
  assert.deepEqual(
    [sent.verdict.ok, sent.verdict.by, sent.verdict.accessKeyId],
    [true, 'header', LONG_LIVED.accessKey],
  )
  await label('Secret access key').fill('wrong/secret/key/of/that/id')
  await page.locator('#send').click()
  await text('.diagnosis', 'SignatureDoesNotMatch')
  await text('.diagnosis', 'Both sides have the same canonical request.')
  assert.deepEqual(faults, [])
  console.log(`in ${await browser.version()}`)
})

const value = (page, selector) =>
  page.evaluate((selector) => document.querySelector(selector)?.value, selector)

test('the URL and its table are one; the answer is a table that sorts', async () => {
  await gateway.reset()
  const { page, tab, text, faults } = await open(site.url)
  await page.locator('#url').fill(`${gateway.url}/stage/movie_list?a=%2F&b`)
  await tab('Params').click()
  await page.locator('[aria-label="Value of parameter 2"]').fill('two words')
  assert.equal(await value(page, '#url'), `${gateway.url}/stage/movie_list?a=%2F&b=two%20words`)
  await page.locator('#send').click()
  await text('.result .summary .status', '200')
  const [{ target, verdict }] = await signedGets()
  assert.deepEqual([verdict.ok, target], [true, '/stage/movie_list?a=%2F&b=two%20words'])
  await page.locator("::-p-xpath(//label[contains(., 'Table')]//input)").click()
  await page.locator('[aria-label="Sort by info.rating"]').click()
  await text('.grid .virtual-all .grid-row', 'Gravity')
  assert.deepEqual(faults, [])
})

test('a signed request that is pasted is verified', async () => {
  await gateway.reset()
  const { page, text, faults } = await open(site.url)
  const signer = createSigner({
    accessKeyId: LONG_LIVED.accessKey,
    secretAccessKey: LONG_LIVED.secretKey,
    region: 'us-east-1',
    service: 'execute-api',
  })
  await page.locator("::-p-xpath(//button[contains(., 'Explain an error')])").click()
  await page.locator('dialog textarea:nth-of-type(1)').wait()
  await page
    .locator("::-p-xpath(//dialog//label[contains(., 'The signed request')]//textarea)")
    .fill(
      signer.presign({ url: `${gateway.url}/stage/movie_list?a=1`, expiresIn: 60 }).replace('a=1', 'a=1&b=2'),
    )
  // The secret under Auth is used.
  await text('dialog', 'The parameter b was added after the request was signed.')
  assert.deepEqual(await signedGets(), [])
  assert.deepEqual(faults, [])
})

test('Server-Sent Events are shown as they come', async () => {
  await gateway.reset()
  const { page, text, faults } = await open(site.url)
  await page.locator('#url').fill(`${gateway.url}/stage/events`)
  await page.locator('#send').click()
  await text('.result .running', 'The Gold Rush')
  await text('.result .summary .status', '200')
  assert.deepEqual(faults, [])
})

test('an API without CORS is reached through the forwarder only', async () => {
  await gateway.reset()
  await gateway.configure({ cors: { enabled: false }, corsOnErrors: false })
  const served = await startServe(['--forward', new URL(gateway.url).host])
  try {
    const { page, text, faults } = await open(served.url)
    await page.locator('#send').click()
    await text('.diagnosis', 'If the API has no CORS:')
    assert.deepEqual(await signedGets(), [])
    await page
      .locator(`::-p-xpath(//section[@aria-label='Diagnosis']//button[contains(., 'forwarder')])`)
      .click()
    await text('.result .summary', 'through the local forwarder')
    await text('.result .summary .status', '200')
    const [{ verdict }] = await signedGets()
    assert.deepEqual([verdict.ok, verdict.by], [true, 'header'])
    // Firefox reports the refusal that was provoked as an error of the page.
    assert.deepEqual(
      faults.filter((fault) => !fault.startsWith('Cross-Origin Request Blocked')),
      [],
    )
  } finally {
    await served.stop()
  }
})
