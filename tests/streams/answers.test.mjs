// Answers that stream, by client.fetch and by responseType 'stream': each part is there when the server has sent it,
// and what has begun is never asked for again. REST response streaming, Lambda URLs and Server-Sent Events are all this.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { readEvents } from 'gatesign/events'

let server
/** What was asked, each with its response: what it answers is up to the test. */
let asked
let answer
before(async () => {
  server = createServer((request, response) => {
    const exchange = { request, response, closed: once(response, 'close') }
    asked.push(exchange)
    answer(exchange)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  answer = begin
})

/** The first event, and nothing after it. */
function begin({ response }) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('id: 1\ndata: first\n\n')
}

const client = (config) =>
  newClient({
    invokeUrl: `http://127.0.0.1:${server.address().port}/stage`,
    region: 'us-east-1',
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'secret',
    ...config,
  })

/** Each way to call, as the stream of its answer. */
const WAYS = {
  'client.fetch': async (config, additional) => (await client(config).fetch('/stage/chat', additional)).body,
  "responseType: 'stream'": async (config, additional) => {
    const params = { ...additional, responseType: 'stream' }
    return (await client(config).invokeApi({}, '/chat', 'GET', params)).data
  },
}
const textOf = (value) => new TextDecoder().decode(value)

for (const [way, call] of Object.entries(WAYS)) {
  describe(way, () => {
    test('the first part is there while the server has not ended, and so is each one after it', async () => {
      const reader = (await call()).getReader()
      assert.equal(textOf((await reader.read()).value), 'id: 1\ndata: first\n\n')
      const [{ request, response }] = asked
      assert.match(request.headers.authorization, /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/)
      for (const text of ['data: second\n\n', 'x', 'y'.repeat(100)]) {
        response.write(text)
        assert.equal(textOf((await reader.read()).value), text)
      }
      response.end()
      assert.equal((await reader.read()).done, true)
      assert.equal(asked.length, 1)
    })

    test('the headers do not wait for the first part', async () => {
      answer = ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.flushHeaders()
      }
      const reader = (await call()).getReader()
      asked[0].response.write('data: late\n\n')
      assert.equal(textOf((await reader.read()).value), 'data: late\n\n')
    })

    test('a break after the first part is the reader’s error: nothing is sent again', async () => {
      const reader = (await call({ retries: 3, retryCondition: () => true, retryDelay: 0 })).getReader()
      await reader.read()
      asked[0].response.destroy()
      await assert.rejects(reader.read(), (error) => error instanceof TypeError)
      // What would be sent again would be there by now.
      await new Promise((resolve) => setTimeout(resolve, 100))
      assert.equal(asked.length, 1)
    })

    test('a failure before the first part is sent again, as ever', async () => {
      answer = (exchange) => {
        if (asked.length === 1) exchange.response.destroy()
        else if (asked.length === 2) exchange.response.writeHead(503).end('{}')
        else begin(exchange)
      }
      const reader = (await call({ retries: 2, retryDelay: 0 })).getReader()
      assert.equal(textOf((await reader.read()).value), 'id: 1\ndata: first\n\n')
      assert.equal(asked.length, 3)
    })

    test('a timeout does not count while the stream is read', async () => {
      const reader = (await call({}, { timeout: 1_000 })).getReader()
      await reader.read()
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      asked[0].response.write('data: later\n\n')
      assert.equal(textOf((await reader.read()).value), 'data: later\n\n')
    })

    test('the signal ends it', async () => {
      const stop = new AbortController()
      const reason = new Error('mine')
      const reader = (await call({}, { signal: stop.signal })).getReader()
      await reader.read()
      stop.abort(reason)
      await assert.rejects(reader.read(), (error) => error === reason)
      await asked[0].closed
    })

    test('canceling it closes the connection', async () => {
      const stream = await call()
      await asked[0].response.write('data: second\n\n')
      await stream.cancel()
      await asked[0].closed
    })

    test('events: each as it comes; leaving the loop closes the connection', async () => {
      const seen = []
      for await (const { data } of readEvents(await call())) {
        seen.push(data)
        if (seen.length === 3) break
        asked[0].response.write(`data: ${seen.length}\n\n`)
      }
      assert.deepEqual(seen, ['first', '1', '2'])
      await asked[0].closed
    })
  })
}

test('events go on from where they broke: Last-Event-ID', async () => {
  answer = ({ request, response }) => {
    const next = Number(request.headers['last-event-id'] ?? 0) + 1
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`retry: 5\nid: ${next}\ndata: ${next}\n\ndata: cut o`, () => response.destroy())
  }
  const chat = client()
  const seen = []
  let lastEventId = ''
  let reconnectionTime
  while (seen.length < 3) {
    const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId }
    const events = readEvents(await chat.fetch('/stage/chat', { headers }), { lastEventId })
    try {
      for await (const { data } of events) seen.push(data)
    } catch (error) {
      assert.ok(error instanceof TypeError, String(error))
    }
    ;({ lastEventId, reconnectionTime } = events)
  }
  assert.deepEqual(seen, ['1', '2', '3'])
  assert.equal(reconnectionTime, 5)
  assert.match(asked[2].request.headers.authorization, /SignedHeaders=[^,]*last-event-id/)
})

test('the result of responseType stream is one of readEvents’ sources', async () => {
  const result = await client().invokeApi({}, '/chat', 'GET', { responseType: 'stream' })
  const { value } = await readEvents(result).next()
  assert.deepEqual(value, { type: 'message', data: 'first', lastEventId: '1' })
})

test('a refusal is not read as events', async () => {
  answer = ({ response }) => response.writeHead(403).end('{"message":"Forbidden"}')
  const response = await client().fetch('/stage/chat')
  assert.throws(() => readEvents(response), {
    message: 'source must be a successful response; got one with status 403',
  })
})
