// The Server-Sent Events of an answer as an async iterator.

import { EventParser, type ServerSentEvent } from './event-parser.ts'
import { isSource, type Part, readParts } from './source.ts'

/** The default limit for one event, in UTF-16 units. */
const LONGEST = 16 * 1024 * 1024

export interface EventOptions {
  lastEventId?: string | undefined
  maxEventLength?: number | undefined
}

export type EventSource = Response | { data: unknown } | ReadableStream<Part> | AsyncIterable<Part>

export function readEvents(from: EventSource, options: EventOptions = {}) {
  const { lastEventId = '', maxEventLength = LONGEST } = options ?? {}
  if (typeof lastEventId !== 'string') {
    throw new TypeError(`lastEventId must be a string; got ${typeof lastEventId}`)
  }
  if (typeof maxEventLength !== 'number' || !(maxEventLength > 0)) {
    throw new TypeError(`maxEventLength must be a number above 0; got ${String(maxEventLength)}`)
  }
  const source = sourceOf(from)
  const parser = new EventParser(lastEventId, maxEventLength)
  const events = source ? parse(source, parser) : none()
  return Object.defineProperties(events, {
    lastEventId: { get: () => parser.lastEventId },
    reconnectionTime: { get: () => parser.reconnectionTime },
  })
}

/** The stream of an answer or a result, or the source itself; undefined for an answer without a body. */
function sourceOf(from: unknown) {
  if (isSource(from)) return from
  if (typeof from === 'object' && from !== null) {
    const { status, body, data } = from as { status?: unknown; body?: unknown; data?: unknown }
    if (typeof status === 'number' && (status < 200 || status > 299)) {
      throw new TypeError(`source must be a successful response; got one with status ${status}`)
    }
    if (isSource(body)) return body
    if (isSource(data)) return data
    if (typeof status === 'number' && body === null) return
  }
  throw new TypeError(
    `source must be a Response, a result with responseType 'stream', a stream or an async iterable; got ${from === null ? 'null' : typeof from}`,
  )
}

async function* parse(
  source: ReadableStream<Part> | AsyncIterable<Part>,
  parser: EventParser,
): AsyncGenerator<ServerSentEvent, void> {
  // The parser drops a byte order mark at the start, of bytes and of strings.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const part of readParts(source, 'source')) {
    yield* parser.read(typeof part === 'string' ? part : decoder.decode(part, { stream: true }))
  }
  // An event without an empty line at its end is dropped: it is incomplete.
}

async function* none(): AsyncGenerator<ServerSentEvent, void> {}
