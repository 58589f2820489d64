// An interceptor for axios, which signs the request as it is sent.

import type { Axios, AxiosRequest } from '../../pkg-template/axios.d.ts'
import { checkClient, type Signs } from './client.ts'

/** The Content-Type that axios adds to a body without one. */
const BY_DEFAULT = 'application/x-www-form-urlencoded'

export function axiosInterceptor(client: Signs, axios: Axios) {
  checkClient(client)
  if (typeof axios?.getUri !== 'function') {
    throw new TypeError('axios must be axios itself, or an instance that axios.create returned')
  }
  return async <T extends AxiosRequest>(config: T): Promise<T> => {
    if (config.auth) throw new TypeError('auth must not be given: axios replaces the signature with it')
    const { headers } = config
    const data = transformed(config)
    // The package form-data knows the boundary of its parts.
    if (typeof data?.getHeaders === 'function') headers.set(data.getHeaders())
    const content = isLegacyStream(data) ? await collected(data) : data
    nameType(config, content)
    const { url, ...signed } = await client.sign(axios.getUri(config), {
      method: config.method ?? 'get',
      headers: Object.entries(headers.toJSON(true)).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      body: content,
      signal: (config.signal as AbortSignal | undefined) ?? null,
    })
    headers.set(signed.headers)
    // Without this, axios would add a Content-Type that is not signed.
    if (content === undefined || content === null) headers.set('Content-Type', false)
    return Object.assign(config, {
      url,
      baseURL: undefined,
      params: undefined,
      data: signed.body instanceof Uint8Array ? signed.body.buffer : signed.body,
      // The body already has the form in which it is sent.
      transformRequest: [],
      // A redirect would remove only the authorization, not the session token.
      maxRedirects: 0,
      adapter: withoutXhr(config.adapter),
    })
  }
}

/** The body that axios would send. This also sets its headers. */
function transformed(config: AxiosRequest): any {
  let { data } = config
  for (const transform of [config.transformRequest ?? []].flat()) {
    data = transform.call(config, data, config.headers)
  }
  return data
}

/** The same as axios does, but before the request is signed. */
function nameType({ method = 'get', headers }: AxiosRequest, body: unknown) {
  const hasOwn = typeof Blob === 'function' && body instanceof Blob && body.type !== ''
  if (body === undefined || body === null || hasOwn || !/^(post|put|patch)$/i.test(method)) return
  if (!headers.has('Content-Type')) headers.set('Content-Type', BY_DEFAULT)
}

/** XMLHttpRequest always follows redirects. */
function withoutXhr(adapter: unknown) {
  const names = [adapter ?? ['http', 'fetch']].flat().filter((name) => name !== 'xhr')
  return names.length > 0 ? names : ['fetch']
}

/** Whether a stream emits its chunks only as events, as those of the package form-data do. */
function isLegacyStream(body: any) {
  return typeof body?.pipe === 'function' && typeof body[Symbol.asyncIterator] !== 'function'
}

function collected(stream: any): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: BlobPart[] = []
    stream.on('data', (chunk: BlobPart) => chunks.push(chunk))
    stream.on('error', reject)
    stream.on('end', () => {
      new Blob(chunks).arrayBuffer().then((bytes) => resolve(new Uint8Array(bytes)), reject)
    })
    stream.resume()
  })
}
