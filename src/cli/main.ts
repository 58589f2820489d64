// `npx gatesign`: from the arguments to the exit code, which is curl's where curl has one.

import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { diagnose } from 'gatesign'
import { readRefusal } from '../js/refusal.js'
import { call, NOT_WRITTEN } from './call.ts'
import { written } from './explanation.ts'
import { HELP } from './help.ts'
import { type Options, type RequestOptions, readOptions, Usage } from './options.ts'
import { requestOf, signerOf } from './request.ts'
import { serve } from './serve.ts'
import { whoami } from './whoami.ts'

const COMMANDS: Record<string, (options: RequestOptions) => Promise<number>> = {
  call: async (options) =>
    call(options, requestOf(options), options['no-sign'] ? undefined : await signerOf(options)),
  async presign(options) {
    const { method, url, headers } = requestOf(options)
    const signer = await signerOf(options)
    console.log(signer.presign({ method, url, headers, expiresIn: options.expires }))
    return 0
  },
  async explain(options) {
    const signer = await signerOf(options)
    console.log(written(signer.explain(requestOf(options)), options.json))
    return 0
  },
  async diagnose(options) {
    if (process.stdin.isTTY) console.error('Paste the error, then Ctrl+D:')
    const refusal = readRefusal(await text(process.stdin))
    if (refusal.body === '' && refusal.status === 0) throw new Usage('diagnose reads an error, not nothing')
    const { kind, summary, hint } = diagnose(refusal.status > 0 ? refusal : refusal.body)
    console.log(
      options.json ? JSON.stringify({ kind, summary, hint }, null, 2) : `${kind}: ${summary}\n${hint}`,
    )
    return 0
  },
  serve: (options: Options) => serve(options),
  whoami: ({ profile, region, json = false }: Options) => whoami({ profile, region, json }),
}

/** @returns the exit code: 0, 2 for wrong usage, 1 for what cannot be signed or served, or curl's */
export async function main(args: string[]): Promise<number> {
  const [name = 'help', ...rest] = args
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads it has had enough: `head` for instance.
    if (code !== 'EPIPE') console.error(`gatesign: ${message}`)
    process.exit(NOT_WRITTEN)
  })
  try {
    if (name === '--version' || name === '-V') {
      console.log(JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version)
      return 0
    }
    if (['help', '--help', '-h'].includes(name)) {
      console.log(HELP)
      return 0
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!command) throw new Usage(`there is no command ${JSON.stringify(name)}`)
    const options = readOptions(name, rest)
    if (options.help) {
      console.log(HELP)
      return 0
    }
    return await command(options as RequestOptions)
  } catch (error) {
    console.error(`gatesign: ${(error as Error).message}`)
    if (!(error instanceof Usage)) return 1
    console.error("Try 'gatesign help'.")
    return 2
  }
}
