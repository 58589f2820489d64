// Cyclic redundancy checks, eight bytes at a time: there is a table for each of the eight bytes, so that their
// remainders are looked up and combined ("slicing-by-8", M. Kounavis and F. Berry, 2005).

/** The tables of each polynomial, created at the first use. */
const tables32 = new Map<number, Uint32Array>()

function table32(polynomial: number): Uint32Array {
  const cached = tables32.get(polynomial)
  if (cached) return cached
  const table = new Uint32Array(8 * 256)
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    table[byte] = crc
  }
  for (let at = 256; at < table.length; at += 1) {
    const before = table[at - 256]
    table[at] = (before >>> 8) ^ table[before & 255]
  }
  tables32.set(polynomial, table)
  return table
}

export class Crc32 {
  readonly #table: Uint32Array
  #crc = 0xffffffff

  /** @param polynomial with its bits reversed */
  constructor(polynomial: number) {
    this.#table = table32(polynomial)
  }

  update(bytes: Uint8Array) {
    const t = this.#table
    const b = bytes
    const { length } = bytes
    let crc = this.#crc
    let at = 0
    for (const last = length - 8; at <= last; at += 8) {
      crc ^= b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24)
      crc =
        t[0x700 | (crc & 255)] ^
        t[0x600 | ((crc >>> 8) & 255)] ^
        t[0x500 | ((crc >>> 16) & 255)] ^
        t[0x400 | (crc >>> 24)] ^
        t[0x300 | b[at + 4]] ^
        t[0x200 | b[at + 5]] ^
        t[0x100 | b[at + 6]] ^
        t[b[at + 7]]
    }
    for (; at < length; at += 1) crc = (crc >>> 8) ^ t[(crc ^ b[at]) & 255]
    this.#crc = crc
  }

  digest(): Uint8Array {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, ~this.#crc)
    return bytes
  }
}

/** The two halves of each entry. */
interface Table64 {
  high: Uint32Array
  low: Uint32Array
}

let tables64: Table64 | undefined

function table64(polynomialHigh: number, polynomialLow: number): Table64 {
  if (tables64) return tables64
  const high = new Uint32Array(8 * 256)
  const low = new Uint32Array(8 * 256)
  for (let byte = 0; byte < 256; byte += 1) {
    let h = 0
    let l = byte
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = l & 1
      l = (l >>> 1) | (h << 31)
      h >>>= 1
      if (isOdd) {
        h ^= polynomialHigh
        l ^= polynomialLow
      }
    }
    high[byte] = h
    low[byte] = l
  }
  for (let at = 256; at < high.length; at += 1) {
    const h = high[at - 256]
    const l = low[at - 256]
    high[at] = (h >>> 8) ^ high[l & 255]
    low[at] = ((l >>> 8) | (h << 24)) ^ low[l & 255]
  }
  tables64 = { high, low }
  return tables64
}

/** Computed in two halves: BigInt would take a hundred times as long. */
export class Crc64 {
  readonly #table: Table64
  #high = 0xffffffff
  #low = 0xffffffff

  /** The only polynomial in use, with its bits reversed, in two halves. */
  constructor(polynomialHigh: number, polynomialLow: number) {
    this.#table = table64(polynomialHigh, polynomialLow)
  }

  update(bytes: Uint8Array) {
    const th = this.#table.high
    const tl = this.#table.low
    const b = bytes
    const { length } = bytes
    let high = this.#high
    let low = this.#low
    let at = 0
    for (const last = length - 8; at <= last; at += 8) {
      low ^= b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24)
      high ^= b[at + 4] | (b[at + 5] << 8) | (b[at + 6] << 16) | (b[at + 7] << 24)
      const i7 = 0x700 | (low & 255)
      const i6 = 0x600 | ((low >>> 8) & 255)
      const i5 = 0x500 | ((low >>> 16) & 255)
      const i4 = 0x400 | (low >>> 24)
      const i3 = 0x300 | (high & 255)
      const i2 = 0x200 | ((high >>> 8) & 255)
      const i1 = 0x100 | ((high >>> 16) & 255)
      const i0 = high >>> 24
      high = th[i7] ^ th[i6] ^ th[i5] ^ th[i4] ^ th[i3] ^ th[i2] ^ th[i1] ^ th[i0]
      low = tl[i7] ^ tl[i6] ^ tl[i5] ^ tl[i4] ^ tl[i3] ^ tl[i2] ^ tl[i1] ^ tl[i0]
    }
    for (; at < length; at += 1) {
      const index = (low ^ b[at]) & 255
      low = ((low >>> 8) | (high << 24)) ^ tl[index]
      high = (high >>> 8) ^ th[index]
    }
    this.#high = high
    this.#low = low
  }

  digest(): Uint8Array {
    const bytes = new Uint8Array(8)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, ~this.#high)
    view.setUint32(4, ~this.#low)
    return bytes
  }
}
