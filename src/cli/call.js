// Sends, prints the answer, and says why it was refused.

import { writeFile } from 'node:fs/promises'
import { diagnose } from 'gatesign'
import { written } from './explanation.js'
import { Usage } from './options.js'

/**
 * curl's exit codes, by the code of a network error.
 *
 * @type {[RegExp, number][]}
 */
const EXIT = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 6],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, 7],
  [/CERT|VERIFY/, 60],
  [/^EPROTO$|SSL|TLS/, 35],
]
const REFUSED = 22
export const NOT_WRITTEN = 23
const TIMEOUT = 28
const BROKEN_OFF = 56

/** @returns {Promise<number>} the exit code */
export async function call(options, request, signer) {
  if (!/^https?:$/.test(request.url.protocol)) throw new Usage('call takes an http:// or https:// URL')
  if (request.body !== undefined && /^(GET|HEAD)$/.test(request.method)) {
    throw new Usage(`${request.method} cannot have a body: use -X`)
  }
  if (request.headers.host !== undefined) {
    throw new Usage("call cannot send another Host: a private API's id goes into -H 'x-apigw-api-id: ID'")
  }
  if (options.explain && signer) console.error(`${written(signer.explain(request))}\n`)
  const { method, url, headers, body } = signer ? signer.sign(request) : request
  let response
  let bytes
  try {
    // A redirect would take the signature to another address, where it is not valid.
    const signal = options.timeout ? AbortSignal.timeout(options.timeout) : undefined
    response = await fetch(url, { method, headers, body, redirect: 'manual', signal })
    bytes = Buffer.from(await response.arrayBuffer())
  } catch (error) {
    return failed(error, options)
  }
  const isRefused = response.status >= 400
  if (options.include) process.stdout.write(headOf(response))
  if (!(isRefused && options.fail)) {
    try {
      if (options.output) await writeFile(options.output, bytes)
      else process.stdout.write(bytes)
    } catch (error) {
      console.error(`gatesign: ${error.message}`)
      return NOT_WRITTEN
    }
  }
  if (!isRefused) return 0
  if (!options.silent) {
    console.error(`${process.stdout.isTTY ? '\n' : ''}${refusal(response, bytes, request, signer)}`)
  }
  return options.fail ? REFUSED : 0
}

function headOf({ status, statusText, headers }) {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${status} ${statusText}\r\n${lines.join('\r\n')}\r\n\r\n`
}

function refusal(response, bytes, request, signer) {
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes.toString(),
  }
  const { kind, summary, hint, diff } = diagnose(answer, signer?.explain(request))
  const differs = diff ? `\nThe ${diff.part} differs:\n  ours    ${diff.ours}\n  theirs  ${diff.theirs}` : ''
  return `gatesign: ${response.status} ${kind}: ${summary}\n${hint}${differs}`
}

function failed(error, { timeout }) {
  if (error.name === 'TimeoutError') {
    console.error(`gatesign: no answer within ${timeout} ms`)
    return TIMEOUT
  }
  const { code, message } = error.cause ?? error
  console.error(`gatesign: ${(message || code || error.message).trim()}`)
  return EXIT.find(([codes]) => codes.test(code))?.[1] ?? BROKEN_OFF
}
