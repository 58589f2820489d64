// Bundlers with default settings, each by its command line; what they build runs in Chromium.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, start } from '../lib/process.mjs'
import { startSite } from '../lib/site.mjs'
import { checkDownload, visit } from './pages.mjs'

const PACKAGES = new URL('../node_modules/', import.meta.url).pathname
const bin = (name) => join(PACKAGES, '.bin', name)

/** What each bundler is told. Rollup resolves no package names without its own plugin for that. */
const COMMANDS = {
  vite: { name: 'Vite', page: { 'index.html': 'fixtures/app/vite.html' }, command: ['vite', 'build'] },
  // By the name of its command line's package: webpack 4 is here too, and both are `webpack`.
  webpack: { name: 'webpack', page: into('dist'), command: ['webpack-cli', '--mode', 'production'] },
  esbuild: {
    name: 'esbuild',
    page: into('dist'),
    command: ['esbuild', 'src/index.js', '--bundle', '--outfile=dist/main.js'],
  },
  rollup: {
    name: 'Rollup',
    page: into('dist'),
    command: ['rollup', '-p', '@rollup/plugin-node-resolve', '-i', 'src/index.js', '-o', 'dist/main.js'],
  },
}

/** A page for what is built into `main.js`. */
function into(folder) {
  return { [`${folder}/index.html`]: 'fixtures/app/index.html' }
}

const HOW = {
  import: 'import',
  require: 'require',
  slim: 'gatesign/slim, init()',
  'slim-url': 'gatesign/slim, init(url)',
}

/** The sources of the page, under the names by which they import each other. */
const sources = (entry) => ({
  'src/index.js': `fixtures/app/${entry}.js`,
  'src/harness.mjs': 'fixtures/site/harness.mjs',
  'src/slim-checks.mjs': 'fixtures/site/slim-checks.mjs',
  'src/smoke': 'smoke',
})

/**
 * @param {keyof typeof COMMANDS} bundler
 * @param {keyof typeof HOW} entry
 * @param {{ modules?: number, browserName?: string }} [options] how many .wasm files are to be beside the
 *   bundle, and where it runs
 */
function buildRow(bundler, entry, { modules = 0, browserName = 'chromium' } = {}) {
  const { name, page, command } = COMMANDS[bundler]
  const id = `${bundler}-${entry}${browserName === 'chromium' ? '' : '-no-simd'}`
  return {
    id,
    runtime: name,
    how: `${HOW[entry]}, in Chromium${browserName === 'chromium' ? '' : ' without SIMD'}`,
    async run({ project, gateway, browsers }) {
      const folder = project.folderWith(id, { ...sources(entry), ...page })
      const { stdout, stderr } = await run(bin(command[0]), command.slice(1), { cwd: folder })
      const site = await startSite({ folder: join(folder, 'dist') })
      const browser = await browsers[browserName]()
      const result = await visit(browser, site, `${site.url}/?gateway=${encodeURIComponent(gateway.url)}`)
      const holds = (check, problem) =>
        problem ? result.failed.push({ name: check, error: problem }) : result.passed.push(check)
      holds('the bundler warns of nothing', warningIn(`${stdout}\n${stderr}`))
      const found = readdirSync(join(folder, 'dist'), { recursive: true }).filter((file) =>
        file.endsWith('.wasm'),
      )
      holds(
        `there are ${modules} .wasm files beside the bundle`,
        found.length === modules ? '' : `found ${found}`,
      )
      if (modules > 0) checkDownload(result, site, project, browserName)
      return { ...result, version: versionOf(bundler) }
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
      const folder = project.folderWith(id, { ...sources(entry), 'index.html': 'fixtures/app/vite.html' })
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

/** The line with a warning in what a bundler printed, or nothing. */
export function warningIn(text) {
  return text.split('\n').find((line) => /warning|^\(!\)/i.test(line)) ?? ''
}

export function versionOf(bundler) {
  const manifest = join(PACKAGES, bundler, 'package.json')
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined
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
]
