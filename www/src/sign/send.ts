// Sends a call with the package's client, and records what was sent and received.

import type { ApiError } from 'gatesign'
import { parseAmzDate } from '../../../src/verify/time'
import type { Credentials } from '../model/credentials'
import { type Call, CallProblem } from './call'
import { diagnose } from './diagnose'
import { newClient } from './gatesign'
import { configOf, loadFor, presigned, requestOf, type Wire } from './wire'

/** The answer, with any status. */
export interface Answer {
  status: number
  statusText: string
  /** The headers that a page may read. */
  headers: [string, string][]
  bytes: Uint8Array<ArrayBuffer>
  /** ms from sending to the headers and to the last byte. */
  firstByte: number
  total: number
  /** Whether it is incomplete: it was canceled, or the connection was lost. */
  partial: boolean
}

export interface Attempt {
  wire: Wire
  /** ms since the epoch. */
  at: number
  answer?: Answer
}

export interface Outcome {
  attempts: Attempt[]
  answer?: Answer
  /** The error if there is no answer, for `diagnose`. */
  failure?: { message: string; code: string }
  canceled: boolean
  /** Whether the local forwarder sent it. */
  forwarded: boolean
  /** ms by which the gateway's clock differs, if it had to be corrected. */
  clockCorrection: number
  /** ms of the whole call, including retries. */
  total: number
}

export interface Progress {
  signal: AbortSignal
  /** Replaces the browser's own fetch. */
  fetch?: typeof fetch
  onAttempt: (attempt: Attempt) => void
  /** Called with the answer's head, and with each piece of its body. */
  onHead: (head: Pick<Answer, 'status' | 'statusText' | 'headers' | 'firstByte'>) => void
  onBytes: (piece: Uint8Array) => void
}

export async function send(call: Call, credentials: Credentials, progress: Progress): Promise<Outcome> {
  await loadFor(call)
  const started = performance.now()
  const attempts: Attempt[] = []
  const once = async (offset: number) => {
    const transport = transportOf(call, credentials, offset, attempts, progress)
    const client = newClient({ ...configOf(call, credentials), fetch: transport })
    const { pathParams, pathTemplate, method, additionalParams, body } = requestOf(call, credentials)
    const { timeout } = call
    const params = {
      ...additionalParams,
      timeout,
      signal: progress.signal,
      responseType: 'arraybuffer' as const,
    }
    await client.invokeApi(pathParams, pathTemplate, method, params, body)
  }
  let failure: Outcome['failure']
  const attemptOnce = async (offset: number) => {
    failure = undefined
    await once(offset).catch((error: ApiError) => {
      failure = { message: error.message, code: error.code ?? '' }
      // An error before anything was sent is a mistake in the call, not in the network.
      if (attempts.length === 0 && !error.isAxiosError) throw error
      if (error.code === 'ERR_FORWARDER') throw new CallProblem('url', error.message)
    })
  }
  await attemptOnce(call.clockOffset)
  // The client corrects its clock for signatures in headers; signatures in the query are made here.
  const ahead = call.signing === 'query' ? clockDifference(attempts.at(-1)) : 0
  if (ahead !== 0) await attemptOnce(call.clockOffset + ahead)
  const last = attempts.at(-1)
  return {
    attempts,
    ...(last?.answer && { answer: last.answer }),
    ...(!last?.answer && failure && { failure }),
    canceled: failure?.code === 'ERR_CANCELED',
    forwarded: progress.fetch !== undefined,
    clockCorrection: ahead || headerCorrection(attempts),
    total: performance.now() - started,
  }
}

/** A fetch for the client that records each attempt. */
function transportOf(
  call: Call,
  credentials: Credentials,
  offset: number,
  attempts: Attempt[],
  progress: Progress,
) {
  return async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const prepared: Wire = {
      method: init.method ?? 'GET',
      url: String(input),
      headers: { ...(init.headers as Record<string, string>) },
      body: call.body,
    }
    const inQuery = call.signing === 'query'
    const wire = inQuery ? presigned(prepared, call, credentials, Date.now() + offset) : prepared
    const attempt: Attempt = { wire, at: Date.now() }
    attempts.push(attempt)
    progress.onAttempt(attempt)
    const begun = performance.now()
    const response = await (progress.fetch ?? fetch)(wire.url, {
      ...init,
      ...(inQuery && { redirect: 'manual' as const }),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    if (response.type === 'opaqueredirect') return response
    const firstByte = performance.now() - begun
    const { status, statusText } = response
    const head = { status, statusText, headers: [...response.headers], firstByte }
    progress.onHead(head)
    const { bytes, error } = await readAll(response, progress.onBytes)
    const total = performance.now() - begun
    attempt.answer = { ...head, bytes, total, partial: error !== undefined }
    if (error !== undefined) throw error
    // The client reads the body too, to decide on a retry; for a success no copy is needed.
    const readAgain = response.ok || bytes.length === 0 ? null : bytes
    return new Response(readAgain, { status, statusText, headers: response.headers })
  }
}

/** The body, or the part that arrived before an error. */
async function readAll(
  response: Response,
  onBytes: Progress['onBytes'],
): Promise<{ bytes: Uint8Array<ArrayBuffer>; error: unknown }> {
  const chunks: Uint8Array[] = []
  let length = 0
  let error: unknown
  try {
    const reader = response.body?.getReader()
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) break
      chunks.push(value)
      length += value.length
      onBytes(value)
    }
  } catch (reason) {
    error = reason
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return { bytes: all, error }
}

/** How many ms the gateway is ahead, if it refused the signature because of its time; otherwise 0. */
function clockDifference(attempt: Attempt | undefined): number {
  const answer = attempt?.answer
  if (!answer || answer.status < 400 || answer.bytes.length > 10_000) return 0
  const body = new TextDecoder().decode(answer.bytes)
  const headers = Object.fromEntries(answer.headers)
  const { serverTime } = diagnose({ status: answer.status, headers, body })
  return serverTime ? serverTime.getTime() - Date.now() : 0
}

/** The client's correction of the clock between the first attempt and the last. */
function headerCorrection(attempts: Attempt[]): number {
  const [first, last] = [attempts[0], attempts.at(-1)]
  const signed = ({ wire, at }: Attempt) => parseAmzDate(wire.headers['x-amz-date'] ?? '') - at
  if (!first || !last || first === last) return 0
  const difference = signed(last) - signed(first)
  return Math.abs(difference) > 30_000 ? difference : 0
}
