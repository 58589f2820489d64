// The sizes of the package that docs/comparison.md names, within a tenth.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const DOCUMENT = readFileSync(new URL('../../docs/comparison.md', import.meta.url), 'utf8')
const PACKAGE = fileURLToPath(new URL('../../pkg', import.meta.url))

test('how large the package and the tester in it are', () => {
  const told = /([\d.]+) of its ([\d.]+) MB when installed,\s+(\d+) KB packed/.exec(DOCUMENT)
  assert.ok(told, 'docs/comparison.md names them')
  const packed = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: PACKAGE }))
  const [{ size, unpackedSize, files }] = Object.values(packed)
  const ofTester = files
    .filter(({ path }) => path.startsWith('tester/'))
    .reduce((sum, { size }) => sum + size, 0)
  const found = [ofTester / 1e6, unpackedSize / 1e6, size / 1e3]
  for (const [index, value] of found.entries()) {
    const says = Number(told[index + 1])
    assert.ok(
      Math.abs(says - value) <= value / 10,
      `docs/comparison.md says ${told[index + 1]}, it is ${value}`,
    )
  }
})
