/**
 * Signs the requests of an axios instance, which keeps its adapter, agents, proxies and interceptors. If you can use
 * axios's fetch adapter, you need no helper: `axios.create({ adapter: 'fetch', env: { fetch: client.fetch } })` sends
 * through the client, with its retries and clock correction. It needs axios 1 and does not import it.
 */

import type { Client } from './index.js'

/** The part of axios's headers that is used. */
export interface AxiosHeaders {
  set(headers: Record<string, any>): unknown
  set(name: string, value: string | false): unknown
  has(name: string): boolean
  toJSON(asStrings: true): Record<string, unknown>
}

/** The part of a request that is used. */
export interface AxiosRequest {
  method?: string | undefined
  headers: AxiosHeaders
  data?: any
  transformRequest?: any
  adapter?: any
  /**
   * Not allowed: axios would send it in place of the signature.
   *
   * @throws {TypeError} if it is set
   */
  auth?: any
  signal?: any
}

/** The part of axios, or of an instance from `axios.create`, that is used. */
export interface Axios {
  getUri(config?: any): string
}

/**
 * Returns a request interceptor. Add it **before** the others: axios runs the last added interceptor first, so this one
 * signs what all the others have changed.
 *
 * The body is signed as it is sent, after `transformRequest`; a form is sent as the bytes that were signed. Requests do
 * not follow redirects (`maxRedirects: 0`); pages send them with axios's fetch adapter, because `XMLHttpRequest` always
 * follows redirects. Each attempt of axios-retry is signed again; the client's own `retries` are not used.
 *
 * @param client from `newClient`; the URL must be on its invokeUrl's origin
 * @param axios the instance that the interceptor is for
 * @throws {TypeError} if `client` or `axios` is not one. A request rejects with a `TypeError` for a URL on another
 *   origin, for `auth`, and for a body that cannot be read
 * @example
 * ```js
 * import axios from 'axios'
 * import { newClient } from 'gatesign'
 * import { axiosInterceptor } from 'gatesign/axios'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 * })
 * const api = axios.create({ baseURL: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage' })
 * api.interceptors.request.use(axiosInterceptor(client, api))
 * const { data } = await api.get('/movie_list')
 * console.log(data.Items.length)
 * ```
 */
export function axiosInterceptor(
  client: Pick<Client, 'sign'>,
  axios: Axios,
): <T extends AxiosRequest>(config: T) => Promise<T>
