// fetch through the forwarder of `gatesign serve`. Method, URL and headers are sent in a separate line before the body,
// so that the API gets them as they were signed; the answer has the same form.

import { MEDIA_TYPE, TOKEN_HEADER } from '../../../src/cli/serve/protocol'

/** Statuses whose answers have no body. */
const EMPTY = [204, 205, 304]

/** The code of the forwarder's own refusals; other errors have the code of a network error. */
const REFUSED = 'ERR_FORWARDER'

/** @returns a replacement for `fetch` */
export function forwardedBy(token: string): typeof fetch {
  return async (input, init = {}) => {
    const { method = 'GET', headers, body, signal } = init
    const line = JSON.stringify({ method, url: String(input), headers: [...new Headers(headers)] })
    const response = await fetch('forward', {
      method: 'POST',
      headers: { 'content-type': MEDIA_TYPE, [TOKEN_HEADER]: token },
      body: new Blob([`${line}\n`, (body as BlobPart | null | undefined) ?? '']),
      signal: signal ?? null,
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
    }).catch((error: Error) => {
      if (error.name === 'AbortError' || error.name === 'TimeoutError') throw error
      throw failure('gatesign serve no longer answers: start it again and reload this page.')
    })
    if (!response.ok) throw await forwarderError(response)
    return unwrapped(response)
  }
}

const failure = (message: string, code = REFUSED) => Object.assign(new Error(message), { code })

async function forwarderError(response: Response) {
  const { error } = await response.json().catch(() => ({ error: {} }))
  const isOfNetwork = response.status === 502 || response.status === 504
  const message = error.message ?? `the forwarder answered ${response.status}`
  return failure(message, isOfNetwork ? (error.code ?? 'ERR_NETWORK') : REFUSED)
}

async function unwrapped({ body }: Response): Promise<Response> {
  const reader = (body ?? new Blob().stream()).getReader()
  let read = new Uint8Array()
  while (!read.includes(NEW_LINE)) {
    const { done, value } = await reader.read()
    if (done) throw failure('the forwarder’s answer broke off', 'ECONNRESET')
    read = joined(read, value)
  }
  const end = read.indexOf(NEW_LINE)
  const { status, statusText, headers } = JSON.parse(new TextDecoder().decode(read.subarray(0, end)))
  const rest = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(read.subarray(end + 1)),
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return new Response(EMPTY.includes(status) ? null : rest, { status, statusText, headers })
}

const NEW_LINE = 10

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
