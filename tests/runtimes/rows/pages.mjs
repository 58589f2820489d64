// Plain pages, without any tool: what the browsers load is what the tarball holds.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSite } from '../lib/site.mjs'

const PAGES = {
  module: 'module.html',
  script: 'script.html',
  slim: 'slim.html',
  refused: 'refused.html',
  worker: 'worker.html',
  'script-worker': 'script-worker.html',
  'service-worker': 'service-worker.html',
}
const HOW = {
  module: 'script type=module',
  script: 'script tag (global)',
  slim: 'gatesign/slim, init()',
  refused: 'script type=module: an error that names gatesign/slim',
  worker: 'module worker',
  'script-worker': 'classic worker, importScripts',
  'service-worker': 'service worker',
}
const NAMES = {
  chromium: 'Chromium',
  chromium112: 'Chromium 112',
  chromium114: 'Chromium 114',
  chromiumWithoutSimd: 'Chromium, no WebAssembly SIMD',
  firefox: 'Firefox',
  webkit: 'WebKit',
  webkitWithoutSimd: 'WebKit, no WebAssembly SIMD',
}

/**
 * @param {keyof typeof NAMES} browserName
 * @param {keyof typeof PAGES} page
 * @param {{ strict?: boolean }} [options] strict: under a Content-Security-Policy
 */
function pageRow(browserName, page, { strict = false } = {}) {
  return {
    id: `${browserName.replace('WithoutSimd', '-no-simd')}-${page}${strict ? '-csp' : ''}`,
    runtime: NAMES[browserName],
    how: HOW[page] + (strict ? ', strict CSP' : ''),
    async run({ project, gateway, browsers }) {
      const site = await startSite({
        folder: project.folderWith('site', { '.': 'fixtures/site', smoke: 'smoke' }),
        also: { '/gatesign/': project.installed },
        policy: strict ? strictPolicy(gateway.url) : undefined,
      })
      const search = new URLSearchParams({ gateway: gateway.url, ...(strict ? { policy: 'strict' } : {}) })
      const result = await visit(await browsers[browserName](), site, `${site.url}/${PAGES[page]}?${search}`)
      if (page === 'slim') checkDownload(result, site, project, browserName)
      return result
    },
  }
}

/** Nothing but own scripts, WebAssembly, and the API; WebKit asks for the site's icon by itself. */
function strictPolicy(gateway) {
  return `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${gateway} ${gateway.replace('http:', 'ws:')}; img-src 'self'`
}

/** Of the two modules a page loads one: that without SIMD where there is none. */
export function checkDownload({ passed, failed }, site, project, browserName) {
  const check = 'only the module for this browser was downloaded'
  const modules = ['gatesign.wasm', 'gatesign-nosimd.wasm']
  const contents = modules.map((name) => readFileSync(join(project.installed, name)))
  const found = site.modules.map(
    (file) => modules[contents.findIndex((bytes) => bytes.equals(readFileSync(file)))],
  )
  const expected = modules[Number(browserName.endsWith('WithoutSimd'))]
  if (found.length === 1 && found[0] === expected) passed.push(check)
  else failed.push({ name: check, error: `expected ${expected}, found [${found}]` })
}

/** Opens a page, waits for its result, and closes page and site. */
export async function visit(browser, site, url) {
  try {
    const close = await browser.open(url)
    try {
      return { ...(await site.result()), version: browser.version }
    } finally {
      await close()
    }
  } finally {
    site.stop()
  }
}

export const rows = [
  pageRow('chromium', 'module'),
  pageRow('chromium', 'module', { strict: true }),
  pageRow('chromium', 'script'),
  pageRow('chromium', 'script', { strict: true }),
  pageRow('chromium', 'slim'),
  pageRow('chromium', 'slim', { strict: true }),
  pageRow('chromiumWithoutSimd', 'slim'),
  pageRow('chromiumWithoutSimd', 'refused'),
  pageRow('chromium112', 'slim'),
  pageRow('chromium112', 'refused'),
  pageRow('chromium112', 'worker'),
  pageRow('chromium114', 'slim'),
  pageRow('chromium114', 'refused'),
  pageRow('chromium', 'worker'),
  pageRow('chromium', 'script-worker'),
  pageRow('chromium', 'service-worker'),
  pageRow('firefox', 'module'),
  pageRow('firefox', 'module', { strict: true }),
  pageRow('firefox', 'script'),
  pageRow('firefox', 'slim'),
  pageRow('firefox', 'worker'),
  pageRow('firefox', 'service-worker'),
  pageRow('webkit', 'module'),
  pageRow('webkit', 'module', { strict: true }),
  pageRow('webkit', 'script'),
  pageRow('webkit', 'slim'),
  pageRow('webkitWithoutSimd', 'slim'),
  pageRow('webkitWithoutSimd', 'refused'),
  pageRow('webkit', 'worker'),
  pageRow('webkit', 'service-worker'),
]
