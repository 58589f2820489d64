// Every document shows the figures of docs/figures.json, and no others.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

test('the documents show the figures of the last run', () => {
  const figures = JSON.parse(readFileSync(`${ROOT}/docs/figures.json`, 'utf8'))
  assert.ok(figures.bench.rows.length > 50 && figures.runtimes.length > 50)
  execFileSync(process.execPath, ['xtask/release/figures.mjs', '--check'], { cwd: ROOT })
  const text = readFileSync(`${ROOT}/docs/benchmarks.md`, 'utf8')
  for (const { name, value } of figures.bench.rows) {
    const cells = value.split(', ').some((part) => text.includes(part))
    assert.ok(cells && text.includes(name), `docs/benchmarks.md does not show ${name}: ${value}`)
  }
})
