// Builds the page and drives it in browsers, against the local gateway (GATEWAY_BIN).
//
//   node tests/run.mjs [WORD]     only files with WORD in their names

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { run as test } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'

const www = fileURLToPath(new URL('..', import.meta.url))
const [word = ''] = process.argv.slice(2)

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: www, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

run('node', ['scripts/build.mjs'])
run('node', ['scripts/size.mjs'])
const files = readdirSync(`${www}/tests/e2e`)
  .filter((name) => name.endsWith('.test.mjs') && name.includes(word))
  .map((name) => `${www}/tests/e2e/${name}`)
if (files.length === 0) throw new Error(`no file of tests/e2e has “${word}” in its name`)
let passed = 0
// Two browsers at a time are what two cores carry.
test({ files, concurrency: 2, timeout: 1_200_000 })
  .on('test:pass', ({ details }) => {
    if (details.type !== 'suite') passed++
  })
  .on('test:fail', () => {
    process.exitCode = 1
  })
  .compose(new spec())
  .on('end', () => console.log(`counted: ${passed} tests of the web tester in Chromium and Firefox`))
  .pipe(process.stdout)
