// What the page loads at first, as brotli makes it. Ends with 1 above the limit.
//
//   node scripts/size.mjs [FOLDER]

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

/** Bytes of page, styles, script and wasm. */
export const LIMIT = 85_000

/** The files that index.html brings: its own script, what that imports at once, styles and the signer. */
export function firstFiles(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
  const found = new Set(['index.html'])
  const visit = (key) => {
    const chunk = manifest[key]
    if (found.has(chunk.file)) return
    found.add(chunk.file)
    for (const name of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) found.add(name)
    for (const name of chunk.imports ?? []) visit(name)
  }
  visit('index.html')
  for (const name of readdirSync(join(folder, 'assets')))
    if (name.endsWith('.wasm')) found.add(`assets/${name}`)
  // The module without SIMD is loaded in place of the other, by few browsers.
  return [...found].filter((name) => !name.includes('nosimd'))
}

export const brotliSize = (bytes) => brotliCompressSync(bytes).length

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url))
  let sum = 0
  for (const name of firstFiles(folder)) {
    const bytes = readFileSync(join(folder, name))
    const small = brotliSize(bytes)
    sum += small
    console.log(`${name.padEnd(44)} ${String(bytes.length).padStart(8)} ${String(small).padStart(8)}`)
  }
  console.log(`${'first load, brotli'.padEnd(53)} ${String(sum).padStart(8)} of ${LIMIT}`)
  if (sum > LIMIT) process.exitCode = 1
}
