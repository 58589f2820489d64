// How every test, bench and picture starts Chromium: without the connections that it makes by itself.

/**
 * What Chromium does not do: the first three make a page of their own for each window, which takes more of the
 * processor than a page of ours, for suggestions that nobody types. Chromium takes the last switch of this name only,
 * so what Playwright turns off is here again.
 */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

const SWITCHES = [
  // Its sandbox does not start as root, which is who containers run as.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${FEATURES_OFF.join()}`,
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
