// The README's page, as it is printed, in a browser without a bundler.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { createServer, request as open } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { LONG_LIVED, startGateway } from '../lib/gateway.mjs'
import { split } from './markdown.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
]

let gateway
let site
let browser
before(async () => {
  gateway = await startGateway()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: SWITCHES })
})
after(async () => {
  await browser?.close()
  site?.closeAllConnections()
  site?.close()
  gateway?.stop()
})

/** What a web server of the reader's would serve. */
function serve(page) {
  const credentials = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
  return createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(page)
    if (request.url === '/credentials') return response.end(JSON.stringify(credentials))
    if (request.url === '/node_modules/gatesign/web.mjs') {
      response.setHeader('content-type', 'text/javascript')
      return createReadStream(join(ROOT, 'pkg/web.mjs')).pipe(response)
    }
    return response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
}

/** Takes a request to the API's real name to the gateway, with that name. */
async function toGateway(route) {
  const request = route.request()
  const { host, pathname, search } = new URL(request.url())
  const { hostname, port } = new URL(gateway.url)
  const headers = { ...(await request.allHeaders()), host }
  const sent = open({ hostname, port, path: pathname + search, method: request.method(), headers })
  sent.end(request.postDataBuffer())
  const [answer] = await once(sent, 'response')
  await route.fulfill({ status: answer.statusCode, headers: answer.headers, body: await buffer(answer) })
}

test('shows the movies', async () => {
  const { blocks } = split(readFileSync(join(ROOT, 'README.md'), 'utf8'))
  const pages = blocks.filter(({ language }) => language === 'html')
  assert.equal(pages.length, 1)
  site = serve(pages[0].text)
  await once(site, 'listening')
  const page = await browser.newPage()
  await page.route('https://*.amazonaws.com/**', toGateway)
  await page.goto(`http://127.0.0.1:${site.address().port}/`)
  await page.waitForFunction(() => document.querySelector('#movies').textContent !== '', undefined, {
    timeout: 60_000,
  })
  assert.match(await page.textContent('#movies'), /The Matrix/)
})
