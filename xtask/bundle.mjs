// Writes the entries of the package: node xtask/bundle.mjs VERSION MODULES
//
// Each entry in pkg-template/ is bundled with src/js/; entries that embed a module of the folder MODULES import its
// text by name: as base64 from 'gatesign-module-base64/NAME', which Node decodes fastest, or as encoded by
// src/js/ascii.js from 'gatesign-module-ascii/NAME'. Every script is ASCII: a bundler may put any of them into a page,
// and not every page is read as UTF-8.

import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve as resolvePath } from 'node:path'
import { build } from 'esbuild'
import * as terser from 'terser'
import uglify from 'uglify-js'
import { codes } from '../src/js/ascii.js'

const [version, modules] = process.argv.slice(2)
const from = 'pkg-template'
const to = 'pkg'
const moduleOf = (/** @type {string} */ name) => readFileSync(`${modules}/${name}/${name}.wasm`)

/** A module for browsers, in the folder of the entries. */
const forImport = (/** @type {string} */ name) => ({
  entry: `${name}.mjs`,
  format: 'esm',
  platform: 'browser',
})

/** The script for `require`, for bundlers and Jest. */
const forRequire = (/** @type {string} */ name, outfile = `${name}.cjs`) => ({
  ...{ entry: `${name}.mjs`, outfile, format: 'cjs', platform: 'browser', target: 'es2018' },
})

/** The scripts of an entry with a module: for `require` in Node, for browsers, for Workers. */
const withModule = (/** @type {string} */ name) => [
  { entry: `${name}.cjs`, format: 'cjs', platform: 'node' },
  forImport(`${name}-web`),
  forRequire(`${name}-web`),
  forImport(`${name}-workerd`),
]

const ENTRIES = [
  { entry: 'node.cjs', format: 'cjs', platform: 'node' },
  ...['client', 'workerd', 'slim-client', 'signer', 'diagnose', 'reason'].map(forImport),
  forRequire('web-require', 'web.cjs'),
  { entry: 'v4a.cjs', format: 'cjs', platform: 'node' },
  forImport('v4a'),
  forRequire('v4a', 'v4a-web.cjs'),
  forImport('v4a-workerd'),
  { entry: 'global.mjs', outfile: 'global.js', format: 'iife', platform: 'browser' },
  { entry: 'cli.mjs', format: 'esm', platform: 'node' },
  forImport('yaml'),
  ...['smithy', 'verify', 'credentials', 'sigv4client'].flatMap(withModule),
  forImport('smithy-v4a'),
  forRequire('smithy-v4a', 'smithy-v4a-web.cjs'),
  forImport('smithy-v4a-workerd'),
  ...['events', 'streams', 'sdk', 'axios', 'undici', 'appsync'].flatMap((name) => [
    forImport(name),
    forRequire(name),
  ]),
]

/**
 * Replaces a module's text until the minifiers are done. It is a global that they know nothing about, because they
 * would optimize a literal (fold its length, repeat it where it is short).
 */
const placeholder = (/** @type {string} */ name) => `GATESIGN_MODULE_${name.toUpperCase()}`
const PLACEHOLDER = /GATESIGN_MODULE_([A-Z0-9]+)/g

/** A module as a string literal; no character of its text has to be escaped. */
function moduleLiteral(/** @type {string} */ name) {
  const list = codes()
  return `"${Array.from(moduleOf(name), (byte) => list[byte]).join('')}"`
}

/** Entries that are loaded with diagnose.mjs, and the parts of src/diagnose/ that they share. */
const SHARING = ['client.mjs', 'slim-client.mjs', 'diagnose.mjs']
const SHARED = /\/(answer|cause|reason|redact|refusal|rules|text)\.ts$/

/**
 * A part of src/diagnose/rules.txt; the last line of each paragraph is a hint.
 *
 * @param {string} file
 * @param {string} part
 */
function rulesOf(file, part) {
  const rules = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n\n')
    .map((rule) => rule.split('\n'))
  if (part === 'hints') return rules.map((lines) => lines[3]).join('\n')
  return rules.map((lines) => lines.slice(0, 3).join('\n')).join('\n\n')
}

/**
 * Resolves imports of names that the build creates.
 *
 * @param {string} format
 * @param {string} entry
 */
