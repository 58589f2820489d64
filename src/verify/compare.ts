// Compares a signature with the request and, if it does not match, searches for what was signed instead.

import { guessesOf } from './guesses.ts'
import { type CreateSigner, canonicalOf, type Signed, stringOf } from './signed.ts'
import { parseAmzDate } from './time.ts'

export type Comparison =
  | { kind: 'same' }
  /** What was signed, and a description of what has changed since. */
  | { kind: 'differs'; signed: string; says: string }
  | { kind: 'unknown' }

/**
 * @param guesses whether to search for what was signed: some 2,000 signatures in the worst case
 */
export async function compare(
  signed: Signed,
  secretAccessKey: string,
  createSigner: CreateSigner,
  guesses: boolean,
): Promise<Comparison> {
  const { accessKeyId, region, service, amzDate, signature } = signed
  const signer = createSigner({ accessKeyId, secretAccessKey, region, service })
  try {
    const matches = async (canonical: string) =>
      isSame(signer.signString(await stringOf(signed, canonical), parseAmzDate(amzDate)), signature)
    if (await matches(canonicalOf(signed))) return { kind: 'same' }
    const others = guesses ? await guessesOf(signed.texts) : []
    for (const { changed, says } of others) {
      const canonical = canonicalOf(signed, changed)
      if (await matches(canonical)) return { kind: 'differs', signed: canonical, says }
    }
    // Two mistakes together are as common as one: a body that was formatted and a header that a tool added.
    for (const [i, one] of others.entries()) {
      for (const other of others.slice(i + 1)) {
        if (Object.keys(one.changed).some((part) => part in other.changed)) continue
        const canonical = canonicalOf(signed, { ...one.changed, ...other.changed })
        if (await matches(canonical))
          return { kind: 'differs', signed: canonical, says: `${one.says} ${other.says}` }
      }
    }
    return { kind: 'unknown' }
  } finally {
    signer.destroy()
  }
}

/** Compares in constant time. */
export function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
