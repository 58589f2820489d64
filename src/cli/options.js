// The options of the commands.

import { parseArgs } from 'node:util'
import { LONGEST_TIMER } from '../js/waiting.js'

/** The caller used the command in a way that it does not have. */
export class Usage extends Error {}

/** @type {import('node:util').ParseArgsConfig['options']} */
const OF_ALL = { help: { type: 'boolean', short: 'h' } }
/** @type {import('node:util').ParseArgsConfig['options']} */
const OF_REQUESTS = {
  request: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  region: { type: 'string' },
  service: { type: 'string' },
  profile: { type: 'string' },
}
/** @type {import('node:util').ParseArgsConfig['options']} */
const OF_BODIES = { data: { type: 'string', short: 'd' } }
/** @type {Record<string, import('node:util').ParseArgsConfig['options']>} */
const OPTIONS = {
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
  serve: {
    port: { type: 'string' },
    forward: { type: 'string', multiple: true },
    ipv6: { type: 'boolean' },
    silent: { type: 'boolean', short: 's' },
  },
}

/** Those that are given no URL. */
const ALONE = ['diagnose', 'serve']

/**
 * @param {string} command
 * @param {string[]} args
 */
export function readOptions(command, args) {
  let read
  try {
    read = parseArgs({ args, options: { ...OF_ALL, ...OPTIONS[command] }, allowPositionals: true })
  } catch (error) {
    // What follows the first line or sentence is advice for programs that take any argument.
    throw new Usage(error.message.split(/\n|\. To specify/)[0])
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
    url: wanted ? urlOf(positionals[0]) : undefined,
    expires: expiryOf(values.expires ?? '300'),
    timeout: milliseconds(values['max-time'] ?? '0', '--max-time'),
  }
}

function urlOf(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new Usage('the URL has to begin with https:// or http://')
  }
  if (url.username || url.password) throw new Usage('a user name in the URL cannot be signed')
  return url
}

function expiryOf(text) {
  const seconds = /^\d+$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > 604_800) {
    throw new Usage(`--expires takes 1 to 604800 seconds, not ${JSON.stringify(text)}`)
  }
  return seconds
}

/** As a timer takes them: whole, and not more than it can wait (24 days), which stands for no limit. */
function milliseconds(text, option) {
  const ms = Math.ceil(number(text, option) * 1000)
  return ms > LONGEST_TIMER ? 0 : ms
}

function number(text, option) {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new Usage(`${option} takes seconds, not "${text}"`)
  }
  return value
}
