// Prints how long a GET for a set of regions (SigV4a) takes next to @smithy/signature-v4a, in turn: node benches/regions.mjs

import { createRequire } from 'node:module'
import { interleaved } from './measure.mjs'
import { NodeSha256 } from './node-sha256.mjs'
import { signersForRegions } from './signers.mjs'

const require = createRequire(import.meta.url)
const cases = signersForRegions({
  v4a: require('gatesign/v4a'),
  smithyV4a: require('@smithy/signature-v4a'),
  hashes: { 'Node crypto': NodeSha256 },
})
const [ours, theirs] = await interleaved(cases, { rounds: 101, ms: 20 })
for (const { name, median, low, high, least } of [ours, theirs]) {
  const [middle, from, to, shortest] = [median, low, high, least].map((time) => time.toFixed(1))
  console.log(`${name}: ${middle} µs (${from} to ${to}), the shortest round ${shortest}`)
}
console.log(
  `smithy's is ${(theirs.median / ours.median).toFixed(2)} × ours; by the shortest rounds ${(theirs.least / ours.least).toFixed(2)} ×`,
)
