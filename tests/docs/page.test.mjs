// The pages in README.md and MIGRATION.md, as they are printed, in a browser without a bundler.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { createServer, request as open } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { API_KEY, LONG_LIVED, startGateway } from '../lib/gateway.mjs'
import { launchOptions } from '../lib/switches.mjs'
import { split } from './markdown.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let gateway
const sites = []
let browser
before(async () => {
  gateway = await startGateway()
  browser = await chromium.launch(launchOptions())
})
after(async () => {
  await browser?.close()
  for (const site of sites) {
    site.closeAllConnections()
    site.close()
  }
  gateway?.stop()
})

/** What a web server of the reader's would serve. */
function serve(page) {
  const credentials = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
  return createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(page)
    if (request.url === '/credentials') return response.end(JSON.stringify(credentials))
    const [, name] = /gatesign\/((?:web|client|reason|diagnose)\.mjs|global\.js)$/.exec(request.url) ?? []
    if (!name) return response.writeHead(404).end()
    response.setHeader('content-type', 'text/javascript')
    return createReadStream(join(ROOT, 'pkg', name)).pipe(response)
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

/** Opens the only page that is printed in a document. */
async function openPage(document, head = '') {
  const { blocks } = split(readFileSync(join(ROOT, document), 'utf8'))
  const pages = blocks.filter(({ language }) => language === 'html')
  assert.equal(pages.length, 1)
  const site = serve(head + pages[0].text)
  sites.push(site)
  await once(site, 'listening')
  const page = await browser.newPage()
  page.setDefaultTimeout(120_000)
  await page.route('https://*.amazonaws.com/**', toGateway)
  await page.goto(`http://127.0.0.1:${site.address().port}/`)
  return page
}

test("the README's page shows the movies", async () => {
  const page = await openPage('README.md')
  await page.waitForFunction(() => document.querySelector('#movies').textContent !== '')
  assert.match(await page.textContent('#movies'), /The Matrix/)
})

test("MIGRATION.md's page calls as the generated SDK did", async () => {
  const { accessKey, secretKey } = LONG_LIVED
  const given = JSON.stringify({ accessKey, secretKey, sessionToken: '', apiKey: API_KEY })
  await gateway.reset()
  await openPage(
    'MIGRATION.md',
    `<script>const { accessKey, secretKey, sessionToken, apiKey } = ${given}</script>`,
  )
  const end = Date.now() + 120_000
  const calls = async () => (await gateway.requests()).filter(({ method }) => method === 'GET')
  while ((await calls()).length === 0 && Date.now() < end) await new Promise((done) => setTimeout(done, 50))
  const [{ target, status, verdict, headers }] = await calls()
  assert.deepEqual([status, verdict.ok, verdict.by], [200, true, 'header'])
  assert.equal(target, '/stage/movie/1999/The%20Matrix?lang=en')
  const sent = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
  assert.deepEqual([sent['x-trace'], sent['x-api-key']], ['a', API_KEY])
})
