// Measures, prints every row and writes target/bench/*.json: node benches/run.mjs [--quick] [--write]
//
// `cargo xtask bench` builds what it needs and starts it. --write puts the run into docs/figures.json and into the
// documents that show it.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { record } from '../xtask/release/figures.mjs'
import { callMemory, calls, memory, stall, starts } from './calls.mjs'
import { chromium } from './chromium.mjs'
import { interleaved } from './measure.mjs'
import { NodeSha256 } from './node-sha256.mjs'
import { BODIES, presigners, signers, signersForRegions } from './signers.mjs'

const quick = process.argv.includes('--quick')
const require = createRequire(import.meta.url)
const effort = quick ? { rounds: 5, ms: 30 } : { rounds: 21, ms: 100 }

const peers = {
  gatesign: require('gatesign'),
  aws4: require('aws4'),
  aws4fetch: require('aws4fetch'),
  smithy: require('@smithy/signature-v4'),
  smithyV4a: require('@smithy/signature-v4a'),
  v4a: require('gatesign/v4a'),
  hashes: { 'sha256-js': require('@aws-crypto/sha256-js').Sha256, 'Node crypto': NodeSha256 },
}

const rows = []
const line = (where, what, name, value, ratio) => rows.push({ where, what, name, value, ratio })

function times(where, what, results, unit = 'µs') {
  const [ours] = results
  for (const result of results) {
    const { name, median, low, high } = result
    const text = `${short(median)} ${unit} (${short(low)} to ${short(high)})`
    line(where, what, name, text, result === ours ? '' : `${(median / ours.median).toFixed(1)} ×`)
  }
}

/** The crate next to aws-sigv4, by benches/native. */
function native() {
  const program = process.env.NATIVE_BENCH
  if (!program) throw new Error('NATIVE_BENCH must name the program native-bench (cargo xtask bench sets it)')
  return JSON.parse(execFileSync(program, [String(effort.rounds), String(effort.ms)], { encoding: 'utf8' }))
}

const short = (number) =>
  number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2)

const report = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, effort }

report.sign = {}
for (const [name, body] of Object.entries(BODIES)) {
  const cases = signers(peers, body)
  if (body instanceof Uint8Array) {
    cases.push({ name: 'the hash alone', run: () => createHash('sha256').update(body).digest('hex') })
  }
  report.sign[name] = await interleaved(cases, body instanceof Uint8Array ? { ...effort, rounds: 5 } : effort)
  times('Node', `sign ${name}`, report.sign[name])
}
report.presign = await interleaved(presigners(peers), effort)
times('Node', 'presign GET', report.presign)

report.regions = await interleaved(signersForRegions(peers), effort)
times('Node', 'sign GET for a set of regions (SigV4a)', report.regions)

const inBrowser = await chromium(['GET', 'POST 1 KB', 'POST 64 KB', 'presign'], effort)
report.chromium = inBrowser
for (const [name, results] of Object.entries(inBrowser.results)) {
  times('Chromium', name === 'presign' ? 'presign GET' : `sign ${name}`, results)
}

report.native = native()
for (const [name, results] of Object.entries(report.native)) times('native', `sign ${name}`, results)

report.start = starts({ rounds: quick ? 5 : 15 })
times('Node', 'import and first signature', report.start, 'ms')

report.calls = await calls(quick ? { rounds: 3, count: 300 } : { rounds: 9, count: 2000 })
for (const { name, concurrency, cpu, rate } of report.calls) {
  const ours = report.calls.find((row) => row.name === 'gatesign' && row.concurrency === concurrency)
  const what = `invokeApi, ${concurrency} at a time`
  const ratio = name === 'gatesign' ? '' : `${(cpu.median / ours.cpu.median).toFixed(2)} × CPU`
  line('Node', what, name, `${short(cpu.median)} µs CPU, ${short(rate.median)} calls/s`, ratio)
}

report.stall = await stall({ rounds: quick ? 5 : 21 })
const held = `${short(report.stall.median)} ms (${short(report.stall.low)} to ${short(report.stall.high)})`
line('Node', 'event loop held by a client that signs 10 MB', 'gatesign', held, '')

report.memory = memory(quick ? 100_000 : 1_000_000)
report.callMemory = await callMemory(quick ? 10_000 : 100_000)
for (const [what, { warm, after }] of [
  [`memory, ${report.memory.signatures} signatures`, report.memory],
  [`memory, ${report.callMemory.count} calls of invokeApi`, report.callMemory],
]) {
  const grown = (part) => ((after[part] - warm[part]) / 2 ** 20).toFixed(1)
  const text = `${grown('heapUsed')} MB of heap, ${grown('external')} MB of module and buffers, ${grown('rss')} MB of process more than after a tenth`
  line('Node', what, 'gatesign', text, '')
}

report.sizes = JSON.parse(execFileSync('node', ['xtask/sizes.mjs', 'pkg', '--json'], { encoding: 'utf8' }))

const heading = `Node ${process.version}, Chromium ${inBrowser.version}, ${report.cpu}, ${report.date.slice(0, 10)}: \`cargo xtask bench\`.`
console.log(heading)
for (const row of rows) console.log(Object.values(row).join(' | '))

const folder = process.env.BENCH_OUT ?? 'target/bench'
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/native.json`, `${JSON.stringify(report.native, null, 2)}\n`)
writeFileSync(`${folder}/${quick ? 'quick' : 'full'}.json`, `${JSON.stringify(report, null, 2)}\n`)

if (process.argv.includes('--write')) {
  record('bench', { heading, rows })
  record('downloads', report.sizes)
}
