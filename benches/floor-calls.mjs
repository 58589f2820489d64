// Prints what a call of invokeApi costs the CPU of its process next to a bare fetch, 64 at a time, and what of it is
// whose, by V8's profile: node benches/floor-calls.mjs [ROUNDS] [CALLS]
//
// Any signature costs some of it: fetch next to one that is thrown away is the least that a signed call can cost.

import { Session } from 'node:inspector/promises'
import { createRequire } from 'node:module'
import { startGateway } from '../tests/lib/gateway.mjs'
import { load } from './calls.mjs'
import { middle } from './measure.mjs'

const require = createRequire(import.meta.url)
const { createSigner, newClient } = require('gatesign')
const aws4 = require('aws4')

const [rounds = 9, count = 2000] = process.argv.slice(2).map(Number)
const IDENTITY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const SCOPE = { region: 'us-east-1', service: 'execute-api' }
const PATH = '/stage/open/movie_list'
const CONCURRENCY = 64

const gateway = await startGateway()
const client = newClient({
  invokeUrl: `${gateway.url}/stage/open`,
  accessKey: IDENTITY.accessKeyId,
  secretKey: IDENTITY.secretAccessKey,
  region: SCOPE.region,
})
const signer = createSigner({ ...IDENTITY, ...SCOPE })
const { url, headers } = await client.sign({ pathTemplate: '/movie_list' })
const { host } = new URL(url)

/** What bare fetch sends is as large as a signed request, and is read as far. */
const bare = () => fetch(url, { headers }).then((response) => response.json())
const cases = {
  'bare fetch': bare,
  'fetch, and a signature of aws4 thrown away': () => {
    aws4.sign({ host, path: PATH, headers: { accept: 'application/json' }, ...SCOPE }, IDENTITY)
    return bare()
  },
  'fetch, and one of createSigner thrown away': () => {
    signer.sign({ url, headers: { accept: 'application/json' } })
    return bare()
  },
  'client.fetch': () => client.fetch(url).then((response) => response.json()),
  invokeApi: () => client.invokeApi({}, '/movie_list', 'GET'),
}

/** The modules of WebAssembly that fetch itself runs: Node's has its parser of HTTP in one. */
const ofFetch = new Set()

/** Whose a function of V8's profile is. */
function ownerOf({ functionName, url: script }) {
  if (script.startsWith('wasm:'))
    return ofFetch.has(script) ? "Node's scripts and its fetch" : "gatesign's module"
  if (script.includes('/pkg/')) return "gatesign's scripts"
  if (script.startsWith('node:')) return "Node's scripts and its fetch"
  if (functionName === '(garbage collector)') return 'garbage collection'
  return functionName === '(idle)' ? 'idle' : 'native code of the process, and what V8 cannot tell apart'
}

/** The owners' shares of the samples that are not idle, as µs of the CPU that each call took. */
async function profile(call) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  const { cpu } = await load(call, CONCURRENCY, count)
  const { nodes, samples } = (await session.post('Profiler.stop')).profile
  session.disconnect()
  if (call === bare)
    for (const { callFrame } of nodes) if (/^wasm:/.test(callFrame.url)) ofFetch.add(callFrame.url)
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]))
  const counts = {}
  for (const sample of samples) counts[owners.get(sample)] = (counts[owners.get(sample)] ?? 0) + 1
  const { idle = 0, ...busy } = counts
  return Object.entries(busy).map(([owner, count]) => [owner, (cpu * count) / (samples.length - idle)])
}

const measured = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
try {
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(cases)) {
      const { cpu: time } = await load(call, CONCURRENCY, count)
      if (round >= 0) measured[name].push(time)
    }
  }
  console.log(
    `Node ${process.version}, ${CONCURRENCY} at a time, ${rounds} rounds of ${count} calls: µs of CPU for each`,
  )
  console.log(
    `${''.padEnd(46)}${['least', 'median', 'over fetch'].map((head) => head.padStart(12)).join('')}`,
  )
  const least = (name) => Math.min(...measured[name])
  // Rounds next to one another met the same load: the ratio is that of each round.
  const over = (name) =>
    middle(measured[name].map((time, round) => time / measured['bare fetch'][round])).median - 1
  for (const name of Object.keys(cases)) {
    const row = [
      least(name).toFixed(0),
      middle(measured[name]).median.toFixed(0),
      `${(100 * over(name)).toFixed(0)} %`,
    ]
    console.log(`${name.padEnd(46)}${row.map((text) => text.padStart(12)).join('')}`)
  }
  for (const name of ['bare fetch', 'invokeApi']) {
    console.log(`\n${name} by V8's profile, which costs CPU itself: µs for each call`)
    for (const [owner, time] of (await profile(cases[name])).sort(([, a], [, b]) => b - a)) {
      console.log(`  ${owner.padEnd(60)}${time.toFixed(1).padStart(8)}`)
    }
  }
} finally {
  gateway.stop()
}
process.exit()
