// AWS AppSync as a client sees it. Whatever arrives is verified with the AWS SDK's own signer.

import { buildSchema, graphql } from 'graphql'
import { WebSocketServer } from 'ws'
import { refusalOf, startVerifyingServer } from './verifying-server.mjs'

const SCHEMA = buildSchema(
  'type Query { movie(title: String!): String } type Mutation { add(title: String!): String }',
)
const ROOT = { movie: ({ title }) => `found ${title}`, add: ({ title }) => `added ${title}` }

/** What a message or a connection is signed as: a POST to the API, whatever is sent in fact. */
function refusalOfHeaders(path, given, body) {
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return refusalOf({ method: 'POST', path, headers, body }, 'appsync')
}

const connectionHeaders = (protocols) => {
  const named = protocols.find((name) => name.startsWith('header-'))
  return JSON.parse(Buffer.from(named.slice('header-'.length), 'base64url').toString())
}

/** A query or a mutation, run by GraphQL.js. */
async function answerGraphql(_request, response, body) {
  const { query: source, variables: variableValues } = JSON.parse(body)
  const result = await graphql({ schema: SCHEMA, rootValue: ROOT, source, variableValues })
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
}

/** GraphQL, its subscriptions and AppSync Events, as far as a client sees them. */
export async function startAppSync() {
  const refusals = []
  const { server, arrived, url, stop: stopServer } = await startVerifyingServer('appsync', answerGraphql)
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (names) => [...names][0] })
  server.on('upgrade', async (request, socket, head) => {
    const protocols = request.headers['sec-websocket-protocol'].split(/, */)
    const isEvents = request.url === '/event/realtime'
    const refusal = await refusalOfHeaders(
      isEvents ? '/event' : '/graphql/connect',
      connectionHeaders(protocols),
      '{}',
    )
    refusals.push(refusal)
    if (refusal) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('message', async (text) => {
        const message = JSON.parse(text)
        if (message.type === 'connection_init') return ws.send(JSON.stringify({ type: 'connection_ack' }))
        const { type, id, channel, events, payload } = message
        const refused = isEvents
          ? await refusalOfHeaders('/event', message.authorization, JSON.stringify({ channel, events }))
          : await refusalOfHeaders('/graphql', payload.extensions.authorization, payload.data)
        refusals.push(refused)
        ws.send(JSON.stringify({ id, type: refused ? `${type}_error` : `${type}_success` }))
      })
    })
  })
  const stop = () => {
    sockets.close()
    for (const socket of sockets.clients) socket.terminate()
    stopServer()
  }
  return { url, arrived, refusals, stop }
}
