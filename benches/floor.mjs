// Prints what a GET signature is made of, part by part, in Node and in Chromium, and next to it what others take for
// the same in the same run: node benches/floor.mjs [--node]
//
// How near a goal can be is told by its parts: the blocks of SHA-256 are hashed whoever writes the rest.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inPage } from './chromium.mjs'
import { parts } from './floor-parts.mjs'
import { interleaved } from './measure.mjs'
import { signers } from './signers.mjs'

const require = createRequire(import.meta.url)
const MODULE = new URL('../pkg/gatesign.wasm', import.meta.url)
const EFFORT = { rounds: 101, ms: 5 }

const PAGE = `
import * as slim from '../pkg/slim.mjs'
import * as gatesign from '../pkg/web.mjs'
import * as aws4fetch from 'aws4fetch'
import { parts } from './floor-parts.mjs'
import { interleaved } from './measure.mjs'
import { signers } from './signers.mjs'
globalThis.bench = async (module) => [
  await parts(slim, Uint8Array.from(atob(module), (byte) => byte.charCodeAt(0))),
  await interleaved(signers({ gatesign, aws4fetch }), ${JSON.stringify(EFFORT)}),
]
`

function print(where, [{ rows, floor }, others]) {
  const line = (name, time, more = '') =>
    console.log(`  ${name.padEnd(60)}${time.toFixed(2).padStart(8)} µs${more}`)
  const [ours] = others
  console.log(`${where}: the shortest of many rounds`)
  for (const [name, time] of rows) line(name, time)
  line('the least: its blocks, and an empty call with its texts', floor)
  console.log(`${where}: the shortest of ${EFFORT.rounds} rounds next to one another`)
  for (const { name, least } of others) {
    const ratio = `${(least / ours.least).toFixed(1)} × gatesign's`.padStart(20)
    line(name, least, ratio + `${(least / floor).toFixed(1)} × the least`.padStart(20))
  }
}

const module = readFileSync(MODULE)
const peers = { gatesign: require('gatesign'), aws4: require('aws4'), aws4fetch: require('aws4fetch') }
const inNode = await parts(await import('../pkg/slim.mjs'), module)
print(`Node ${process.version}`, [inNode, await interleaved(signers(peers), EFFORT)])
if (!process.argv.includes('--node')) {
  const { version, results } = await inPage(PAGE, [module.toString('base64')])
  print(`Chromium ${version}`, results[0])
}
