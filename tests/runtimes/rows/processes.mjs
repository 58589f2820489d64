// Runtimes without a page: Node, Deno, Bun and workerd.

import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { build } from 'esbuild'
import { WITHOUT_SIMD } from '../../lib/switches.mjs'
import { installed } from '../lib/packages.mjs'
import { run, start } from '../lib/process.mjs'

const COPIES = { '.': 'fixtures/node', smoke: 'smoke' }

/** A way to load the package, and the script that does. */
const BY = {
  require: 'require.cjs',
  import: 'import.mjs',
  slim: 'slim.mjs',
  thread: 'thread.mjs',
  copies: 'copies.cjs',
  'no-simd': 'no-simd.mjs',
}
const HOW = {
  require: 'require',
  import: 'import',
  slim: 'import of gatesign/slim',
  thread: 'import in a worker thread',
  copies: 'two copies side by side',
  'no-simd': 'import, no WebAssembly SIMD: the module without it',
}

/**
 * @param {string} id
 * @param {string} runtime its name in the table
 * @param {string} program
 * @param {string[]} options come before the script
 * @param {(keyof typeof BY)[]} ways
 */
function processRows(id, runtime, program, options, ways, env = {}) {
  return ways.map((way) => ({
    id: `${id}-${way}`,
    runtime,
    how: HOW[way],
    async run({ project, gateway }) {
      const cwd = project.folderWith('node', COPIES)
      const version = await run(program, ['--version'], { env })
      const { stdout } = await run(program, [...options, BY[way], gateway.url], { cwd, env })
      return { ...JSON.parse(stdout), version: /\d+\.\d+\.\d+/.exec(version.stdout)?.[0] }
    },
  }))
}

const node = (major, ways, options = []) =>
  processRows(`node-${major}`, `Node ${major}`, installed(`node-${major}/bin/node`), options, ways)

const withoutSimd = (major) => node(major, ['no-simd'], [WITHOUT_SIMD])

/** As Wrangler does: bundled for the conditions of Workers, with the module next to the bundle. */
function workerdRow(id, script, how) {
  return {
    id,
    runtime: 'workerd',
    how,
    async run({ project, gateway }) {
      const program = installed('@cloudflare/workerd-linux-64/bin/workerd')
      const folder = project.folderWith(id, { '.': 'fixtures/workerd', smoke: 'smoke' })
      await build({
        entryPoints: [`${folder}/${script}`],
        outfile: `${folder}/worker.js`,
        bundle: true,
        format: 'esm',
        conditions: ['workerd', 'worker', 'browser'],
        logLevel: 'silent',
        plugins: [{ name: 'modules', setup: keepModules }],
      })
      copyFileSync(`${project.installed}/gatesign.wasm`, `${folder}/gatesign.wasm`)
      const version = (await run(program, ['--version'])).stdout.trim().replace('workerd ', '')
      const worker = start(program, ['serve', 'config.capnp', '--control-fd=3'], {
        cwd: folder,
        stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
      })
      try {
        const port = await listeningPort(worker)
        const response = await fetch(`http://127.0.0.1:${port}/?gateway=${encodeURIComponent(gateway.url)}`)
        if (!response.ok) throw new Error(`the worker answered ${response.status}: ${await response.text()}`)
        return { ...(await response.json()), version }
      } finally {
        worker.kill('SIGKILL')
      }
    },
  }
}

/** `.wasm` imports stay imports; workerd makes a module of each. */
function keepModules(bundler) {
  bundler.onResolve({ filter: /\.wasm$/ }, () => ({ path: './gatesign.wasm', external: true }))
}

async function listeningPort(worker) {
  const ended = once(worker, 'exit').then(([code]) =>
    Promise.reject(new Error(`workerd ended with code ${code}`)),
  )
  const told = once(worker.stdio[3], 'data').then(([text]) => JSON.parse(String(text).split('\n')[0]).port)
  ended.catch(() => {})
  return Promise.race([told, ended])
}

export const rows = [
  ...node(20, ['require', 'import']),
  ...node(22, ['require', 'import']),
  ...node(24, ['require', 'import']),
  ...node(26, ['require', 'import', 'slim', 'thread', 'copies']),
  ...withoutSimd(20),
  ...withoutSimd(26),
  ...processRows(
    'deno',
    'Deno',
    installed('@deno/linux-x64-glibc/deno'),
    ['run', '--no-remote', '--no-lock', '--allow-net=127.0.0.1', '--allow-read'],
    ['require', 'import'],
    { DENO_NO_UPDATE_CHECK: '1' },
  ),
  ...processRows('bun', 'Bun', installed('@oven/bun-linux-x64/bin/bun'), ['run'], ['require', 'import'], {
    DO_NOT_TRACK: '1',
  }),
  workerdRow('workerd', 'worker.mjs', 'import'),
  workerdRow('workerd-slim', 'slim.mjs', 'import of gatesign/slim, init(module)'),
]
