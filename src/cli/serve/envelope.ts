// How the page and the forwarder talk: one line of JSON, then the body's bytes as they are.
//
// The request's own headers are in that line and not among those of HTTP, to which browsers add theirs: what
// is sent to the API is exactly what was signed. The answer comes in the same form, so that the browser
// neither follows its redirects, nor keeps its cookies, nor asks for a password.

import type { Readable } from 'node:stream'

/** Bytes of the line; API Gateway takes about 10 KB of headers and as much of URL. */
const LONGEST_LINE = 64 * 1024

export const lineOf = (head: unknown) => `${JSON.stringify(head)}\n`

export interface Envelope {
  /** Whatever the line's JSON is: nothing is known of it yet. */
  head: unknown
  /** Of the line, in bytes. */
  size: number
  rest: AsyncGenerator<Buffer>
  /** Reads what is left of the stream for nothing. */
  drain: () => Promise<void>
}

/**
 * Reads the line; what follows stays in the stream.
 *
 * @throws {Error} when there is no such line
 */
export async function readEnvelope(stream: Readable): Promise<Envelope> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  let read: Buffer = Buffer.alloc(0)
  while (!read.includes('\n')) {
    if (read.length > LONGEST_LINE) throw new Error(`its first line is longer than ${LONGEST_LINE} bytes`)
    const { done, value } = await chunks.next()
    if (done) throw new Error('it has no first line')
    read = Buffer.concat([read, value])
  }
  const end = read.indexOf('\n')
  const head = JSON.parse(read.subarray(0, end).toString())
  return { head, size: end + 1, rest: rest(read.subarray(end + 1), chunks), drain: () => drain(chunks) }
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>) {
  if (first.length > 0) yield first
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
}

async function drain(chunks: AsyncIterator<Buffer>) {
  try {
    while (!(await chunks.next()).done);
  } catch {
    // The sender is gone.
  }
}
