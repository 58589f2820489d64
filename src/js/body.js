// From the value that a caller gives to the bytes or text that are signed and sent.

import { isBuffer, tagOf, typeName } from './values.js'

/**
 * A body as it is sent: a text, bytes, a stream (only if it is not signed), or nothing.
 *
 * @typedef {string | Uint8Array<ArrayBuffer> | ReadableStream | null} Payload
 * @typedef {{ payload: Payload, contentType: string }} Body
 */

/**
 * @param {unknown} body
 * @param {string} given the Content-Type that the call asks for; empty if it does not say
 * @param {string} byDefault the Content-Type of bodies that do not bring their own
 * @param {boolean} stream whether a stream may stay one
 * @returns {Body | Promise<Body>}
 */
export function readBody(body, given, byDefault, stream) {
  if (body === null || isEmpty(body)) return { payload: null, contentType: '' }
  const contentType = given || byDefault
  if (typeof body === 'string') {
    return { payload: isJson(contentType) ? jsonText(body) : body, contentType }
  }
  if (typeof body === 'object') {
    const bytes = bytesOf(body)
    if (bytes) return { payload: bytes, contentType }
    if (body instanceof URLSearchParams) {
      return {
        payload: body.toString(),
        contentType: given || 'application/x-www-form-urlencoded;charset=UTF-8',
      }
    }
    if (isBinarySource(body)) {
      if (stream && body instanceof ReadableStream && sendsStreams()) return { payload: body, contentType }
      return readSource(body, given, byDefault)
    }
  }
  return { payload: stringify(body), contentType }
}

/**
 * A body as fetch takes it: nothing is written as JSON.
 *
 * @param {unknown} body
 * @param {string} given the Content-Type that the call asks for
 * @returns {Promise<Body>}
 */
export async function readFetchBody(body, given) {
  if (body === undefined || body === null) return { payload: null, contentType: '' }
  if (typeof body === 'object') {
    const bytes = bytesOf(body)
    if (bytes) return { payload: bytes, contentType: given }
    if (body instanceof URLSearchParams || isBinarySource(body)) return readSource(body, given, '')
  }
  return { payload: String(body), contentType: given || 'text/plain;charset=UTF-8' }
}

/** What the old package takes for "no body": callers pass `{}` with GET. */
function isEmpty(/** @type {unknown} */ body) {
  if (body === undefined || body === null || body === '') return true
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
  // Of a Map, an error, a promise or a FormData of other making nothing would arrive; of a stream without
  // an iterator (the package form-data's) its innards.
  const tag = tagOf(body)
  const lost = (text === '{}' && tag !== 'Object') || typeof (/** @type {any} */ (body)?.pipe) === 'function'
  if (text === undefined || lost) {
    throw new TypeError(`body must be a value that JSON can hold; got ${lost ? tag : typeName(body)}`)
  }
  return text
}

/** A copy, so that what is signed is what is sent, whatever the caller does with the buffer. */
function bytesOf(/** @type {object} */ body) {
  if (ArrayBuffer.isView(body)) {
    return named(() => new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice())
  }
  if (isBuffer(body)) {
    return named(() => new Uint8Array(/** @type {ArrayBuffer} */ (body)).slice())
  }
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

const isBinarySource = (/** @type {object} */ body) =>
  body instanceof Blob ||
  body instanceof FormData ||
  body instanceof ReadableStream ||
  typeof (/** @type {any} */ (body)[Symbol.asyncIterator]) === 'function'

/** Whether fetch sends a stream; Firefox takes it for a text, and sends [object ReadableStream]. */
function sendsStreams() {
  /** @type {any} */
  const init = { method: 'POST', body: new ReadableStream(), duplex: 'half' }
  return !new Request('http://a', init).headers.has('content-type')
}

/**
 * @param {any} body
 * @param {string} given
 * @param {string} byDefault
 * @returns {Promise<Body>}
 */
async function readSource(body, given, byDefault) {
  const known = typeof body[Symbol.asyncIterator] !== 'function' || body instanceof ReadableStream
  // Response writes every body type as fetch would, the multipart boundary among it.
  const source = known ? body : new Blob(await chunks(body))
  const response = named(() => new Response(source))
  const bytes = new Uint8Array(await response.arrayBuffer())
  const own = known ? (response.headers.get('content-type') ?? '') : ''
  const contentType = body instanceof FormData ? own : given || own || byDefault
  return { payload: bytes, contentType }
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
