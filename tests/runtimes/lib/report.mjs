// The matrix as text, as Markdown for the README, and as JSON.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = new URL('../../..', import.meta.url).pathname
const TARGET = join(ROOT, 'target')

/** Documents that show the matrix, between these markers. */
const DOCUMENTS = ['docs/runtimes.md', 'README.md']
const MARKED = /(<!-- matrix -->\n)[\s\S]*?(<!-- \/matrix -->)/

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
  writeFileSync(join(TARGET, 'matrix.md'), markdown(results))
}

/** Refreshes the table in the documents that have markers for it. */
export function writeDocs(/** @type {Result[]} */ results) {
  for (const name of DOCUMENTS) {
    const path = join(ROOT, name)
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (MARKED.test(text)) {
      writeFileSync(
        path,
        text.replace(MARKED, (_, start, end) => `${start}\n${markdown(results)}\n${end}`),
      )
      console.log(`wrote the table in ${name}`)
    } else {
      console.log(`no <!-- matrix --> markers in ${name}: left as it is`)
    }
  }
}

function markdown(/** @type {Result[]} */ results) {
  const line = (row) => `| ${row.join(' | ')} |`
  const lines = [line(HEAD), line(HEAD.map(() => '---')), ...results.map((result) => line(cells(result)))]
  return `${lines.join('\n')}\n`
}
