// Pictures of the main screens for the README: node scripts/screenshots.mjs [FOLDER], after a build of the
// page and of the gateway (cargo build --release -p gateway).

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { preview } from 'vite'
import { LONG_LIVED, startGateway } from '../../tests/lib/gateway.mjs'
import { launchOptions } from '../../tests/lib/switches.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = `${process.argv[2] ?? `${root}docs/images`}/`
process.env.GATEWAY_BIN ??= `${root}target/release/gateway`

const gateway = await startGateway()
const server = await preview({
  root: `${root}www`,
  preview: { host: '127.0.0.1', port: 0 },
  logLevel: 'error',
})
const browser = await chromium.launch(launchOptions())

try {
  mkdirSync(out, { recursive: true })
  const base = `${gateway.url}/stage`
  await picture('tester-light', base, { width: 1280, height: 800 }, 'light', movies)
  await picture('tester-dark', base, { width: 1280, height: 800 }, 'dark', signature)
  await picture('tester-mismatch', base, { width: 1280, height: 800 }, 'light', async () => {}, proxy)
  await picture('tester-mobile', base, { width: 360, height: 760 }, 'light', movies)
} finally {
  await browser.close()
  await server.close()
  await gateway.stop()
}

async function movies(page) {
  await page.getByRole('radio', { name: 'Table' }).check()
  await page.getByLabel('DynamoDB values as plain ones').check()
}

/** Changes a signed header on the way, as proxies do. */
async function proxy(page) {
  await page.route('**/movie_list*', (route) =>
    route.continue({ headers: { ...route.request().headers(), accept: 'application/json' } }),
  )
}

async function signature(page) {
  await page.getByRole('tab', { name: 'Signature' }).click()
  await page.getByRole('tab', { name: 'Auth' }).click()
}

async function picture(name, base, viewport, colorScheme, act, before = async () => {}) {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' })
  page.setDefaultTimeout(120_000)
  await page.route('**/config.json', (route) => route.fulfill({ json: configOf(base) }))
  await before(page)
  await page.goto(server.resolvedUrls.local[0])
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('.viewer').waitFor()
  await act(page)
  // All parts are there; then what moves has come to rest.
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${out}${name}.png` })
  await page.close()
}

function configOf(base) {
  const movies = (id, name, url) => ({
    id,
    name,
    method: 'GET',
    url,
    auth: { kind: 'iam', region: 'us-east-1' },
  })
  return {
    version: 1,
    environments: [{ id: 'local', name: 'Local gateway', variables: [{ name: 'base', value: base }] }],
    collections: [
      {
        id: 'movies',
        name: 'Movies',
        requests: [
          movies('all', 'All movies', '{{base}}/movie_list?format=dynamodb'),
          movies('one', 'One movie', '{{base}}/movie/{year}/{title}'),
        ],
      },
    ],
    credentials: { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey },
    open: 'all',
  }
}
