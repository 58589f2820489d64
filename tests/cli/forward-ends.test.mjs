// Every exchange of the forwarder ends, and gives back its place among those that may run at the same time.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { importSource } from '../../xtask/sources.mjs'
import { forwarderOf } from '../lib/served.mjs'

const { tester } = await importSource('src/cli/serve/server.ts')
const FOLDER = fileURLToPath(new URL('../../pkg/tester', import.meta.url))
/** That may run at the same time. */
const MOST = 32
const IDLE = 3000

async function listening(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}

let api
let apiUrl
let site
let port
let page
let lines
let answer
/** Connections to the API that are open. */
const open = new Set()

before(async () => {
  api = createSocketServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    socket.once('data', (data) => answer(socket, data))
  })
  apiUrl = `http://127.0.0.1:${await listening(api)}/`
  const limits = { connect: 1500, idle: IDLE }
  const log = (line) => lines.push(line)
  site = tester({ folder: FOLDER, allowed: [new URL(apiUrl).host], log, limits })()
  port = await listening(site)
  page = await forwarderOf(`http://127.0.0.1:${port}`)
})
after(() => {
  site.closeAllConnections()
  site.close()
  for (const socket of open) socket.destroy()
  api.close()
})
beforeEach(() => {
  lines = []
  answer = ok
})

const ok = (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')

/** Fails while one place is taken: that many are asked for at once. */
async function assertAllFree() {
  const waiting = []
  answer = (socket, data) => {
    // A request whose page has left may still arrive: those are POST.
    if (String(data).startsWith('GET') && waiting.push(socket) === MOST) for (const one of waiting) ok(one)
  }
  const answers = await Promise.all(Array.from({ length: MOST }, () => page.send({ url: apiUrl })))
  assert.deepEqual(
    answers.filter(({ status }) => status !== 200),
    [],
  )
}

/** Sends as the page does, and leaves when `left` says so. */
function leaving(left, { length, body } = {}) {
  const line = `${JSON.stringify({ method: 'POST', url: apiUrl, headers: [] })}\n`
  const headers = {
    origin: `http://127.0.0.1:${port}`,
    'x-gatesign-token': page.token,
    'content-length': length ?? line.length,
  }
  const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/forward', headers, agent: false })
  sent.on('error', () => {})
  sent.write(body ?? line)
  left.then(() => sent.destroy())
  return new Promise((resolve) => sent.once('close', resolve))
}

describe('ends, and the page is told', () => {
  for (const [name, bytes] of [
    [
      'another protocol (101)',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    ['101 without Upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    [
      '101 and then an answer',
      'HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
    ],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['half of a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['only 100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['nothing', ''],
  ]) {
    test(name, async () => {
      answer = (socket) => {
        socket.write(bytes)
        // One that switches stays open: it is the forwarder that has to end it.
        if (!bytes.includes(' 101 ')) socket.end()
      }
      const answers = await Promise.all(Array.from({ length: MOST }, () => page.send({ url: apiUrl })))
      for (const { refused, status } of answers) assert.equal(refused ?? status, 502)
      assert.equal(lines.length, MOST)
      await assertAllFree()
    })
  }

  test('an answer that stops in the middle', async () => {
    answer = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')
    const all = Array.from({ length: MOST }, () => assert.rejects(page.send({ url: apiUrl })))
    await Promise.all(all)
    await assertAllFree()
  })
})

describe('ends when the page leaves', () => {
  for (const [name, bytes] of [
    ['before there is an answer', ''],
    ['while the answer comes', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n'],
  ]) {
    test(name, async () => {
      const arrived = []
      const all = Array.from({ length: MOST }, () => {
        const { promise, resolve } = deferred()
        arrived.push(resolve)
        return leaving(promise)
      })
      answer = (socket) => {
        socket.write(bytes)
        arrived.pop()()
      }
      await Promise.all(all)
      await assertAllFree()
      while (open.size > 0) await sleep(5)
    })
  }

  test('an answer without an end', async () => {
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n')
      const timer = setInterval(() => socket.write('data: x\n\n'), 20)
      socket.on('close', () => clearInterval(timer))
    }
    await Promise.all(Array.from({ length: MOST }, () => leaving(sleep(200))))
    await assertAllFree()
  })

  test('in the middle of its first line, and of its body', async () => {
    const line = `${JSON.stringify({ method: 'POST', url: apiUrl, headers: [] })}\n`
    await Promise.all(Array.from({ length: MOST }, () => leaving(sleep(50), { length: 500, body: '{"meth' })))
    await Promise.all(
      Array.from({ length: MOST }, () => leaving(sleep(50), { length: 500, body: `${line}x` })),
    )
    await assertAllFree()
  })
})

test('ends when the page stays and sends no more', async () => {
  const never = new Promise(() => {})
  await Promise.all(Array.from({ length: MOST }, () => leaving(never, { length: 500, body: '{"meth' })))
  await assertAllFree()
})

for (const coding of [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'identity',
  'zstd',
  'gzip, br',
  '',
]) {
  test(`Content-Encoding: ${coding} is handed back as it is`, async () => {
    answer = (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ncontent-encoding: ${coding}\r\ncontent-length: 4\r\n\r\nbody`)
    const { status, body } = await page.send({ url: apiUrl })
    assert.deepEqual([status, String(body)], [200, 'body'])
  })
}

test('its log has one line for each exchange, whatever the names in it are', async () => {
  const hostile = '\u001b]52;c;aGk=\u0007\r\n\u009b2J\u202e'
  for (const [headers, method] of [
    [{ [`x${hostile}`]: '1' }, 'GET'],
    [{ x: hostile }, 'GET'],
    [{}, 'GET'],
  ]) {
    await page.send({ method, url: `${apiUrl}${encodeURI(hostile)}`, headers })
  }
  assert.equal(lines.length, 3)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  assert.match(lines[0], /failed: .*\\u001b\]52/)
})

function deferred() {
  let resolve
  const promise = new Promise((done) => {
    resolve = done
  })
  return { promise, resolve }
}
