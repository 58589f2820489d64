// The three browsers of Debian, and old versions of one. Each opens an address and gives a way to close it again; what a page
// finds it reports by itself (see site.mjs), so that no protocol but "open" is needed.

import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { freePort } from '../../lib/server-process.mjs'
import { launchOptions, WITHOUT_SIMD } from '../../lib/switches.mjs'
import { installDebian } from './debian.mjs'
import { installed } from './packages.mjs'
import { start } from './process.mjs'

/** ms that a browser may take to start or to open a page. */
const PATIENCE = 120_000

/** Chromium without the connections that it makes by itself. */
export async function chromium(switches = [], more = {}) {
  await installDebian(['chromium'])
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ ...launchOptions(...switches), ...more })
  return {
    version: browser.version(),
    async open(url) {
      // A profile of its own, so that nothing is left of other rows.
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(url, { timeout: PATIENCE })
      return () => context.close()
    },
    close: () => browser.close(),
  }
}

export const chromiumWithoutSimd = () => chromium([`--js-flags=${WITHOUT_SIMD}`])

/** Old ones compile no module on a page's main thread but asynchronously; 115 is the first that does. */
export const chromium112 = () => oldChromium('chromium-112')
export const chromium114 = () => oldChromium('chromium-114')

/** One that npm has, packed with brotli; what is unpacked is kept for the next run. */
async function oldChromium(name) {
  const folder = installed(name)
  const program = `${folder}/bin/chromium`
  if (!existsSync(program)) {
    const [from, to] = [
      createReadStream(`${program}.br`),
      createWriteStream(`${program}.part`, { mode: 0o755 }),
    ]
    await pipeline(from, createBrotliDecompress(), to)
    renameSync(`${program}.part`, program)
  }
  return chromium([], { executablePath: program })
}

/** Firefox by WebDriver BiDi. */
export async function firefox() {
  await installDebian(['firefox-esr'])
  const { launch } = await import('puppeteer-core')
  const browser = await launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    timeout: PATIENCE,
    protocolTimeout: PATIENCE,
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  })
  return {
    version: (await browser.version()).replace(/^firefox\//i, ''),
    async open(url) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.goto(url, { timeout: PATIENCE })
      return () => context.close()
    },
    close: () => browser.close(),
  }
}

/** WebKit: MiniBrowser by plain WebDriver, on a display that no one sees. */
export async function webkit(more = {}) {
  await installDebian(['webkit2gtk-driver', 'xvfb'])
  const display = await virtualDisplay()
  const port = await freePort()
  const env = {
    ...process.env,
    DISPLAY: `:${display.number}`,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
    ...more,
  }
  const driver = start('/usr/bin/WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' })
  const ask = async (method, path, body) => {
    const init = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...init })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`)
    return value
  }
  await untilReady(() => ask('GET', '/status'))
  const options = { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } }
  const newSession = () => ask('POST', '/session', { capabilities: { alwaysMatch: options } })
  const { sessionId, capabilities } = await newSession()
  const session = `/session/${sessionId}`
  // The driver has one session with one window: pages come one after the other.
  let free = Promise.resolve()
  return {
    version: capabilities.browserVersion,
    async open(url) {
      const turn = free
      let done
      free = new Promise((resolve) => {
        done = resolve
      })
      await turn
      await ask('POST', `${session}/url`, { url })
      return async () => {
        await ask('POST', `${session}/url`, { url: 'about:blank' })
        done()
      }
    },
    async close() {
      await ask('DELETE', session)
      driver.kill()
      display.stop()
    },
  }
}

/** As Safari before 16.4 was. */
export const webkitWithoutSimd = () => webkit({ JSC_useWasmSIMD: '0' })

/** Debian has MiniBrowser in the folder of WebKit's version. */
function miniBrowser() {
  return `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`
}

async function virtualDisplay() {
  const server = start(
    '/usr/bin/Xvfb',
    ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const number = await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)))
    server.stdio[3].once('data', (text) => resolve(String(text).trim()))
  })
  server.removeAllListeners('exit')
  return { number, stop: () => void server.kill() }
}

async function untilReady(probe) {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    try {
      return await probe()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
