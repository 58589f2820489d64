// The README's first command: what it prints, that it stays up, and that nothing stays behind.

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createSigner } from 'gatesign'
import { freePort } from '../lib/server-process.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The driver itself, which cargo would otherwise build once more. */
const XTASK = process.env.XTASK ?? 'target/debug/xtask'

/** Runs it; `onLine` sees each line that is printed. */
async function demo(args, onLine = () => {}) {
  const child = spawn(XTASK, ['demo', ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      said.push(line)
      onLine(line, child)
    })
  }
  const [code] = await once(child, 'close')
  return { code, said: said.join('\n') }
}

/** Opens so many connections at once, as browsers do; gives how many were answered while all of them were open. */
async function answered(port, count) {
  const sockets = Array.from({ length: count }, () =>
    connect({ port, host: '127.0.0.1' }).setTimeout(20_000, function () {
      this.destroy()
    }),
  )
  const answers = sockets.map(async (socket) => {
    socket.write(`GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    const first = await Promise.race([once(socket, 'data'), once(socket, 'close')])
    return String(first[0]).startsWith('HTTP/1.1 200 ')
  })
  const good = (await Promise.all(answers)).filter(Boolean).length
  for (const socket of sockets) socket.destroy()
  return good
}

test('--once runs the sample three times and ends', async () => {
  const { code, said } = await demo(['--once'])
  assert.equal(code, 0, said)
  // The first three movies of each, so that all three results fit on one screen.
  assert.equal(said.match(/title: 'Citizen Kane'/g).length, 2)
  assert.doesNotMatch(said, /title: 'The Matrix'/)
  assert.equal(said.match(/^ {2}… 18 more$/gm).length, 2)
  assert.match(said, /^compiling the local gateway: \d+ s$/m)
  assert.match(said, /SignatureDoesNotMatch: /)
})

test('stays up with gateway and tester until it is interrupted', async () => {
  const [port, testerPort] = [await freePort(), await freePort()]
  const gateway = `http://127.0.0.1:${port}/stage/open/movie_list`
  const tester = `http://127.0.0.1:${testerPort}/`
  const seen = {}
  const { code, said } = await demo(['--port', port, '--tester-port', testerPort], async (line, child) => {
    if (!line.includes('Ctrl+C')) return
    try {
      seen.movies = (await (await fetch(gateway)).json()).Items.length
      seen.page = await (await fetch(tester)).text()
      seen.config = await (await fetch(`${tester}config.json`)).json()
      const profile = async (what) => {
        const headers = { origin: tester.slice(0, -1), 'x-gatesign-token': seen.config.profiles.token }
        const body = JSON.stringify({ profile: 'demo' })
        return await (await fetch(`${tester}profiles/${what}`, { method: 'POST', headers, body })).json()
      }
      seen.profile = await profile('credentials')
      seen.caller = await profile('caller')
      const { accessKeyId, secretAccessKey, sessionToken, region } = seen.profile
      const signer = createSigner({
        accessKeyId,
        secretAccessKey,
        sessionToken,
        region,
        service: 'execute-api',
      })
      const { url, headers } = signer.sign({ url: gateway.replace('/open', '') })
      seen.signed = (await fetch(url, { headers })).status
      seen.answered = []
      for (let count = 5; count <= 40; count++)
        seen.answered.push((await answered(testerPort, count)) - count)
      const reset = { method: 'POST', headers: { origin: 'http://evil.example' } }
      seen.steered = (await fetch(`http://127.0.0.1:${port}/__gateway/reset`, reset)).status
      seen.outside = (await fetch(`${tester}%2e%2e/package.json`)).status
    } finally {
      child.kill('SIGINT')
    }
  })
  assert.equal(code, 0, said)
  assert.ok(seen.movies > 10)
  assert.match(seen.page, /<script type="module"/)
  assert.equal(seen.config.environments[0].variables[0].value, `http://127.0.0.1:${port}/stage`)
  assert.equal(seen.outside, 404)
  assert.deepEqual(seen.config.profiles.names, ['demo'])
  assert.ok(Date.parse(seen.profile.expiration) > Date.now())
  assert.equal(seen.caller.arn, 'arn:aws:sts::123456789012:assumed-role/demo/you')
  assert.equal(seen.signed, 200)
  assert.equal(seen.steered, 403)
  // A page with a dozen files opens several connections at once: each has to be served.
  assert.deepEqual(seen.answered.filter(Boolean), [])
  await assert.rejects(fetch(gateway))
})

test('a port that is taken is named with its option', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address()
  const { code, said } = await demo([`--port=${port}`])
  taken.close()
  assert.equal(code, 1)
  assert.match(said, new RegExp(`port ${port} cannot be used: choose another one with --port`))
})

test('an option that is not there is named', async () => {
  const { code, said } = await demo(['--prot', '1'])
  assert.equal(code, 1)
  assert.match(said, /there is no option --prot/)
})

test('an option that build does not have builds nothing', () => {
  const { status, stdout, stderr } = spawnSync(XTASK, ['build', '--qick'], { cwd: ROOT, encoding: 'utf8' })
  assert.deepEqual([status, stdout, stderr], [1, '', 'error: build takes --quick; got "--qick"\n'])
})

test('the list of steps names this one', () => {
  assert.match(execFileSync(XTASK, ['test', '--list'], { cwd: ROOT, encoding: 'utf8' }), /^docs /m)
})
