// Builds the page and drives it in browsers, against the local gateway (GATEWAY_BIN).
//
//   node tests/run.mjs [WORD]     only files with WORD in their names

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const www = fileURLToPath(new URL('..', import.meta.url))
const [word = ''] = process.argv.slice(2)

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: www, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

run('node', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
run('node', ['scripts/size.mjs'])
const files = readdirSync(`${www}/tests/e2e`).filter((name) => name.endsWith('.test.mjs') && name.includes(word))
// Two browsers at a time are what two cores carry.
const test = ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-timeout=240000']
run('node', [...test, ...files.map((name) => `tests/e2e/${name}`)])
console.log(`counted: ${files.length} files of tests in browsers`)
