// The examples that are no pages: Node scripts and the Worker.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { API_KEY, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { startMoto } from '../lib/moto.mjs'
import { installed } from '../runtimes/lib/packages.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const EXAMPLES = join(ROOT, 'examples')

let gateway
before(async () => {
  gateway = await startGateway()
})
after(() => gateway?.stop())

const keys = () => ({
  AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
  AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey,
  AWS_REGION: REGION,
})

async function node(script, variables) {
  const env = { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', ...variables }
  const { stdout } = await promisify(execFile)(process.execPath, [join(EXAMPLES, script)], {
    env,
    timeout: 120_000,
  })
  return stdout
}

for (const script of ['node/sample.cjs', 'node/sample.mjs']) {
  test(script, async () => {
    assert.match(
      await node(script, { ...keys(), INVOKE_URL: `${gateway.url}/stage/movie_list` }),
      /The Matrix/,
    )
    const withKey = { API_KEY, INVOKE_URL: `${gateway.url}/stage/key/movie_list` }
    assert.match(await node(script, withKey), /The Matrix/)
  })
}

test('node/sample.cjs ends with 1 and the reason when it is refused', async () => {
  const refused = {
    ...keys(),
    AWS_SECRET_ACCESS_KEY: 'another',
    INVOKE_URL: `${gateway.url}/stage/movie_list`,
  }
  await assert.rejects(node('node/sample.cjs', refused), ({ code, stderr }) => {
    assert.equal(code, 1)
    assert.match(stderr, /SignatureDoesNotMatch: /)
    assert.match(stderr, /the secret key does not belong to this access key/)
    return true
  })
})

test('credential-providers', async () => {
  const told = await node('credential-providers/movies.mjs', {
    ...keys(),
    INVOKE_URL: `${gateway.url}/stage`,
  })
  assert.match(told, /^The Matrix$/m)
})

test('aws-sdk, against moto', async () => {
  const moto = await startMoto()
  try {
    const { accessKeyId, secretAccessKey } = moto.credentials
    const variables = { AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_REGION: REGION }
    const told = await node('aws-sdk/tables.mjs', { ...variables, AWS_SECRET_ACCESS_KEY: secretAccessKey })
    assert.match(told, /^0 tables/)
    await assert.rejects(node('aws-sdk/tables.mjs', { ...variables, AWS_SECRET_ACCESS_KEY: 'another' }))
  } finally {
    await moto.stop()
  }
})

test('cloudflare-worker, in workerd', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatesign-worker-'))
  // As Wrangler does: the script in one file for the conditions of Workers, the module next to it.
  await build({
    entryPoints: [join(EXAMPLES, 'cloudflare-worker/worker.mjs')],
    outfile: join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'modules',
        setup: (bundler) =>
          bundler.onResolve({ filter: /\.wasm$/ }, () => ({ path: './gatesign.wasm', external: true })),
      },
    ],
  })
  copyFileSync(join(ROOT, 'pkg/gatesign.wasm'), join(folder, 'gatesign.wasm'))
  const bindings = Object.entries({ ...keys(), INVOKE_URL: `${gateway.url}/stage` }).map(
    ([name, value]) => `(name = "${name}", text = "${value}")`,
  )
  writeFileSync(join(folder, 'config.capnp'), workerdConfig(bindings.join(', ')))
  const program = installed('@cloudflare/workerd-linux-64/bin/workerd', EXAMPLES)
  const stdio = ['ignore', 'inherit', 'inherit', 'pipe']
  const worker = spawn(program, ['serve', 'config.capnp', '--control-fd=3'], { cwd: folder, stdio })
  try {
    const [line] = await once(worker.stdio[3], 'data')
    const { port } = JSON.parse(String(line).split('\n')[0])
    const movies = await (await fetch(`http://127.0.0.1:${port}/`)).json()
    assert.ok(movies.some(({ title }) => title === 'The Matrix'))
    assert.equal((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' })).status, 405)
    await gateway.fault({ action: { type: 'status', status: 403 } })
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 502)
  } finally {
    worker.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

function workerdConfig(bindings) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "internet", network = (allow = ["local"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js"), (name = "gatesign.wasm", wasm = embed "gatesign.wasm")],
  bindings = [${bindings}],
  compatibilityDate = "2025-01-01",
);
`
}
