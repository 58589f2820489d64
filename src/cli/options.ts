// The options of the commands.

import { type ParseArgsConfig, parseArgs } from 'node:util'

/** A timer of Node that is to wait longer fires at once, in ms. */
const LONGEST_TIMER = 0x7fffffff

/** The caller used the command in a way that it does not have. */
export class Usage extends Error {}

type Known = NonNullable<ParseArgsConfig['options']>

const OF_ALL: Known = { help: { type: 'boolean', short: 'h' } }
const OF_REQUESTS: Known = {
  request: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  region: { type: 'string' },
  service: { type: 'string' },
  profile: { type: 'string' },
}
const OF_BODIES: Known = { data: { type: 'string', short: 'd' } }
const OPTIONS: Record<string, Known> = {
  call: {
    ...OF_REQUESTS,
    ...OF_BODIES,
    'no-sign': { type: 'boolean' },
    include: { type: 'boolean', short: 'i' },
    output: { type: 'string', short: 'o' },
    fail: { type: 'boolean', short: 'f' },
    'max-time': { type: 'string', short: 'm' },
    silent: { type: 'boolean', short: 's' },
    explain: { type: 'boolean' },
  },
  presign: { ...OF_REQUESTS, expires: { type: 'string' } },
  explain: { ...OF_REQUESTS, ...OF_BODIES, json: { type: 'boolean' } },
  diagnose: { json: { type: 'boolean' } },
  whoami: { profile: { type: 'string' }, region: { type: 'string' }, json: { type: 'boolean' } },
  serve: {
    port: { type: 'string' },
    forward: { type: 'string', multiple: true },
    profile: { type: 'string', multiple: true },
    ipv6: { type: 'boolean' },
    silent: { type: 'boolean', short: 's' },
  },
}

/** Those that are given no URL. */
const ALONE = ['diagnose', 'serve', 'whoami']

/** What the caller gave, as the commands read it. */
export interface Options {
  help?: boolean
  request?: string
  header?: string[]
  region?: string
  service?: string
  profile?: string
  /** Of the command that takes several. */
  profiles?: string[]
  data?: string
  'no-sign'?: boolean
  include?: boolean
  output?: string
  fail?: boolean
  silent?: boolean
  explain?: boolean
  json?: boolean
  port?: string
  forward?: string[]
  ipv6?: boolean
}

/** Of the commands that are given a URL, with what is read from the texts. */
export interface RequestOptions extends Options {
  url: URL
  /** Seconds. */
  expires: number
  /** ms; 0 is none. */
  timeout: number
}

export function readOptions(command: string, args: string[]): Options | RequestOptions {
  let read: { values: Options & { expires?: string; 'max-time'?: string }; positionals: string[] }
  try {
    read = parseArgs({ args, options: { ...OF_ALL, ...OPTIONS[command] }, allowPositionals: true })
  } catch (error) {
    // What follows the first line or sentence is advice for programs that take any argument.
    throw new Usage((error as Error).message.split(/\n|\. To specify/)[0])
  }
  const { values, positionals } = read
  if (values.help) return values
  const wanted = ALONE.includes(command) ? 0 : 1
  if (positionals.length !== wanted) {
    throw new Usage(
      wanted ? `${command} takes one URL, not ${positionals.length}` : `${command} takes no argument`,
    )
  }
  return {
    ...values,
    profiles: [values.profile ?? []].flat(),
    ...(wanted && { url: urlOf(positionals[0] ?? '') }),
    expires: expiryOf(values.expires ?? '300'),
    timeout: milliseconds(values['max-time'] ?? '0', '--max-time'),
  }
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new Usage('the URL has to begin with https:// or http://')
  }
  if (url.username || url.password) throw new Usage('a user name in the URL cannot be signed')
  return url
}

function expiryOf(text: string): number {
  const seconds = /^\d+$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > 604_800) {
    throw new Usage(`--expires takes 1 to 604800 seconds, not ${JSON.stringify(text)}`)
  }
  return seconds
}

/** As a timer takes them: whole, and not more than it can wait (24 days), which stands for no limit. */
function milliseconds(text: string, option: string): number {
  const ms = Math.ceil(number(text, option) * 1000)
  return ms > LONGEST_TIMER ? 0 : ms
}

function number(text: string, option: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new Usage(`${option} takes seconds, not "${text}"`)
  }
  return value
}
