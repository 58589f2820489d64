// Converts the body that a caller passes to the bytes or text that are signed and sent.

import { newEncoder } from './utf8.ts'
import { bytesOf, isA, isGiven, tagOf, typeName } from './values.ts'

/** A body as it is sent: a string, bytes, a stream (only if it is not signed), or nothing. */
export type Payload = string | Uint8Array<ArrayBuffer> | ReadableStream | null

export type Body = { payload: Payload; contentType: string }

const NONE: Body = { payload: null, contentType: '' }

/**
 * @param callType the Content-Type of the call; empty if it has none
 * @param byDefault the Content-Type of bodies that have none themselves
 * @param stream whether a stream may be sent as a stream
 */
export function readBody(
  body: unknown,
  callType: string,
  byDefault: string,
  stream: boolean,
): Body | Promise<Body> {
  if (isEmpty(body)) return NONE
  const contentType = callType || byDefault
  if (typeof body === 'string') {
    return { payload: isJson(contentType) ? jsonText(body) : body, contentType }
  }
  return binary(body, callType, byDefault, stream) ?? { payload: stringify(body), contentType }
}

/**
 * Reads a body as fetch does: nothing is converted to JSON.
 *
 * @param callType the Content-Type that the call asks for
 * @param stream whether a stream may be sent as a stream
 */
export function readFetchBody(body: unknown, callType: string, stream: boolean): Body | Promise<Body> {
  if (!isGiven(body)) return NONE
  return (
    binary(body, callType, '', stream) ?? {
      payload: String(body),
      contentType: callType || 'text/plain;charset=UTF-8',
    }
  )
}

/** The bytes of a value, or a stream of them; undefined for any other value. */
function binary(
  body: any,
  callType: string,
  byDefault: string,
  stream: boolean,
): Body | Promise<Body> | undefined {
  if (typeof body !== 'object') return
  // A copy, so that the caller cannot change the buffer between signing and sending.
  const payload = named(() => bytesOf(body)?.slice())
  if (payload) return { payload, contentType: callType || byDefault }
  if (body instanceof URLSearchParams) {
    return {
      payload: String(body),
      contentType: callType || 'application/x-www-form-urlencoded;charset=UTF-8',
    }
  }
  // Including Node's streams: fetch does not accept either.
  const isStream = isA('ReadableStream', body)
  const iterable = !isStream && typeof body[Symbol.asyncIterator] === 'function'
  if (!isStream && !iterable && !isA('Blob', body) && !isA('FormData', body)) return
  const source = iterable ? streamOf(body) : body
  if (stream && (isStream || iterable) && sendsStreams()) {
    return { payload: source, contentType: callType || byDefault }
  }
  return readSource(source, callType, byDefault)
}

/** The values that the old package treats as "no body": callers pass `{}` with GET. */
function isEmpty(body: unknown) {
  if (!isGiven(body) || body === '') return true
  if (typeof body !== 'object') return false
  const prototype = Object.getPrototypeOf(body)
  // Also from another realm: a frame, `node:vm`.
  const plain = Array.isArray(body) || prototype === null || Object.getPrototypeOf(prototype) === null
  return plain && Object.keys(body).length === 0
}

export function isJson(contentType: string) {
  return contentType.split(';', 1)[0].trim().toLowerCase() === 'application/json'
}

/** JSON text is sent as it is; any other string becomes a JSON string. */
function jsonText(text: string) {
  try {
    JSON.parse(text)
    return text.trim()
  } catch {
    return JSON.stringify(text)
  }
}

function stringify(body: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(body)
  } catch (error) {
    throw new TypeError(`body cannot be written as JSON: ${(error as Error).message.split('\n', 1)[0]}`)
  }
  // JSON.stringify would silently send {} for a Map, an Error, a promise or another package's FormData, and
  // internals for a Node stream without an iterator (the package form-data's).
  const tag = tagOf(body)
  const lost = (text === '{}' && tag !== 'Object') || typeof (body as any)?.pipe === 'function'
  if (text === undefined || lost) {
    throw new TypeError(`body must be a value that JSON can hold; got ${lost ? tag : typeName(body)}`)
  }
  return text
}

/** Adds the argument's name to an error of the platform (a detached buffer, a stream that is in use). */
function named<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw new TypeError(`body cannot be read: ${(error as Error).message}`)
  }
}

/** Whether fetch can send a stream. Firefox converts it to text and sends [object ReadableStream]. */
function sendsStreams() {
  const init: any = { method: 'POST', body: new ReadableStream(), duplex: 'half' }
  return typeof Request === 'function' && !new Request('http://a', init).headers.has('content-type')
}

/** @param source a body that fetch accepts */
async function readSource(source: any, callType: string, byDefault: string): Promise<Body> {
  // Response serializes every type of body as fetch would, with the multipart boundary.
  const response = named(() => new Response(source))
  const payload = new Uint8Array(await response.arrayBuffer())
  // A multipart body needs the Content-Type that contains its boundary.
  const own = response.headers.get('content-type') ?? ''
  return { payload, contentType: isA('FormData', source) ? own : callType || own || byDefault }
}

/** A stream of an iterable's chunks, each read on demand. */
function streamOf(source: any) {
  const chunks: AsyncIterator<unknown> = source[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(chunkOf(value))
      },
      // A Node stream's iterator would first wait for its next chunk.
      cancel: async () => void (await (source.destroy ? source.destroy() : chunks.return?.())),
    },
    { highWaterMark: 0 },
  )
}

/** A copy: a source may fill the same buffer again. */
function chunkOf(chunk: unknown) {
  const bytes = typeof chunk === 'string' ? newEncoder().encode(chunk) : bytesOf(chunk)?.slice()
  if (bytes) return bytes
  throw new TypeError(`body must yield strings or bytes; got ${typeName(chunk)}`)
}
