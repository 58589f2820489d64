// What the platform does better than this module: hashing of large bodies.

/** Bodies from this many bytes (or UTF-16 units of text) on are hashed by the platform. */
const LARGE = 32 * 1024

/** @type {((data: string | Uint8Array) => string) | undefined} */
let nodeHash

/**
 * Node's synchronous SHA-256; the Node entries call it.
 *
 * @param {(data: string | Uint8Array) => string} hash gives lower-case hexadecimal digits
 */
export function useHash(hash) {
  nodeHash = hash
}

/**
 * The payload hash where the platform can give it at once, or empty.
 *
 * @param {import('./body.js').Payload} data
 * @returns {string}
 */
export function hashNow(data) {
  return nodeHash && isLarge(data) ? nodeHash(/** @type {string | Uint8Array} */ (data)) : ''
}

/**
 * The payload hash where the platform can give it, off the main thread where there is one, or empty.
 *
 * @param {import('./body.js').Payload} data
 * @returns {Promise<string> | string}
 */
export function hashLarge(data) {
  if (!isLarge(data)) return ''
  if (nodeHash) return nodeHash(/** @type {string | Uint8Array} */ (data))
  // Pages on plain http have no WebCrypto.
  const subtle = globalThis.crypto?.subtle
  if (!subtle) return ''
  const bytes =
    typeof data === 'string' ? new TextEncoder().encode(data) : /** @type {Uint8Array<ArrayBuffer>} */ (data)
  return subtle
    .digest('SHA-256', bytes)
    .then((digest) =>
      Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    )
}

function isLarge(/** @type {import('./body.js').Payload} */ data) {
  return (typeof data === 'string' || data instanceof Uint8Array) && data.length >= LARGE
}

const NOTHING = new Uint8Array(0)

/**
 * Calls the module's function for text or for bytes.
 *
 * @template T
 * @param {(text: string) => T} withText
 * @param {(bytes: Uint8Array) => T} withBytes
 * @param {import('./body.js').Payload} data
 * @returns {T}
 */
export function withBody(withText, withBytes, data) {
  if (typeof data === 'string') return withText(data)
  return withBytes(data instanceof Uint8Array ? data : NOTHING)
}
