// A connection to the host of a URL: directly or through a proxy, with or without TLS.

import { request } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { Failure, LONGEST_TIMER } from '../files.ts'
import { bare, type Intermediary } from './proxy.ts'
import { throughSocks } from './socks.ts'

export interface Address {
  host: string
  port: number
}

export interface TlsOptions {
  insecure: boolean
  ca?: Buffer
  cert?: Buffer
  key?: Buffer
  pfx?: Buffer
  passphrase?: string
}

export interface Connecting {
  tls: TlsOptions
  /** Another address for a host and port, from --resolve and --connect-to. */
  addressOf: (address: Address) => Address
  family: 0 | 4 | 6
  /** ms; 0: no limit. */
  connectTimeout: number
}

/** ms since the transfer began. */
export interface Times {
  began: number
  lookup: number
  connect: number
  secure: number
  sent: number
  first: number
  end: number
}

const since = (times: Times) => performance.now() - times.began

export const addressOf = (url: URL): Address => ({
  host: bare(url.hostname),
  port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
})

/** @throws {Failure} with a readable message and curl's exit code */
export async function connect(
  url: URL,
  proxy: Intermediary | undefined,
  options: Connecting,
  times: Times,
  signal: AbortSignal,
): Promise<Socket | TLSSocket> {
  const limit = Math.min(options.connectTimeout, LONGEST_TIMER)
  const ended = new AbortController()
  const stop = () => ended.abort(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  const timer =
    limit > 0
      ? setTimeout(
          () => ended.abort(new Failure(28, `no connection to ${url.host} within ${limit} ms`)),
          limit,
        )
      : undefined
  try {
    return await open(url, proxy, options, times, ended.signal)
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

async function open(
  url: URL,
  proxy: Intermediary | undefined,
  options: Connecting,
  times: Times,
  signal: AbortSignal,
): Promise<Socket> {
  const target = options.addressOf(addressOf(url))
  const isSecure = url.protocol === 'https:'
  let socket: Socket
  if (proxy) {
    const unknown = `the proxy ${proxy.host}`
    socket = await tcp(proxy, options, times, signal, unknown, 5)
    if (proxy.scheme === 'https') socket = await secured(socket, proxy.host, { insecure: false }, signal)
    if (proxy.scheme === 'socks5' || proxy.scheme === 'socks5h') {
      socket = await throughSocks(socket, proxy, target, signal)
    } else if (isSecure) socket = await tunnelled(socket, proxy, target, signal)
  } else socket = await tcp(target, options, times, signal, target.host, 6)
  if (!isSecure) return socket
  socket = await secured(socket, bare(url.hostname), options.tls, signal)
  times.secure = since(times)
  return socket
}

/** Waits for one of these events, until the signal fires. */
function until<T>(socket: Socket, event: string, signal: AbortSignal, value: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => socket.destroy(signal.reason)
    const end = () => {
      signal.removeEventListener('abort', abort)
      socket.off('error', failed)
      socket.off('close', closed)
      socket.off(event, done)
    }
    const failed = (error: Error) => {
      end()
      // Nobody listens to later errors.
      socket.on('error', () => {})
      reject(error)
    }
    const closed = () => failed(new Error('the connection was closed'))
    const done = () => {
      end()
      resolve(value())
    }
    socket.once('error', failed).once('close', closed).once(event, done)
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}

async function tcp(
  { host, port }: Address,
  options: Connecting,
  times: Times,
  signal: AbortSignal,
  name: string,
  unknown: number,
): Promise<Socket> {
  const socket = connectTcp({ host, port, family: options.family, autoSelectFamily: options.family === 0 })
  socket.setNoDelay(true)
  socket.once('lookup', () => {
    times.lookup = since(times)
  })
  try {
    return await until(socket, 'connect', signal, () => {
      times.connect = since(times)
      return socket
    })
  } catch (error) {
    if (signal.aborted) throw error
    const { code = '', message } = error as NodeJS.ErrnoException
    if (/^(?:ENOTFOUND|EAI_)/.test(code))
      throw new Failure(unknown, `${name} has no address: ${message}`, code)
    if (code === 'ETIMEDOUT') throw new Failure(28, message || code, code)
    throw new Failure(7, message || `connect ${code} ${host}:${port}`, code)
  }
}

async function secured(raw: Socket, host: string, tls: TlsOptions, signal: AbortSignal): Promise<TLSSocket> {
  const { insecure, ...files } = tls
  const { remotePort } = raw
  let socket: TLSSocket
  try {
    socket = connectTls({
      socket: raw,
      ...(isIP(host) === 0 && { servername: host }),
      // The certificate's name is checked although the socket does not know the host.
      host,
      ...files,
      rejectUnauthorized: !insecure,
      ALPNProtocols: ['http/1.1'],
    })
  } catch (error) {
    raw.destroy()
    throw new Failure(58, `the client certificate cannot be used: ${(error as Error).message}`)
  }
  try {
    return await until(socket, 'secureConnect', signal, () => socket)
  } catch (error) {
    throw signal.aborted ? error : tlsFailure(remotePort ? `${host}:${remotePort}` : host, error as TlsError)
  }
}

type TlsError = Error & { code?: string; reason?: string; library?: string }

function tlsFailure(where: string, { code = '', message, reason }: TlsError): Failure {
  if (/CERT|VERIFY|SIGNATURE_FAILURE/.test(code)) return new Failure(60, message, code)
  if (/wrong version number|packet length too long|http request/i.test(reason ?? message)) {
    return new Failure(35, `${where} does not answer in TLS: is it an http:// address?`, code)
  }
  // OpenSSL's own text contains its file names and line numbers.
  return new Failure(
    35,
    `no TLS connection to ${where}: ${(reason ?? message).replace(/^.*:SSL routines:/, '')}`,
    code,
  )
}

/** CONNECT (RFC 9110, 9.3.6). */
async function tunnelled(
  socket: Socket,
  proxy: Intermediary,
  target: Address,
  signal: AbortSignal,
): Promise<Socket> {
  const host = isIP(target.host) === 6 ? `[${target.host}]` : target.host
  const path = `${host}:${target.port}`
  const sent = request({
    method: 'CONNECT',
    path,
    setHost: false,
    headers: ['Host', path, 'Proxy-Connection', 'Keep-Alive', ...authorization(proxy)],
    createConnection: () => socket,
  })
  const abort = () => sent.destroy(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    await new Promise<void>((resolve, reject) => {
      const refused = (status: number | undefined) => {
        socket.destroy()
        const why = status === 407 ? ': it asks for a user name (-U USER:PASS)' : ''
        reject(new Failure(56, `the proxy ${proxy.host} answers ${status} to CONNECT ${path}${why}`))
      }
      sent.once('connect', ({ statusCode }) => (statusCode === 200 ? resolve() : refused(statusCode)))
      sent.once('response', ({ statusCode }) => refused(statusCode))
      sent.once('error', ({ message }) => reject(new Failure(56, `the proxy ${proxy.host}: ${message}`)))
      sent.end()
    })
  } finally {
    signal.removeEventListener('abort', abort)
  }
  socket.removeAllListeners('error')
  return socket
}

/** A header for the proxy, as a list of name and value. */
export const authorization = ({ user }: Intermediary): string[] =>
  user === '' ? [] : ['Proxy-Authorization', `Basic ${Buffer.from(user).toString('base64')}`]
