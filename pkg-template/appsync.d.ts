/**
 * IAM authorization for the WebSockets of AWS AppSync: AppSync Events and GraphQL subscriptions. A browser cannot send
 * headers with a WebSocket, so the connection's signature is sent as one of its subprotocols, and each message contains
 * its own signature. Queries and mutations need no helper: `client.fetch('/graphql', …)`.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-websocket-protocol.html
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */

import type { Client } from './index.js'

/** The path of an API: AppSync Events, or GraphQL. */
export type AppSyncPath = '/event' | '/graphql'

/** The arguments of `new WebSocket`. */
export interface AppSyncConnection {
  /** The `wss:` URL of the real-time host, or of your custom domain. */
  url: string
  /** The protocol's name, and the signed headers: a credential that is valid for some minutes. */
  protocols: string[]
}

/**
 * Returns the arguments to open the WebSocket with. They are valid for 5 minutes, so call this when you connect.
 *
 * @param client from `newClient`, with the API's HTTP host as invokeUrl. Service and region are read from its name; a
 *   custom domain needs `service: 'appsync'` and `region`
 * @param path default `/event`
 * @throws {TypeError} if `client` or `path` is anything else, and without credentials
 * @example
 * ```js
 * import { newClient } from 'gatesign'
 * import { appsyncConnection } from 'gatesign/appsync'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.appsync-api.us-east-1.amazonaws.com',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 * })
 * const { url, protocols } = await appsyncConnection(client)
 * console.log(url, protocols.length) // new WebSocket(url, protocols)
 * ```
 */
export function appsyncConnection(
  client: Pick<Client, 'sign'>,
  path?: AppSyncPath,
): Promise<AppSyncConnection>

/**
 * Returns the headers to send in a message as `authorization` (Events) or `extensions.authorization` (GraphQL).
 *
 * @param client as for {@link appsyncConnection}
 * @param message what to authorize. Events: `{ channel }` to subscribe, `{ channel, events }` to publish. GraphQL: the
 *   text of `payload.data`, which contains the query and its variables
 * @param path default `/event`
 * @throws {TypeError} if `client`, `message` or `path` is anything else, and without credentials
 * @example
 * ```js
 * import { newClient } from 'gatesign'
 * import { appsyncAuthorization } from 'gatesign/appsync'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.appsync-api.us-east-1.amazonaws.com',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 * })
 * const channel = '/default/movies'
 * const authorization = await appsyncAuthorization(client, { channel })
 * const message = { type: 'subscribe', id: crypto.randomUUID(), channel, authorization }
 * console.log(message.type, Object.keys(authorization)) // socket.send(JSON.stringify(message))
 * ```
 */
export function appsyncAuthorization(
  client: Pick<Client, 'sign'>,
  message: object | string,
  path?: AppSyncPath,
): Promise<Record<string, string>>
