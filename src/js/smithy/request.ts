// A request of the AWS SDK: its parts, a copy to change, and the form that createSigner accepts.

import { bytesOf, isGiven, objectOption } from '../values.ts'

export type HttpRequest = import('../../../pkg-template/smithy.d.ts').HttpRequest

/** Checks that a request's headers or query are an object; a string would become one entry for each character. */
export function partOf(request: any, name: 'headers' | 'query'): Record<string, any> {
  return objectOption(`request.${name}`, objectOption('request', request)[name] ?? {})
}

/** A copy of the request, with a copy of its query and with these headers. */
export function copyOf(
  request: any,
  headers: Record<string, any>,
): HttpRequest & { query: Record<string, any> } {
  const query = Object.fromEntries(
    Object.entries(partOf(request, 'query')).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...value] : value,
    ]),
  )
  return Object.assign(Object.create(Object.getPrototypeOf(request)), request, { headers, query })
}

/** Removes headers by their lower-case names. */
export function drop(headers: Record<string, any>, unwanted: (name: string) => boolean) {
  for (const name of Object.keys(headers)) if (unwanted(name.toLowerCase())) delete headers[name]
}

export function headerOf(headers: Record<string, any>, name: string) {
  const key = Object.keys(headers).find((key) => key.toLowerCase() === name)
  return key === undefined ? undefined : headers[key]
}

/** Moves AWS's own headers into the presigned URL, so that they need not be sent with it. */
export function moveToQuery({ headers, query }: any, { hoistableHeaders, unhoistableHeaders }: any) {
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase()
    const moves = lower.startsWith('x-amz-') && !unhoistableHeaders?.has(lower)
    if (moves || hoistableHeaders?.has(lower)) {
      query[name] = headers[name]
      delete headers[name]
    }
  }
}

/** The request in the form of createSigner: method, URL as it is sent, headers. */
export function partsOf({ method = 'GET', protocol = 'https:', hostname, port, path, headers, query }: any) {
  const isDefault = !isGiven(port) || port === (protocol === 'http:' ? 80 : 443)
  const sent = Object.keys(headers)
    .filter((name) => isGiven(headers[name]))
    .sort()
    .map((name) => [name.toLowerCase(), headers[name]])
  return {
    method,
    url: {
      protocol,
      host: isDefault ? hostname : `${hostname}:${port}`,
      path: path || '/',
      query: queryOf(query),
      [Symbol.for('gatesign: unchecked URL')]: true,
    },
    // If names differ only in case, the last one counts.
    headers: Object.fromEntries(sent),
  }
}

/** The query as the SDK writes it, without an earlier signature. */
function queryOf(query: Record<string, any>) {
  const parts = []
  for (const name of Object.keys(query)) {
    if (name.toLowerCase() === 'x-amz-signature') continue
    for (const value of [query[name]].flat()) parts.push(`${encode(name)}=${encode(value ?? '')}`)
  }
  return parts.join('&')
}

const encode = (text: unknown) =>
  encodeURIComponent(String(text)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** A body whose hash is known is not read again; a stream cannot be read twice. */
export function payloadFields(body: any, hash: string | undefined) {
  if (hash !== undefined) return { bodyHash: hash }
  const readable = typeof body === 'string' || bytesOf(body) !== undefined
  return readable || !isGiven(body) ? { body } : { bodyHash: 'UNSIGNED-PAYLOAD' }
}
