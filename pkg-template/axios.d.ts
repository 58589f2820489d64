/**
 * Signs the requests of an axios instance, whatever sends them: for instances that keep their adapter, agents, proxies and
 * interceptors. Where the fetch adapter will do, no helper is needed: `axios.create({ adapter: 'fetch', env: { fetch:
 * client.fetch } })` sends through the client, with its retries and its clock. It needs axios 1 and does not import it.
 */

import type { Client } from './index.js'

/** What is used of axios's headers. */
export interface AxiosHeaders {
  set(headers: Record<string, any>): unknown
  set(name: string, value: string | false): unknown
  has(name: string): boolean
  toJSON(asStrings: true): Record<string, unknown>
}

/** What is used of a request that passes an interceptor. */
export interface AxiosRequest {
  method?: string | undefined
  headers: AxiosHeaders
  data?: any
  transformRequest?: any
  adapter?: any
  /**
   * Must not be given: axios would send it in place of the signature.
   *
   * @throws {TypeError} if it is
   */
  auth?: any
  signal?: any
}

/** What is used of axios itself, or of what its `create` returns. */
export interface Axios {
  getUri(config?: any): string
}

/**
 * A request interceptor. Add it **before** the others: axios runs the one that was added last first, so this one sees
 * what all of them made.
 *
 * The body is signed as it leaves, after `transformRequest`, and forms are sent as the bytes that were signed. URL, query
 * and headers are the signed ones. Requests follow no redirect (`maxRedirects: 0`), and pages send them with axios's
 * fetch adapter, as `XMLHttpRequest` follows any. Each attempt of axios-retry is signed again; the client's own `retries`
 * are not used.
 *
 * @param client from `newClient`; the URL must be on its invokeUrl's origin
 * @param axios the instance that the interceptor is for
 * @throws {TypeError} if `client` or `axios` is none. A request rejects with one for a URL elsewhere, `auth`, and a body
 *   that cannot be read
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
