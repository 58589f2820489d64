// UTF-8 for platforms without TextEncoder and TextDecoder, built on encodeURIComponent. It is slower, and implements
// only the part of both interfaces that src/js uses.

export class TextEncoder {
  encode(text: string) {
    const escaped = encodeURIComponent(text)
    const units = escaped.replace(/%../g, (code) => String.fromCharCode(Number(`0x${code.slice(1)}`)))
    return Uint8Array.from(units, (unit) => unit.charCodeAt(0))
  }

  encodeInto(text: string, into: Uint8Array) {
    const encoded = this.encode(text)
    // The caller only needs to know whether one byte per character was enough.
    const fits = encoded.length <= into.length
    if (fits) into.set(encoded)
    return fits ? { read: text.length, written: encoded.length } : { read: 0, written: 0 }
  }
}

export class TextDecoder {
  /** @param bytes valid UTF-8, as the module writes it */
  decode(bytes: Uint8Array) {
    return decodeURIComponent(
      Array.from(bytes, (byte) =>
        byte < 128 && byte !== 37 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`,
      ).join(''),
    )
  }
}
