// Prints what a GET signature is made of, part by part, in Node and in Chromium: node benches/floor.mjs [--node]
//
// How near a goal can be is told by its parts: the blocks of SHA-256 are hashed whoever writes the rest.

import { readFileSync } from 'node:fs'
import { inPage } from './chromium.mjs'
import { parts } from './floor-parts.mjs'

const MODULE = new URL('../pkg/gatesign.wasm', import.meta.url)

const PAGE = `
import * as slim from '../pkg/slim.mjs'
import { parts } from './floor-parts.mjs'
globalThis.bench = async (module) => parts(slim, Uint8Array.from(atob(module), (byte) => byte.charCodeAt(0)))
`

const print = (where, rows) => {
  console.log(where)
  for (const [name, time] of rows) console.log(`  ${name.padEnd(60)}${time.toFixed(2).padStart(8)} µs`)
}

const module = readFileSync(MODULE)
print(`Node ${process.version}`, await parts(await import('../pkg/slim.mjs'), module))
if (!process.argv.includes('--node')) {
  const { version, results } = await inPage(PAGE, [module.toString('base64')])
  print(`Chromium ${version}`, results[0])
}
