// What the platform does better than this module: hashing of large bodies.

import { newEncoder } from './utf8.js'

/**
 * Bodies from this many bytes (or UTF-16 units of text) on are hashed by the platform: where it is
 * faster than the module, which takes 2 µs for 1 KB. WebCrypto takes 50 µs for any.
 */
let large = 32 * 1024
/** node:crypto takes 1 µs, and 0.5 for each KB. */
const LARGE_IN_NODE = 1024

/** So many bytes are hashed at once before the event loop gets its turn: about 3 ms with node:crypto. */
const STEP = 4 * 1024 * 1024

/**
 * A SHA-256 under way, as node:crypto has it.
 *
 * @typedef {{ update(data: string | Uint8Array): unknown, digest(encoding: 'hex'): string }} Hash
 */

/** @type {(() => Hash) | undefined} */
let nodeHash
/** @type {((next: (value?: unknown) => void) => unknown) | undefined} */
let nodeTurn

/** What fetch is told of a body that is a stream. @type {object} */
export let ofStreams = { duplex: 'half' }

/**
 * Node's fetch sends a copy of each request, and keeps all of a stream for the request itself: unless there is no
 * window to ask about it, and no redirect to send it again for. The Node entries call it.
 */
export function useNodeStreams() {
  ofStreams = { duplex: 'half', window: null, redirect: 'error' }
}

/**
 * Node's SHA-256, and its way to wait for the event loop's next turn; the Node entries call it.
 *
 * @param {() => Hash} start
 * @param {(next: (value?: unknown) => void) => unknown} turn
 */
export function useHash(start, turn) {
  nodeHash = start
  nodeTurn = turn
  large = LARGE_IN_NODE
}

/**
 * The payload hash where the platform can give it at once, or empty.
 *
 * @param {import('./body.js').Payload} data
 * @returns {string}
 */
export function hashNow(data) {
  if (!nodeHash || !isLarge(data)) return ''
  const hash = nodeHash()
  hash.update(/** @type {string | Uint8Array} */ (data))
  return hash.digest('hex')
}

/**
 * The payload hash where the platform can give it, off the main thread where there is one, or empty.
 *
 * @param {import('./body.js').Payload} data
 * @returns {Promise<string> | string}
 */
export function hashLarge(data) {
  if (!isLarge(data)) return ''
  if (nodeHash) {
    const { length } = /** @type {string | Uint8Array} */ (data)
    return length > STEP ? hashInSteps(nodeHash(), data) : hashNow(data)
  }
  // Pages on plain http have no WebCrypto.
  const subtle = globalThis.crypto?.subtle
  if (!subtle) return ''
  return subtle
    .digest('SHA-256', bytesOf(data))
    .then((digest) =>
      Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    )
}

/**
 * Node's WebCrypto would not hold the event loop either, but copies its input first: with 50 MB it
 * was held for 82 ms, and for 25 to 31 with this. The first step waits too: the body was just copied.
 *
 * @param {Hash} hash
 * @param {import('./body.js').Payload} data
 */
async function hashInSteps(hash, data) {
  const bytes = bytesOf(data)
  for (let at = 0; at < bytes.length; at += STEP) {
    if (nodeTurn) await new Promise(nodeTurn)
    hash.update(bytes.subarray(at, at + STEP))
  }
  return hash.digest('hex')
}

/** @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(/** @type {import('./body.js').Payload} */ data) {
  return typeof data === 'string'
    ? /** @type {Uint8Array<ArrayBuffer>} */ (newEncoder().encode(data))
    : /** @type {Uint8Array<ArrayBuffer>} */ (data)
}

function isLarge(/** @type {import('./body.js').Payload} */ data) {
  return (typeof data === 'string' || data instanceof Uint8Array) && data.length >= large
}
