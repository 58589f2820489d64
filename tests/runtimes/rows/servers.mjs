// Bundles for servers, as those of AWS Lambda: what is built runs alone in Node, away from node_modules.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WITHOUT_SIMD } from '../../lib/switches.mjs'
import { bin, warningIn } from '../lib/bundlers.mjs'
import { installed, versionOf } from '../lib/packages.mjs'
import { run } from '../lib/process.mjs'

const SOURCES = { '.': 'fixtures/node', smoke: 'smoke' }
const BUNDLE_ALL = { 'vite.config.mjs': 'export default { ssr: { noExternal: true } }\n' }

/**
 * @param {string} id
 * @param {keyof typeof NAMES} bundler
 * @param {string} how
 * @param {string[]} options for its command line
 * @param {string} built the file that it makes
 * @param {{ written?: { [file: string]: string }, node?: string[] }} [more] further files of the project,
 *   and options for Node
 */
function serverRow(id, bundler, how, options, built, { written, node = [] } = {}) {
  return {
    id,
    runtime: NAMES[bundler],
    how: `${how}, alone in Node 20`,
    async run({ project, gateway }) {
      const folder = project.folderWith(id, SOURCES, written)
      const { stdout, stderr } = await run(bin(bundler === 'webpack' ? 'webpack-cli' : bundler), options, {
        cwd: folder,
      })
      const alone = mkdtempSync(join(tmpdir(), 'gatesign-alone-'))
      try {
        cpSync(join(folder, 'dist', built), join(alone, built))
        const answer = await run(installed('node-20/bin/node'), [...node, built, gateway.url], {
          cwd: alone,
        })
        const { passed, failed } = JSON.parse(answer.stdout)
        const warning = warningIn(`${stdout}\n${stderr}`)
        if (warning) failed.push({ name: 'the bundler warns of nothing', error: warning })
        else passed.push('the bundler warns of nothing')
        return { passed, failed, version: versionOf(bundler) }
      } finally {
        rmSync(alone, { recursive: true, force: true })
      }
    },
  }
}

const NAMES = { esbuild: 'esbuild', webpack: 'webpack', vite: 'Vite' }
const forNode = (entry, file, ...more) => [
  entry,
  '--bundle',
  '--platform=node',
  `--outfile=dist/${file}`,
  ...more,
]

export const rows = [
  serverRow(
    'esbuild-node-esm',
    'esbuild',
    'platform=node, format=esm',
    forNode('import.mjs', 'main.mjs', '--format=esm'),
    'main.mjs',
  ),
  serverRow(
    'esbuild-node-cjs',
    'esbuild',
    'platform=node, format=cjs',
    forNode('import.mjs', 'main.cjs', '--format=cjs'),
    'main.cjs',
  ),
  serverRow(
    'webpack-node',
    'webpack',
    'target node',
    [
      '--mode',
      'production',
      '--target',
      'node',
      '--entry',
      './import.mjs',
      '-o',
      'dist',
      '--output-filename',
      'main.js',
    ],
    'main.js',
  ),
  serverRow('vite-ssr', 'vite', 'ssr build, noExternal', ['build', '--ssr', 'import.mjs'], 'import.mjs', {
    written: BUNDLE_ALL,
  }),
  serverRow(
    'esbuild-node-no-simd',
    'esbuild',
    'platform=node, format=esm, no WebAssembly SIMD: an error that says so',
    forNode('no-simd-alone.mjs', 'main.mjs', '--format=esm'),
    'main.mjs',
    { node: [WITHOUT_SIMD] },
  ),
]
