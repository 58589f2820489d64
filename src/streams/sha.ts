// Incremental SHA-1 and SHA-256 (FIPS 180-4) for platforms without one: WebCrypto needs the whole body at once. They
// are used only for checksums, never for secrets.

/** The common part of both: blocks of 64 bytes, and the padding at the end (section 5.1.1). */
abstract class Blocks {
  protected abstract readonly state: Int32Array
  protected abstract compress(view: DataView, at: number): void
  readonly #block = new Uint8Array(64)
  readonly #view = new DataView(this.#block.buffer)
  #filled = 0
  #length = 0

  update(bytes: Uint8Array) {
    this.#length += bytes.length
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(64 - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < 64) return
      this.compress(this.#view, 0)
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (; at + 64 <= bytes.length; at += 64) this.compress(view, at)
    this.#filled = bytes.length - at
    this.#block.set(bytes.subarray(at))
  }

  digest(): Uint8Array {
    this.#block[this.#filled] = 0x80
    this.#block.fill(0, this.#filled + 1)
    if (this.#filled >= 56) {
      this.compress(this.#view, 0)
      this.#block.fill(0)
    }
    this.#view.setUint32(56, Math.floor(this.#length / 2 ** 29))
    this.#view.setUint32(60, this.#length << 3)
    this.compress(this.#view, 0)
    const digest = new Uint8Array(4 * this.state.length)
    const view = new DataView(digest.buffer)
    for (const [i, word] of this.state.entries()) view.setInt32(4 * i, word)
    return digest
  }
}

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits))

export class Sha1 extends Blocks {
  /** Section 5.3.1. */
  protected readonly state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  readonly #schedule = new Int32Array(80)

  /** Section 6.1.2. */
  protected compress(view: DataView, at: number) {
    const w = this.#schedule
    const { state } = this
    for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(at + 4 * t)
    for (let t = 16; t < 80; t += 1) w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1)
    let a = state[0]
    let b = state[1]
    let c = state[2]
    let d = state[3]
    let e = state[4]
    for (let t = 0; t < 80; t += 1) {
      let f = b ^ c ^ d
      let k = 0x6ed9eba1
      if (t < 20) {
        f = (b & c) | (~b & d)
        k = 0x5a827999
      } else if (t >= 60) {
        k = 0xca62c1d6
      } else if (t >= 40) {
        f = (b & c) | (b & d) | (c & d)
        k = 0x8f1bbcdc
      }
      const next = (rotate(a, 5) + f + e + k + w[t]) | 0
      e = d
      d = c
      c = rotate(b, 30)
      b = a
      a = next
    }
    state[0] += a
    state[1] += b
    state[2] += c
    state[3] += d
    state[4] += e
  }
}

/** The first 32 bits of the fractional parts of a root of the first `count` primes. */
function fractions(count: number, root: (prime: number) => number): Int32Array {
  const words = new Int32Array(count)
  for (let found = 0, n = 2; found < count; n += 1) {
    let isPrime = true
    for (let factor = 2; factor * factor <= n; factor += 1) if (n % factor === 0) isPrime = false
    if (!isPrime) continue
    const value = root(n)
    words[found] = (value - Math.floor(value)) * 2 ** 32
    found += 1
  }
  return words
}

let constants: Int32Array | undefined

export class Sha256 extends Blocks {
  /** Section 5.3.3. */
  protected readonly state = fractions(8, Math.sqrt)
  readonly #schedule = new Int32Array(64)

  /** Section 6.2.2. */
  protected compress(view: DataView, at: number) {
    // Section 4.2.2.
    constants ??= fractions(64, Math.cbrt)
    const k = constants
    const w = this.#schedule
    const { state } = this
    for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(at + 4 * t)
    for (let t = 16; t < 64; t += 1) {
      const x = w[t - 2]
      const y = w[t - 15]
      const s1 = rotate(x, 15) ^ rotate(x, 13) ^ (x >>> 10)
      const s0 = rotate(y, 25) ^ rotate(y, 14) ^ (y >>> 3)
      w[t] = (s1 + w[t - 7] + s0 + w[t - 16]) | 0
    }
    let a = state[0]
    let b = state[1]
    let c = state[2]
    let d = state[3]
    let e = state[4]
    let f = state[5]
    let g = state[6]
    let h = state[7]
    for (let t = 0; t < 64; t += 1) {
      const s1 = rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)
      const first = (h + s1 + ((e & f) ^ (~e & g)) + k[t] + w[t]) | 0
      const s0 = rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)
      const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + first) | 0
      d = c
      c = b
      b = a
      a = (first + second) | 0
    }
    state[0] += a
    state[1] += b
    state[2] += c
    state[3] += d
    state[4] += e
    state[5] += f
    state[6] += g
    state[7] += h
  }
}
