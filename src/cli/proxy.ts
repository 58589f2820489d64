// `gatesign proxy`: signs the requests of other programs and forwards them.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { Failure, LONGEST_TIMER } from './files.ts'
import { connect } from './http/connect.ts'
import { exchange } from './http/exchange.ts'
import { connectingOf } from './http/options.ts'
import { proxyOf } from './http/proxy.ts'
import type { Arguments } from './options/parse.ts'
import { type Rules, readRules, targetOf, whyNotProxied } from './proxy/rules.ts'
import { ownHeaders, Signers, unsignedUrl } from './proxy/sign.ts'
import { regionSetOf } from './request.ts'
import { isLoopbackAddress } from './serve/allowed.ts'
import { listen, portOf } from './serve.ts'
import { shownLine } from './shown.ts'

/** The most bytes of a body that is hashed before it is sent; API Gateway accepts 10 MB. */
const LONGEST_BODY = 64 * 1024 * 1024

/** @returns the exit code, when it was interrupted */
export async function proxy(args: Arguments): Promise<number> {
  const rules = readRules(args)
  regionSetOf(args)
  const port = portOf(args.text('port') ?? '8083')
  const server = new SigningProxy(args, rules).server()
  await listen(server, rules.address, port)
  const interrupted = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  const { address, port: bound } = server.address() as AddressInfo
  console.log(`Signing proxy  http://${address.includes(':') ? `[${address}]` : address}:${bound}/`)
  console.log(`Sends to       ${rules.hosts.join(', ')}`)
  if (!isLoopbackAddress(address))
    console.error('gatesign: everyone who reaches this address signs with your credentials')
  console.log('\nPress Ctrl+C to stop.')
  await interrupted
  server.close()
  server.closeAllConnections()
  return 0
}

/** Tells the sender why a request is not forwarded. */
class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

class SigningProxy {
  readonly #args: Arguments
  readonly #rules: Rules
  readonly #signers: Signers
  readonly #connecting
  readonly #limit: number

  constructor(args: Arguments, rules: Rules) {
    this.#args = args
    this.#rules = rules
    this.#signers = new Signers(args)
    this.#connecting = connectingOf(args)
    this.#limit = args.milliseconds('max-time') ?? 0
  }

