/**
 * Server-Sent Events (`text/event-stream`) of an answer as an async iterator, as [the HTML
 * standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation) reads them. It
 * works with any `Response` and needs no other part of the package.
 */

/** An event, with the names of the browsers' `MessageEvent`. */
export interface ServerSentEvent {
  /** The value of its `event` line, or `message`. */
  type: string
  /** Its `data` lines, with line feeds between them. */
  data: string
  /** The last `id` in the stream so far, or `EventOptions.lastEventId`. */
  lastEventId: string
}

/** Options of {@link readEvents}. */
export interface EventOptions {
  /**
   * The id that you sent as `Last-Event-ID`: events have it until the stream sends another one.
   *
   * @default ''
   * @throws {TypeError} if it is not a string
   */
  lastEventId?: string | undefined
  /**
   * The maximum length of one event in UTF-16 units. The iterator throws a `RangeError` at a longer event, which would
   * otherwise fill the memory.
   *
   * @default 16777216
   * @throws {TypeError} if it is not a number above 0
   */
  maxEventLength?: number | undefined
}

/** What {@link readEvents} returns: an iterator, with the values that a new connection needs to continue. */
export interface EventReader extends AsyncIterableIterator<ServerSentEvent, undefined, undefined> {
  /** The `Last-Event-ID` to send in order to continue after the last complete event; `''` for none. */
  readonly lastEventId: string
  /** Milliseconds to wait before the new connection, if the stream has sent them (`retry`). */
  readonly reconnectionTime: number | undefined
}

/**
 * Iterates over the events of an answer, each as soon as its empty line has arrived. Leaving the loop cancels the
 * stream, which closes the connection. As the standard says, an event that is incomplete at the end of the stream is
 * dropped.
 *
 * If the stream fails, the loop throws its error: that of a broken connection, or the reason of fetch's signal.
 *
 * @param source a `Response`, the result of `invokeApi` with `responseType: 'stream'`, a `ReadableStream`, or a Node
 *   stream or other async iterable of bytes or strings. An answer without a body has no events
 * @throws {TypeError} if it is anything else, or a response whose status is not from 200 to 299
 * @example
 * const events = readEvents(response, { lastEventId })
 * for await (const { type, data } of events) console.log(type, JSON.parse(data))
 * console.log(events.lastEventId, events.reconnectionTime)
 * @example
 * ```js
 * import { newClient } from 'gatesign'
 * import { readEvents } from 'gatesign/events'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 * })
 * const response = await client.fetch('/stage/movie_list?format=events')
 * for await (const { type, data } of readEvents(response)) console.log(type, data)
 * ```
 */
export function readEvents(
  source:
    | Response
    | { status: number; data: unknown }
    | ReadableStream<Uint8Array | string>
    | AsyncIterable<Uint8Array | string>,
  options?: EventOptions,
): EventReader
