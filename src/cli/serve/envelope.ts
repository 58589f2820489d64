// The format of messages between the page and the forwarder: one line of JSON, then the body's bytes unchanged.
//
// The request's own headers are in that line and not among the HTTP headers, to which browsers add their own: the API
// gets exactly what was signed. The answer has the same form, so that the browser does not follow redirects, store
// cookies or ask for a password.

import type { Readable } from 'node:stream'

/** The maximum length of the line in bytes; API Gateway accepts about 10 KB of headers and a URL of the same size. */
const LONGEST_LINE = 64 * 1024

export const lineOf = (head: unknown) => `${JSON.stringify(head)}\n`

export interface Envelope {
  /** The parsed JSON of the line, not checked yet. */
  head: unknown
  /** The length of the line in bytes. */
  size: number
  rest: AsyncGenerator<Buffer>
  /** Reads and discards the rest of the stream. */
  drain: () => Promise<void>
}

/**
 * Reads the line; the rest stays in the stream.
 *
 * @throws {Error} if there is no such line
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
    // The sender disconnected.
  }
}
