// An interceptor for undici, which signs what a dispatcher sends.

import type { UndiciDispatch, UndiciHandler, UndiciOptions } from '../../pkg-template/undici.d.ts'
import { checkClient, type Signs } from './client.ts'

export function undiciInterceptor(client: Signs) {
  checkClient(client)
  return (dispatch: UndiciDispatch): UndiciDispatch =>
    (options, handler) => {
      signed(client, options)
        .then((request) => void dispatch(request as typeof options, handler))
        .catch((error) => fail(handler, error))
      // Always ready for more: undici's own dispatcher counts its requests.
      return true
    }
}

async function signed(client: Signs, options: UndiciOptions) {
  const { origin, path, query, method = 'GET', headers, body, ...rest } = options
  const target = new URL(path, origin)
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of [value].flat()) target.searchParams.append(name, String(item ?? ''))
  }
  const init = { method, headers: pairs(headers), body: bodyOf(body), duplex: 'half' } as RequestInit
  const { url, ...request } = await client.sign(target, init)
  const { pathname, search } = new URL(url)
  return { ...rest, ...request, origin, path: pathname + search, body: request.body ?? null }
}

/** Names and values; undici also accepts a flat list of them. */
function pairs(headers: UndiciOptions['headers']): [string, string][] {
  if (!headers) return []
  if (!Array.isArray(headers) || Array.isArray(headers[0])) {
    const entries =
      typeof (headers as any)[Symbol.iterator] === 'function' ? headers : Object.entries(headers)
    return Array.from(entries as Iterable<[string, unknown]>)
      .filter(([, value]) => value !== undefined && value !== null)
      .flatMap(([name, value]) => [value].flat().map((item): [string, string] => [name, String(item)]))
  }
  const found: [string, string][] = []
  for (let i = 0; i + 1 < headers.length; i += 2) {
    for (const item of [headers[i + 1]].flat()) found.push([String(headers[i]), String(item)])
  }
  return found
}

/** undici sets no Content-Type for a string, and sends the chunks of an iterable. */
function bodyOf(body: any) {
  if (typeof body === 'string') return new TextEncoder().encode(body)
  const isList = typeof body?.[Symbol.iterator] === 'function' && !ArrayBuffer.isView(body)
  return isList && !(body instanceof FormData) ? chunksOf(body) : body
}

async function* chunksOf(body: Iterable<unknown>) {
  yield* body
}

function fail(handler: UndiciHandler, error: unknown) {
  if (handler.onResponseError) handler.onResponseError(null, error)
  else handler.onError?.(error)
}
