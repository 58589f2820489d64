// The forwarder's limits and its TLS, with servers that do what no gateway does.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { importSource } from '../../xtask/sources.mjs'
import { forwarderOf, startServe } from '../lib/served.mjs'

const { tester } = await importSource('src/cli/serve/server.ts')
const FOLDER = fileURLToPath(new URL('../../pkg/tester', import.meta.url))

async function listening(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}

describe('limits', () => {
  let api
  let mute
  let site
  let page
  let onRequest
  let urls
  before(async () => {
    api = createServer((request, response) => onRequest(request, response))
    // Takes connections and says nothing: to TLS, no connection at all.
    mute = createSocketServer(() => {})
    urls = {
      api: `http://127.0.0.1:${await listening(api)}/`,
      mute: `https://127.0.0.1:${await listening(mute)}/`,
    }
    // What does answer has to do so in this time on a machine that is busy with something else, too.
    const limits = { body: 100_000, connect: 1500, idle: 3000 }
    const allowed = Object.values(urls).map((url) => new URL(url).host)
    site = tester({ folder: FOLDER, allowed, log: () => {}, limits })()
    page = await forwarderOf(`http://127.0.0.1:${await listening(site)}`)
  })
  after(() => {
    for (const server of [api, site]) server.closeAllConnections()
    for (const server of [api, mute, site]) server.close()
  })
  beforeEach(() => {
    onRequest = (_, response) => response.end('ok')
  })

  test('of a body: above it nothing is sent', async () => {
    let asked = 0
    onRequest = (request, response) => {
      asked++
      request.resume().on('end', () => response.end())
    }
    const ofSize = (size) => page.send({ method: 'POST', url: urls.api, body: Buffer.alloc(size) })
    assert.equal((await ofSize(99_000)).status, 200)
    assert.deepEqual([(await ofSize(100_001)).refused, asked], [413, 1])
  })

  test('of an answer: above it the connection breaks', async () => {
    onRequest = (_, response) => response.end(Buffer.alloc(100_000))
    assert.equal((await page.send({ url: urls.api })).body.length, 100_000)
    onRequest = (_, response) => response.end(Buffer.alloc(100_001))
    await assert.rejects(page.send({ url: urls.api }), /ECONNRESET|aborted/)
  })

  test('of silence', async () => {
    onRequest = () => {}
    const { refused, code, message } = await page.send({ url: urls.api })
    assert.deepEqual([refused, code], [504, 'ETIMEDOUT'])
    assert.match(message, /nothing came from 127\.0\.0\.1:\d+ for 3 s/)
  })

  test('of connecting', async () => {
    const { refused, code, message } = await page.send({ url: urls.mute })
    assert.deepEqual([refused, code], [504, 'ETIMEDOUT'])
    assert.match(message, /no connection .* within 1\.5 s: a private API can be reached only from its VPC/)
  })

  test('of requests at the same time; they count only while they run', async () => {
    const waiting = []
    onRequest = (_, response) => waiting.push(response)
    const first = Array.from({ length: 32 }, () => page.send({ url: urls.api }))
    while (waiting.length < 32) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.equal((await page.send({ url: urls.api })).refused, 503)
    for (const response of waiting) response.end()
    for (const { status } of await Promise.all(first)) assert.equal(status, 200)
    onRequest = (_, response) => response.end()
    assert.equal((await page.send({ url: urls.api })).status, 200)
  })

  test('when the page gives up, so does the forwarder', async () => {
    const stop = new AbortController()
    const gone = new Promise((resolve) => {
      onRequest = (request) => {
        request.socket.on('close', resolve)
        stop.abort()
      }
    })
    const { port } = site.address()
    const sent = fetch(`http://127.0.0.1:${port}/forward`, {
      method: 'POST',
      headers: { origin: `http://127.0.0.1:${port}`, 'x-gatesign-token': page.token },
      body: `${JSON.stringify({ method: 'GET', url: urls.api, headers: [] })}\n`,
      signal: stop.signal,
    })
    await assert.rejects(sent)
    await gone
  })
})

test('an answer that comes before the body was read reaches a browser, which sends all of it first', async () => {
  const early = createSocketServer((socket) => {
    socket.once('data', () => {
      socket.pause()
      socket.write('HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n')
    })
    socket.on('error', () => {})
  })
  const host = `127.0.0.1:${await listening(early)}`
  const site = tester({ folder: FOLDER, allowed: [host], log: () => {} })()
  const port = await listening(site)
  try {
    const url = `http://127.0.0.1:${port}`
    const { token } = await forwarderOf(url)
    const headers = { origin: url, 'x-gatesign-token': token, 'content-length': 32_000_000 }
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/forward', headers, agent: false })
    const line = `${JSON.stringify({ method: 'POST', url: `http://${host}/`, headers: [] })}\n`
    const answered = once(sent, 'response')
    sent.write(line)
    sent.end(Buffer.alloc(32_000_000 - line.length))
    await once(sent, 'finish')
    const [answer] = await answered
    assert.equal(JSON.parse((await buffer(answer)).toString()).status, 413)
  } finally {
    site.closeAllConnections()
    site.close()
    early.close()
  }
})

describe('TLS', () => {
  let folder
  let api
  let host
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatesign-tls-'))
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name))
    const make = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
    ]
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync('openssl', [...make, ...names, '-keyout', key, '-out', cert], { stdio: 'pipe' })
    api = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) =>
      response.end(`over TLS to ${request.headers.host}`),
    )
    host = `localhost:${await listening(api)}`
  })
  after(() => {
    api?.closeAllConnections()
    api?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function sendTo(names, env) {
    const site = await startServe(['--forward', names.join()], env)
    try {
      const { send } = await forwarderOf(site.url)
      return await Promise.all(names.map((name) => send({ url: `https://${name}/` })))
    } finally {
      await site.stop()
    }
  }

  test('a certificate that is trusted, of this name', async () => {
    const asAddress = host.replace('localhost', '127.0.0.1')
    const [right, wrong] = await sendTo([host, asAddress], { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') })
    assert.deepEqual([right.status, String(right.body)], [200, `over TLS to ${host}`])
    assert.deepEqual([wrong.refused, wrong.code], [502, 'ERR_TLS_CERT_ALTNAME_INVALID'])
  })

  test('one that is not trusted is named as the reason', async () => {
    const [{ refused, code, message }] = await sendTo([host], {})
    assert.deepEqual([refused, code], [502, 'DEPTH_ZERO_SELF_SIGNED_CERT'])
    assert.match(message, /localhost:\d+: self-signed certificate/)
  })
})
