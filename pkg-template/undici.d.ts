/**
 * Signs the requests that an undici dispatcher sends: those of `request`, `stream`, `pipeline`, `fetch` and everything
 * that is built on them. It needs undici 7 or later and does not import it.
 */

import type { Client } from './index.js'

/** The options of a request that are used. */
export interface UndiciOptions {
  origin?: any
  path: string
  query?: any
  method?: any
  headers?: any
  body?: any
}

/** The part of a handler that is used: it receives an error that happens before the request is sent. */
export interface UndiciHandler {
  onResponseError?: any
  onError?: any
}

/** A dispatcher's `dispatch`. */
export type UndiciDispatch = (options: any, handler: any) => boolean

/**
 * Returns an interceptor for `dispatcher.compose`. Pass it **first**: the interceptors after it wrap it, so that each
 * attempt of `retry` is signed again, and each request of `redirect` is signed, or refused if it goes to another
 * origin.
 *
 * A body, including a stream or form, is read before it is sent, unless the client has `signPayload: false`. A request
 * to another origin than invokeUrl's fails with a `TypeError` before anything is sent.
 *
 * @param client from `newClient`; its own `retries` and `fetch` are not used
 * @throws {TypeError} if `client` is not a client
 * @example
 * ```js
 * import { newClient } from 'gatesign'
 * import { undiciInterceptor } from 'gatesign/undici'
 * import { Agent, interceptors, request } from 'undici'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 * })
 * const dispatcher = new Agent().compose(undiciInterceptor(client), interceptors.retry())
 * const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/stage/movie_list'
 * const { body } = await request(url, { dispatcher })
 * console.log(await body.json())
 * ```
 */
export function undiciInterceptor(client: Pick<Client, 'sign'>): (dispatch: UndiciDispatch) => UndiciDispatch
