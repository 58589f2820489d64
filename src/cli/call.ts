// Sends, prints the answer, and says why it was refused.

import { writeFile } from 'node:fs/promises'
import { diagnose, type Signer } from 'gatesign'
import { written } from './explanation.ts'
import { type RequestOptions, Usage } from './options.ts'
import type { CallRequest } from './request.ts'

/** curl's exit codes, by the code of a network error. */
const EXIT: [RegExp, number][] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 6],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, 7],
  [/CERT|VERIFY/, 60],
  [/^EPROTO$|SSL|TLS/, 35],
]
const REFUSED = 22
export const NOT_WRITTEN = 23
const TIMEOUT = 28
const BROKEN_OFF = 56

/** @returns the exit code */
export async function call(
  options: RequestOptions,
  request: CallRequest,
  signer: Signer | undefined,
): Promise<number> {
  if (!/^https?:$/.test(request.url.protocol)) throw new Usage('call takes an http:// or https:// URL')
  if (request.body !== undefined && /^(GET|HEAD)$/.test(request.method)) {
    throw new Usage(`${request.method} cannot have a body: use -X`)
  }
  if (request.headers.host !== undefined) {
    throw new Usage("call cannot send another Host: a private API's id goes into -H 'x-apigw-api-id: ID'")
  }
  if (options.explain && signer) console.error(`${written(signer.explain(request))}\n`)
  const { method, url, headers, body } = signer ? signer.sign(request) : request
  let response: Response
  let bytes: Buffer
  try {
    // A redirect would take the signature to another address, where it is not valid.
    const signal = options.timeout ? AbortSignal.timeout(options.timeout) : null
    response = await fetch(url, { method, headers, body, redirect: 'manual', signal })
    bytes = Buffer.from(await response.arrayBuffer())
  } catch (error) {
    return failed(error as NetworkError, options)
  }
  const isRefused = response.status >= 400
  if (options.include) process.stdout.write(headOf(response))
  if (!(isRefused && options.fail)) {
    try {
      if (options.output) await writeFile(options.output, bytes)
      else process.stdout.write(bytes)
    } catch (error) {
      console.error(`gatesign: ${(error as Error).message}`)
      return NOT_WRITTEN
    }
  }
  if (!isRefused) return 0
  if (!options.silent) {
    console.error(`${process.stdout.isTTY ? '\n' : ''}${refusal(response, bytes, request, signer)}`)
  }
  return options.fail ? REFUSED : 0
}

function headOf({ status, statusText, headers }: Response): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${status} ${statusText}\r\n${lines.join('\r\n')}\r\n\r\n`
}

function refusal(response: Response, bytes: Buffer, request: CallRequest, signer: Signer | undefined) {
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes.toString(),
  }
  const { kind, summary, hint, diff } = diagnose(answer, signer?.explain(request))
  const differs = diff ? `\nThe ${diff.part} differs:\n  ours    ${diff.ours}\n  theirs  ${diff.theirs}` : ''
  return `gatesign: ${response.status} ${kind}: ${summary}\n${hint}${differs}`
}

/** As fetch rejects with it. */
type NetworkError = Error & { code?: string; cause?: { code?: string; message: string } }

function failed(error: NetworkError, { timeout }: RequestOptions): number {
  if (error.name === 'TimeoutError') {
    console.error(`gatesign: no answer within ${timeout} ms`)
    return TIMEOUT
  }
  const { code, message } = error.cause ?? error
  console.error(`gatesign: ${(message || code || error.message).trim()}`)
  return EXIT.find(([codes]) => codes.test(code ?? ''))?.[1] ?? BROKEN_OFF
}
