// How every test, bench and picture starts Chromium: without the connections that it makes by itself.

const SWITCHES = [
  // Its sandbox does not start as root, which is who containers run as.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * For the `launch` of Playwright and of Puppeteer.
 *
 * @param {string[]} more switches
 */
export const launchOptions = (...more) => ({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // ms; machines are loaded.
  timeout: 120_000,
  args: [...SWITCHES, ...more],
})

/** For Node, and for Chromium's V8: it has no switch for WebAssembly SIMD, but has none without SSE4.1 (on x64). */
export const WITHOUT_SIMD = '--no-enable-sse4-1'
