/**
 * Server-Sent Events (`text/event-stream`) of an answer as an async iterator, as
 * [the HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)
 * reads them.
 * It needs nothing else of the package: any `Response` will do.
 */

/** An event, with the names of the browsers' `MessageEvent`. */
export interface ServerSentEvent {
  /** What its line `event` says, or `message`. */
  type: string
  /** Its `data` lines, with line feeds between them. */
  data: string
  /** The last `id` that the stream has told, or `EventOptions.lastEventId`. */
  lastEventId: string
}

/** Of {@link readEvents}. */
export interface EventOptions {
  /**
   * The id that the caller has sent as `Last-Event-ID`: events carry it until the stream tells another.
   *
   * @default ''
   * @throws {TypeError} if it is no string
   */
  lastEventId?: string | undefined
  /**
   * The most characters (UTF-16 units) of one event: the iterator throws a `RangeError` at a longer one, which would
   * otherwise be kept until there is no memory.
   *
   * @default 16777216
   * @throws {TypeError} if it is no number above 0
   */
  maxEventLength?: number | undefined
}

/** What {@link readEvents} returns: an iterator, and what a new connection needs to go on. */
export interface EventReader extends AsyncIterableIterator<ServerSentEvent, undefined, undefined> {
  /** What to send as `Last-Event-ID` to go on after the last event that has ended; `''` for none. */
  readonly lastEventId: string
  /** Milliseconds to wait before that, if the stream has told so (`retry`). */
  readonly reconnectionTime: number | undefined
}

/**
 * The events of an answer, each as soon as its empty line has arrived. Leaving the loop cancels the stream, which closes
 * the connection. An event that the end of the stream cuts off is none, as the standard says.
 *
 * The loop throws what the stream fails with: a broken connection, or the reason of the fetch's signal.
 *
 * @param source a `Response`, what `invokeApi` resolves with under `responseType: 'stream'`, a `ReadableStream`, or a
 *   Node stream or other async iterable of bytes or texts. An answer without a body has no events
 * @throws {TypeError} if it is none of these, or a response whose status is not one of 200 to 299
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
