// The table of integrations as text, as rows of docs/figures.json, and as JSON.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../../../xtask/release/figures.mjs'

const TARGET = join(new URL('../../..', import.meta.url).pathname, 'target')

/**
 * @typedef {{ id: string, name: string, how: string, versions: string[], ms: number, passed: string[], failed: { name: string, error: string }[] }} Result
 */

const cells = (/** @type {Result} */ { name, versions, how, passed, failed }) => [
  name,
  versions.join(', ') || '–',
  how,
  failed.length === 0 ? `${passed.length} passed` : `${passed.length} passed, ${failed.length} failed`,
]

/** @param {Result[]} results */
export function lines(results) {
  return results.map(
    (result) => `${(result.ms / 1000).toFixed(1).padStart(6)} s  ${cells(result).join('  |  ')}`,
  )
}

/** @param {Result[]} results */
export function failures(results) {
  return results.flatMap(({ id, failed }) =>
    failed.map(({ name, error }) => `${id}: ${name}\n  ${error.replaceAll('\n', '\n  ')}`),
  )
}

/** Writes target/integrations.json. */
export function write(/** @type {Result[]} */ results) {
  mkdirSync(TARGET, { recursive: true })
  writeFileSync(join(TARGET, 'integrations.json'), `${JSON.stringify(results, null, 2)}\n`)
}

/** Puts the table into docs/figures.json and into the documents that show it. */
export function writeDocs(/** @type {Result[]} */ results) {
  const rows = results.map((result) => {
    const [name, version, how, checks] = cells(result)
    return { name, version, how, checks }
  })
  record('integrations', rows)
}
