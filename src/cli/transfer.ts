// One request of `call`, as it is signed and sent, and on through redirects.

import type { IncomingMessage } from 'node:http'
import type { Signer } from 'gatesign'
import { Failure } from './files.ts'
import type { Connecting } from './http/connect.ts'
import { type Answer, exchange } from './http/exchange.ts'
import { type ProxyOptions, proxyOf } from './http/proxy.ts'
import type { CallRequest } from './request.ts'
import { redirectOf } from './writeout.ts'

export interface Following {
  connecting: Connecting & { proxies: ProxyOptions }
  signer: Signer | undefined
  /** What is sent in addition to the signed headers, unless the caller has left it out. */
  extra: [string, string][]
  /** How many redirects are followed; undefined if they are not. */
  redirects: number | undefined
  /** Whether the caller named the method, which redirects then keep. */
  isMethodGiven: boolean
  signal: AbortSignal
  onSent: (method: string, url: URL, headers: string[]) => void
  onHead: (message: IncomingMessage, isLast: boolean) => void
}

export interface Transferred extends Answer {
  method: string
  url: URL
  request: CallRequest
  /** Whether it still was the origin that credentials are for. */
  isSigned: boolean
  redirects: number
}

const TOO_MANY = 47

/** Those that another origin must not get. */
const SECRET = /^(?:authorization|cookie|proxy-authorization|x-api-key|x-amz-.*|x-apigw-.*)$/

/** @throws {Failure} */
export async function transfer(request: CallRequest, following: Following): Promise<Transferred> {
  let current = request
  for (let redirects = 0; ; redirects++) {
    const isSigned = current.url.origin === request.url.origin
    const answer = await send(current, isSigned, following)
    const to = redirectOf(answer.message, current.url)
    const most = following.redirects
    const isLast = most === undefined || to === undefined || !/^https?:$/.test(to.protocol)
    following.onHead(answer.message, isLast)
    if (isLast)
      return { ...answer, method: current.method, url: current.url, request: current, isSigned, redirects }
    // What comes with a redirect is of no use.
    answer.message.destroy()
    if (redirects >= most) {
      throw new Failure(TOO_MANY, `more than ${most} redirects: the next is to ${to.href}`)
    }
    current = redirected(current, to, answer.message.statusCode ?? 0, following.isMethodGiven)
  }
}

/** As curl goes on: 301 and 302 turn POST into GET, 303 everything but HEAD; a method that was named stays. */
function redirected(request: CallRequest, to: URL, status: number, isMethodGiven: boolean): CallRequest {
  if (to.hash === '') to.hash = request.url.hash
  const isGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST')
  const isElsewhere = to.origin !== request.url.origin
  const headers = Object.entries(request.headers).filter(
    ([name]) => !(isGet && /^content-/.test(name)) && !(isElsewhere && SECRET.test(name)),
  )
  const method = isGet && !isMethodGiven && request.method !== 'HEAD' ? 'GET' : request.method
  return {
    ...request,
    method,
    url: to,
    headers: Object.fromEntries(headers),
    body: isGet ? undefined : request.body,
  }
}

async function send(request: CallRequest, isSigned: boolean, following: Following): Promise<Answer> {
  const { connecting, signer, extra, signal, onSent } = following
  const { method, url, headers, body } = request
  const signed = signer && isSigned ? signer.sign({ method, url, headers, ...(body && { body }) }) : undefined
  const target = new URL(signed?.url ?? url)
  const all = new Map(Object.entries(signed?.headers ?? headers))
  all.delete('host')
  for (const [name, value] of extra) {
    if (!all.has(name) && !request.omitted.has(name)) all.set(name, value)
  }
  // Without it, Node would send what has no body in chunks.
  if (body || !/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method))
    all.set('content-length', String(body?.length ?? 0))
  const list = [['Host', target.host], ...all].flat()
  onSent(method, target, list)
  const proxy = proxyOf(target, connecting.proxies, process.env)
  return await exchange({ method, url: target, headers: list, body }, proxy, connecting, signal)
}
