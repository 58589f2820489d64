// What the platform does better than this module: hashing large bodies.

import type { Payload } from './body.ts'
import { newEncoder } from './utf8.ts'

/**
 * The platform hashes bodies of at least this many bytes (or UTF-16 units of text), for which it is faster than the
 * module. The module takes 2 µs for 1 KB, WebCrypto 50 µs for any body.
 */
let large = 32 * 1024
/** node:crypto takes 1 µs, and 0.5 µs for each KB. */
const LARGE_IN_NODE = 1024

/** This many bytes are hashed before the event loop gets its turn: about 3 ms with node:crypto. */
const STEP = 4 * 1024 * 1024

/** A SHA-256 in progress, with the interface of node:crypto. */
export type Hash = { update(data: string | Uint8Array): unknown; digest(encoding: 'hex'): string }

let nodeHash: (() => Hash) | undefined
let nodeTurn: ((next: (value?: unknown) => void) => unknown) | undefined

/** The options of fetch for a body that is a stream. */
export let ofStreams: object = { duplex: 'half' }

/**
 * Node's fetch sends a copy of each request and keeps the whole stream for the original, unless the options rule out a
 * window to prompt in and a redirect to repeat the request for. The Node entries call this.
 */
export function useNodeStreams() {
  ofStreams = { duplex: 'half', window: null, redirect: 'error' }
}

/** Sets Node's SHA-256, and its way to wait for the event loop's next turn. The Node entries call this. */
export function useHash(start: () => Hash, turn: (next: (value?: unknown) => void) => unknown) {
  nodeHash = start
  nodeTurn = turn
  large = LARGE_IN_NODE
}

/** The payload hash if the platform can compute it synchronously, or empty. */
export function hashNow(data: Payload): string {
  if (!nodeHash || !isLarge(data)) return ''
  const hash = nodeHash()
  hash.update(data as string | Uint8Array)
  return hash.digest('hex')
}

/** The payload hash if the platform can compute it, off the main thread where possible, or empty. */
export function hashLarge(data: Payload): Promise<string> | string {
  if (!isLarge(data)) return ''
  if (nodeHash) {
    const { length } = data as string | Uint8Array
    return length > STEP ? hashInSteps(nodeHash(), data) : hashNow(data)
  }
  // Pages served over plain HTTP have no WebCrypto.
  const subtle = globalThis.crypto?.subtle
  if (!subtle) return ''
  return subtle
    .digest('SHA-256', encoded(data))
    .then((digest) =>
      Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    )
}

/**
 * Node's WebCrypto hashes off the event loop too, but copies its input first: 50 MB blocked the event loop for 82 ms,
 * and 25 to 31 ms with this function. The first step waits too, because the body has just been copied.
 */
async function hashInSteps(hash: Hash, data: Payload) {
  const bytes = encoded(data)
  for (let at = 0; at < bytes.length; at += STEP) {
    if (nodeTurn) await new Promise(nodeTurn)
    hash.update(bytes.subarray(at, at + STEP))
  }
  return hash.digest('hex')
}

function encoded(data: Payload): Uint8Array<ArrayBuffer> {
  return typeof data === 'string'
    ? (newEncoder().encode(data) as Uint8Array<ArrayBuffer>)
    : (data as Uint8Array<ArrayBuffer>)
}

function isLarge(data: Payload) {
  return (typeof data === 'string' || data instanceof Uint8Array) && data.length >= large
}