const made = (format, entry) => ({
  name: 'made',
  setup(bundler) {
    bundler.onResolve({ filter: /^gatesign-module-(ascii|base64)\// }, ({ path }) => ({
      path,
      namespace: 'made',
    }))
    bundler.onResolve({ filter: /^gatesign-src\// }, ({ path }) => ({
      path: `${process.cwd()}/src/js/${path.slice('gatesign-src/'.length)}`,
    }))
    bundler.onResolve({ filter: /^gatesign-diagnose\// }, ({ path }) => ({
      path: `${process.cwd()}/src/diagnose/${path.slice('gatesign-diagnose/'.length)}`,
    }))
    if (SHARING.includes(entry))
      bundler.onResolve({ filter: SHARED }, () => ({ path: './reason.mjs', external: true }))
    // It registers itself when it is loaded, but a bundle without it is complete.
    bundler.onResolve({ filter: /\/diagnose\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolvePath(resolveDir, path.replace('gatesign-diagnose', '../src/diagnose')),
      sideEffects: false,
    }))
    // Scripts for Node contain the names of their sources, without the folder of the build.
    bundler.onResolve({ filter: /\.txt\?(rules|hints)$/ }, ({ path, resolveDir }) => ({
      path: relative(process.cwd(), resolvePath(resolveDir, path)),
      namespace: 'rules',
    }))
    bundler.onLoad({ filter: /.*/, namespace: 'rules' }, ({ path }) => {
      const [file, part] = path.split('?')
      return { contents: `export default ${JSON.stringify(rulesOf(file, part))}` }
    })
    bundler.onResolve({ filter: /^gatesign-credentials\// }, ({ path }) => ({
      path: `${process.cwd()}/src/credentials/${path.slice('gatesign-credentials/'.length)}`,
    }))
    bundler.onResolve({ filter: /^gatesign-verify\// }, ({ path }) => ({
      path: `${process.cwd()}/src/verify/${path.slice('gatesign-verify/'.length)}`,
    }))
    bundler.onResolve({ filter: /^gatesign-streams\// }, ({ path }) => ({
      path: `${process.cwd()}/src/streams/${path.slice('gatesign-streams/'.length)}`,
    }))
    bundler.onResolve({ filter: /^gatesign-sdk\// }, ({ path }) => ({
      path: `${process.cwd()}/src/sdk/${path.slice('gatesign-sdk/'.length)}`,
    }))
    bundler.onResolve({ filter: /^gatesign-clients\// }, ({ path }) => ({
      path: `${process.cwd()}/src/clients/${path.slice('gatesign-clients/'.length)}`,
    }))
    // An entry that imports another one shares its instance.
    bundler.onResolve(
      { filter: /^\.\/(node\.cjs|(smithy-)?v4a(-workerd)?\.[cm]js|client\.mjs|signer\.mjs|workerd\.mjs)$/ },
      ({ path }) => ({
        path:
          format === 'cjs'
            ? path.replace(/(client|signer)\.mjs/, 'web.cjs').replace('v4a.mjs', 'v4a-web.cjs')
            : path,
        external: true,
      }),
    )
    bundler.onResolve({ filter: /^gatesign$/ }, () => ({ path: './node.cjs', external: true }))
    // Code that only one command needs is in a separate file.
    bundler.onResolve({ filter: /^gatesign-yaml$/ }, () => ({ path: './yaml.mjs', external: true }))
    bundler.onResolve({ filter: /^gatesign\/v4a$/ }, () => ({ path: './v4a.cjs', external: true }))
    // The page's entry, some of whose files the command uses.
    bundler.onResolve({ filter: /^gatesign\/slim$/ }, () => ({ path: './slim-node.cjs', external: true }))
    bundler.onResolve({ filter: /^gatesign\/credentials$/ }, () => ({
      path: './credentials.cjs',
      external: true,
    }))
    bundler.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true }))
    bundler.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => {
      const [form, name] = path.split('/')
      const base64 = () => JSON.stringify(moduleOf(name).toString('base64'))
      return { contents: `export default ${form.endsWith('ascii') ? placeholder(name) : base64()}` }
    })
  },
})

/**
 * Downloaded scripts go through two more minifiers. One folds more, which saves 0.5 KB after brotli; the other lets
 * variables share names and uses fewer kinds of declarations, which saves another 0.2 KB. The latter inlines only
 * functions as short as their call, because repeated code compresses to nothing, and does not collapse variables: that
 * saved 5 bytes and made invokeApi 5 % slower. Merging variables would save 0.1 KB, but declares parameters a second
 * time, `async (e) => { var e = …`, which esbuild and SWC turn into an undefined variable for ES2015 and ES5.
 *
 * @param {string} bundle
 * @param {string} format
 * @param {string} platform
 * @param {string} target the version of the language, as esbuild names it
 */
