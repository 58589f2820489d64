// Writes the entries of the package: node xtask/bundle.mjs VERSION GLUE
//
// GLUE is wasm-bindgen's script. Each entry in pkg-template/ is bundled with src/js/ and the glue;
// those that embed the module import its text from 'gatesign-module'.

import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const [version, glue] = process.argv.slice(2)
const from = 'pkg-template'
const to = 'pkg'
const module = readFileSync(`${to}/gatesign.wasm`)

const ENTRIES = [
  { entry: 'node.cjs', format: 'cjs', platform: 'node' },
  { entry: 'web.mjs', format: 'esm', platform: 'browser' },
  { entry: 'workerd.mjs', format: 'esm', platform: 'browser' },
  { entry: 'slim.mjs', format: 'esm', platform: 'browser' },
  { entry: 'global.js', format: 'iife', platform: 'browser' },
]

/** Resolves the two names that the sources import and the build makes. */
const made = {
  name: 'made',
  setup(bundler) {
    bundler.onResolve({ filter: /^gatesign-wasm$/ }, () => ({ path: glue }))
    bundler.onResolve({ filter: /^gatesign-module$/ }, () => ({ path: 'module', namespace: 'made' }))
    bundler.onResolve({ filter: /^gatesign-src\// }, ({ path }) => ({
      path: `${process.cwd()}/src/js/${path.slice('gatesign-src/'.length)}`,
    }))
    bundler.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true }))
    bundler.onLoad({ filter: /.*/, namespace: 'made' }, () => ({
      contents: `export default ${JSON.stringify(module.toString('base64'))}`,
    }))
  },
}

for (const { entry, format, platform } of ENTRIES) {
  await build({
    entryPoints: [`${from}/${entry}`],
    outfile: `${to}/${entry}`,
    bundle: true,
    format,
    platform,
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    plugins: [made],
    logLevel: 'warning',
    ...(format === 'cjs' ? { footer: { js: '' } } : {}),
  })
}

const manifest = JSON.parse(readFileSync(`${from}/package.json`, 'utf8'))
writeFileSync(`${to}/package.json`, `${JSON.stringify({ ...manifest, version }, null, 2)}\n`)
for (const file of ['node.mjs', 'index.d.ts', 'README.md']) cpSync(`${from}/${file}`, `${to}/${file}`)
cpSync(`${to}/index.d.ts`, `${to}/index.d.cts`)
