// The headers of -H and similar options.

import { readNamed } from './files.ts'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'

/** The API key's variable: every user of the machine could see an argument. */
export const API_KEY = 'GATESIGN_API_KEY'

export interface Headers {
  /** Keyed by lower-case name. */
  sent: Map<string, string>
  /** Headers that would be sent, but that `-H 'Name:'` leaves out. */
  omitted: Set<string>
}

export function headersOf(args: Arguments): Headers {
  const sent = new Map<string, string>()
  const omitted = new Set<string>()
  for (const line of args.all('header').flatMap(({ value }) => linesOf(value))) {
    const [, name = '', mark, value = ''] = /^([^:;]+)([:;])([\s\S]*)$/.exec(line) ?? []
    // The line may contain a key, so it is not shown.
    if (name.trim() === '' || (mark === ';' && value.trim() !== '')) {
      throw new Usage("-H takes 'Name: value', or 'Name;' for an empty one")
    }
    const key = name.trim().toLowerCase()
    const written = value.trim()
    if (mark === ':' && written === '') omitted.add(key)
    else sent.set(key, joined(key, sent.get(key), written))
  }
  refuseWritten(sent, omitted)
  const cookies = args.all('cookie').map(({ value }) => cookie(value))
  const own: [string, string | undefined][] = [
    ['user-agent', args.text('user-agent')],
    ['referer', args.text('referer')],
    ['cookie', cookies.length > 0 ? cookies.join(';') : undefined],
    ['range', range(args.text('range'))],
    ['x-api-key', apiKeyOf(args)],
  ]
  for (const [name, value] of own) {
    if (value === '') omitted.add(name)
    else if (value !== undefined && !sent.has(name) && !omitted.has(name)) sent.set(name, value)
  }
  return { sent, omitted }
}

/** A header given twice gets both values (RFC 9110, 5.3). */
const joined = (name: string, before: string | undefined, value: string) =>
  before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`

function linesOf(value: string): string[] {
  if (!value.startsWith('@')) return [value]
  return readNamed('-H', value.slice(1))
    .toString()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
}

/** Headers that the connection and the URL determine. */
function refuseWritten(sent: Map<string, string>, omitted: Set<string>) {
  if (sent.has('host') || omitted.has('host')) {
    throw new Usage(
      "call cannot send a different Host: use -H 'x-apigw-api-id: ID' for a private API, --connect-to for another address",
    )
  }
  for (const name of ['content-length', 'transfer-encoding']) {
    if (sent.delete(name)) throw new Usage(`-H '${name}': call sets it from the body`)
  }
  // `-H 'Expect:'` stops curl from waiting before it sends a body; nothing waits here.
  if (sent.has('expect')) throw new Usage("-H 'expect': call sends the body at once")
}

function cookie(value: string): string {
  if (!value.includes('=')) throw new Usage('-b takes NAME=VALUE: call reads no cookie file')
  return value
}

const range = (value: string | undefined) => (value ? `bytes=${value}` : value)

/** The API key, from a place that other users of the machine cannot see. */
export function apiKeyOf(args: Arguments): string | undefined {
  const file = args.text('api-key-file')
  const key = file === undefined ? process.env[API_KEY] : readNamed('--api-key-file', file).toString()
  return key?.trim() || undefined
}