  server() {
    // A large upload may take any time.
    const server = createServer({ requestTimeout: 0 }, (request, response) => {
      const began = performance.now()
      this.#forward(request, response)
        .catch((error) => {
          const { status, message } = outcomeOf(error)
          if (response.headersSent) return response.destroy()
          response.writeHead(status, { 'content-type': 'application/json', ...this.#cors(request) })
          response.end(JSON.stringify({ message }))
          // The sender reads the answer only after it has sent everything.
          request.resume()
        })
        .finally(() => this.#log(request, response.statusCode, began))
    })
    server.on('upgrade', (request, socket: Socket, head: Buffer) => {
      const began = performance.now()
      socket.on('error', () => socket.destroy())
      this.#upgrade(request, socket, head).then(
        (status) => this.#log(request, status, began),
        (error) => {
          const { status, message } = outcomeOf(error)
          const body = JSON.stringify({ message })
          socket.end(
            `HTTP/1.1 ${status} Refused\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
          )
          this.#log(request, status, began)
        },
      )
    })
    return server
  }

  /** Logs method, path and status, but no query, header or body. */
  #log({ method, url = '' }: IncomingMessage, status: number, began: number) {
    if (this.#args.has('silent')) return
    const ms = Math.round(performance.now() - began)
    console.error(shownLine(`${method} ${url.replace(/[?#].*$/s, '')} ${status} ${ms} ms`))
  }

  #cors({ headers }: IncomingMessage): Record<string, string> {
    const { origin } = headers
    if (origin === undefined || !this.#rules.origins.includes(origin)) return {}
    return { 'access-control-allow-origin': origin, 'access-control-expose-headers': '*', vary: 'origin' }
  }

  #target(request: IncomingMessage): URL {
    const target = targetOf(request, this.#rules)
    const refusal = whyNotProxied(request, target, this.#rules)
    if (refusal !== '' || !target) throw new Refused(403, refusal)
    return unsignedUrl(target)
  }

  /** The signed head: names and values in turn, Host first. */
  async #signed(request: IncomingMessage, url: URL, body: Buffer | undefined) {
    const host = this.#rules.signHost ?? url.host
    const named = new URL(url)
    named.host = host
    const signer = await this.#signers.of(named.hostname)
    const headers = ownHeaders(request.rawHeaders)
    const isUpgrade = headers.some(([name]) => /^sec-websocket-/i.test(name))
    const own = isUpgrade ? headers.filter(([name]) => !/^sec-websocket-/i.test(name)) : headers
    const signed = signer.sign({ method: request.method, url: named, headers: own, ...(body && { body }) })
    const { host: _, ...rest } = signed.headers
    const sent = new URL(signed.url)
    sent.host = url.host
    const websocket = headers.filter(([name]) => /^sec-websocket-/i.test(name))
    return { url: sent, headers: [['Host', host], ...Object.entries(rest), ...websocket].flat() }
  }

  async #forward(request: IncomingMessage, response: ServerResponse) {
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    const cors = this.#cors(request)
    if (isPreflight && cors['access-control-allow-origin']) {
      const allowed = request.headers['access-control-request-headers'] ?? ''
      const method = request.headers['access-control-request-method'] ?? ''
      response.writeHead(204, {
        ...cors,
        'access-control-allow-methods': method,
        'access-control-allow-headers': allowed,
      })
      response.end()
      return
    }
    const target = this.#target(request)
    const length = request.headers['content-length']
    const isStreamed = this.#args.has('unsigned-payload')
    const body = isStreamed ? undefined : await bodyOf(request)
    const { url, headers } = await this.#signed(request, target, body)
    const hasBody = length !== undefined || request.headers['transfer-encoding'] !== undefined
    if (isStreamed && hasBody)
      headers.push(...(length === undefined ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', length]))
    else if (body || !/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(request.method ?? ''))
      headers.push('Content-Length', String(body?.length ?? 0))
    const stop = new AbortController()
    const timer = this.#timer(stop)
    response.on('close', () => {
      clearTimeout(timer)
      stop.abort(new Failure(56, 'the sender left'))
    })
    const outgoing = {
      method: request.method ?? 'GET',
      url,
      headers,
      body: isStreamed && hasBody ? request : body,
    }
    const through = proxyOf(url, this.#connecting.proxies, process.env)
    const { message } = await exchange(outgoing, through, this.#connecting, stop.signal)
    stop.signal.addEventListener('abort', () => message.destroy(stop.signal.reason))
    const answer = ownAnswer(message.rawHeaders)
    response.writeHead(message.statusCode ?? 502, message.statusMessage, [
      ...answer,
      ...Object.entries(cors).flat(),
    ])
    response.flushHeaders()
    await pipeline(message, response)
  }

  /** The limit of -m, for the whole exchange. */
  #timer(stop: AbortController): NodeJS.Timeout | undefined {
    const ms = this.#limit
    return ms > 0 && ms <= LONGEST_TIMER
      ? setTimeout(() => stop.abort(new Failure(28, `no answer within ${ms} ms`)), ms)
      : undefined
  }

  /** A WebSocket: the signature is in its first request. */
  async #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<number> {
    const { url, headers } = await this.#signed(request, this.#target(request), undefined)
    const stop = new AbortController()
    socket.on('close', () => stop.abort(new Failure(56, 'the sender left')))
    const times = { began: performance.now(), lookup: 0, connect: 0, secure: 0, sent: 0, first: 0, end: 0 }
    const through = proxyOf(url, this.#connecting.proxies, process.env)
    const to = await connect(url, through, this.#connecting, times, stop.signal)
    to.on('error', () => socket.destroy())
    to.on('close', () => socket.destroy())
    socket.on('close', () => to.destroy())
    const protocol = request.headers.upgrade ?? 'websocket'
    const lines = [
      `${request.method} ${url.pathname}${url.search} HTTP/1.1`,
      'Connection: Upgrade',
      `Upgrade: ${protocol}`,
    ]
    for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`)
    to.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'))
    to.write(head)
    const [first] = (await once(to, 'data', { signal: stop.signal })) as [Buffer]
    // From here on every byte belongs to the two sides, including the head of the answer.
    socket.write(first)
    socket.pipe(to).pipe(socket)
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(first.toString('latin1'))?.[1] ?? 502)
  }
}

function outcomeOf(error: unknown): { status: number; message: string } {
  const { message } = error as Error
  if (error instanceof Refused) return { status: error.status, message }
  if (error instanceof Failure) return { status: error.exit === 28 ? 504 : 502, message }
  return { status: error instanceof TypeError ? 400 : 502, message }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > LONGEST_BODY) {
      throw new Refused(
        413,
        `a body larger than ${LONGEST_BODY} bytes is not hashed: --unsigned-payload streams it, if the service accepts that`,
      )
    }
    chunks.push(chunk)
  }
  return size === 0 ? undefined : Buffer.concat(chunks)
}

/** Removes the headers of the connection between the proxy and the API. */
function ownAnswer(raw: string[]): string[] {
  const own: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    if (
      !/^(?:connection|keep-alive|transfer-encoding|upgrade|trailer|proxy-.*|access-control-.*)$/i.test(name)
    )
      own.push(name, raw[i + 1] ?? '')
  }
  return own
}
