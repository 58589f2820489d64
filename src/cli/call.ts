// `gatesign call`: sends, prints the answer as it comes, and says why it was refused.

import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { diagnose, type Signer } from 'gatesign'
import { formatExplanation } from './explanation.ts'
import { Failure, LONGEST_TIMER } from './files.ts'
import { brokenOff } from './http/exchange.ts'
import { connectingOf } from './http/options.ts'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'
import { checkOutput, NOT_WRITTEN, type Output, outputOf } from './output.ts'
import { basicOf, type CallRequest } from './request.ts'
import { delayOf, readRetries } from './retry.ts'
import { shown, shownLine } from './shown.ts'
import { type Following, type Transferred, transfer } from './transfer.ts'
import { redirectOf, type Summary, writeOut } from './writeout.ts'

const REFUSED = 22
const TIMEOUT = 28
/** Bytes of a refusal that are read to explain it. */
const DIAGNOSED = 256 * 1024

/** @returns the exit code */
export async function call(
  args: Arguments,
  request: CallRequest,
  signer: Signer | undefined,
  version: string,
): Promise<number> {
  if (!/^https?:$/.test(request.url.protocol)) throw new Usage('call takes an http:// or https:// URL')
  if (args.has('explain') && signer)
    console.error(`${shown(formatExplanation(signer.explain(explained(request))))}\n`)
  checkOutput(args, request.url)
  const authorization = signer ? undefined : basicOf(args)
  const headers: Record<string, string> =
    authorization && !request.headers.authorization ? { authorization } : {}
  const run = new Run(args, { ...request, headers: { ...request.headers, ...headers } }, signer, version)
  return await run.run()
}

/** The part of a request that the signer takes. */
export const explained = ({ method, url, headers, body }: CallRequest) => ({
  method,
  url,
  headers,
  ...(body && { body }),
})

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

class Run {
  readonly #args: Arguments
  readonly #request: CallRequest
  readonly #signer: Signer | undefined
  readonly #version: string
  readonly #isSilent: boolean
  readonly #summary: Summary

