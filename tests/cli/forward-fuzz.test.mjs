// The forwarder at its socket: requests and answers made up byte by byte. It never ends, hands out nothing without
// its token, and after all of it every place is free.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, createServer as createSocketServer } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { importSource } from '../../xtask/sources.mjs'
import { seeded } from '../lib/seeded.mjs'
import { forwarderOf } from '../lib/served.mjs'

const { tester } = await importSource('src/cli/serve/server.ts')
const FOLDER = fileURLToPath(new URL('../../pkg/tester', import.meta.url))
const CORPUS = fileURLToPath(new URL('../corpus/forwarder', import.meta.url))
const SECONDS = Number(process.env.FUZZ_SECONDS) || 6
/** That may run at the same time, and how many are made at once here. */
const MOST = 32
const AT_ONCE = 16
/** That have to get as far as the API. */
const ENOUGH = 50
const CANARY = 'only-with-the-token'

async function listening(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}

test('sockets', { timeout: (SECONDS + 600) * 1000 }, async (t) => {
  const seed = Number(process.env.SEED) || 20261128
  t.diagnostic(`seed ${seed}`)
  const random = seeded(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  /** Mostly the first, which is right: so that something gets as far as the API. */
  const mostly = (list) => (random() < 0.85 ? list[0] : pick(list))
  let answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
  let arrived = 0
  const api = createSocketServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      arrived++
      socket.end(Buffer.from(answer, 'latin1'))
    })
  })
  const apiUrl = `http://127.0.0.1:${await listening(api)}/`
  const lines = []
  const limits = { connect: 500, idle: 1000, body: 100_000 }
  const site = tester({
    folder: FOLDER,
    allowed: [new URL(apiUrl).host],
    log: (line) => lines.push(line),
    limits,
  })()
  const port = await listening(site)
  const page = await forwarderOf(`http://127.0.0.1:${port}`)
  const uncaught = []
  const note = (error) => uncaught.push(error)
  process.on('uncaughtException', note)

  const HEADERS = [
    'Content-Length: 5',
    'Content-Length: -1',
    'Transfer-Encoding: chunked',
    'Expect: 100-continue',
    'Upgrade: websocket\r\nConnection: Upgrade',
    'Connection: close',
    `X-${'a'.repeat(3000)}: b`,
    'Origin: null',
    'Sec-Fetch-Site: cross-site',
    'Content-Encoding: gzip',
    ': x',
    'x',
    '\u0000: y',
    'Cookie: a=b',
  ]
  const ANSWERS = [
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nnot gzip',
    'HTTP/1.1 200 OK\r\ncontent-encoding: constructor\r\n\r\nx',
    'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nxxxxx',
    'HTTP/1.1 999 \u009b\r\nx: \u009b\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    'HTTP/1.1 200 OK\r\n\r\n',
    '',
    '\u0016\u0003\u0001',
    `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(70_000)}\r\n\r\n`,
  ]
  const URLS = [
    apiUrl,
    apiUrl,
    apiUrl,
    apiUrl,
    `${apiUrl}a?b=c`,
    'http://127.0.0.1:1/',
    'https://evil.example/',
    'file:///etc/passwd',
    `${apiUrl}#x`,
    apiUrl.replace('://', '://u:p@'),
    '',
    'x',
    null,
    5,
    {},
  ]
  const HEADS = [
    [],
    [],
    [],
    [['x', 'y']],
    [['x']],
    [['\r\n', 'x']],
    [['Host', 'evil']],
    [['constructor', '__proto__']],
    'x',
    null,
    [['x', 'a\r\nb: c']],
    [['Transfer-Encoding', 'chunked']],
    [['Content-Length', '9']],
  ]
  const METHODS = [
    'GET',
    'GET',
    'GET',
    'POST',
    'POST',
    'HEAD',
    'CONNECT',
    'get',
    '',
    null,
    'X'.repeat(50),
    'PURGE',
  ]

  const made = () => {
    const head = { method: mostly(METHODS), url: mostly(URLS), headers: mostly(HEADS) }
    const line = mostly([JSON.stringify(head), 'null', '[]', '{', '"x"', '__proto__'])
    let body = `${line}\n${pick(['', 'x', 'x'.repeat(5000)])}`
    if (random() < 0.03) body = body.replace('\n', '')
    const hasToken = random() < 0.9
    const method = mostly(['POST', 'GET', 'OPTIONS', 'PUT'])
    const target = mostly([
      '/forward',
      '/forward?x',
      '//forward',
      '/config.json',
      '*',
      `http://127.0.0.1:${port}/forward`,
    ])
    const lines = [
      `${method} ${target} HTTP/1.1`,
      `Host: ${mostly([`127.0.0.1:${port}`, 'evil.example', ''])}`,
      `Origin: http://127.0.0.1:${port}`,
      ...(hasToken ? [`x-gatesign-token: ${page.token}`] : []),
      ...(random() < 0.97 ? [`Content-Length: ${Buffer.byteLength(body) + (random() < 0.03 ? 3 : 0)}`] : []),
      'Connection: close',
      ...(random() < 0.3 ? [pick(HEADERS)] : []),
    ]
    let text = `${lines.join('\r\n')}\r\n\r\n${body}`
    for (let i = 0; i < 3 && random() < 0.15; i++) {
      const at = Math.floor(random() * text.length)
      text =
        text.slice(0, at) +
        pick(['\r\n', '\u0000', ' ', ':', '%', '\u00ff', '"', '']) +
        text.slice(at + Math.floor(random() * 3))
    }
    if (random() < 0.03) text = text.slice(0, Math.floor(random() * text.length))
    return { text, hasToken: text.includes(`x-gatesign-token: ${page.token}`) }
  }

  /** Sends bytes, and reads until the server closes or says nothing; or leaves in the middle. */
  const exchange = (text, leaves) =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      let got = ''
      socket.setTimeout(250, () => socket.destroy())
      socket.on('data', (data) => {
        got += data.toString('latin1')
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(got))
      socket.write(Buffer.from(text, 'latin1'))
      if (leaves) setTimeout(() => socket.destroy(), 5)
    })

  try {
    const corpus = readdirSync(CORPUS).map((name) => readFileSync(`${CORPUS}/${name}`, 'latin1'))
    let runs = 0
    const until = Date.now() + SECONDS * 1000
    // A slow machine takes longer to have as many arrive.
    while (runs === 0 || Date.now() < until || arrived <= ENOUGH) {
      answer =
        random() < 0.5
          ? pick(ANSWERS)
          : `HTTP/1.1 200 OK\r\ncontent-length: ${CANARY.length}\r\n\r\n${CANARY}`
      const batch =
        runs === 0
          ? corpus.map((text) => ({ text: text.replaceAll('PORT', port), hasToken: false }))
          : Array.from({ length: AT_ONCE }, made)
      const told = () =>
        `seed ${seed}, ${runs} runs: ${JSON.stringify(batch.map(({ text }) => text.slice(0, 600)))}`
      const answers = await Promise.all(batch.map(({ text }) => exchange(text, random() < 0.2)))
      runs += batch.length
      for (const [i, got] of answers.entries()) {
        if (!batch[i].hasToken) assert.ok(!got.includes(CANARY), told())
        assert.ok(!got.includes('gatesign serve failed'), `${told()}\n${got}`)
      }
      assert.deepEqual(uncaught, [], told())
    }
    for (const line of lines) assert.match(line, /^[ -~]*$/)
    answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
    await sleep(limits.idle + limits.connect)
    const all = await Promise.all(Array.from({ length: MOST }, () => page.send({ url: apiUrl })))
    assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([200]))
    t.diagnostic(`${runs} requests, of which ${arrived - MOST} arrived`)
  } finally {
    process.off('uncaughtException', note)
    site.closeAllConnections()
    site.close()
    api.close()
  }
})
