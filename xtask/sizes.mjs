// Prints what each entry costs to download: node xtask/sizes.mjs [FOLDER] [--json]

import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = process.argv[2] ?? 'pkg'

/** An entry and what it loads beside itself. */
const DOWNLOADS = {
  'gatesign (browser)': ['web.mjs'],
  'gatesign/slim': ['slim.mjs', 'gatesign.wasm'],
  'gatesign/global': ['global.js'],
  'gatesign.wasm': ['gatesign.wasm'],
}

export function sizes() {
  return Object.entries(DOWNLOADS).map(([name, files]) => {
    const contents = files.map((file) => readFileSync(`${folder}/${file}`))
    const total = (size) => contents.reduce((sum, content) => sum + size(content), 0)
    return {
      name,
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
  })
}

const rows = sizes()
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(rows))
} else {
  console.log('download'.padEnd(22) + ['raw', 'gzip', 'brotli'].map((head) => head.padStart(10)).join(''))
  for (const { name, raw, gzip, brotli } of rows) {
    console.log(name.padEnd(22) + [raw, gzip, brotli].map((size) => String(size).padStart(10)).join(''))
  }
}
