/**
 * IAM authorization for the WebSockets of AWS AppSync: AppSync Events and GraphQL subscriptions. A browser cannot send
 * headers with a WebSocket, so the signature of the connection is one of its subprotocols, and each message brings its own.
 * Queries and mutations need no helper: `client.fetch('/graphql', …)`.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-websocket-protocol.html
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */

import type { Client } from './index.js'

/** The path of an API: AppSync Events, or GraphQL. */
export type AppSyncPath = '/event' | '/graphql'

/** What a WebSocket is opened with. */
export interface AppSyncConnection {
  /** `wss:`, on the real-time host; on a domain of your own on that. */
  url: string
  /** The protocol that is spoken, and the headers of the signature: a credential, for some minutes. */
  protocols: string[]
}

/**
 * What to open the WebSocket with. It is valid for 5 minutes: make it when you connect.
 *
 * @param client from `newClient`, with the API's HTTP host as invokeUrl; its name tells the service and the region, a
 *   domain of your own needs `service: 'appsync'` and `region`
 * @param path default `/event`
 * @throws {TypeError} if `client` or `path` is none of these, and without credentials
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
 * The headers that a message brings as `authorization` (Events), or as `extensions.authorization` (GraphQL).
 *
 * @param client as for {@link appsyncConnection}
 * @param message what is authorized. Events: `{ channel }` of a subscription, `{ channel, events }` of a publication.
 *   GraphQL: the text of `payload.data`, which has the query and its variables
 * @param path default `/event`
 * @throws {TypeError} if `client`, `message` or `path` is none of these, and without credentials
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
