// `npx gatesign`: from the arguments to the exit code, which is curl's where curl has one.

import { readFileSync } from 'node:fs'
import { diagnose } from 'gatesign'
import { readPasted } from '../diagnose/pasted.ts'
import { MOST_SECONDS } from '../js/bounds.ts'
import { call, explained } from './call.ts'
import { formatExplanation } from './explanation.ts'
import { Failure } from './files.ts'
import { help } from './help.ts'
import { type Arguments, parse } from './options/parse.ts'
import type { Command } from './options/table.ts'
import { Usage } from './options/usage.ts'
import { NOT_WRITTEN } from './output.ts'
import { proxy } from './proxy.ts'
import { requestOf, signerOf, urlOf } from './request.ts'
import { run } from './run.ts'
import { serve } from './serve.ts'
import { shown } from './shown.ts'
import { types } from './types.ts'
import { whoami } from './whoami.ts'

const COMMANDS = new Map<string, (args: Arguments) => Promise<number>>([
  [
    'call',
    async (args) => {
      const request = requestOf(args)
      return call(args, request, await signerOf(args, request.url), version())
    },
  ],
  ['presign', presign],
  ['explain', explain],
  ['diagnose', explainError],
  ['proxy', proxy],
  ['run', run],
  ['serve', serve],
  ['types', types],
  [
    'whoami',
    (args) => {
      const [profile, region] = [args.text('profile'), args.text('region')]
      return whoami({ profile, region, json: args.has('output-json') })
    },
  ],
])

async function presign(args: Arguments): Promise<number> {
  const { method, url, headers } = requestOf(args)
  const signer = await signerOf(args, url)
  print(signer?.presign({ method, url, headers, expiresIn: expiryOf(args.text('expires') ?? '300') }) ?? '')
  return 0
}

async function explain(args: Arguments): Promise<number> {
  const signer = await signerOf(args, urlOf(args))
  if (signer) print(formatExplanation(signer.explain(explained(requestOf(args))), args.has('output-json')))
  return 0
}

/** The most bytes that `diagnose` reads; API Gateway's errors are below 10 KB. */
const LONGEST_ERROR = 1024 * 1024

async function explainError(args: Arguments): Promise<number> {
  if (process.stdin.isTTY) console.error('Paste the error, then Ctrl+D:')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    size += chunk.length
    if (size > LONGEST_ERROR)
      throw new Usage(`diagnose reads at most ${LONGEST_ERROR} bytes: paste only the error`)
    chunks.push(chunk)
  }
  const refusal = readPasted(Buffer.concat(chunks).toString())
  if (refusal.body === '' && refusal.status === 0)
    throw new Usage('diagnose needs an error on standard input')
  const { kind, summary, hint } = diagnose(refusal.status > 0 ? refusal : refusal.body)
  print(
    args.has('output-json')
      ? JSON.stringify({ kind, summary, hint }, null, 2)
      : `${kind}: ${summary}\n${hint}`,
  )
  return 0
}

function expiryOf(text: string): number {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > MOST_SECONDS) {
    throw new Usage(`--expires takes 1 to ${MOST_SECONDS} seconds, not ${JSON.stringify(text)}`)
  }
  return seconds
}

const print = (text: string) => console.log(shown(text))

const version = (): string =>
  JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version

/** @returns the exit code: 0, 2 for wrong usage, 1 if nothing could be signed or served, or curl's */
export async function main(args: string[]): Promise<number> {
  const [name = 'help', ...rest] = args
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // The reader closed the pipe (`head`, for instance).
    if (code !== 'EPIPE') console.error(`gatesign: ${shown(message)}`)
    process.exit(NOT_WRITTEN)
  })
  try {
    if (name === '--version' || name === '-V') {
      console.log(version())
      return 0
    }
    if (['help', '--help', '-h'].includes(name)) {
      console.log(help(commandOf(rest[0])))
      return 0
    }
    const command = COMMANDS.get(name)
    if (!command) throw new Usage(`there is no command ${JSON.stringify(name)}`)
    const args = parse(name as Command, rest)
    if (!args) {
      console.log(help(name as Command))
      return 0
    }
    return await command(args)
  } catch (error) {
    const { message } = error as Error
    console.error(`gatesign: ${shown(message)}`)
    if (error instanceof Failure) return error.exit
    if (!(error instanceof Usage)) return 1
    console.error("Try 'gatesign help'.")
    return 2
  }
}

const commandOf = (name: string | undefined) =>
  name !== undefined && COMMANDS.has(name) ? (name as Command) : undefined
