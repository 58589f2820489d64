// invokeApi end to end against the local gateway, next to the old package and bare fetch; the start of
// a new process; memory.

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startGateway } from '../tests/lib/gateway.mjs'
import { middle } from './measure.mjs'

const require = createRequire(import.meta.url)
const KEYS = {
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
}

/** CPU µs of this process for each call, and calls per second, for each client and concurrency. */
export async function calls({ rounds, count }) {
  const gateway = await startGateway()
  // Routes that verify nothing: the old package signs the host without its port.
  const invokeUrl = `${gateway.url}/stage/open`
  const ours = require('gatesign').newClient({ ...KEYS, invokeUrl })
  const old = require('aws-api-gateway-client').default.newClient({ ...KEYS, invokeUrl })
  // What bare fetch sends is as large as a signed request, and is read as far.
  const signed = await ours.sign({ pathTemplate: '/movie_list' })
  const clients = {
    'bare fetch': () => fetch(signed.url, { headers: signed.headers }).then((response) => response.json()),
    gatesign: () => ours.invokeApi({}, '/movie_list', 'GET'),
    'aws-api-gateway-client': () => old.invokeApi({}, '/movie_list', 'GET'),
  }
  const rows = []
  try {
    for (const concurrency of [1, 64]) {
      const measured = Object.fromEntries(Object.keys(clients).map((name) => [name, { cpu: [], rate: [] }]))
      for (let round = -1; round < rounds; round += 1) {
        for (const [name, call] of Object.entries(clients)) {
          const { cpu, rate } = await load(call, concurrency, count)
          if (round < 0) continue
          measured[name].cpu.push(cpu)
          measured[name].rate.push(rate)
        }
      }
      for (const [name, { cpu, rate }] of Object.entries(measured)) {
        rows.push({ name, concurrency, cpu: middle(cpu), rate: middle(rate) })
      }
    }
  } finally {
    gateway.stop()
  }
  return rows
}

/** CPU µs of this process for each of `count` calls, and calls per second. */
export async function load(call, concurrency, count) {
  let left = count
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await call()
    }
  }
  const started = performance.now()
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: concurrency }, worker))
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / count, rate: (1000 * count) / (performance.now() - started) }
}

/** ms to import and make the first signature in a new process, above an empty process's own time. */
export function starts({ rounds }) {
  const config = JSON.stringify({ ...KEYS, invokeUrl: 'https://a.execute-api.us-east-1.amazonaws.com/prod' })
  // The old package only signs when it sends: its adapter is replaced, so that nothing is sent.
  const scripts = {
    gatesign: `const t = performance.now(); const client = require('gatesign').newClient(${config});
      client.sign({ pathTemplate: '/x' }).then(() => console.log(performance.now() - t))`,
    'aws-api-gateway-client': `const t = performance.now(); const client = require('aws-api-gateway-client').default.newClient(${config});
      require('axios').defaults.adapter = async (config) => ({ status: 200, data: '', headers: {}, config });
      client.invokeApi({}, '/x', 'GET').catch(() => {}).then(() => console.log(performance.now() - t))`,
  }
  const times = Object.fromEntries(Object.keys(scripts).map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, script] of Object.entries(scripts)) {
      const child = spawnSync(process.execPath, ['-e', script], {
        cwd: new URL('../tests/', import.meta.url),
      })
      if (child.status !== 0) throw new Error(`${name} does not start: ${child.stderr}`)
      times[name].push(Number(child.stdout))
    }
  }
  return Object.entries(times).map(([name, list]) => ({ name, ...middle(list) }))
}

/** Bytes of the process after a tenth of the signatures and after all of them. */
export function memory(signatures) {
  const script = `
    const signer = require('gatesign').createSigner({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret',
      sessionToken: 'x'.repeat(800), region: 'us-east-1', service: 'execute-api' });
    const some = (count) => { for (let i = 0; i < count; i += 1) signer.sign({ url: 'https://a.b/c?page=' + i }) };
    const used = () => { gc(); const { rss, heapUsed, external } = process.memoryUsage(); return { rss, heapUsed, external } };
    some(${signatures / 10}); const warm = used(); some(${(signatures * 9) / 10});
    console.log(JSON.stringify({ signatures: ${signatures}, warm, after: used() }))`
  const cwd = new URL('../tests/', import.meta.url)
  const child = spawnSync(process.execPath, ['--expose-gc', '-e', script], { cwd })
  if (child.status !== 0) throw new Error(String(child.stderr))
  return JSON.parse(String(child.stdout))
}

/** Bytes of heap and module after a tenth of the calls and after all of them, 64 at a time. */
export async function callMemory(count) {
  const gateway = await startGateway()
  const script = `
    const client = require('gatesign').newClient({ ...${JSON.stringify(KEYS)}, invokeUrl: '${gateway.url}/stage/open' });
    const some = (count) => Promise.all(Array.from({ length: 64 }, async () => {
      while (count-- > 0) await client.invokeApi({}, '/movie_list', 'GET') }));
    // Buffers of answers go a turn after what held them.
    const used = async () => { gc(); await new Promise((done) => setTimeout(done, 100)); gc();
      const { rss, heapUsed, external } = process.memoryUsage(); return { rss, heapUsed, external } };
    (async () => { await some(${count / 10}); const warm = await used(); await some(${(count * 9) / 10});
      console.log(JSON.stringify({ count: ${count}, warm, after: await used() })); process.exit() })()`
  const cwd = new URL('../tests/', import.meta.url)
  const child = spawnSync(process.execPath, ['--expose-gc', '-e', script], { cwd })
  gateway.stop()
  if (child.status !== 0) throw new Error(String(child.stderr))
  return JSON.parse(String(child.stdout))
}

/** The longest time in ms that signing a body of 10 MB keeps the event loop from its other work. */
export async function stall({ rounds }) {
  const invokeUrl = 'https://a.execute-api.us-east-1.amazonaws.com/prod'
  const client = require('gatesign').newClient({ ...KEYS, invokeUrl })
  const body = new Uint8Array(10 * 1024 * 1024).fill(120)
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  const longest = []
  for (let round = 0; round < rounds; round += 1) {
    delays.reset()
    // The monitor sees the time between two of its ticks: one has to come before what is measured.
    await wait(10)
    await client.sign({ pathTemplate: '/x', method: 'POST', body })
    await wait(5)
    longest.push(delays.max / 1e6)
  }
  delays.disable()
  return middle(longest)
}
