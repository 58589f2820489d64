// A body cut into parts of one size, of which only the last may be smaller: Cloudflare R2 takes no others.

import { base64, type Hash } from './checksums.ts'
import { lengthIs } from './source.ts'

export interface Part {
  bytes: Uint8Array<ArrayBuffer>
  /** Of these bytes, as a header has it. */
  checksum: string | undefined
  isLast: boolean
}

export interface Cut {
  partSize: number
  /** Of the whole body, if that is known. */
  length: number | undefined
  /** Makes the checksum of each part. */
  newHash: (() => Hash) | undefined
  /** Sees the whole body. */
  whole: Hash | undefined
}

/** Each part is in a buffer of its own. Whoever waits for a part can end that by canceling the reader. */
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
      // Only what comes after a full part shows that it is not the last one.
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
