// The requests of an upload in parts: each is signed, sent, and sent again after a temporary failure.

import { hider } from '../diagnose/redact.ts'
import { elementOf } from '../js/xml.ts'
import type { StreamSigner } from './uploads.ts'

/** One operation of S3's API. */
export interface Operation {
  /** Its name in the API and the number of the part, for errors. */
  name: string
  method: 'POST' | 'PUT' | 'DELETE'
  /** The query with its question mark, or empty. */
  query: string
  headers: [name: string, value: unknown][]
  body?: Uint8Array<ArrayBuffer> | string
  /** The payload hash to sign; the signer hashes a string itself. */
  bodyHash?: string | undefined
}

export interface Sending {
  /** A signer, or a function that returns one for each request: credentials may expire before an upload is done. */
  signer: StreamSigner | (() => StreamSigner | Promise<StreamSigner>)
  /** The URL of the object. */
  url: string
  /** How many times a request is sent again. */
  retries: number
  fetch: typeof fetch
}

export interface Answer {
  headers: Headers
  text: string
}

/** S3's errors after which the same request may succeed a moment later, with any status. */
const FOR_A_WHILE = ['InternalError', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown']

/** The longest wait between two attempts in ms, the same as in the AWS SDK. */
const LONGEST_WAIT = 20_000

export async function send(sending: Sending, operation: Operation, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const { answer, error, mayRepeat } = await sendOnce(sending, operation, signal)
    if (answer) return answer
    if (!mayRepeat || attempt >= sending.retries) throw error
    await sleep(Math.random() * Math.min(LONGEST_WAIT, 100 * 2 ** attempt), signal)
  }
}

interface Outcome {
  answer?: Answer
  error?: unknown
  mayRepeat?: boolean
}

async function sendOnce(
  { signer, url: target, fetch }: Sending,
  { name, method, query, headers: operationHeaders, body, bodyHash }: Operation,
  signal: AbortSignal,
): Promise<Outcome> {
  const current = typeof signer === 'function' ? await signer() : signer
  const toHash = bodyHash === undefined ? { body } : { bodyHash }
  const { url, headers } = current.sign({
    method,
    url: `${target}${query}`,
    headers: operationHeaders,
    ...toHash,
  })
  let response: Response
  let text: string
  try {
    // Credentials and body must not be redirected to another server.
    response = await fetch(url, { method, headers, signal, redirect: 'manual', ...(body && { body }) })
    text = await response.text()
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    return { error: broken(name, cause), mayRepeat: true }
  }
  const { status, ok } = response
  const code = elementOf(text, 'Code') ?? ''
  // CompleteMultipartUpload answers before it has finished, and may report an error in the body of a 200.
  if (ok && !/<Error[\s>]/.test(text)) return { answer: { headers: response.headers, text } }
  const mayRepeat = FOR_A_WHILE.includes(code) || status === 429 || (status >= 500 && status !== 501)
  return { error: refused(name, response, text, headers), mayRepeat }
}

/** Adds `response`, as in the client's errors, which `diagnose` reads. */
function refused(name: string, response: Response, text: string, sent: Record<string, string>): Error {
  const { status, statusText, headers } = response
  const hide = hider(sent)
  const data = hide('', text) as string
  const [code, message] = [elementOf(data, 'Code'), elementOf(data, 'Message')]
  const detail = code ? `: ${code}${message ? ` (${message})` : ''}` : ''
  const outcome =
    response.type === 'opaqueredirect' || (status >= 300 && status < 400)
      ? 'was redirected, which an upload does not follow'
      : `failed with status code ${status}`
  return Object.assign(new Error(`${name} ${outcome}${detail}`), {
    response: { status, statusText, headers: Object.fromEntries(headers), data },
  })
}

function broken(name: string, cause: unknown): Error {
  const { message, code, cause: inner } = Object(cause)
  const reason = Object(inner)
  const error = new Error(`${name} failed: ${reason.message || message || 'Network Error'}`, { cause })
  const reasonCode = reason.code ?? code
  return typeof reasonCode === 'string' ? Object.assign(error, { code: reasonCode }) : error
}

export const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      end()
      resolve()
    }, ms)
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}
