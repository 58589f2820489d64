// Bundlers, each by its command line and with its default settings: what they build, and for which page.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed, TOP, versionOf } from './packages.mjs'
import { run } from './process.mjs'

export const bin = (name) => installed(join('.bin', name))
/** By the name of its command line's package: webpack 4 is here too, and both are `webpack`. */
const WEBPACK = bin('webpack-cli')
const BUN = installed('@oven/bun-linux-x64/bin/bun')

/** A page for what is built into `main.js`. */
const into = (page) => ({ 'dist/index.html': `fixtures/app/${page}` })
const SCRIPT = into('index.html')
const esbuild = (...more) => [bin('esbuild'), 'src/index.js', '--bundle', '--outfile=dist/main.js', ...more]
/** The suite is newer than these tools: it is lowered, the package is not. */
const lowered = [
  bin('esbuild'),
  'src/index.js',
  '--bundle',
  '--external:gatesign',
  '--format=esm',
  '--target=es2018',
  '--outfile=src/index.js',
  '--allow-overwrite',
]

/**
 * The name in the table, the page, and the commands, which run one after the other in the project's folder.
 * Rollup resolves no package names without its own plugin for that.
 */
const BUNDLERS = {
  vite: {
    name: 'Vite',
    page: { 'index.html': 'fixtures/app/vite.html' },
    commands: [[bin('vite'), 'build']],
  },
  webpack: { name: 'webpack', page: SCRIPT, commands: [[WEBPACK, '--mode', 'production']] },
  rspack: {
    name: 'Rspack',
    package: '@rspack/core',
    page: SCRIPT,
    commands: [[bin('rspack'), 'build', '--mode', 'production']],
  },
  esbuild: { name: 'esbuild', page: SCRIPT, commands: [esbuild()] },
  rollup: {
    name: 'Rollup',
    page: SCRIPT,
    commands: [
      [bin('rollup'), '-p', '@rollup/plugin-node-resolve', '-i', 'src/index.js', '-o', 'dist/main.js'],
    ],
  },
  'rollup-iife': {
    name: 'Rollup',
    package: 'rollup',
    how: 'format iife',
    page: SCRIPT,
    commands: [
      [
        bin('rollup'),
        '-p',
        '@rollup/plugin-node-resolve',
        '-i',
        'src/index.js',
        '-f',
        'iife',
        '-o',
        'dist/main.js',
      ],
    ],
  },
  'esbuild-utf8': {
    name: 'esbuild',
    package: 'esbuild',
    how: 'charset=utf8',
    page: SCRIPT,
    commands: [esbuild('--charset=utf8', '--minify')],
  },
  'esbuild-es2015': {
    name: 'esbuild',
    package: 'esbuild',
    how: 'target=es2015',
    page: SCRIPT,
    commands: [esbuild('--target=es2015')],
  },
  swc: {
    name: 'SWC',
    package: '@swc/core',
    how: 'target es5, after esbuild',
    page: SCRIPT,
    commands: [
      [bin('esbuild'), 'src/index.js', '--bundle', '--outfile=src/bundle.js'],
      [process.execPath, 'swc.cjs'],
    ],
    files: { 'swc.cjs': 'fixtures/app/swc.cjs' },
  },
  parcel: {
    name: 'Parcel',
    page: { 'index.html': 'fixtures/app/parcel.html' },
    commands: [
      [bin('parcel'), 'build', 'index.html', '--dist-dir', 'dist', '--no-cache', '--no-source-maps'],
    ],
  },
  bun: {
    name: 'bun build',
    package: '@oven/bun-linux-x64',
    page: into('bun.html'),
    commands: [[BUN, 'build', 'src/index.js', '--outfile=dist/main.js']],
  },
  'webpack-4': {
    name: 'webpack 4',
    page: SCRIPT,
    commands: [lowered, [process.execPath, 'webpack-4.cjs']],
    files: { 'webpack-4.cjs': 'fixtures/app/webpack-4.cjs' },
  },
}

/** The sources of the page, under the names by which they import each other. */
export const sources = (entry) => ({
  'src/index.js': `fixtures/app/${entry}.js`,
  'src/harness.mjs': 'fixtures/site/harness.mjs',
  'src/slim-checks.mjs': 'fixtures/site/slim-checks.mjs',
  'src/smoke': 'smoke',
})

/** @param {keyof typeof BUNDLERS} id */
export function bundler(id) {
  const { name, how, package: of = id } = BUNDLERS[id]
  return { name, how, version: versionOf(of) }
}

/** Builds that were made, by what they are of. */
const builds = new Map()

/**
 * Builds a page, once for all rows that want it.
 *
 * @param {import('./project.mjs').Project} project
 * @param {keyof typeof BUNDLERS} id
 * @param {string} entry a script of fixtures/app
 * @returns {Promise<{ folder: string, warning: string }>} where it was built, and the first warning
 */
export function built(project, id, entry) {
  const name = `${id}-${entry}`
  if (!builds.has(name)) builds.set(name, make(project, id, entry, name))
  return builds.get(name)
}

async function make(project, id, entry, name) {
  const { page, commands, files } = BUNDLERS[id]
  const cwd = project.folderWith(name, { ...sources(entry), ...page, ...files })
  // What these scripts import is looked for from where they are.
  let printed = ''
  for (const [program, ...options] of commands) {
    const { stdout, stderr } = await run(program, options, { cwd, env: { NODE_PATH: TOP } })
    printed += `${stdout}\n${stderr}\n`
  }
  return { folder: join(cwd, 'dist'), warning: warningIn(printed) }
}

/** A copy of a build with another page, which has no charset; it has the script in it if it is to be one file. */
export function plainPage(folder, { inline = false } = {}) {
  const other = `${folder}-${inline ? 'inline' : 'plain'}`
  mkdirSync(other, { recursive: true })
  const script = readFileSync(join(folder, 'main.js'))
  const page = readFileSync(new URL('../fixtures/app/plain.html', import.meta.url), 'utf8')
  const [before, after] = page.split('<script src="/main.js">')
  const content = inline
    ? Buffer.concat([Buffer.from(`${before}<script>`), script, Buffer.from(after)])
    : page
  writeFileSync(join(other, 'index.html'), content)
  if (!inline) writeFileSync(join(other, 'main.js'), script)
  return other
}

/** The line with a warning in what a bundler printed, or nothing. */
export function warningIn(text) {
  return text.split('\n').find((line) => /warning|^\(!\)/i.test(line)) ?? ''
}
