// Chromium, and pages that remember everything that goes wrong in them.

import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { launchOptions } from '../../../tests/lib/switches.mjs'

/** ms that a condition may take to come true: machines are loaded. */
export const PATIENCE = Number(process.env.PATIENCE_MS ?? 120_000)

export const launch = () => chromium.launch({ ...launchOptions(), timeout: PATIENCE })

/** What Chromium itself writes about an answer that a test provoked; nothing else of it is expected. */
const PROVOKED =
  /^Failed to load resource: (?:the server responded|net::ERR_)|blocked by CORS policy|^WebSocket connection to/

/**
 * A page in a profile of its own.
 * @param {import('playwright-core').Browser} browser
 * @param {string} api the origin whose refusals may show in the console
 * @param {import('playwright-core').BrowserContextOptions & { provoked?: string[] }} [options] `provoked` are
 *   other origins whose refusals may show
 */
export async function newPage(browser, api, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(PATIENCE)
  const provoking = [api, ...(options.provoked ?? [])].map((url) => new URL(url).host)
  const faults = []
  await context.exposeBinding('reportViolation', (_, text) => void faults.push(`CSP: ${text}`))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      globalThis.reportViolation(`${violatedDirective} ${blockedURI}`)
    })
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const provoked =
      PROVOKED.test(message.text()) &&
      provoking.some((host) => `${message.location().url} ${message.text()}`.includes(host))
    if (!provoked) faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  return { context, page, faults, checkFaults: () => assert.deepEqual(faults, []) }
}
