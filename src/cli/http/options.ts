// How to connect, from the options and the environment.

import { readFileSync } from 'node:fs'
import { Failure } from '../files.ts'
import type { Arguments } from '../options/parse.ts'
import { Usage } from '../options/usage.ts'
import type { Address, Connecting, TlsOptions } from './connect.ts'
import type { ProxyOptions } from './proxy.ts'

/** The variables that name a file of root certificates: of the AWS CLI, curl and OpenSSL. */
const CA_FILES = ['AWS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE']

export function connectingOf(args: Arguments): Connecting & { proxies: ProxyOptions } {
  return {
    tls: tlsOf(args),
    addressOf: addresses(args),
    family: args.has('ipv4') ? 4 : args.has('ipv6') ? 6 : 0,
    connectTimeout: args.milliseconds('connect-timeout') ?? 0,
    proxies: {
      proxy: args.text('proxy'),
      proxyUser: args.text('proxy-user'),
      noproxy: args.text('noproxy'),
    },
  }
}

function tlsOf(args: Arguments): TlsOptions {
  const variable = CA_FILES.find((name) => process.env[name])
  const ca = args.text('cacert') ?? (variable && process.env[variable])
  const [cert, passphrase] = splitPassword(args.text('cert'))
  const key = args.text('key')
  const isPfx = cert !== undefined && /\.(?:p12|pfx)$/i.test(cert)
  return {
    insecure: args.has('insecure'),
    ...(ca && !args.has('insecure') && { ca: read(ca, args.has('cacert') ? '--cacert' : `${variable}`, 77) }),
    ...(cert !== undefined && { [isPfx ? 'pfx' : 'cert']: read(cert, '-E', 58) }),
    ...(cert !== undefined && !isPfx && { key: read(key ?? cert, key ? '--key' : '-E', 58) }),
    ...(passphrase !== undefined && { passphrase }),
  }
}

/** `FILE:PASSWORD`; a drive letter belongs to the file. */
function splitPassword(text: string | undefined): [string | undefined, string | undefined] {
  const at = text?.indexOf(':', 2) ?? -1
  return text === undefined || at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function read(file: string, option: string, exit: number): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Failure(exit, `${option}: ${(error as Error).message}`)
  }
}

/** From `--resolve HOST:PORT:ADDRESS` and `--connect-to HOST:PORT:HOST2:PORT2`; an empty part matches anything. */
function addresses(args: Arguments): (address: Address) => Address {
  const resolved = args.all('resolve').map(({ value }) => {
    const [, host = '', port = '', to = ''] = /^\+?([^:]+):(\d+):\[?([^,\]]+)/.exec(value) ?? []
    if (host === '') throw new Usage(`--resolve takes HOST:PORT:ADDRESS, not ${JSON.stringify(value)}`)
    return { host: host.toLowerCase(), port: Number(port), to }
  })
  const connected = args.all('connect-to').map(({ value }) => {
    const part = String.raw`(\[[^\]]*\]|[^:]*)`
    const found = new RegExp(`^${part}:(\\d*):${part}:(\\d*)$`).exec(value)
    if (!found) throw new Usage(`--connect-to takes HOST:PORT:HOST2:PORT2, not ${JSON.stringify(value)}`)
    const [, host = '', port = '', toHost = '', toPort = ''] = found
    return { host: host.toLowerCase(), port, toHost: toHost.replace(/^\[|\]$/g, ''), toPort }
  })
  return ({ host, port }) => {
    const to = connected.find((row) => ['', host].includes(row.host) && ['', String(port)].includes(row.port))
    const target = { host: to?.toHost || host, port: Number(to?.toPort) || port }
    const row = resolved.find((row) => ['*', target.host].includes(row.host) && row.port === target.port)
    return row ? { ...target, host: row.to } : target
  }
}
