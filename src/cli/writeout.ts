// `-w FORMAT`: curl's variables for what a script wants to know of a transfer.

import type { IncomingMessage } from 'node:http'
import { readNamed } from './files.ts'
import type { Times } from './http/connect.ts'
import { shown, shownLine } from './shown.ts'

export interface Summary {
  method: string
  url: URL
  /** What was asked for first. */
  firstUrl: string
  message: IncomingMessage | undefined
  times: Times | undefined
  addresses: { remote: string; remotePort: number; local: string; localPort: number }
  redirects: number
  retries: number
  /** Bytes. */
  downloaded: number
  uploaded: number
  headBytes: number
  exit: number
  error: string
  file: string
}

const seconds = (ms: number) => (ms / 1000).toFixed(6)

const VARIABLES: ReadonlyMap<string, (summary: Summary) => string | number> = new Map<
  string,
  (summary: Summary) => string | number
>([
  ['content_type', ({ message }) => message?.headers['content-type'] ?? ''],
  ['errormsg', ({ error }) => error],
  ['exitcode', ({ exit }) => exit],
  ['filename_effective', ({ file }) => file],
  ['http_code', ({ message }) => String(message?.statusCode ?? 0).padStart(3, '0')],
  ['http_connect', () => '000'],
  ['http_version', ({ message }) => message?.httpVersion ?? '0'],
  ['local_ip', ({ addresses }) => addresses.local],
  ['local_port', ({ addresses }) => addresses.localPort],
  ['method', ({ method }) => method],
  ['num_connects', ({ times, redirects }) => (times ? redirects + 1 : 0)],
  ['num_headers', ({ message }) => (message?.rawHeaders.length ?? 0) / 2],
  ['num_redirects', ({ redirects }) => redirects],
  ['num_retries', ({ retries }) => retries],
  ['proxy_ssl_verify_result', () => 0],
  ['redirect_url', ({ message, url }) => redirectOf(message, url)?.href ?? ''],
  ['remote_ip', ({ addresses }) => addresses.remote],
  ['remote_port', ({ addresses }) => addresses.remotePort],
  ['response_code', ({ message }) => String(message?.statusCode ?? 0).padStart(3, '0')],
  ['scheme', ({ url }) => url.protocol.slice(0, -1).toUpperCase()],
  ['size_download', ({ downloaded }) => downloaded],
  ['size_header', ({ headBytes }) => headBytes],
  ['size_upload', ({ uploaded }) => uploaded],
  ['speed_download', ({ downloaded, times }) => speed(downloaded, times)],
  ['speed_upload', ({ uploaded, times }) => speed(uploaded, times)],
  ['ssl_verify_result', ({ exit }) => (exit === 60 ? 1 : 0)],
  ['time_appconnect', ({ times }) => seconds(times?.secure ?? 0)],
  ['time_connect', ({ times }) => seconds(times?.connect ?? 0)],
  ['time_namelookup', ({ times }) => seconds(times?.lookup ?? 0)],
  ['time_pretransfer', ({ times }) => seconds(times?.secure || times?.connect || 0)],
  ['time_redirect', () => seconds(0)],
  ['time_starttransfer', ({ times }) => seconds(times?.first ?? 0)],
  ['time_total', ({ times }) => seconds(times?.end ?? 0)],
  ['url', ({ firstUrl }) => firstUrl],
  ['url_effective', ({ url }) => url.href],
  ['urlnum', () => 0],
  ['header_json', ({ message }) => JSON.stringify(headersOf(message))],
  ['json', (summary) => JSON.stringify(all(summary))],
])

const speed = (bytes: number, times: Times | undefined) =>
  times?.end ? Math.round((bytes * 1000) / times.end) : 0

/** Where a redirect leads; undefined without one. */
export function redirectOf(message: IncomingMessage | undefined, url: URL): URL | undefined {
  const { statusCode = 0, headers } = message ?? { headers: {} }
  const { location } = headers
  const isRedirect = [301, 302, 303, 307, 308].includes(statusCode)
  return isRedirect && location && URL.canParse(location, url) ? new URL(location, url) : undefined
}

function headersOf(message: IncomingMessage | undefined): Record<string, string[]> {
  const found = new Map<string, string[]>()
  const raw = message?.rawHeaders ?? []
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    found.set(name, [...(found.get(name) ?? []), raw[i + 1] ?? ''])
  }
  return Object.fromEntries(found)
}

function all(summary: Summary): Record<string, unknown> {
  const names = [...VARIABLES.keys()].filter(
    (name) => !['json', 'header_json', 'http_connect'].includes(name),
  )
  return Object.fromEntries(names.map((name) => [name, VARIABLES.get(name)?.(summary)]))
}

/** The text for standard output and the one for standard error, to which `%{stderr}` turns. */
export function writeOut(format: string, summary: Summary): { out: string; error: string } {
  const text = format.startsWith('@') ? readNamed('-w', format.slice(1)).toString() : format
  const to = { out: '', error: '' }
  let into: 'out' | 'error' = 'out'
  let at = 0
  for (const found of text.matchAll(/%%|%\{([^{}]*)\}|%header\{([^{}]*)\}|\\([rnt])/g)) {
    to[into] += text.slice(at, found.index)
    at = found.index + found[0].length
    const [whole, variable, header, character] = found
    if (whole === '%%') to[into] += '%'
    else if (character !== undefined) to[into] += character === 'n' ? '\n' : character === 't' ? '\t' : '\r'
    else if (header !== undefined) {
      to[into] += shownLine(headersOf(summary.message)[header.toLowerCase()]?.join(', ') ?? '')
    } else if (variable === 'stderr') into = 'error'
    else if (variable === 'stdout') into = 'out'
    else if (variable === 'onerror') {
      if (summary.exit === 0) return to
    } else {
      const value = VARIABLES.get(variable ?? '')
      if (value) to[into] += shownLine(String(value(summary)))
      else to.error += `gatesign: unknown --write-out variable: '${shown(variable ?? '')}'\n`
    }
  }
  to[into] += text.slice(at)
  return to
}
