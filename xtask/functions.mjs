// Prints how many bytes of a module's code come from each source file, and from other crates:
// node xtask/functions.mjs [gatesign|signer|v4a]
//
// Reads the module of the last `cargo xtask build`, with the names of its functions: inlined code counts for the
// function that contains it.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const module = process.argv[2] ?? 'signer'
const folder = mkdtempSync(join(tmpdir(), 'gatesign-'))
const options = readFileSync('xtask/wasm-opt.txt', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('-'))
const named = join(folder, 'named.wasm')
const optimizer = 'node_modules/binaryen/bin/wasm-opt'
const source = `target/bindgen/${module}/gatesign_bg.wasm`
// The build strips the names. Of a module without SIMD nothing uses the feature.
execFileSync(optimizer, [...options, '--enable-simd', '-g', source, '-o', named])
const bytes = readFileSync(named)
rmSync(folder, { recursive: true })

let at = 8

/** Reads a number in the format's encoding: seven bits in each byte, lowest first. */
function number() {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at]
    at += 1
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return value
  }
}

function text() {
  const length = number()
  at += length
  return bytes.toString('utf8', at - length, at)
}

/** @type {number[]} the bytes of each function */
const sizes = []
/** @type {string[]} their names; the modules import nothing, so both are in the same order */
const names = []
while (at < bytes.length) {
  const section = bytes[at]
  at += 1
  const end = number() + at
  if (section === 10) {
    for (let count = number(); count > 0; count -= 1) {
      const size = number()
      sizes.push(size)
      at += size
    }
  }
  if (section === 0 && text() === 'name') {
    while (at < end) {
      const kind = bytes[at]
      at += 1
      const next = number() + at
      if (kind === 1) for (let count = number(); count > 0; count -= 1) names[number()] = text()
      at = next
    }
  }
  at = end
}

/**
 * A function's crate and, for our own crates, its file: rustc writes each part of a path with its length before it, and
 * the type of an implementation as one part.
 *
 * @param {string} name
 */
function placeOf(name) {
  const length = /^_ZN(\d+)/.exec(name)?.[1]
  if (!length) return 'exports, and the standard library'
  const start = 3 + length.length
  const first = name.slice(start, start + Number(length))
  const [, crate, type] = /^(?:_\$LT\$)?(\w+)(?:\.\.(\w+))?/.exec(first) ?? []
  const after = /^(\d+)(.*)/.exec(name.slice(start + Number(length)))
  const file = type ?? after?.[2].slice(0, Number(after[1]))
  return crate?.startsWith('gatesign') ? `${crate}::${file}` : crate
}

/** @type {Map<string | undefined, number>} */
const places = new Map()
for (const [i, size] of sizes.entries()) {
  const place = placeOf(names[i] ?? '')
  places.set(place, (places.get(place) ?? 0) + size)
}
for (const [place, size] of [...places].sort((a, b) => b[1] - a[1]))
  console.log(String(size).padStart(7), place)
