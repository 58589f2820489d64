// What a signing key is in memory: the keys of its derivation, and the two states that HMAC-SHA256 keeps of
// the last one. node:crypto does not give those, so the hash's compression is here.

import { createHmac } from 'node:crypto'

/** The first 32 bits of the fractional part. */
const fraction = (root) => Math.floor((root % 1) * 2 ** 32) >>> 0
const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && !Array.from({ length: n }, (_, d) => d).some((d) => d > 1 && n % d === 0),
)
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const CONSTANTS = PRIMES.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)))

const rotated = (word, by) => (word >>> by) | (word << (32 - by))
const mixed = (word, [a, b, c]) => rotated(word, a) ^ rotated(word, b) ^ rotated(word, c)

/** The state of SHA-256 after one block (FIPS 180-4, 6.2.2), as a little-endian machine holds it. */
function stateAfter(block) {
  const words = Array.from({ length: 16 }, (_, i) => block.readUInt32BE(4 * i))
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [words[i - 15], words[i - 2]]
    const first = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3)
    const second = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10)
    words.push((words[i - 16] + first + words[i - 7] + second) >>> 0)
  }
  let [a, b, c, d, e, f, g, h] = INITIAL
  for (let i = 0; i < 64; i += 1) {
    const chosen = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const one = h + mixed(e, [6, 11, 25]) + chosen + CONSTANTS[i] + words[i]
    ;[a, b, c, d, e, f, g, h] = [
      (one + mixed(a, [2, 13, 22]) + majority) | 0,
      a,
      b,
      c,
      (d + one) | 0,
      e,
      f,
      g,
    ]
  }
  const state = Buffer.alloc(32)
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries())
    state.writeUInt32LE((INITIAL[i] + word) >>> 0, 4 * i)
  return state
}

/**
 * Everything from which a signature of that day can be made without the secret: name and bytes.
 *
 * @returns {[string, Buffer][]}
 */
export function signingKeys(secret, date, region, service) {
  const keys = []
  let key = `AWS4${secret}`
  for (const [name, data] of Object.entries({ date, region, service, signing: 'aws4_request' })) {
    key = createHmac('sha256', key).update(data).digest()
    keys.push([`${name} key`, key])
  }
  for (const [name, pad] of [
    ['inner state', 0x36],
    ['outer state', 0x5c],
  ]) {
    const block = Buffer.alloc(64, pad)
    for (const [i, byte] of key.entries()) block[i] ^= byte
    keys.push([name, stateAfter(block)])
  }
  return keys
}
