// Cuts a body into parts of one size, of which only the last may be smaller: Cloudflare R2 accepts no others.

import { base64, type Hash } from './checksums.ts'
import { lengthIs } from './source.ts'

export interface Part {
  bytes: Uint8Array<ArrayBuffer>
  /** The checksum of these bytes, in the form of the header. */
  checksum: string | undefined
  isLast: boolean
}

export interface Cut {
  partSize: number
  /** The checksum of the whole body, if it is known. */
  length: number | undefined
  /** Computes the checksum of each part. */
  newHash: (() => Hash) | undefined
  /** Computes the checksum of the whole body. */
  whole: Hash | undefined
}

/** Each part is in a separate buffer. Canceling the reader ends the wait for a part. */
export async function* partsOf(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  { partSize, length, newHash, whole }: Cut,
): AsyncGenerator<Part, void> {
  const { check, checkEnd } = lengthIs(length)
  const room = Math.min(partSize, length ?? partSize)
  let part = new Uint8Array(room)
  let hash = newHash?.()
  let filled = 0
  const cut = (isLast: boolean): Part => ({
    bytes: part.subarray(0, filled),
    checksum: hash && base64(hash.digest()),
    isLast,
  })
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    check(value.length)
    whole?.update(value)
    for (let rest = value; rest.length > 0; ) {
      // A full part may be the last one: only more bytes after it show that it is not.
      if (filled === partSize) {
        yield cut(false)
        part = new Uint8Array(room)
        hash = newHash?.()
        filled = 0
      }
      const piece = rest.subarray(0, partSize - filled)
      part.set(piece, filled)
      hash?.update(piece)
      filled += piece.length
      rest = rest.subarray(piece.length)
    }
  }
  checkEnd()
  yield cut(true)
}
