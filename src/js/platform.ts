// What the platform does better than this module: hashing of large bodies.

import type { Payload } from './body.ts'
import { newEncoder } from './utf8.ts'

/**
 * Bodies from this many bytes (or UTF-16 units of text) on are hashed by the platform: where it is
 * faster than the module, which takes 2 µs for 1 KB. WebCrypto takes 50 µs for any.
 */
let large = 32 * 1024
/** node:crypto takes 1 µs, and 0.5 for each KB. */
const LARGE_IN_NODE = 1024

/** So many bytes are hashed at once before the event loop gets its turn: about 3 ms with node:crypto. */
const STEP = 4 * 1024 * 1024

/** A SHA-256 under way, as node:crypto has it. */
export type Hash = { update(data: string | Uint8Array): unknown; digest(encoding: 'hex'): string }

let nodeHash: (() => Hash) | undefined
let nodeTurn: ((next: (value?: unknown) => void) => unknown) | undefined

/** What fetch is told of a body that is a stream. */
export let ofStreams: object = { duplex: 'half' }

/**
 * Node's fetch sends a copy of each request, and keeps all of a stream for the request itself: unless there is no
 * window to ask about it, and no redirect to send it again for. The Node entries call it.
 */
export function useNodeStreams() {
  ofStreams = { duplex: 'half', window: null, redirect: 'error' }
}

/** Node's SHA-256, and its way to wait for the event loop's next turn; the Node entries call it. */
export function useHash(start: () => Hash, turn: (next: (value?: unknown) => void) => unknown) {
  nodeHash = start
  nodeTurn = turn
  large = LARGE_IN_NODE
}

/** The payload hash where the platform can give it at once, or empty. */
export function hashNow(data: Payload): string {
  if (!nodeHash || !isLarge(data)) return ''
  const hash = nodeHash()
  hash.update(data as string | Uint8Array)
  return hash.digest('hex')
}

/** The payload hash where the platform can give it, off the main thread where there is one, or empty. */
export function hashLarge(data: Payload): Promise<string> | string {
  if (!isLarge(data)) return ''
  if (nodeHash) {
    const { length } = data as string | Uint8Array
    return length > STEP ? hashInSteps(nodeHash(), data) : hashNow(data)
  }
  // Pages on plain http have no WebCrypto.
  const subtle = globalThis.crypto?.subtle
  if (!subtle) return ''
  return subtle
    .digest('SHA-256', encoded(data))
    .then((digest) =>
      Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    )
}

/**
 * Node's WebCrypto would not hold the event loop either, but copies its input first: with 50 MB it
 * was held for 82 ms, and for 25 to 31 with this. The first step waits too: the body was just copied.
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
