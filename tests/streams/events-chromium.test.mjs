// The same streams in Chromium's own EventSource: the same events.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { readEvents } from 'gatesign/events'
import { startChromium } from '../lib/chromium.mjs'
import { seeded } from '../lib/seeded.mjs'

const STREAMS = 400
const TYPES = ['message', 'add', 'ü', 'a:b']
const random = seeded(19)
const pick = (list) => list[Math.floor(random() * list.length)]

/** The words of the format in every order, now and then cut short, and whatever else bytes can be. */
const PIECES = [
  ...['data', 'data:', 'data: ', 'data:  x', 'data: {"a":1}', 'data: ü🙂', 'data: \uFEFF', 'data: \u2028'],
  ...['id', 'id:', 'id: 1', 'id: 2\0', 'id: ü', 'event', 'event:', 'event: add', 'event: ü', 'event: a:b'],
  ...[
    'event: message',
    'retry',
    'retry: 0',
    'retry: x',
    ':',
    ': comment',
    'unknown: 1',
    'Data: x',
    ' data: x',
  ],
  ...['', '', '', '', '', '\uFEFF', '\t', 'data : x', 'dat'],
]
const ENDS = ['\n', '\n', '\n', '\r\n', '\r\n', '\r', '\n\n', '\r\r', '\r\n\r\n', '']

function randomStream() {
  const bytes = []
  if (random() < 0.2) bytes.push(0xef, 0xbb, 0xbf)
  // Chromium looks for the mark in the first line of three bytes, wherever that is, and takes no end of a line right
  // after it; the table in events.test.mjs has both as the standard says.
  bytes.push(...new TextEncoder().encode(`:  ${pick(['\n', '\r', '\r\n'])}`))
  for (let i = 0; i < 2 + random() * 60; i += 1) {
    bytes.push(...new TextEncoder().encode(pick(PIECES)))
    if (random() < 0.05) bytes.push(pick([0xff, 0xc3, 0xf0, 0xe2, 0x80]))
    bytes.push(...new TextEncoder().encode(pick(ENDS)))
  }
  return Uint8Array.from(bytes)
}

const streams = Array.from({ length: STREAMS }, randomStream)
let server
let chromium

before(async () => {
  server = createServer((request, response) => {
    const bytes = streams[Number(request.url.slice(1))]
    response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' })
    response.end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  chromium = await startChromium()
})
after(async () => {
  await chromium?.stop()
  server?.closeAllConnections()
  server?.close()
})

/** In parts of random sizes, some of them empty. */
function* cut(bytes) {
  for (let at = 0; at < bytes.length; ) {
    const size = Math.floor(random() * 9)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

test(`${STREAMS} random streams`, async () => {
  const page = await chromium.browser.newPage()
  await page.goto(chromium.url)
  const expected = await page.evaluate(
    async ({ origin, count, types }) => {
      const read = (number) =>
        new Promise((resolve) => {
          const events = []
          const source = new EventSource(`${origin}/${number}`)
          for (const type of types) {
            source.addEventListener(type, ({ type, data, lastEventId }) =>
              events.push([type, data, lastEventId]),
            )
          }
          // The end of the stream: it would connect again.
          source.onerror = () => {
            source.close()
            resolve(events)
          }
        })
      const all = []
      // A browser has six connections to a host.
      for (let at = 0; at < count; at += 6) {
        const numbers = Array.from({ length: Math.min(6, count - at) }, (_, i) => at + i)
        all.push(...(await Promise.all(numbers.map(read))))
      }
      return all
    },
    { origin: `http://127.0.0.1:${server.address().port}`, count: STREAMS, types: TYPES },
  )
  let events = 0
  for (const [number, bytes] of streams.entries()) {
    const found = []
    for await (const { type, data, lastEventId } of readEvents(Readable.from(cut(bytes)))) {
      if (TYPES.includes(type)) found.push([type, data, lastEventId])
    }
    assert.deepEqual(found, expected[number], JSON.stringify(new TextDecoder().decode(bytes)))
    events += found.length
  }
  assert.ok(events > STREAMS, `${events} events`)
  console.log(`counted: ${events} events of ${STREAMS} streams`)
})
