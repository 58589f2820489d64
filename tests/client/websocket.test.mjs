// WebSocket APIs: $connect with a presigned URL, and what the backend says through @connections.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'
import { openWebSocket } from './websocket.mjs'

const IDENTITY = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
const TEMPORARY = {
  accessKeyId: 'ASIASOCKET',
  secretAccessKey: 'socket/secret+EXAMPLE',
  sessionToken: 'socket/token+EXAMPLE==',
}

const gateway = await gatewayForTests()

const sockets = (config) =>
  newClient({
    invokeUrl: `${gateway.url.replace('http:', 'ws:')}/stage`,
    region: REGION,
    ...LONG_LIVED,
    ...config,
  })
const backend = () => newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED })
const presigned = (api = sockets(), request = {}) =>
  api.presign({ pathTemplate: '/ws', expiresIn: 60, ...request })

async function connected(url) {
  const socket = openWebSocket(url)
  const { event } = await socket.next()
  if (event === 'open') return socket
  socket.end()
  return undefined
}

/** A socket and the id under which the gateway knows it. */
async function connection() {
  const socket = await connected(await presigned())
  socket.send('{"action":"whoami"}')
  const { data } = await socket.next()
  return { socket, id: JSON.parse(data).connectionId }
}

describe('$connect', () => {
  test('a presigned URL opens a WebSocket', async () => {
    const url = await presigned()
    assert.match(
      url,
      /^ws:\/\/127\.0\.0\.1:\d+\/stage\/ws\?X-Amz-Algorithm=AWS4-HMAC-SHA256&.*&X-Amz-Signature=[0-9a-f]{64}$/,
    )
    const socket = await connected(url)
    socket.send('hello ü')
    assert.deepEqual(await socket.next(), { event: 'message', data: 'hello ü' })
    socket.close()
    assert.equal((await socket.next()).event, 'close')
    socket.end()
    assert.equal((await gateway.requests())[0].verdict.by, 'query')
  })

  test('with a query and a session token', async () => {
    await gateway.identity(TEMPORARY)
    const api = sockets({ accessKey: undefined, secretKey: undefined, credentials: async () => TEMPORARY })
    const socket = await connected(
      await presigned(api, { additionalParams: { queryParams: { room: 'a b/ü+' } } }),
    )
    assert.ok(socket)
    socket.end()
    assert.equal((await gateway.requests())[0].verdict.sessionTokenSigned, true)
  })

  const REFUSED = [
    ['a wrong secret', async () => presigned(sockets({ secretKey: 'wrong' }))],
    ['no signature', async () => `${gateway.url.replace('http:', 'ws:')}/stage/ws`],
    ['a changed query', async () => `${await presigned()}&room=2`],
    [
      'a URL past its end',
      async () => {
        const url = await presigned(sockets(), { expiresIn: 10 })
        await gateway.configure({ clockOffsetMs: 20_000 })
        return url
      },
    ],
  ]
  for (const [name, url] of REFUSED) {
    test(`refused: ${name}`, async () => assert.equal(await connected(await url()), undefined))
  }

  test('wss: the same signature as for https', async () => {
    const date = Date.now()
    const host = 'abc123.execute-api.us-east-1.amazonaws.com'
    const signer = createSigner({ ...IDENTITY, region: REGION, service: 'execute-api', date })
    const wss = signer.presign({ url: `wss://${host}/prod`, expiresIn: 60 })
    assert.equal(
      wss,
      signer.presign({ url: `https://${host}/prod`, expiresIn: 60 }).replace('https:', 'wss:'),
    )
    const byClient = await newClient({ invokeUrl: `wss://${host}/prod`, ...LONG_LIVED }).presign({
      expiresIn: 60,
    })
    const at = new URL(byClient).searchParams.get('X-Amz-Date')
    assert.equal(byClient, signer.presign({ url: `wss://${host}/prod`, expiresIn: 60, date: at }))
  })

  for (const [name, use] of [
    ['invokeApi', (api) => api.invokeApi({}, '/ws', 'GET')],
    ['fetch', (api) => api.fetch('/stage/ws')],
  ]) {
    test(`${name} is refused: there is nothing to call`, async () => {
      await assert.rejects(
        use(sockets()),
        /^TypeError: invokeUrl must be an http or https URL to be called; got ws:/,
      )
    })
  }
})

describe('@connections', () => {
  const template = '/@connections/{id}'

  test('POST pushes to a connection whose id contains =', async () => {
    const { socket, id } = await connection()
    assert.match(id, /=/)
    for (const [body, data] of [
      [{ text: 'ü 日本' }, '{"text":"ü 日本"}'],
      ['{"raw":1}', '{"raw":1}'],
      [new TextEncoder().encode('bytes'), 'bytes'],
    ]) {
      assert.equal((await backend().invokeApi({ id }, template, 'POST', {}, body)).status, 200)
      assert.deepEqual(await socket.next(), { event: 'message', data })
    }
    socket.end()
  })

  test('POST by fetch, with the id as it is and encoded', async () => {
    const { socket, id } = await connection()
    for (const target of [`/stage/@connections/${id}`, `/stage/@connections/${encodeURIComponent(id)}`]) {
      const response = await backend().fetch(target, { method: 'POST', body: 'text' })
      assert.equal(response.status, 200, await response.text())
      assert.deepEqual(await socket.next(), { event: 'message', data: 'text' })
    }
    socket.end()
  })

  test('GET tells about it, DELETE closes it, and then it is gone', async () => {
    const { socket, id } = await connection()
    const { data } = await backend().invokeApi({ id }, template, 'GET')
    assert.equal(data.identity.sourceIp, '127.0.0.1')
    assert.equal((await backend().invokeApi({ id }, template, 'DELETE')).status, 204)
    assert.equal((await socket.next()).event, 'close')
    await assert.rejects(
      backend().invokeApi({ id }, template, 'POST', {}, { a: 1 }),
      (error) => error.response.status === 410,
    )
    socket.end()
  })
})
