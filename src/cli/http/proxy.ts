// Which proxy a URL goes through: from -x, or from the variables that curl, the AWS CLI and other tools read.

import { isIP } from 'node:net'
import { Usage } from '../options/usage.ts'

export interface Intermediary {
  scheme: 'http' | 'https' | 'socks5' | 'socks5h'
  host: string
  port: number
  /** `user:password`, decoded; empty if there is none. */
  user: string
}

export interface ProxyOptions {
  proxy: string | undefined
  proxyUser: string | undefined
  noproxy: string | undefined
}

/** curl's default port, for a proxy without one. */
const DEFAULT_PORT = 1080

/** @returns undefined if the host is reached directly */
export function proxyOf(url: URL, options: ProxyOptions, env: NodeJS.ProcessEnv): Intermediary | undefined {
  const named = (name: string) => env[name] || env[name.toUpperCase()]
  const variable = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const without = options.noproxy ?? (options.proxy === undefined ? named('no_proxy') : undefined) ?? ''
  if (isWithout(without, url)) return undefined
  const text = options.proxy ?? named(variable) ?? named('all_proxy')
  if (!text) return undefined
  const where = options.proxy === undefined ? variable.toUpperCase() : '-x'
  return read(text, where, options.proxyUser)
}

/** @throws {Usage} that does not show the value, which may contain a password */
function read(text: string, where: string, user: string | undefined): Intermediary {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(written) ? new URL(written) : undefined
  const scheme = url?.protocol.slice(0, -1)
  if (
    !url?.hostname ||
    !(scheme === 'http' || scheme === 'https' || scheme === 'socks5' || scheme === 'socks5h')
  ) {
    throw new Usage(`${where} takes [http://, https://, socks5:// or socks5h://]HOST[:PORT]`)
  }
  const own = url.username === '' ? '' : `${decoded(url.username)}:${decoded(url.password)}`
  // URL drops the default port of the scheme, which is not the default here.
  const [, port] = /:(\d+)\/?$/.exec(written) ?? []
  const byDefault = scheme === 'https' ? 443 : DEFAULT_PORT
  return { scheme, host: bare(url.hostname), port: Number(port ?? byDefault), user: user ?? own }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

/**
 * Entries separated by commas or spaces: a host and its subdomains, `*`, an address, or a network such as 10.0.0.0/8.
 * A port after a name must be the URL's port.
 */
export function isWithout(list: string, { hostname, port, protocol }: URL): boolean {
  const host = bare(hostname).toLowerCase()
  const own = port || (protocol === 'https:' ? '443' : '80')
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      // IPv6 without brackets has no port.
      const isBare = /^[0-9a-f:]*$/.test(entry) && entry.split(':').length > 2
      const [, name = '', port] = isBare
        ? [entry, entry]
        : (/^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [])
      if (port !== undefined && port !== own) return false
      const plain = bare(name).replace(/^\./, '').replace(/\.$/, '')
      if (plain.includes('/')) return isInNetwork(host, plain)
      return plain !== '' && (host === plain || (isIP(host) === 0 && host.endsWith(`.${plain}`)))
    })
}

function isInNetwork(host: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/')
  if (isIP(host) !== 4 || isIP(base) !== 4 || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return false
  const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(bits))
  return Math.floor(number(host) / size) === Math.floor(number(base) / size)
}
