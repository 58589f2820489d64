// Chromium, and a page of another origin than the gateway's that holds nothing but the package.

import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { launchOptions } from './switches.mjs'

const SCRIPTS = {
  ...Object.fromEntries(
    ['web.mjs', 'client.mjs', 'reason.mjs', 'diagnose.mjs', 'credentials-web.mjs'].map((name) => [
      `/${name}`,
      fileURLToPath(new URL(`../../pkg/${name}`, import.meta.url)),
    ]),
  ),
  '/many-calls.mjs': fileURLToPath(new URL('../client/many-calls.mjs', import.meta.url)),
}

/** A page that imports the package from `/web.mjs`, and what tests share with it. */
export async function startSite() {
  const site = createServer((request, response) => {
    const script = SCRIPTS[request.url]
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    if (script) createReadStream(script).pipe(response)
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
  const browser = await chromium.launch(launchOptions())
  return {
    browser,
    url: site.url,
    async stop() {
      await browser.close()
      site.stop()
    },
  }
}