  constructor(args: Arguments, request: CallRequest, signer: Signer | undefined, version: string) {
    this.#args = args
    this.#request = request
    this.#signer = signer
    this.#version = version
    this.#isSilent = args.has('silent') && !args.has('show-error')
    this.#summary = {
      method: request.method,
      url: request.url,
      firstUrl: args.argument,
      message: undefined,
      times: undefined,
      addresses: { remote: '', remotePort: 0, local: '', localPort: 0 },
      redirects: 0,
      retries: 0,
      downloaded: 0,
      uploaded: request.body?.length ?? 0,
      headBytes: 0,
      exit: 0,
      error: '',
      file: '',
    }
  }

  async run(): Promise<number> {
    const following = this.#following()
    const retries = readRetries(this.#args)
    let exit: number
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(following, attempt < retries.most)
      exit = outcome.exit
      if (!outcome.again) break
      const ms = delayOf(retries, attempt, outcome.again, performance.now())
      if (ms === undefined) break
      this.#tell(`${outcome.again.why}: again in ${ms / 1000} s, ${retries.most - attempt} left`)
      await new Promise((resolve) => setTimeout(resolve, ms))
      this.#summary.retries++
    }
    this.#summary.exit = exit
    const format = this.#args.text('write-out')
    if (format !== undefined) {
      const { out, error } = writeOut(format, this.#summary)
      process.stdout.write(out)
      process.stderr.write(error)
    }
    return exit
  }

  #tell(text: string) {
    this.#summary.error ||= text
    if (!this.#isSilent) console.error(`gatesign: ${shown(text)}`)
  }

  #following(): Omit<Following, 'signal'> {
    const args = this.#args
    const extra: [string, string][] = [
      ['user-agent', `gatesign/${this.#version}`],
      ['accept', '*/*'],
    ]
    if (args.has('compressed')) extra.push(['accept-encoding', 'deflate, gzip, br'])
    return {
      connecting: connectingOf(args),
      signer: this.#signer,
      extra,
      redirects: args.has('location') ? (args.count('max-redirs', 10_000) ?? 50) : undefined,
      isMethodGiven: args.has('request'),
      onSent: (method, url, headers) => {
        if (args.has('verbose')) console.error(sentHead(method, url, headers))
      },
      onHead: (message, isLast) => this.#head(message, isLast),
    }
  }

  #head(message: IncomingMessage, isLast: boolean) {
    const args = this.#args
    const head = headOf(message)
    this.#summary.headBytes += Buffer.byteLength(head)
    if (args.has('verbose')) console.error(`< ${head.trimEnd().split('\r\n').join('\n< ')}`)
    const file = args.text('dump-header')
    if (file === '-') process.stdout.write(head)
    else if (file !== undefined) writeFileSync(file, head, { flag: isLast ? 'w' : 'a' })
    if (args.has('include') && !args.has('head')) process.stdout.write(head)
  }

  /** @returns `again` if another attempt may succeed */
  async #attempt(following: Omit<Following, 'signal'>, mayRetry: boolean) {
    const timeout = this.#args.milliseconds('max-time') ?? 0
    const controller = new AbortController()
    const late = new Failure(TIMEOUT, `no answer within ${timeout} ms`)
    const timer =
      timeout > 0 && timeout <= LONGEST_TIMER ? setTimeout(() => controller.abort(late), timeout) : undefined
    try {
      const answer = await transfer(this.#request, { ...following, signal: controller.signal })
      this.#note(answer)
      const { statusCode = 0 } = answer.message
      if (
        mayRetry &&
        (RETRIED.has(statusCode) || (this.#args.has('retry-all-errors') && statusCode >= 400))
      ) {
        answer.message.destroy()
        const retryAfter = answer.message.headers['retry-after']
        return { exit: this.#exitOf(statusCode), again: { why: `status ${statusCode}`, retryAfter } }
      }
      const exit = await this.#receive(answer, controller.signal)
      return { exit, again: undefined }
    } catch (error) {
      const failure = controller.signal.aborted ? late : error
      if (!(failure instanceof Failure)) throw failure
      const again =
        mayRetry && this.#isTransient(failure) ? { why: failure.message, retryAfter: undefined } : undefined
      if (!again) this.#tell(NO_ANSWER.includes(failure.exit) ? meaningOf(failure) : failure.message)
      return { exit: failure.exit, again }
    } finally {
      clearTimeout(timer)
    }
  }

  #isTransient({ exit, code }: Failure): boolean {
    if (this.#args.has('retry-all-errors')) return exit !== NOT_WRITTEN
    if (code === 'ECONNREFUSED') return this.#args.has('retry-connrefused')
    return exit === TIMEOUT || exit === 5 || exit === 6
  }

  #note({ message, socket, times, method, url, redirects }: Transferred) {
    const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = socket
    const addresses = { remote: remoteAddress, remotePort, local: localAddress, localPort }
    Object.assign(this.#summary, { message, times, method, url, redirects, addresses })
  }

  #exitOf(status: number): number {
    const isError = this.#args.has('fail') || this.#args.has('fail-with-body')
    return isError && status >= 400 ? REFUSED : 0
  }

  async #receive(answer: Transferred, signal: AbortSignal): Promise<number> {
    const args = this.#args
    const { message, times } = answer
    const status = message.statusCode ?? 0
    const exit = this.#exitOf(status)
    const isKept = !(exit === REFUSED && !args.has('fail-with-body'))
    const output = isKept ? outputOf(args, answer.url) : undefined
    this.#summary.file = output?.file ?? ''
    const begun: Buffer[] = []
    let size = 0
    const abort = () => message.destroy(signal.reason)
    signal.addEventListener('abort', abort)
    try {
      if (args.has('head')) await output?.write(Buffer.from(headOf(message)))
      for await (const chunk of this.#decoded(message)) {
        if (status >= 400 && size < DIAGNOSED) begun.push(chunk)
        size += chunk.length
        await output?.write(chunk)
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : brokenOff(error as Error)
    } finally {
      signal.removeEventListener('abort', abort)
      this.#summary.downloaded = size
      times.end = performance.now() - times.began
      await output?.end()
    }
    this.#say(answer, Buffer.concat(begun), output)
    return exit
  }

  #decoded(message: IncomingMessage): Readable {
    if (!this.#args.has('compressed')) return message
    const codings = (message.headers['content-encoding'] ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
    let stream: Readable = message
    for (const coding of codings.reverse().filter((name) => name !== '' && name !== 'identity')) {
      const decoder = DECODERS.get(coding)?.()
      if (!decoder)
        throw new Failure(61, `the answer is compressed with ${coding}, which call cannot decompress`)
      stream = pipeline(stream, decoder, () => {})
    }
    return stream
  }

  /** Explains the status, unless it is a success. */
  #say(answer: Transferred, bytes: Buffer, output: Output | undefined) {
    const { message, url } = answer
    const status = message.statusCode ?? 0
    const to = redirectOf(message, url)
    const text =
      status >= 400
        ? refusal(answer, bytes, this.#signer)
        : to && !this.#args.has('location')
          ? `${status}: a redirect to ${to.href}, which was not followed (-L)`
          : undefined
    if (text === undefined) return
    if (output?.isMidLine && !this.#isSilent) process.stdout.write('\n')
    this.#tell(text)
  }
}

/** Statuses that curl takes for transient. */
const RETRIED = new Set([408, 429, 500, 502, 503, 504])

function headOf({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  let head = `HTTP/${httpVersion} ${statusCode} ${shownLine(statusMessage ?? '')}\r\n`
  for (let i = 0; i < rawHeaders.length; i += 2) {
    head += `${shownLine(rawHeaders[i] ?? '')}: ${shownLine(rawHeaders[i + 1] ?? '')}\r\n`
  }
  return `${head}\r\n`
}

/** Names whose values -v does not show. */
const SECRET =
  /^(?:x-amz-security-token|x-amz-s3session-token|x-api-key|cookie|proxy-authorization)$|token|secret|password/i

function sentHead(method: string, { pathname, search }: URL, headers: string[]): string {
  const lines = [
    `> ${method} ${pathname}${search.replace(/(X-Amz-Security-Token=)[^&]*/gi, '$1[redacted]')} HTTP/1.1`,
  ]
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? ''
    const value = headers[i + 1] ?? ''
    const isScheme = name.toLowerCase() === 'authorization' && !value.startsWith('AWS4-')
    const hidden = isScheme ? value.replace(/ .*/s, ' [redacted]') : SECRET.test(name) ? '[redacted]' : value
    lines.push(`> ${name}: ${hidden}`)
  }
  return shown(lines.join('\n'))
}

/** curl's exit codes of calls without an answer: name, connection, timeout, broken connection, certificate. TLS errors have a text of their own. */
const NO_ANSWER = [6, 7, 28, 56, 60]

/** A failure, and what it means. */
function meaningOf({ message, code }: Failure): string {
  const { kind, summary, hint } = diagnose({ message, code })
  return kind === 'Unknown' ? message : `${message}\n${kind}: ${summary}\n${hint}`
}

function refusal({ message, request, isSigned }: Transferred, bytes: Buffer, signer: Signer | undefined) {
  const answer = {
    status: message.statusCode,
    headers: message.headers,
    body: bytes.toString(),
  }
  const explanation = signer && isSigned ? signer.explain(explained(request)) : undefined
  const { kind, summary, hint, diff } = diagnose(answer, explanation)
  const differs = diff ? `\nThe ${diff.part} differs:\n  ours    ${diff.ours}\n  theirs  ${diff.theirs}` : ''
  return `${message.statusCode} ${kind}: ${summary}\n${hint}${differs}`
}
