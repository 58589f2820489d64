// From the value that a caller gives to the bytes or text that are signed and sent.

import { bytesOf, isA, isGiven, tagOf, typeName } from './values.js'

/**
 * A body as it is sent: a text, bytes, a stream (only if it is not signed), or nothing.
 *
 * @typedef {string | Uint8Array<ArrayBuffer> | ReadableStream | null} Payload
 * @typedef {{ payload: Payload, contentType: string }} Body
 */

/** @type {Body} */
const NONE = { payload: null, contentType: '' }

/**
 * @param {unknown} body
 * @param {string} given the Content-Type that the call asks for; empty if it does not say
 * @param {string} byDefault the Content-Type of bodies that do not bring their own
 * @param {boolean} stream whether a stream may stay one
 * @returns {Body | Promise<Body>}
 */
export function readBody(body, given, byDefault, stream) {
  if (isEmpty(body)) return NONE
  const contentType = given || byDefault
  if (typeof body === 'string') {
    return { payload: isJson(contentType) ? jsonText(body) : body, contentType }
  }
  if (stream && isA('ReadableStream', body) && sendsStreams()) {
    return { payload: /** @type {ReadableStream} */ (body), contentType }
  }
  return binary(body, given, byDefault) ?? { payload: stringify(body), contentType }
}

/**
 * A body as fetch takes it: nothing is written as JSON.
 *
 * @param {unknown} body
 * @param {string} given the Content-Type that the call asks for
 * @returns {Body | Promise<Body>}
 */
export function readFetchBody(body, given) {
  if (!isGiven(body)) return NONE
  return (
    binary(body, given, '') ?? { payload: String(body), contentType: given || 'text/plain;charset=UTF-8' }
  )
}

/**
 * What has bytes, or gives them; undefined for anything else.
 *
 * @param {any} body
 * @param {string} given
 * @param {string} byDefault
 * @returns {Body | Promise<Body> | undefined}
 */
function binary(body, given, byDefault) {
  if (typeof body !== 'object') return
  // A copy, so that what is signed is what is sent, whatever the caller does with the buffer.
  const payload = named(() => bytesOf(body)?.slice())
  if (payload) return { payload, contentType: given || byDefault }
  if (body instanceof URLSearchParams) {
    return { payload: String(body), contentType: given || 'application/x-www-form-urlencoded;charset=UTF-8' }
  }
  const iterable = typeof body[Symbol.asyncIterator] === 'function'
  const known = isA('Blob', body) || isA('FormData', body) || isA('ReadableStream', body)
  if (known || iterable) return readSource(body, known, given, byDefault)
}

/** What the old package takes for "no body": callers pass `{}` with GET. */
function isEmpty(/** @type {unknown} */ body) {
  if (!isGiven(body) || body === '') return true
  if (typeof body !== 'object') return false
  const prototype = Object.getPrototypeOf(body)
  // Also of another realm: a frame, `node:vm`.
  const plain = Array.isArray(body) || prototype === null || Object.getPrototypeOf(prototype) === null
  return plain && Object.keys(body).length === 0
}

export function isJson(/** @type {string} */ contentType) {
  return contentType.split(';', 1)[0].trim().toLowerCase() === 'application/json'
}

/** JSON text is sent as it is; any other string becomes a JSON string. */
function jsonText(/** @type {string} */ text) {
  try {
    JSON.parse(text)
    return text.trim()
  } catch {
    return JSON.stringify(text)
  }
}

/** @returns {string} */
function stringify(/** @type {unknown} */ body) {
  let text
  try {
    text = JSON.stringify(body)
  } catch (error) {
    throw new TypeError(
      `body cannot be written as JSON: ${/** @type {Error} */ (error).message.split('\n', 1)[0]}`,
    )
  }
  // JSON.stringify would silently send {} for a Map, an Error, a promise or another package's FormData, and
  // internals for a Node stream without an iterator (the package form-data's).
  const tag = tagOf(body)
  const lost = (text === '{}' && tag !== 'Object') || typeof (/** @type {any} */ (body)?.pipe) === 'function'
  if (text === undefined || lost) {
    throw new TypeError(`body must be a value that JSON can hold; got ${lost ? tag : typeName(body)}`)
  }
  return text
}

/**
 * The platform's own refusal (a detached buffer, a stream that is in use) with the argument's name.
 *
 * @template T
 * @param {() => T} make
 * @returns {T}
 */
function named(make) {
  try {
    return make()
  } catch (error) {
    throw new TypeError(`body cannot be read: ${/** @type {Error} */ (error).message}`)
  }
}

/** Whether fetch sends a stream; Firefox takes it for a text, and sends [object ReadableStream]. */
function sendsStreams() {
  /** @type {any} */
  const init = { method: 'POST', body: new ReadableStream(), duplex: 'half' }
  return typeof Request === 'function' && !new Request('http://a', init).headers.has('content-type')
}

/**
 * @param {any} body
 * @param {boolean} known whether fetch knows it; otherwise it gives chunks
 * @param {string} given
 * @param {string} byDefault
 * @returns {Promise<Body>}
 */
async function readSource(body, known, given, byDefault) {
  // Response writes every body type as fetch would, the multipart boundary among it.
  const source = known ? body : new Blob(await chunks(body))
  const response = named(() => new Response(source))
  const payload = new Uint8Array(await response.arrayBuffer())
  // A multipart body is read with the boundary in its own.
  const own = response.headers.get('content-type') ?? ''
  return { payload, contentType: isA('FormData', body) ? own : given || own || byDefault }
}

/** @returns {Promise<BlobPart[]>} */
async function chunks(/** @type {AsyncIterable<any>} */ stream) {
  /** @type {BlobPart[]} */
  const list = []
  for await (const chunk of stream) {
    // Blob would write anything else as text: [object Object].
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk) && !(chunk instanceof ArrayBuffer)) {
      throw new TypeError(`body must give strings or bytes; got ${typeName(chunk)}`)
    }
    list.push(/** @type {BlobPart} */ (chunk))
  }
  return list
}
