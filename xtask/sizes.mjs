// Prints what each entry costs to download: node xtask/sizes.mjs [FOLDER] [--json] [--check] [--parts] [--write]
//
// --parts shows the module and the code of a script separately. --write puts the sizes into docs/figures.json.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { added, bundled } from './added.mjs'
import { record } from './release/figures.mjs'

const folder = process.argv[2] ?? 'pkg'

/**
 * Each entry with everything that it loads, and its limit in bytes after brotli: lower the limit when something was
 * saved. `--check` fails above it.
 */
const DOWNLOADS = [
  {
    name: 'gatesign (browser)',
    files: ['web.mjs', 'client.mjs', 'reason.mjs', 'diagnose.mjs'],
    budget: 48_100,
  },
  {
    name: 'gatesign/slim',
    files: ['slim.mjs', 'slim-client.mjs', 'reason.mjs', 'diagnose.mjs', 'gatesign.wasm'],
    budget: 47_400,
  },
  { name: 'gatesign/signer', files: ['signer.mjs'], budget: 19_600 },
  { name: 'gatesign/v4a', files: ['v4a.mjs'], budget: 28_000 },
  { name: 'gatesign/diagnose', files: ['diagnose.mjs', 'reason.mjs'], budget: 9_500 },
  { name: 'gatesign/global', files: ['global.js'], budget: 46_350 },
  { name: 'gatesign/streams', files: ['streams.mjs'], budget: 7_700 },
  { name: 'gatesign/events', files: ['events.mjs'], budget: 1_200 },
  { name: 'gatesign/sdk', files: ['sdk.mjs'], budget: 2_650 },
  { name: 'gatesign/sigv4client', files: ['sigv4client-web.mjs', 'signer.mjs'], budget: 20_650 },
  { name: 'gatesign/axios', files: ['axios.mjs'], budget: 800 },
  { name: 'gatesign/undici', files: ['undici.mjs'], budget: 700 },
  { name: 'gatesign/appsync', files: ['appsync.mjs'], budget: 700 },
  { name: 'gatesign.wasm', files: ['gatesign.wasm'], budget: 25_600 },
]

/** A bundler's output for an import of the main entry, and its limit. */
const IMPORTS = [
  { name: 'import { newClient }', budget: 41_400 },
  { name: 'import { createSigner }', budget: 43_000 },
  { name: 'import { diagnose }', budget: 8_700 },
]

function sizesOf(contents) {
  const total = (size) => contents.reduce((sum, content) => sum + size(content), 0)
  return {
    raw: total((content) => content.length),
    gzip: total((content) => gzipSync(content, { level: 9 }).length),
    brotli: total(
      (content) =>
        brotliCompressSync(content, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
          },
        }).length,
    ),
  }
}

const rows = [
  ...DOWNLOADS.map(({ name, files, budget }) => ({
    name,
    budget,
    ...sizesOf(files.map((file) => readFileSync(`${folder}/${file}`))),
  })),
  ...(await Promise.all(
    IMPORTS.map(async ({ name, budget }) => {
      const contents = `${name} from './web.mjs'\nglobalThis.used = ${name.split(' ')[2]}`
      return { name, budget, ...sizesOf([await bundled(contents, resolve(folder))]) }
    }),
  )),
  ...(await added(resolve(folder), sizesOf)),
]
/** The module's text: no other literal in a script is as long. */
const LITERAL = /(["`])(?:(?!\1)[^\\]){20000,}\1/

function partsOf(file) {
  const script = readFileSync(`${folder}/${file}`, 'latin1')
  const [text = ''] = LITERAL.exec(script) ?? []
  const size = (part) => sizesOf([Buffer.from(part, 'latin1')]).brotli
  return `${file.padEnd(26)}${String(size(text)).padStart(10)}${String(size(script.replace(text, '``'))).padStart(10)}`
}

if (process.argv.includes('--parts')) {
  console.log(`${'after brotli'.padEnd(26)}${'module'.padStart(10)}${'scripts'.padStart(10)}`)
  for (const file of ['client.mjs', 'signer.mjs', 'v4a.mjs']) console.log(partsOf(file))
} else if (process.argv.includes('--json')) {
  console.log(JSON.stringify(rows))
} else {
  console.log(
    'download'.padEnd(26) + ['raw', 'gzip', 'brotli', 'at most'].map((head) => head.padStart(10)).join(''),
  )
  for (const { name, raw, gzip, brotli, budget } of rows) {
    console.log(
      name.padEnd(26) + [raw, gzip, brotli, budget].map((size) => String(size).padStart(10)).join(''),
    )
  }
}
if (process.argv.includes('--write')) record('downloads', rows)
if (process.argv.includes('--check')) {
  const over = rows.filter(({ brotli, budget }) => brotli > budget)
  for (const { name, brotli, budget } of over) {
    console.error(
      `${name} is ${brotli} bytes after brotli, ${brotli - budget} more than it may be (xtask/sizes.mjs)`,
    )
  }
  if (over.length > 0) process.exitCode = 1
  console.log(`counted: ${rows.length} sizes`)
}
