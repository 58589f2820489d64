// One request and the head of its answer, whose body is read as it comes.

import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '../files.ts'
import { authorization, type Connecting, connect, type Times } from './connect.ts'
import type { Intermediary } from './proxy.ts'

export interface Outgoing {
  method: string
  url: URL
  /** Names and values in turn, Host first. */
  headers: string[]
  /** A stream is forwarded as it arrives. */
  body: Buffer | Readable | undefined
}

export interface Answer {
  message: IncomingMessage
  socket: Socket
  times: Times
}

/** Bytes of an answer's head; API Gateway allows 10 KB. */
const LONGEST_HEAD = 256 * 1024

/** @throws {Failure} with a readable message and curl's exit code */
export async function exchange(
  { method, url, headers, body }: Outgoing,
  proxy: Intermediary | undefined,
  options: Connecting,
  signal: AbortSignal,
): Promise<Answer> {
  const times = { began: performance.now(), lookup: 0, connect: 0, secure: 0, sent: 0, first: 0, end: 0 }
  const socket = await connect(url, proxy, options, times, signal)
  const isThrough = proxy && !proxy.scheme.startsWith('socks') && url.protocol === 'http:'
  const path = url.pathname + url.search
  const sent = request({
    method,
    path: isThrough ? `http://${url.host}${path}` : path,
    headers: isThrough ? [...headers, ...authorization(proxy)] : headers,
    setHost: false,
    maxHeaderSize: LONGEST_HEAD,
    createConnection: () => socket,
  })
  const abort = () => sent.destroy(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const fail = (error: Error) =>
        reject(signal.aborted ? signal.reason : broken(url, error, sent.writableFinished))
      sent.once('response', resolve)
      sent.once('upgrade', (_, upgraded) => {
        upgraded.destroy()
        reject(new Failure(56, `${url.host} switches to another protocol (101)`))
      })
      sent.once('finish', () => {
        times.sent = performance.now() - times.began
      })
      sent.on('error', fail)
      sent.once('close', () => fail(new Error('socket hang up')))
      if (signal.aborted) abort()
      if (body instanceof Readable) pipeline(body, sent).catch(fail)
      else sent.end(body)
    })
    times.first = performance.now() - times.began
    return { message, socket, times }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

type HttpError = Error & { code?: string; rawPacket?: Buffer; syscall?: string }

/** An error before the head of an answer arrived. */
function broken({ host }: URL, error: HttpError, isSent: boolean): Failure {
  const { code = '', message, rawPacket, syscall } = error
  if (code.startsWith('HPE_')) {
    if (code === 'HPE_HEADER_OVERFLOW')
      return new Failure(56, `the head of the answer is larger than ${LONGEST_HEAD} bytes`, code)
    // TLS records begin with their kind and version: an alert, or a handshake.
    const isTls =
      rawPacket !== undefined && (rawPacket[0] === 0x15 || rawPacket[0] === 0x16) && rawPacket[1] === 3
    if (isTls) return new Failure(1, `${host} answers in TLS: is it an https:// address?`, code)
    return new Failure(code === 'HPE_INVALID_CONSTANT' ? 1 : 8, `${host} does not answer in HTTP`, code)
  }
  if (code === 'ECONNRESET' && syscall === undefined) {
    return new Failure(52, `${host} closed the connection without an answer`, code)
  }
  return new Failure(isSent ? 56 : 55, message, code)
}

/** An error in the middle of a body. */
export function brokenOff(error: HttpError): Failure {
  const { code = '', message, syscall } = error
  if (error instanceof Failure) return error
  if (/^(?:Z_|ERR_.*BROTLI|ERR_BROTLI)/.test(code))
    return new Failure(61, `the answer cannot be decompressed: ${message}`, code)
  if (code === 'ECONNRESET' && syscall === undefined) return new Failure(18, 'the answer broke off', code)
  return new Failure(56, message, code)
}
