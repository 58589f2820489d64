/**
 * Signs what a dispatcher of undici sends: `request`, `stream`, `pipeline`, `fetch` and whatever is built on them. It needs
 * undici 7 or later and does not import it.
 */

import type { Client } from './index.js'

/** What is used of the options of a request. */
export interface UndiciOptions {
  origin?: any
  path: string
  query?: any
  method?: any
  headers?: any
  body?: any
}

/** What is used of a handler: where an error goes that comes before the request. */
export interface UndiciHandler {
  onResponseError?: any
  onError?: any
}

/** A dispatcher's `dispatch`. */
export type UndiciDispatch = (options: any, handler: any) => boolean

/**
 * An interceptor for `dispatcher.compose`. Give it **first**: those after it are around it, so that each attempt of `retry` is
 * signed again, and each request of `redirect` is signed, or refused where it leads elsewhere.
 *
 * A body is read before it is sent, streams and forms too, unless the client has `signPayload: false`. A request of another
 * origin than invokeUrl's fails with a `TypeError`, and nothing is sent.
 *
 * @param client from `newClient`; its own `retries` and `fetch` are not used
 * @throws {TypeError} if `client` is none
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
