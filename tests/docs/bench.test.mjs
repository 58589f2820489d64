// The README's short table of a run says what its long one says.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { tables } from '../../benches/tables.mjs'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

test('both tables are of the same run', () => {
  const [, text] = /<!-- bench -->\n[^\n]+\n\n([\s\S]*)\n<!-- \/bench -->/.exec(README)
  const rows = Array.from(text.matchAll(/^\| ((?:Node|Chromium|native|download) \|.*) \|$/gm), ([, line]) => {
    const [where, what, name, value, ratio] = line.split('|').map((cell) => cell.trim())
    return { where, what, name, value, ratio }
  })
  assert.ok(rows.length > 50)
  assert.equal(text, tables(rows))
})
