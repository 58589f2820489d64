// Bundlers with default settings, each by its command line; what they build runs in Chromium.

import { readdirSync } from 'node:fs'
import { bin, built, bundler, plainPage, sources } from '../lib/bundlers.mjs'
import { versionOf } from '../lib/packages.mjs'
import { start } from '../lib/process.mjs'
import { startSite } from '../lib/site.mjs'
import { checkDownload, visit } from './pages.mjs'

const HOW = {
  import: 'import',
  require: 'require',
  slim: 'gatesign/slim, init()',
  'slim-url': 'gatesign/slim, init(url)',
}

/**
 * @param {string} id of a bundler
 * @param {keyof typeof HOW} entry
 * @param {{ modules?: number, browserName?: string }} [options] how many .wasm files are to be next to the
 *   bundle, and where it runs
 */
function buildRow(id, entry, { modules = 0, browserName = 'chromium' } = {}) {
  const { name, how, version } = bundler(id)
  const where = browserName === 'chromium' ? '' : ' without SIMD'
  return {
    id: `${id}-${entry}${where && '-no-simd'}`,
    runtime: name,
    how: `${HOW[entry]}${how ? `, ${how}` : ''}, in Chromium${where}`,
    async run({ project, gateway, browsers }) {
      const { folder, warning } = await built(project, id, entry)
      const site = await startSite({ folder })
      const browser = await browsers[browserName]()
      const result = await visit(browser, site, `${site.url}/?gateway=${encodeURIComponent(gateway.url)}`)
      const holds = (check, problem) =>
        problem ? result.failed.push({ name: check, error: problem }) : result.passed.push(check)
      holds('the bundler warns of nothing', warning)
      const found = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.wasm'))
      holds(
        `there are ${modules} .wasm files next to the bundle`,
        found.length === modules ? '' : `found ${found}`,
      )
      if (modules > 0) checkDownload(result, site, project, browserName)
      return { ...result, version }
    },
  }
}

const PAGES = {
  plain: { how: 'on a page without a charset', html: 'text/html' },
  'shift-jis': { how: 'on a page in Shift_JIS', html: 'text/html; charset=shift_jis' },
  inline: { how: 'in one HTML file without a charset', html: 'text/html' },
}

/**
 * The bundle as a classic script of a page that is not read as UTF-8.
 *
 * @param {string} id of a bundler
 * @param {keyof typeof PAGES} page
 */
function charsetRow(id, page) {
  const { name, how, version } = bundler(id)
  return {
    id: `${id}-${page}`,
    runtime: name,
    how: `import${how ? `, ${how}` : ''}, ${PAGES[page].how}`,
    async run({ project, gateway, browsers }) {
      const { folder } = await built(project, id, 'import')
      const site = await startSite({
        folder: plainPage(folder, { inline: page === 'inline' }),
        html: PAGES[page].html,
      })
      const search = new URLSearchParams({ gateway: gateway.url })
      return { ...(await visit(await browsers.chromium(), site, `${site.url}/?${search}`)), version }
    },
  }
}

/** Vite's development server, which bundles dependencies in another way than its build. */
function viteServerRow(entry) {
  const id = `vite-dev-${entry}`
  return {
    id,
    runtime: 'Vite',
    how: `${HOW[entry]}, development server, in Chromium`,
    async run({ project, gateway, browsers }) {
      // Vite keeps the dependencies that it bundles next to the nearest package.json: servers that run at the
      // same time would take them away from each other.
      const folder = project.folderWith(
        id,
        { ...sources(entry), 'index.html': 'fixtures/app/vite.html' },
        { 'vite.config.mjs': "export default { cacheDir: '.vite' }" },
      )
      const server = start(bin('vite'), ['--host', '127.0.0.1', '--port', '0'], { cwd: folder })
      const address = await new Promise((resolve, reject) => {
        let text = ''
        server.stdout.setEncoding('utf8').on('data', (part) => {
          text += part
          // biome-ignore lint/suspicious/noControlCharactersInRegex: Vite writes in colours
          const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text.replace(/\x1b\[\d+m/g, ''))
          if (found) resolve(found[0])
        })
        server.once('exit', (code) => reject(new Error(`vite ended with code ${code}: ${text}`)))
      })
      // The development server cannot take the result.
      const results = await startSite({ folder })
      const search = new URLSearchParams({ gateway: gateway.url, result: `${results.url}/__result` })
      try {
        return {
          ...(await visit(await browsers.chromium(), results, `${address}/?${search}`)),
          version: versionOf('vite'),
        }
      } finally {
        server.kill()
      }
    },
  }
}

export const rows = [
  buildRow('vite', 'import'),
  viteServerRow('import'),
  buildRow('vite', 'slim', { modules: 2 }),
  buildRow('vite', 'slim', { modules: 2, browserName: 'chromiumWithoutSimd' }),
  buildRow('vite', 'slim-url', { modules: 2 }),
  viteServerRow('slim'),
  viteServerRow('slim-url'),
  buildRow('webpack', 'import'),
  buildRow('webpack', 'require'),
  buildRow('webpack', 'slim', { modules: 2 }),
  buildRow('webpack', 'slim', { modules: 2, browserName: 'chromiumWithoutSimd' }),
  buildRow('esbuild', 'import'),
  buildRow('esbuild', 'require'),
  buildRow('rollup', 'import'),
  buildRow('rspack', 'import'),
  buildRow('parcel', 'import'),
  buildRow('bun', 'import'),
  buildRow('webpack-4', 'import'),
  buildRow('esbuild-es2015', 'import'),
  buildRow('swc', 'import'),
  charsetRow('webpack', 'plain'),
  charsetRow('webpack', 'shift-jis'),
  charsetRow('rollup-iife', 'plain'),
  charsetRow('rollup-iife', 'shift-jis'),
  charsetRow('esbuild-utf8', 'plain'),
  charsetRow('rollup-iife', 'inline'),
]
