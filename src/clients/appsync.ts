// The WebSockets of AWS AppSync: a browser cannot send headers with a WebSocket, so the signature is sent in a
// subprotocol and in the messages.

import { checkClient, type Signs } from './client.ts'

/** The headers that AppSync requires in every request that represents a message. */
const HEADERS = {
  accept: 'application/json, text/javascript',
  'content-encoding': 'amz-1.0',
  'content-type': 'application/json; charset=UTF-8',
}

/**
 * By the API's path: the path to sign, the WebSocket's protocol, and the path to open on a host of AWS. On a custom
 * domain the latter is the API's path and `/realtime`.
 */
const APIS = {
  '/event': { connect: '/event', protocol: 'aws-appsync-event-ws', opened: '/event/realtime' },
  '/graphql': { connect: '/graphql/connect', protocol: 'graphql-ws', opened: '/graphql' },
}

export type Path = keyof typeof APIS

export async function appsyncConnection(client: Signs, path: Path = '/event') {
  const { connect, protocol, opened } = apiOf(path)
  const { url, headers } = await signed(client, connect, '{}')
  // Base64 for URLs: a protocol's name may not contain '+', '/' and '='.
  const name = btoa(JSON.stringify(headers)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const { protocol: scheme, host } = new URL(url)
  const realtime = host.replace('.appsync-api.', '.appsync-realtime-api.')
  const isOwn = realtime === host
  return {
    url: `${scheme === 'http:' ? 'ws' : 'wss'}://${realtime}${isOwn ? `${path}/realtime` : opened}`,
    protocols: [protocol, `header-${name}`],
  }
}

export async function appsyncAuthorization(client: Signs, message: unknown, path: Path = '/event') {
  apiOf(path)
  const text = typeof message === 'object' && message !== null ? JSON.stringify(message) : message
  if (typeof text !== 'string') {
    throw new TypeError(
      `message must be an object or its JSON; got ${message === null ? 'null' : typeof message}`,
    )
  }
  return (await signed(client, path, text)).headers
}

function apiOf(path: Path) {
  if (Object.hasOwn(APIS, path)) return APIS[path]
  throw new TypeError(`path must be ${Object.keys(APIS).join(' or ')}`)
}

async function signed(client: Signs, path: string, body: string) {
  checkClient(client)
  const { url, headers } = await client.sign(path, { method: 'POST', headers: HEADERS, body })
  return { url, headers: { host: new URL(url).host, ...headers } }
}
