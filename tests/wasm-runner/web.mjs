// The crate's feature `web` against the local gateway: tests/web.rs in Node and in Chromium, then the page of
// examples/rust-page. Cargo has built all of it: `cargo xtask test wasm` does, and names it in the environment.
//
// WASM_TESTS=tests.wasm RUNNER=wasm-runner PAGE=folder GATEWAY_BIN=gateway node tests/wasm-runner/web.mjs

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { chromium } from 'playwright-core'
import { serve } from '../examples/site.mjs'
import { startGateway } from '../lib/gateway.mjs'
import { launchOptions } from '../lib/switches.mjs'

const { WASM_TESTS, RUNNER, PAGE } = process.env
/** ms for all tests of a runtime, on a machine that has other things to do. */
const LONG = 240_000

/** What the runner of wasm-bindgen counts. */
function counted(text, runtime) {
  const [, passed, failed] = /test result: \w+\. (\d+) passed; (\d+) failed/.exec(text) ?? []
  assert.ok(Number(passed) > 0 && failed === '0', text)
  console.log(`counted: ${passed} tests of the crate's feature web in ${runtime}`)
}

async function inNode(gateway) {
  const env = { ...process.env, GATEWAY_URL: gateway.url }
  const child = spawn(RUNNER, [WASM_TESTS, '--nocapture'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 0, said)
  counted(said, 'Node')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** The runner serves its page; a driver of its own would have to fit the browser's version. */
async function inChromium(gateway, browser) {
  const address = `127.0.0.1:${await freePort()}`
  const env = {
    ...process.env,
    ...{ NO_HEADLESS: '1', WASM_BINDGEN_USE_BROWSER: '1', WASM_BINDGEN_TEST_ADDRESS: address },
  }
  const child = spawn(RUNNER, [WASM_TESTS], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(child.stdout, 'data')
    const page = await browser.newPage()
    await page.goto(`http://${address}/#${gateway.url}`)
    const output = page.locator('#output')
    await page.waitForFunction(
      () => /test result: /.test(document.getElementById('output')?.textContent ?? ''),
      undefined,
      { timeout: LONG },
    )
    counted(await output.textContent(), 'Chromium')
    await page.close()
  } finally {
    child.kill()
  }
}

async function example(gateway, browser) {
  await gateway.reset()
  const site = await serve(PAGE, gateway)
  try {
    const page = await browser.newPage()
    await page.goto(site.url)
    await page.getByText('The Matrix').waitFor({ timeout: LONG })
    const requests = await gateway.requests()
    const list = requests.filter(({ method }) => method === 'GET')
    assert.deepEqual(
      list.map(({ verdict }) => [verdict.ok, verdict.accessKeyId, verdict.sessionTokenSigned]),
      [[true, site.given[0], true]],
    )
    console.log('counted: 1 page in Rust, in Chromium')
  } finally {
    site.stop()
  }
}

const gateway = await startGateway()
const browser = await chromium.launch(launchOptions())
try {
  await inNode(gateway)
  await inChromium(gateway, browser)
  if (PAGE) await example(gateway, browser)
} finally {
  await browser.close()
  gateway.stop()
}
