// The matrix as text, as Markdown for the README, and as JSON.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const TARGET = new URL('../../../target', import.meta.url).pathname
const HEAD = ['Runtime', 'Version', 'Loaded by', 'Checks']

/**
 * @typedef {{ id: string, runtime: string, how: string, version?: string, ms: number, passed: string[], failed: { name: string, error: string }[] }} Result
 */

const cells = (/** @type {Result} */ { runtime, version, how, passed, failed }) => [
  runtime,
  version ?? '?',
  how,
  failed.length === 0 ? `${passed.length} passed` : `${passed.length} passed, ${failed.length} failed`,
]

/** @param {Result[]} results */
export function table(results) {
  const rows = [HEAD, ...results.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** @param {Result[]} results */
export function failures(results) {
  const lines = results.flatMap(({ id, failed }) =>
    failed.map(({ name, error }) => `${id}: ${name}\n  ${error.replaceAll('\n', '\n  ')}`),
  )
  return lines.join('\n')
}

/** Writes target/matrix.json and target/matrix.md. */
export function write(/** @type {Result[]} */ results) {
  mkdirSync(TARGET, { recursive: true })
  writeFileSync(join(TARGET, 'matrix.json'), `${JSON.stringify(results, null, 2)}\n`)
  const line = (row) => `| ${row.join(' | ')} |`
  const markdown = [line(HEAD), line(HEAD.map(() => '---')), ...results.map((result) => line(cells(result)))]
  writeFileSync(join(TARGET, 'matrix.md'), `${markdown.join('\n')}\n`)
}
