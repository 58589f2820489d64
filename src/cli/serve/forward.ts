// One request of the page, sent to an API as the page has signed it, and its answer.

import { lookup } from 'node:dns'
import {
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { isLoopbackAddress, whyNotAllowed } from './allowed.ts'
import { lineOf, readEnvelope } from './envelope.ts'
import { MEDIA_TYPE } from './protocol.ts'

/** API Gateway takes 10 MB and answers within 5 minutes at most; other services are given more room. */
export const LIMITS = {
  /** Bytes of a request's body, and of an answer's after decompression. */
  body: 64 * 1024 * 1024,
  /** ms until there is a connection: a private API is unreachable from elsewhere, and says nothing at all. */
  connect: 10_000,
  /** ms without a byte from either side. */
  idle: 300_000,
}

/**
 * What belongs to one connection (RFC 9110, 7.6.1). The rest is what a person has written: nothing of the browser's own
 * request is among them, because they travel in the body.
 */
const DROPPED =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|host|content-length|set-cookie)$/

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** Why nothing is forwarded, in words for the page. */
export class Refused extends Error {
  status: number
  code: string | undefined
  constructor(status: number, message: string, code?: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export type Limits = typeof LIMITS

/** What the page asks to have sent. */
interface Outgoing {
  method: string
  url: URL
  headers: [string, string][]
  /** Bytes of the body. */
  length: number
  body: AsyncIterable<Buffer>
}

/** @param log gets method, host, path and status: no query, no header, no body */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: string[],
  limits: Limits,
  log: (line: string) => void,
) {
  const length = Number(request.headers['content-length'])
  if (!Number.isSafeInteger(length)) throw new Refused(411, 'the request has no Content-Length')
  if (length > limits.body) throw new Refused(413, `the body is larger than ${limits.body} bytes`)
  const { head, size, rest, drain } = await readEnvelope(request).catch((error) => {
    throw new Refused(400, `the request cannot be read: ${error.message}`)
  })
  let answer: IncomingMessage
  let method: string
  try {
    const outgoing = readHead(head, allowed)
    const { url, headers } = outgoing
    method = outgoing.method
    const to = `${method} ${url.host}${url.pathname}`
    answer = await send({ method, url, headers, length: length - size, body: rest }, response, limits).catch(
      (error) => {
        log(`${to} failed: ${error.code ?? error.message}`)
        throw error
      },
    )
    log(`${to} ${answer.statusCode}`)
  } catch (error) {
    // A browser reads why it was refused when it has sent everything.
    await drain()
    throw error
  }
  await handBack(method, answer, response, limits)
  // Some servers answer before they have read everything; a browser does not listen until it has sent everything.
  await drain()
  response.end()
}

/** @throws {Refused} */
function readHead(head: unknown, allowed: string[]): Pick<Outgoing, 'method' | 'url' | 'headers'> {
  const { method, url: text, headers } = (head ?? {}) as Record<string, unknown>
  if (typeof method !== 'string' || !/^[A-Z]{1,20}$/.test(method) || /^(?:CONNECT|TRACE)$/.test(method)) {
    throw new Refused(400, 'this method cannot be forwarded')
  }
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
  // What is compared with the list is what is sent: a text that could be read in two ways is not taken.
  if (!url || url.href !== text || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new Refused(400, 'the URL is not in the form that a browser sends')
  }
  const refusal = whyNotAllowed(allowed, url)
  if (refusal) throw new Refused(403, refusal, 'NOT_ALLOWED')
  const isList =
    Array.isArray(headers) &&
    headers.every(
      (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((t) => typeof t === 'string'),
    )
  if (!isList) throw new Refused(400, 'the headers are not a list of names and values')
  return { method, url, headers: ownHeaders(headers) }
}

function ownHeaders(headers: [string, string][]): [string, string][] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim())
  return headers.filter(([name]) => !DROPPED.test(name.toLowerCase()) && !named.includes(name.toLowerCase()))
}

