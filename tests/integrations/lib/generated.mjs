// Runs a generator of client code, bundles what it wrote, and imports that.

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { installed } from '../../runtimes/lib/packages.mjs'
import { run } from '../../runtimes/lib/process.mjs'

const HERE = fileURLToPath(new URL('..', import.meta.url))
/** Below the packages, so that generated code finds what it imports. */
const FOLDER = join(HERE, 'node_modules/.generated')

/** An empty folder for what is generated. */
export function folderOf(name) {
  const folder = join(FOLDER, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/**
 * @param {string} program of node_modules
 * @param {string[]} options
 * @param {string} folder in which it runs
 */
export function generate(program, options, folder) {
  return run(process.execPath, [installed(program, HERE), ...options], { cwd: folder, timeout: 120_000 })
}

/**
 * Bundles TypeScript for Node, but not this package, and imports it.
 *
 * @param {string} folder
 * @param {string[]} files in it, whose exports are wanted
 */
export async function imported(folder, files) {
  const outfile = join(folder, 'bundle.mjs')
  const contents = files.map((file) => `export * from './${file}'`).join('\n')
  await build({
    ...{ stdin: { contents, resolveDir: folder }, outfile, bundle: true, format: 'esm', platform: 'node' },
    ...{ external: ['gatesign'], logLevel: 'warning' },
  })
  return import(outfile)
}
