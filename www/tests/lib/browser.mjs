// Chromium, and pages that remember everything that goes wrong in them.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { launchOptions } from '../../../tests/lib/switches.mjs'
import { slowDown } from './slow.mjs'

/** ms that a condition may take to come true: machines are loaded. */
export const PATIENCE = Number(process.env.PATIENCE_MS ?? 120_000)

export const launch = () => chromium.launch({ ...launchOptions(), timeout: PATIENCE })

/** What Chromium itself writes about an answer that a test provoked; nothing else of it is expected. */
const PROVOKED =
  /^Failed to load resource: (?:the server responded|net::ERR_)|blocked by CORS policy|^WebSocket connection to/

/** ms that notices stay, as the page's source says. */
const NOTICES = /action \? ([\d_]+) : ([\d_]+)/
  .exec(readFileSync(new URL('../../src/state/notice.ts', import.meta.url), 'utf8'))
  .slice(1)
  .map((text) => Number(text.replaceAll('_', '')))

/**
 * A page in a profile of its own, in which notices stay: a slow machine may take longer to get to one than it is shown.
 * @param {import('playwright-core').Browser} browser
 * @param {string} api the origin whose refusals may show in the console
 * @param {import('playwright-core').BrowserContextOptions & { provoked?: string[] }} [options] `provoked` are
 *   other origins whose refusals may show
 */
export async function newPage(browser, api, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(PATIENCE)
  slowDown(context)
  const provoking = [api, ...(options.provoked ?? [])].map((url) => new URL(url).host)
  const faults = []
  await context.exposeBinding('reportViolation', (_, text) => void faults.push(`CSP: ${text}`))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      globalThis.reportViolation(`${violatedDirective} ${blockedURI}`)
    })
  })
  await context.addInitScript((notices) => {
    const timer = setTimeout
    globalThis.setTimeout = (act, ms, ...rest) => timer(act, notices.includes(ms) ? ms * 60 : ms, ...rest)
  }, NOTICES)
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
