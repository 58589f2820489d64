// Writes the figures of docs/figures.json into the documents that show them: node xtask/release/figures.mjs [--check]
//
// `cargo xtask bench --write`, `node xtask/sizes.mjs pkg --write`, `tests/runtimes/run.mjs --write-docs` and
// `tests/integrations/run.mjs --write-docs` write their part of docs/figures.json and then run this. A document shows a
// table between `<!-- figures: NAME -->` and `<!-- /figures -->`; no figure is typed by hand. --check writes nothing
// and fails if a document shows other figures.

import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const ROOT = new URL('../../', import.meta.url)
const FIGURES = new URL('docs/figures.json', ROOT)
const DOCUMENTS = [
  'README.md',
  'README.ko.md',
  'docs/benchmarks.md',
  'docs/runtimes.md',
  'docs/comparison.md',
  'docs/integrations.md',
]
const MARKED = /(<!-- figures: ([\w-]+) -->\n)[\s\S]*?(<!-- \/figures -->)/g

/** Rows of the short table: the text, the measurement, and the part of its value to show. */
const SHORT = [
  ['sign a GET in Node', 'Node', 'sign GET', time],
  ['sign a GET in Chromium', 'Chromium', 'sign GET', time],
  ['sign a POST of 64 KB in Node', 'Node', 'sign POST 64 KB', time],
  ['import and first signature in Node', 'Node', 'import and first signature', time],
  ['`invokeApi`, 64 at a time', 'Node', 'invokeApi, 64 at a time', (value) => value.split(', ')[1]],
]
const NAMES = [
  'gatesign',
  'aws4',
  'aws4fetch',
  'smithy + sha256-js',
  'smithy + Node crypto',
  'aws-api-gateway-client',
]

function time(value) {
  return value.split(' (')[0]
}

const row = (cells) => `| ${cells.join(' | ')} |`
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

/** The tables that a document can show, by name. */
const SHOWN = {
  /** The figures that readers look for first. */
  short({ bench }) {
    const rows = SHORT.map(([text, where, what, shown]) => [
      text,
      ...NAMES.map((name) => {
        const found = bench.rows.find((row) => row.where === where && row.what === what && row.name === name)
        return found ? shown(found.value) : ''
      }),
    ])
    return `${bench.heading}\n\n${table(['', ...NAMES], rows)}`
  },

  /** The download size of each entry. */
  downloads({ downloads }) {
    const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`
    const rows = downloads.map(({ name, raw, gzip, brotli }) => [name, ...[raw, gzip, brotli].map(kilobytes)])
    return table(['download', 'raw', 'gzip', 'brotli'], rows)
  },

  /** Every measurement except the downloads. */
  bench({ bench }) {
    const rows = bench.rows.map(({ where, what, name, value, ratio }) => [where, what, name, value, ratio])
    return `${bench.heading}\n\n${table(['where', 'what', '', 'median (middle half)', 'compared with gatesign'], rows)}`
  },

  /** The matrix of runtimes. */
  runtimes({ runtimes }) {
    const rows = runtimes.map(({ runtime, version, how, checks }) => [runtime, version, how, checks])
    return table(['Runtime', 'Version', 'Loaded by', 'Checks'], rows)
  },

  /** Other packages through which the package is called. */
  integrations({ integrations }) {
    const rows = integrations.map(({ name, version, how, checks }) => [name, version, how, checks])
    return table(['Package', 'Version', 'How', 'Checks'], rows)
  },
}

/**
 * Replaces a part of docs/figures.json and writes it into the documents.
 *
 * @param {'bench' | 'downloads' | 'runtimes' | 'integrations'} part
 * @param {unknown} value
 */
export function record(part, value) {
  const figures = JSON.parse(readFileSync(FIGURES, 'utf8'))
  writeFileSync(FIGURES, `${JSON.stringify({ ...figures, [part]: value }, null, 2)}\n`)
  show(false)
}

/** Writes the documents, or returns the names of those that show other figures. */
function show(onlyCheck) {
  const figures = JSON.parse(readFileSync(FIGURES, 'utf8'))
  const differ = []
  for (const name of DOCUMENTS) {
    const path = new URL(name, ROOT)
    const text = readFileSync(path, 'utf8')
    const shown = text.replace(MARKED, (_, start, part, end) => {
      if (!Object.hasOwn(SHOWN, part)) throw new Error(`${name}: there are no figures called ${part}`)
      return `${start}\n${SHOWN[part](figures)}\n\n${end}`
    })
    if (shown === text) continue
    differ.push(name)
    if (!onlyCheck) writeFileSync(path, shown)
  }
  return differ
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check')
  const differ = show(check)
  console.log(
    differ.length === 0
      ? 'the documents show docs/figures.json'
      : `${check ? 'differ' : 'written'}: ${differ.join(', ')}`,
  )
  if (check && differ.length > 0) process.exitCode = 1
}
