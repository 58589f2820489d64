// Chromium, and a page of another origin than the gateway's that holds nothing but the package.

import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { SWITCHES } from './switches.mjs'

/** ms that a browser may take to start. */
const PATIENCE = 120_000

const ENTRY = fileURLToPath(new URL('../../pkg/web.mjs', import.meta.url))

/** A page that imports the package from `/web.mjs`. */
export async function startSite() {
  const site = createServer((request, response) => {
    const isEntry = request.url === '/web.mjs'
    response.setHeader('content-type', isEntry ? 'text/javascript' : 'text/html')
    if (isEntry) createReadStream(ENTRY).pipe(response)
    else response.end('<!doctype html><title>gatesign</title>')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  return {
    url: `http://127.0.0.1:${site.address().port}/`,
    stop() {
      site.closeAllConnections()
      site.close()
    },
  }
}

export async function startChromium() {
  const site = await startSite()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    timeout: PATIENCE,
    args: SWITCHES,
  })
  return {
    browser,
    url: site.url,
    async stop() {
      await browser.close()
      site.stop()
    },
  }
}
