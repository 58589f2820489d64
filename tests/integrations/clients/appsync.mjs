// WebSockets of AWS AppSync with IAM: the connection's subprotocol and each message are verified by the AWS SDK's signer.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appsyncAuthorization, appsyncConnection } from 'gatesign/appsync'
import { startAppSync } from '../lib/appsync-server.mjs'
import { clientOf } from '../lib/checks.mjs'

/** Node's own WebSocket, which is that of browsers. */
async function open({ url, protocols }) {
  const socket = new WebSocket(url, protocols)
  const failed = once(socket, 'error').then(() => assert.fail('the connection is refused'))
  await Promise.race([once(socket, 'open'), failed])
  const ask = async (message) => {
    const answered = once(socket, 'message')
    socket.send(JSON.stringify(message))
    const [{ data }] = await answered
    return JSON.parse(data).type
  }
  assert.equal(await ask({ type: 'connection_init' }), 'connection_ack')
  return { ask, socket }
}

export const rows = [
  {
    id: 'appsync-events',
    name: 'AppSync Events',
    packages: ['ws'],
    how: '`gatesign/appsync`, with the WebSocket of browsers',
    async run(checks) {
      const server = await startAppSync()
      const client = clientOf(server.url, { service: 'appsync' })
      await checks.check('the connection, a subscription and a publication are verified', async () => {
        const { ask, socket } = await open(await appsyncConnection(client))
        const channel = '/default/movies'
        const subscribe = { channel, authorization: await appsyncAuthorization(client, { channel }) }
        assert.equal(await ask({ type: 'subscribe', id: '1', ...subscribe }), 'subscribe_success')
        const events = [JSON.stringify({ title: 'Das Boot – ü' })]
        const publish = {
          channel,
          events,
          authorization: await appsyncAuthorization(client, { channel, events }),
        }
        assert.equal(await ask({ type: 'publish', id: '2', ...publish }), 'publish_success')
        socket.close()
        assert.deepEqual(server.refusals, [undefined, undefined, undefined])
      })
      await checks.check('a message that was changed is refused', async () => {
        const { ask, socket } = await open(await appsyncConnection(client))
        const authorization = await appsyncAuthorization(client, { channel: '/default/movies' })
        assert.equal(
          await ask({ type: 'subscribe', id: '1', channel: '/default/*', authorization }),
          'subscribe_error',
        )
        socket.close()
      })
      await checks.check('a wrong secret key opens no connection', async () => {
        const wrong = clientOf(server.url, { service: 'appsync', secretKey: 'not-the-right-secret' })
        await assert.rejects(appsyncConnection(wrong).then(open), /the connection is refused/)
        assert.equal(server.refusals.at(-1), 'another signature')
      })
      server.stop()
    },
  },
  {
    id: 'appsync-graphql',
    name: 'AppSync subscriptions',
    packages: ['ws'],
    how: '`gatesign/appsync`, path `/graphql`',
    async run(checks) {
      const server = await startAppSync()
      const client = clientOf(server.url, { service: 'appsync' })
      await checks.check('the connection and a subscription are verified', async () => {
        const { ask, socket } = await open(await appsyncConnection(client, '/graphql'))
        const data = JSON.stringify({ query: 'subscription { added { title } }', variables: {} })
        const authorization = await appsyncAuthorization(client, data, '/graphql')
        const payload = { data, extensions: { authorization } }
        assert.equal(await ask({ type: 'start', id: '1', payload }), 'start_success')
        socket.close()
        assert.deepEqual(server.refusals, [undefined, undefined])
      })
      await checks.check('a wrong secret key opens no connection', async () => {
        const wrong = clientOf(server.url, { service: 'appsync', secretKey: 'not-the-right-secret' })
        await assert.rejects(appsyncConnection(wrong, '/graphql').then(open), /the connection is refused/)
      })
      server.stop()
      await checks.check("AWS's hosts, and one of one's own", async () => {
        const urls = []
        for (const invokeUrl of [
          'https://abc.appsync-api.us-east-1.amazonaws.com',
          'https://events.example.com',
        ]) {
          for (const path of ['/event', '/graphql']) {
            urls.push((await appsyncConnection(clientOf(invokeUrl, { service: 'appsync' }), path)).url)
          }
        }
        assert.deepEqual(urls, [
          'wss://abc.appsync-realtime-api.us-east-1.amazonaws.com/event/realtime',
          'wss://abc.appsync-realtime-api.us-east-1.amazonaws.com/graphql',
          'wss://events.example.com/event/realtime',
          'wss://events.example.com/graphql/realtime',
        ])
      })
      await checks.check('what cannot be signed is refused by name', async () => {
        await assert.rejects(
          appsyncConnection(client, '/events'),
          /^TypeError: path must be \/event or \/graphql$/,
        )
        await assert.rejects(appsyncAuthorization(client, 5), /^TypeError: message must be an object/)
        await assert.rejects(appsyncConnection({}), /^TypeError: client must be what newClient returns/)
      })
    },
  },
]
