// aws-chunked: a body in chunks, each with its size and, if the chunks are signed, a signature that covers the previous
// one; then, if there is a checksum, the trailer that contains it.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html

import { base64, type ChecksumAlgorithm, checksumHeader, type Hash, newHash } from './checksums.ts'

/** Signs chunks; the signing key never leaves the module. */
export interface ChunkSigner {
  signString(text: string, date: string): string
  explain(request: { url: { host: string; path: string }; body: Uint8Array; date?: string }): {
    credentialScope: string
    payloadHash: string
  }
}

/** The signatures of one request's chunks, starting with the seed. */
export class Signatures {
  readonly #signer: ChunkSigner
  readonly #date: string
  readonly #scope: string
  readonly #ofNothing: string
  #previous: string

  /**
   * @param date in the form of `x-amz-date`
   * @param seed the signature of the request itself
   */
  constructor(signer: ChunkSigner, date: string, scope: string, seed: string) {
    this.#signer = signer
    this.#date = date
    this.#scope = scope
    this.#previous = seed
    this.#ofNothing = this.#hash(new Uint8Array(0))
  }

  ofChunk(data: Uint8Array): string {
    return this.#sign('AWS4-HMAC-SHA256-PAYLOAD', [this.#ofNothing, this.#hash(data)])
  }

  /** @param lines the trailer's lines, each with a line feed */
  ofTrailer(lines: string): string {
    return this.#sign('AWS4-HMAC-SHA256-TRAILER', [this.#hash(ascii(lines))])
  }

  #sign(algorithm: string, hashes: string[]): string {
    const text = [algorithm, this.#date, this.#scope, this.#previous, ...hashes].join('\n')
    this.#previous = this.#signer.signString(text, this.#date)
    return this.#previous
  }

  /** Computes a SHA-256 through the signer, which is the fastest way here: it hashes the body of each request. */
  #hash(body: Uint8Array): string {
    const url = { host: 'chunk', path: '/' }
    return this.#signer.explain({ url, body, date: this.#date }).payloadHash
  }
}

const SIGNATURE = ';chunk-signature='
const TRAILER_SIGNATURE = 'x-amz-trailer-signature:'
/** Hexadecimal digits. */
const SIGNATURE_LENGTH = 64
/** Space for the line before a chunk's data. */
const HEAD = 8 + SIGNATURE.length + SIGNATURE_LENGTH + 2

export interface Encoding {
  chunkSize: number
  signs: boolean
  checksum: ChecksumAlgorithm | undefined
}

/** The length of an encoded body in bytes. */
export function encodedLength(length: number, { chunkSize, signs, checksum }: Encoding): number {
  const signature = signs ? SIGNATURE.length + SIGNATURE_LENGTH : 0
  const chunk = (size: number) => size.toString(16).length + signature + 2 + size + 2
  const rest = length % chunkSize
  let sum = Math.floor(length / chunkSize) * chunk(chunkSize) + (rest > 0 ? chunk(rest) : 0) + chunk(0)
  if (checksum) {
    sum += trailer(checksum, newHash(checksum)).length + 2
    if (signs) sum += TRAILER_SIGNATURE.length + SIGNATURE_LENGTH + 2
  }
  return sum
}

const trailer = (checksum: ChecksumAlgorithm, hash: Hash) =>
  `${checksumHeader(checksum)}:${base64(hash.digest())}`

/** Encodes a body of known length. Each part that it yields is one chunk, in a separate buffer. */
export class ChunkEncoder {
  readonly #chunkSize: number
  readonly #signatures: Signatures | undefined
  readonly #checksum: ChecksumAlgorithm | undefined
  readonly #hash: Hash | undefined
  /** The chunk that is being filled, with space for the lines around its data. */
  #chunk: Uint8Array<ArrayBuffer>
  #filled = 0

  constructor({ chunkSize, checksum }: Encoding, signatures: Signatures | undefined) {
    this.#chunkSize = chunkSize
    this.#signatures = signatures
    this.#checksum = checksum
    this.#hash = checksum && newHash(checksum)
    this.#chunk = new Uint8Array(HEAD + chunkSize + 2)
  }

  *write(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void> {
    this.#hash?.update(bytes)
    for (let at = 0; at < bytes.length; ) {
      const count = Math.min(this.#chunkSize - this.#filled, bytes.length - at)
      this.#chunk.set(bytes.subarray(at, at + count), HEAD + this.#filled)
      this.#filled += count
      at += count
      if (this.#filled === this.#chunkSize) yield this.#finish()
    }
  }

  *end(): Generator<Uint8Array<ArrayBuffer>, void> {
    if (this.#filled > 0) yield this.#finish()
    let last = `0${this.#signature(new Uint8Array(0))}\r\n`
    if (this.#checksum && this.#hash) {
      const line = trailer(this.#checksum, this.#hash)
      last += `${line}\r\n`
      if (this.#signatures) last += `${TRAILER_SIGNATURE}${this.#signatures.ofTrailer(`${line}\n`)}\r\n`
    }
    yield ascii(`${last}\r\n`)
  }

  #finish(): Uint8Array<ArrayBuffer> {
    const chunk = this.#chunk
    const end = HEAD + this.#filled
    const head = ascii(`${this.#filled.toString(16)}${this.#signature(chunk.subarray(HEAD, end))}\r\n`)
    chunk.set(head, HEAD - head.length)
    chunk.set([13, 10], end)
    // A new buffer, because the previous one may still be in use.
    this.#chunk = new Uint8Array(chunk.length)
    this.#filled = 0
    return chunk.subarray(HEAD - head.length, end + 2)
  }

  #signature(data: Uint8Array): string {
    return this.#signatures ? `${SIGNATURE}${this.#signatures.ofChunk(data)}` : ''
  }
}

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
