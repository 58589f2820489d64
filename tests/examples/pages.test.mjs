// The examples that are pages, in Chromium; those for Vite are built by it.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { startGateway } from '../lib/gateway.mjs'
import { launchOptions } from '../lib/switches.mjs'
import { serve } from './site.mjs'

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url))

/** The client renews credentials so long before they end, in ms. */
const RENEWED_BEFORE = 300_000

let gateway
let browser
let page
let problems
const sites = []
const folders = []
before(async () => {
  gateway = await startGateway()
  browser = await chromium.launch(launchOptions())
})
after(async () => {
  await browser?.close()
  gateway?.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await gateway.reset()
  page = await browser.newPage()
  page.setDefaultTimeout(120_000)
  problems = []
  page.on('pageerror', (error) => problems.push(error.message))
})
afterEach(async () => {
  await page.close()
  for (const site of sites.splice(0)) site.stop()
  assert.deepEqual(problems, [])
})

async function open(folder, lifetime) {
  const site = await serve(folder, gateway, lifetime)
  sites.push(site)
  await page.goto(site.url)
  return site
}

/** Builds with Vite as it comes; there is no configuration file. */
async function built(name) {
  const outDir = mkdtempSync(join(tmpdir(), `gatesign-${name}-`))
  folders.push(outDir)
  const root = join(EXAMPLES, name)
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  })
  return outDir
}

/** Who signed the requests for the list so far. */
async function signers() {
  const requests = await gateway.requests()
  return requests.filter(({ verdict }) => verdict.by === 'header').map(({ verdict }) => verdict.accessKeyId)
}

test('plain-page', async () => {
  await open(join(EXAMPLES, 'plain-page'))
  await page.getByText('1999 The Matrix').waitFor()
  assert.deepEqual(await signers(), ['ASIAEXAMPLES0'])
})

test('plain-page says why it was refused', async () => {
  await gateway.fault({ action: { type: 'status', status: 403, body: { message: 'Forbidden' } } })
  await open(join(EXAMPLES, 'plain-page'))
  await page.waitForFunction(() => document.querySelector('#problem').textContent !== '')
})

test('vite', async () => {
  await open(await built('vite'))
  await page.locator('form[data-ready]').waitFor()
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.waitForFunction(() => document.querySelector('#movie').textContent.includes('The Matrix'))
  await page.getByLabel('Title').fill('No such movie')
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.waitForFunction(() => !document.querySelector('#movie').textContent.includes('{'))
})

test('dashboard draws its chart, and renews its credentials', async () => {
  const lifetime = RENEWED_BEFORE + 60_000
  const site = await open(await built('dashboard'), lifetime)
  await page.getByText(/\d+ movies/).waitFor()
  const drawn = await page.$eval('#chart', (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value) => value !== 0)
  })
  assert.ok(drawn)
  assert.deepEqual(site.given, ['ASIAEXAMPLES0'])
  // Past the time at which they are to be renewed, for the page; the gateway bears with the difference.
  await page.clock.setSystemTime(Date.now() + 61_000)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.waitForFunction(() => /movies/.test(document.querySelector('#state').textContent))
  while (site.given.length < 2) await page.waitForTimeout(200)
  await page.getByText(/\d+ movies/).waitFor()
  assert.deepEqual(await signers(), ['ASIAEXAMPLES0', 'ASIAEXAMPLES1'])
})

test('websocket-chat sends, shows what comes, and connects again', async () => {
  // The login is out of reach at first; what it gives ends so soon that each connection asks it again.
  await page.route('**/credentials', (route) => route.abort(), { times: 1 })
  const site = await open(join(EXAMPLES, 'websocket-chat'), RENEWED_BEFORE / 2)
  await page.getByText('Failed to fetch').waitFor()
  await page.getByText('connected', { exact: true }).waitFor()
  await page.getByLabel('Message').fill('hello ü')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('hello ü').waitFor()
  const requests = await gateway.requests()
  assert.ok(requests.some(({ verdict }) => verdict.by === 'query'))
  await gateway.reset()
  await page.getByText('disconnected').waitFor()
  await page.getByText('connected', { exact: true }).nth(1).waitFor()
  assert.deepEqual(site.given, ['ASIAEXAMPLES0', 'ASIAEXAMPLES1'])
})