async function smaller(bundle, format, platform, target) {
  if (platform === 'node') return bundle
  const module = format === 'esm'
  const folded = await terser.minify(bundle, {
    ecma: Math.min(2020, Number(target.slice(2))),
    module,
    compress: { passes: 3 },
    format: { ascii_only: true },
  })
  const { code, error } = uglify.minify(folded.code, {
    module,
    toplevel: format !== 'iife',
    compress: { passes: 3, inline: 1, collapse_vars: false, merge_vars: false },
    output: { ascii_only: true },
  })
  if (error) throw error
  return code
}

for (const { entry, outfile = entry, format, platform, target = 'es2022' } of ENTRIES) {
  await build({
    entryPoints: [`${from}/${entry}`],
    outfile: `${to}/${outfile}`,
    bundle: true,
    format,
    platform,
    target,
    // Scripts for Node are not downloaded by pages, so stack traces keep the names of the sources, and lines stay
    // readable.
    minify: platform !== 'node',
    charset: 'ascii',
    legalComments: 'none',
    plugins: [made(format, entry)],
    logLevel: 'warning',
  })
  const bundle = await smaller(readFileSync(`${to}/${outfile}`, 'utf8'), format, platform, target)
  const whole = bundle.replace(PLACEHOLDER, (_, name) => moduleLiteral(name.toLowerCase()))
  writeFileSync(`${to}/${outfile}`, whole)
}

const manifest = JSON.parse(readFileSync(`${from}/package.json`, 'utf8'))
writeFileSync(`${to}/package.json`, `${JSON.stringify({ ...manifest, version }, null, 2)}\n`)

/** Entries that are not bundles, types and the README are copied. */
const AS_THEY_ARE = [
  'web.mjs',
  'signer.d.ts',
  'diagnose.d.ts',
  'node.mjs',
  'slim.mjs',
  'slim-node.cjs',
  'slim-web.cjs',
  'slim-node.mjs',
  'smithy-node.mjs',
  'v4a-node.mjs',
  'credentials-node.mjs',
  'verify-node.mjs',
  'verify.d.ts',
  'index.d.ts',
  'slim.d.ts',
  'smithy.d.ts',
  'v4a.d.ts',
  'credentials.d.ts',
  'credentials-web.d.ts',
  'events.d.ts',
  'streams.d.ts',
  'sdk.d.ts',
  'sigv4client-node.mjs',
  'sigv4client.d.ts',
  'axios.d.ts',
  'undici.d.ts',
  'appsync.d.ts',
  'global.d.ts',
  'gatesign.wasm.d.ts',
  'README.md',
]
for (const file of AS_THEY_ARE) cpSync(`${from}/${file}`, `${to}/${file}`)
// With this file name webpack 4 resolves named exports of CommonJS; with `.mjs` it does not.
cpSync(`${from}/module.mjs`, `${to}/module.js`)
for (const name of ['gatesign-nosimd', 'gatesign-v4a'])
  cpSync(`${from}/gatesign.wasm.d.ts`, `${to}/${name}.wasm.d.ts`)

/** A copy of the types for `import`: TypeScript treats a `.d.ts` of this package as CommonJS. */
for (const name of [
  'index',
  'slim',
  'signer',
  'diagnose',
  'smithy',
  'v4a',
  'credentials',
  'credentials-web',
  'events',
  'streams',
  'sdk',
  'sigv4client',
  'axios',
  'undici',
  'appsync',
  'verify',
]) {
  const types = readFileSync(`${from}/${name}.d.ts`, 'utf8')
  writeFileSync(`${to}/${name}.d.mts`, types.replace(/(from '\.\/[\w-]+)\.js'/g, "$1.mjs'"))
}

/** Where everything is loaded together, these entries are part of it and use its instance. */
for (const [name, exported] of [
  ['signer', 'createSigner'],
  ['diagnose', 'diagnose'],
]) {
  for (const whole of ['node', 'workerd']) {
    const from = whole === 'node' ? './node.cjs' : './workerd.mjs'
    writeFileSync(`${to}/${name}-${whole}.mjs`, `export { ${exported} } from '${from}'\n`)
  }
  for (const [file, whole] of [
    [`${name}.cjs`, './node.cjs'],
    [`${name}-web.cjs`, './web.cjs'],
  ]) {
    const lines = [`exports.__esModule = true`, `exports.${exported} = require('${whole}').${exported}`]
    writeFileSync(`${to}/${file}`, `${lines.join('\n')}\n`)
  }
}