/** @returns once its head has come; it follows no redirect */
function send(
  { method, url, headers, length, body }: Outgoing,
  response: ServerResponse,
  limits: Limits,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(error instanceof Refused ? error : unreachable(url, error))
    const { hostname, port, pathname, search, host } = url
    const options = {
      method,
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: pathname + search,
      headers: wireHeaders({ method, host, headers, length }),
      // A connection for each request: one that was kept may be closed from the other side just now.
      agent: false,
      timeout: limits.idle,
      maxHeaderSize: 64 * 1024,
      ...(url.protocol === 'http:' && { lookup: lookupHere }),
    }
    let sent: ClientRequest
    try {
      sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(options)
    } catch (error) {
      // A header's name or value that HTTP has no place for: the error says which name.
      return reject(new Refused(400, (error as Error).message))
    }
    const late = setTimeout(() => {
      sent.destroy(
        new Refused(
          504,
          `no connection to ${host} within ${limits.connect / 1000} s: a private API can be reached only from its VPC`,
          'ETIMEDOUT',
        ),
      )
    }, limits.connect)
    const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect'
    sent.on('socket', (socket) => socket.once(connected, () => clearTimeout(late)))
    sent.on('close', () => clearTimeout(late))
    sent.on('timeout', () =>
      sent.destroy(new Refused(504, `nothing came from ${host} for ${limits.idle / 1000} s`, 'ETIMEDOUT')),
    )
    sent.on('response', (answer) => {
      if (answer.statusCode === 101) sent.destroy(switched(host))
      else resolve(answer)
    })
    sent.on('error', fail)
    // Without a listener Node ends the request, and tells nobody.
    sent.on('upgrade', (_, socket) => {
      socket.destroy()
      fail(switched(host))
    })
    // Whatever else ends it: no exchange waits for what cannot come any more.
    sent.on('close', () => fail(new Error('the connection was closed without an answer')))
    // Abort when the page disconnects, also if it did so before there was a request.
    if (response.closed) sent.destroy()
    response.on('close', () => sent.destroy())
    pipeline(body, sent).catch(fail)
  })
}

const switched = (host: string) =>
  new Refused(502, `${host} switches to another protocol (101): only HTTP is forwarded`)

function wireHeaders({ method, host, headers, length }: Omit<Outgoing, 'url' | 'body'> & { host: string }) {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted)
  const own: [string, string][] = [['host', host]]
  // Web application firewalls refuse requests that do not say what sends them.
  if (!has('user-agent')) own.push(['user-agent', 'gatesign-serve'])
  if (length > 0 || /^(?:POST|PUT|PATCH)$/.test(method)) own.push(['content-length', String(length)])
  return [...own, ...headers].flat()
}

/** Plain HTTP stays on this machine, whatever the name `localhost` is made to mean. */
const lookupHere: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    if (!addresses.every(({ address }) => isLoopbackAddress(address))) {
      return done(new Error(`${hostname} is not an address of this machine`), '')
    }
    if (options.all) return done(null, addresses)
    const [first] = addresses
    done(null, first?.address ?? '', first?.family)
  })
}

function unreachable(url: URL, { code, message }: NodeJS.ErrnoException) {
  const why = code === 'ENOTFOUND' ? 'the name has no address here' : message || code
  return new Refused(502, `${url.host}: ${why}`, code)
}

/** The answer, and a broken connection where the API's breaks or is too large: never a shorter answer. */
async function handBack(method: string, answer: IncomingMessage, response: ServerResponse, limits: Limits) {
  const { statusCode: status, statusMessage: statusText, rawHeaders } = answer
  const headers: [string, string][] = []
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  response.writeHead(200, { 'content-type': MEDIA_TYPE })
  response.write(lineOf({ status, statusText, headers }))
  const isEmpty = method === 'HEAD' || status === 204 || status === 304
  const decode = isEmpty
    ? undefined
    : DECODERS.get(answer.headers['content-encoding']?.trim().toLowerCase() ?? '')
  await pipeline(answer, decode?.() ?? new PassThrough(), upTo(limits.body), response, { end: false })
}

function upTo(most: number): Transform {
  let size = 0
  return new Transform({
    transform(chunk, _, done) {
      size += chunk.length
      if (size > most) done(new Error(`the answer is larger than ${most} bytes`))
      else done(null, chunk)
    },
  })
}
