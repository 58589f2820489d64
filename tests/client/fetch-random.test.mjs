// Seeded random calls through the platform's fetch and through client.fetch: the same request arrives, or both
// refuse it. What differs on purpose is made alike in `wire`.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { newClient } from 'gatesign'
import { seeded } from '../lib/seeded.mjs'

// LONG is set by cargo xtask test --long.
const CALLS = process.env.LONG ? 40_000 : 1_500

let arrived
const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  arrived = { request, body: Buffer.concat(chunks).toString('latin1') }
  response.end('answer')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`
const client = newClient({ invokeUrl: origin })
const totals = { sent: 0, refused: 0 }
after(() => {
  server.closeAllConnections()
  server.close()
  console.log(
    `counted: ${CALLS} random calls of fetch next to the platform's: ${totals.sent} arrived the same, ` +
      `${totals.refused} were refused by both`,
  )
})

const TARGETS = [
  ...['/a', '/a?b=c d', '/ü?ü=ü', '/a/../b', '/a//b', '/%7e~', "/it's(1)!*?q='", '/a?x&y=&z==', '/?', '/a#f'],
  ...['/a?#f', '/a b\tc', '/%', '/%zz?%zz', '/a;b=c', '/[x]', '/a|b', '/a^b`c', '/a{b}', '/\\x', '/a?|^`{}'],
  ...['/a?"<>', '/"<>', '/./', '/..', '/%2e/x', '/a%2e%2Eb', '/😀?😀'],
]
const METHODS = ['GET', 'get', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'delete', undefined]
const HEADERS = [
  () => undefined,
  () => ({ 'Content-Type': 'application/json' }),
  () => ({ 'content-type': 'text/plain', 'X-A': ' 1  2 ' }),
  () => [
    ['x-a', '1'],
    ['X-B', ''],
    ['X-A', '2'],
  ],
  () => new Headers({ 'x-c': 'é' }),
  () => new Map([['x-d', '4']]),
  () => ({ 'x-n': 5, 'x-b': true }),
  () => ({ cookie: 'a=b', 'user-agent': 'me', 'accept-language': 'de', referer: 'http://x/' }),
]
const BODIES = [
  ...[undefined, null, '', 'text ü', '\ud800', 5, true, [1, 2], { a: 1 }].map((body) => () => body),
  () => new Uint8Array([1, 2, 3, 255]).subarray(1, 3),
  () => new DataView(new ArrayBuffer(5), 2),
  () => new Float64Array([1.5]),
  () => new ArrayBuffer(3),
  () => Buffer.from('buffer'),
  () => new Blob(['b'], { type: 'Text/X; charset=A' }),
  () => new Blob([]),
  () => new File(['f'], 'name', { type: 'a/b' }),
  () => new URLSearchParams({ a: 'ü &', b: '' }),
  () => new Response('stream').body,
  () => {
    const form = new FormData()
    form.append('a', 'x\r\ny')
    form.append('b', new Blob(['q']), 'ü".txt')
    return form
  },
  async function* () {
    yield new Uint8Array([7])
  },
]

/** What fetch is given: the same for the same random numbers. */
function given(random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const init = () => {
    const [method, headers, body] = [pick(METHODS), pick(HEADERS)(), pick(BODIES)()]
    return { ...(method && { method }), ...(headers && { headers }), body, duplex: 'half' }
  }
  const url = origin + pick(TARGETS)
  const kind = random()
  if (kind < 0.7) return [url, init()]
  return [new Request(url, init()), kind < 0.85 ? init() : undefined]
}

/** What arrived, as far as it has to be the same. */
function wire({ request, body }) {
  // Node 26 sends a `?` with nothing behind it, Node 20 does not.
  const [path, ...query] = request.url.replace(/\?$/, '').split('?')
  const target = [path.replace(/['|^]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`), ...query]
  const { host, connection, ...headers } = request.headers
  // The client has an Accept of its own. A stream is read before it is sent, so its length is known.
  for (const name of ['accept', 'content-length', 'transfer-encoding']) delete headers[name]
  const boundary = /^-+formdata-[\w-]+/.exec(body)?.[0]
  // Without a body there is no type of it; a form's names the boundary, whatever the caller says.
  if (body === '' || boundary) delete headers['content-type']
  if (headers['content-type'])
    headers['content-type'] = headers['content-type'].replace(/(boundary=).*/, '$1')
  return { method: request.method, target, headers, body: body.replaceAll(boundary, 'boundary') }
}

async function outcome(fetch, seed) {
  arrived = undefined
  let input
  try {
    input = given(seeded(seed))
  } catch {
    return 'no Request'
  }
  try {
    await (await fetch(...input)).text()
  } catch (error) {
    assert.equal(arrived, undefined)
    return error.name
  }
  return wire(arrived)
}

test(`${CALLS} calls`, async () => {
  for (let seed = 1; seed <= CALLS; seed += 1) {
    const theirs = await outcome(fetch, seed)
    assert.deepEqual(await outcome(client.fetch, seed), theirs, `seed ${seed}`)
    totals[typeof theirs === 'string' ? 'refused' : 'sent'] += 1
  }
})
