// Sends one request of the page to an API, exactly as the page signed it, and returns the answer.

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
import { endToEnd } from '../http/end-to-end.ts'
import { isLoopbackAddress, whyNotAllowed } from './allowed.ts'
import { lineOf, readEnvelope } from './envelope.ts'
import { MEDIA_TYPE } from './protocol.ts'

/** API Gateway accepts up to 10 MB and answers within 5 minutes; these limits leave room for other services. */
export const LIMITS = {
  /** The maximum size in bytes of a request's body, and of an answer's body after decompression. */
  body: 64 * 1024 * 1024,
  /** ms to wait for a connection: a private API that is out of reach does not answer at all. */
  connect: 10_000,
  /** ms without a byte in either direction. */
  idle: 300_000,
}

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** The reason why nothing was forwarded, as a message for the page. */
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

/** The request that the page wants to send. */
interface Outgoing {
  method: string
  url: URL
  headers: [string, string][]
  /** The length of the body in bytes. */
  length: number
  body: AsyncIterable<Buffer>
}

/** @param log called with method, host, path and status, without query, headers and body */
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
    // A browser reads the refusal only after it has sent everything.
    await drain()
    throw error
  }
  await handBack(method, answer, response, limits)
  // Some servers answer before they have read everything, but a browser reads the answer only after it has sent
  // everything.
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
  // The URL that is compared with the list must be the one that is sent, so an ambiguous URL is refused.
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

/**
 * What the user wrote, without what belongs to a connection or an answer. The headers of the browser's own request are
 * not among them, because the user's headers are sent in the body.
 */
const ownHeaders = (headers: [string, string][]) =>
  endToEnd(headers).filter(([name]) => name.toLowerCase() !== 'set-cookie')

/** @returns once the head has arrived; does not follow redirects */
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
      // A new connection for each request: the server may be closing a kept one at this moment.
      agent: false,
      timeout: limits.idle,
      maxHeaderSize: 64 * 1024,
      ...(url.protocol === 'http:' && { lookup: lookupHere }),
    }
    let sent: ClientRequest
    try {
      sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(options)
    } catch (error) {
      // HTTP does not allow a header's name or value: the error contains the name.
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
    // Without a listener Node ends the request silently.
    sent.on('upgrade', (_, socket) => {
      socket.destroy()
      fail(switched(host))
    })
    // For any other end of the request: nothing may wait for an answer that cannot come any more.
    sent.on('close', () => fail(new Error('the connection was closed without an answer')))
    // Abort when the page disconnects, also if it did so before the request was sent.
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
  // Web application firewalls refuse requests without a User-Agent.
  if (!has('user-agent')) own.push(['user-agent', 'gatesign-serve'])
  if (length > 0 || /^(?:POST|PUT|PATCH)$/.test(method)) own.push(['content-length', String(length)])
  return [...own, ...headers].flat()
}

/** Plain HTTP stays on this machine, whatever address the name `localhost` resolves to. */
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

/**
 * Sends the answer to the page. If the API's connection breaks or its answer is too large, this connection is broken
 * too, so that the page never gets a shortened answer.
 */
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
