// Bodies that a client does not sign, and so sends as streams: of the platform, of Node, async iterables.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { after, before, beforeEach, describe, test } from 'node:test'
import { newClient } from 'gatesign'

let server
let arrived
/** Of one test: what another one has broken off may come late. */
let path
let tests = 0
before(async () => {
  server = createServer(async (request, response) => {
    const mine = { headers: request.headers, text: '' }
    if (request.url === `/stage${path}`) arrived.push(mine)
    try {
      for await (const part of request) mine.text += part
      response.end('{}')
    } catch {
      // The client broke off.
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  arrived = []
  tests += 1
  path = `/upload-${tests}`
})

const client = (config) =>
  newClient({
    invokeUrl: `http://127.0.0.1:${server.address().port}/stage`,
    region: 'us-east-1',
    service: 'vpc-lattice-svcs',
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'secret',
    signPayload: false,
    ...config,
  })

/** Gives what it is told, and notes how far it was read and whether it was let go. */
function watched(parts) {
  const seen = { read: 0, ended: false }
  const body = async function* () {
    try {
      for (const part of parts) {
        seen.read += 1
        yield part
      }
    } finally {
      seen.ended = true
    }
  }
  return { seen, body: body() }
}

const BODIES = {
  'an async iterable of texts': () => watched(['ü', 'ä']).body,
  'an async iterable of bytes': () =>
    watched([Buffer.from('ü'), new Uint8Array(Buffer.from('ä')).buffer]).body,
  'a Node stream': () => Readable.from([Buffer.from('ü'), Buffer.from('ä')]),
  'a ReadableStream': () => new Blob(['ü', 'ä']).stream(),
}

const WAYS = {
  invokeApi: (body, params, config) => client(config).invokeApi({}, path, 'PUT', params, body),
  fetch: (body, params, config) =>
    client(config).fetch(`/stage${path}`, { method: 'PUT', body, duplex: 'half', ...params }),
}

for (const [way, send] of Object.entries(WAYS)) {
  describe(way, () => {
    for (const [name, make] of Object.entries(BODIES)) {
      test(`${name} is sent as it comes`, async () => {
        const { status } = await send(make())
        assert.equal(status, 200)
        const [{ text, headers }] = arrived
        assert.equal(text, 'üä')
        assert.equal(headers['transfer-encoding'], 'chunked')
        assert.equal(headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
        assert.match(headers.authorization, /SignedHeaders=[^,]*x-amz-content-sha256/)
      })

      test(`${name} is read first where it is signed`, async () => {
        const { status } = await send(make(), {}, { service: 'execute-api', signPayload: true })
        assert.equal(status, 200)
        const [{ text, headers }] = arrived
        assert.equal(text, 'üä')
        assert.equal(headers['content-length'], '4')
      })
    }

    test('nothing is read before it is sent, and nothing is sent twice', async () => {
      const { body, seen } = watched(['a', 'b'])
      let before
      const failing = async (_url, init) => {
        before ??= seen.read
        await new Response(init.body).text()
        throw new TypeError('broken')
      }
      await assert.rejects(send(body, {}, { fetch: failing, retries: 3, retryCondition: () => true }))
      assert.equal(before, 0)
      assert.equal(seen.read, 2)
    })

    test('the signal ends the body, too', async () => {
      const stop = new AbortController()
      const reason = new Error('mine')
      const parts = (function* () {
        for (;;) yield 'x'.repeat(100_000)
      })()
      const { body, seen } = watched(parts)
      const sent = assert.rejects(send(body, { signal: stop.signal }), (error) =>
        [error, error.cause].includes(reason),
      )
      while (!arrived[0]?.text) await new Promise((resolve) => setTimeout(resolve, 5))
      stop.abort(reason)
      await sent
      while (!seen.ended) await new Promise((resolve) => setTimeout(resolve, 5))
    })

    test('a body that gives something else ends the call', async () => {
      await assert.rejects(send(watched(['a', { b: 1 }]).body), (error) => {
        const texts = [error.message, error.cause?.message, error.cause?.cause?.message]
        return (
          texts.includes('body must yield strings or bytes; got an object') || assert.fail(texts.join(' | '))
        )
      })
    })
  })
}

test('fetch without duplex reads the body first, so that it can be sent again', async () => {
  const { body } = watched(['ü', 'ä'])
  const { status } = await client().fetch(`/stage${path}`, { method: 'PUT', body })
  assert.equal(status, 200)
  assert.equal(arrived[0].headers['content-length'], '4')
})

test('a source that fills the same buffer again', async () => {
  const buffer = Buffer.alloc(1)
  const body = async function* () {
    for (const letter of 'abcdef') {
      buffer.write(letter)
      yield buffer
    }
  }
  await client().invokeApi({}, path, 'PUT', {}, body())
  await client({ signPayload: undefined, service: 'execute-api' }).invokeApi({}, path, 'PUT', {}, body())
  assert.deepEqual(
    arrived.map(({ text }) => text),
    ['abcdef', 'abcdef'],
  )
})
