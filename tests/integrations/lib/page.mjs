// A page in Chromium: a script on a site of another origin than the gateway's.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'
import { launchOptions } from '../../lib/switches.mjs'

/**
 * @param {string} script
 * @param {object} [given] what the page finds in `window.dashboard`
 */
export async function openPage(script, given = {}) {
  const site = await startSite(script)
  const opened = await openUrl(site.url, { before: `window.dashboard = ${JSON.stringify(given)}` })
  return {
    ...opened,
    async close() {
      await opened.close()
      site.stop()
    },
  }
}

/** A site with one page, which runs a script. */
export async function startSite(script) {
  const html =
    '<!doctype html><meta charset="utf-8"><div id="root"></div><script type="module" src="/page.js"></script>'
  const site = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? script : html)
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  return {
    url: `http://127.0.0.1:${site.address().port}`,
    stop() {
      site.closeAllConnections()
      site.close()
    },
  }
}

/**
 * A page that somebody else serves, or a file.
 *
 * @param {string} url
 * @param {{ before?: string }} [options] before: a script that runs before those of the page
 */
export async function openUrl(url, { before } = {}) {
  const browser = await chromium.launch(launchOptions())
  const page = await browser.newPage()
  // A busy machine has builds next to it.
  page.setDefaultTimeout(100_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(String(error)))
  if (before) await page.addInitScript(before)
  await page.goto(url)
  return {
    errors,
    page,
    /** The text of an element, once there is one. */
    async textOf(selector) {
      await page.waitForFunction((wanted) => document.querySelector(wanted)?.textContent, selector)
      return page.textContent(selector)
    },
    close: () => browser.close(),
  }
}
