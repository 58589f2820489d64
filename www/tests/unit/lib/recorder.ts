// A local server that keeps what it receives, and what is the same in two requests that mean the same.

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  method: string
  /** The path as it arrived, decoded once. */
  path: string
  query: [string, string][]
  headers: Record<string, string>
  /** Text, fields of a form, parts of a form. */
  body: unknown
}

/** What differs from program to program, and nobody asked for. */
const OWN =
  /^(?:host|connection|user-agent|accept-encoding|accept-language|sec-fetch-.*|content-length|transfer-encoding|expect|keep-alive|x-amz-date|postman-token|cache-control|pragma)$/

export async function recorder() {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push(read(request.method ?? '', request.url ?? '', request.headers, Buffer.concat(chunks)))
    response.end('{}')
  })
  server.keepAliveTimeout = 1
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    base,
    /** What arrived since the last time. */
    take: () => received.splice(0),
    close: () => new Promise((done) => server.close(done)),
  }
}

function read(method: string, target: string, given: IncomingHttpHeaders, bytes: Buffer): Received {
  const [path = '', query = ''] = target.split(/\?(.*)/s)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) if (!OWN.test(name)) headers[name] = String(value)
  if (headers.accept === '*/*') delete headers.accept
  const type = headers['content-type'] ?? ''
  const text = bytes.toString('latin1')
  let body: unknown = text
  if (bytes.length === 0) delete headers['content-type']
  else if (type.startsWith('multipart/')) {
    body = partsOf(text, /boundary="?([^";]+)/.exec(type)?.[1] ?? '')
    headers['content-type'] = 'multipart/form-data'
  } else if (type.startsWith('application/x-www-form-urlencoded')) body = pairsOf(text)
  const { authorization } = headers
  // The time and what follows from it differ.
  if (authorization?.startsWith('AWS4-'))
    headers.authorization = authorization.replace(/\/\d{8}\//, '/DATE/').replace(/, ?SignedHeaders.*$/, '')
  const pairs = (pairsOf(query) as [string, string][])
    .filter(([name]) => !/^X-Amz-(?:Date|Signature)$/.test(name))
    .map(([name, value]): [string, string] => [
      name,
      name === 'X-Amz-Credential' ? value.replace(/\/\d{8}\//, '/DATE/') : value,
    ])
  // A signature is over the sorted query, and the page sends it as it is signed.
  if (authorization?.startsWith('AWS4-') || query.includes('X-Amz-Signature'))
    pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return { method, path: decodedOnce(path), query: pairs, headers, body }
}

const decodedOnce = (path: string) => path.replace(/%[0-9A-F]{2}/gi, (hex) => unescape(hex))

function pairsOf(text: string): [string, string][] | string {
  if (text !== '' && !/[=&]/.test(text))
    return text.includes('%') ? decodedOnce(text) : `${text}`.length > 0 ? [[text, '']] : []
  return text
    .split('&')
    .filter(Boolean)
    .map((part) => part.split(/=(.*)/s))
    .map(([name = '', value = '']): [string, string] => [plain(name), plain(value)])
}

const plain = (text: string) => decodedOnce(text.replaceAll('+', ' '))

function partsOf(text: string, boundary: string) {
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n')
      return {
        head: head.toLowerCase().split('\r\n').sort(),
        value: rest.join('\r\n\r\n').replace(/\r\n$/, ''),
      }
    })
}
