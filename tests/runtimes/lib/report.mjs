// The matrix as text, as rows of docs/figures.json, and as JSON.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../../../xtask/release/figures.mjs'

const ROOT = new URL('../../..', import.meta.url).pathname
const TARGET = join(ROOT, 'target')

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

/** Writes target/matrix.json. */
export function write(/** @type {Result[]} */ results) {
  mkdirSync(TARGET, { recursive: true })
  writeFileSync(join(TARGET, 'matrix.json'), `${JSON.stringify(results, null, 2)}\n`)
}

/** Puts the matrix into docs/figures.json and into the documents that show it. */
export function writeDocs(/** @type {Result[]} */ results) {
  const rows = results.map((result) => {
    const [runtime, version, how, checks] = cells(result)
    return { runtime, version, how, checks }
  })
  record('runtimes', rows)
}
