// What the signing proxy lets through, and where it goes.
//
// Whoever can reach the port signs with the user's credentials. So it listens on this machine only by default, web
// pages must be named (every open page could send requests here), and only named hosts are called.

import type { IncomingMessage } from 'node:http'
import type { Arguments } from '../options/parse.ts'
import { Usage } from '../options/usage.ts'
import { isLoopbackAddress } from '../serve/allowed.ts'
import { isOwnHost } from '../serve/guard.ts'

export interface Rules {
  /** With their ports, unless it is 443. Requests to the proxy itself go to the first one. */
  hosts: string[]
  /** The host that is signed and sent as Host, if it differs from the one that is called. */
  signHost: string | undefined
  /** Empty: all. */
  paths: string[]
  methods: string[]
  /** Origins of pages that may use the proxy. */
  origins: string[]
  address: string
}

/** @throws {Usage} */
export function readRules(args: Arguments): Rules {
  const list = (name: 'host' | 'allow-path' | 'allow-method' | 'allow-origin') =>
    args.all(name).flatMap(({ value }) => value.split(',').map((entry) => entry.trim()))
  const hosts = list('host').map((host) => hostOf('--host', host))
  if (hosts.length === 0) throw new Usage('proxy needs --host: the hosts that signed requests may go to')
  const paths = list('allow-path')
  if (paths.some((path) => !path.startsWith('/')))
    throw new Usage('--allow-path takes a path that starts with /')
  const signHost = args.text('sign-host')
  return {
    hosts,
    signHost: signHost === undefined ? undefined : hostOf('--sign-host', signHost),
    paths,
    methods: list('allow-method').map((method) => method.toUpperCase()),
    origins: list('allow-origin').map(originOf),
    address: args.text('listen') ?? '127.0.0.1',
  }
}

function hostOf(option: string, host: string): string {
  const url = host !== '' && URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : undefined
  if (!url || /[/?#@\\\s]/.test(host))
    throw new Usage(`${option} takes HOST or HOST:PORT, not ${JSON.stringify(host)}`)
  return url.host
}

function originOf(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url?.origin !== origin)
    throw new Usage(
      `--allow-origin takes an origin such as http://localhost:3000, not ${JSON.stringify(origin)}`,
    )
  return origin
}

/** Where a request goes: to https, except for names of this machine with a port. */
export function targetOf(request: IncomingMessage, rules: Rules): URL | undefined {
  const text = request.url ?? ''
  // A request to a proxy has the whole URL.
  if (/^https?:\/\//i.test(text)) {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (!url || !rules.hosts.includes(url.host)) return undefined
    return withScheme(url.host, url.pathname + url.search)
  }
  const [host = ''] = rules.hosts
  return text.startsWith('/') ? withScheme(host, text) : undefined
}

function withScheme(host: string, path: string): URL | undefined {
  const { hostname, port } = new URL(`https://${host}`)
  const isPlain = port !== '' && (hostname === 'localhost' || isLoopbackAddress(hostname))
  const text = `${isPlain ? 'http' : 'https'}://${host}${path}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  // Other programs would read a path that begins with // as a host.
  return url?.host === host ? url : undefined
}

/** @returns why the request is refused; empty if it is not */
export function whyNotProxied(request: IncomingMessage, target: URL | undefined, rules: Rules): string {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isAbsolute = /^https?:\/\//i.test(request.url ?? '')
  if (!isAbsolute && isLoopbackAddress(rules.address) && !isOwnHost(request)) {
    return 'this proxy answers only to its own address'
  }
  if (origin === undefined ? site !== undefined && site !== 'none' : !rules.origins.includes(origin)) {
    return 'only pages named by --allow-origin ORIGIN may use this proxy'
  }
  if (!target) return `this proxy sends only to ${rules.hosts.join(', ')}`
  const { method = '' } = request
  if (rules.methods.length > 0 && !rules.methods.includes(method))
    return `${method} is not allowed: --allow-method`
  if (rules.paths.length > 0 && !rules.paths.some((path) => isBelow(target.pathname, path))) {
    return 'the path is not allowed: --allow-path'
  }
  return ''
}

/** `/prod` allows `/prod` and `/prod/…`, not `/production`. Some servers would read encoded dots and slashes as a different path. */
const isBelow = (pathname: string, path: string) =>
  (pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
  !/%2e|%2f|%5c|\\/i.test(pathname)
