/**
 * Uploads that are signed while they are sent, so that no more of a body is in memory than one chunk of it: streams of
 * browsers and of Node, async iterables, and whatever is too large to be read first.
 *
 * | `signPayload` | `checksum` | `x-amz-content-sha256` |
 * | --- | --- | --- |
 * | true | one | `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER` |
 * | true | null | `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` |
 * | false | one | `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, as the AWS SDK for JavaScript streams |
 * | false | null | `UNSIGNED-PAYLOAD`: the body as it is |
 *
 * S3 and what speaks its language take all four, other services the last one if any: API Gateway none.
 * A stream can be sent once: what fails has to be signed again, with another stream.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */

import type { SignedRequest, Signer, SignRequest } from './index.js'

/** The checksums of S3 that can follow a body. The AWS SDK's default is `CRC32`. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

/** Of {@link signChunks}. */
export interface ChunkRequest {
  /** In any case. Default `PUT`. */
  method?: string | undefined
  /** As {@link SignRequest.url}. */
  url: SignRequest['url']
  /**
   * As {@link SignRequest.headers}. A `content-encoding` of the body's own stays in front of `aws-chunked`. Default: none.
   *
   * @throws {TypeError} for `x-amz-content-sha256`, `x-amz-decoded-content-length` and `x-amz-trailer`, which the upload
   *   writes
   */
  headers?: SignRequest['headers']
  /**
   * The bytes of the body before it is encoded. S3 has to be told for chunks; with `UNSIGNED-PAYLOAD` it may be unknown.
   * A body of another length ends in a `RangeError`, before its last chunk is sent. Default: unknown.
   *
   * @throws {TypeError} if it is no whole number, or missing where it is needed
   */
  contentLength?: number | undefined
  /**
   * Whether each chunk has a signature. Default: as the signer's option `signPayload`, so true unless that says
   * otherwise.
   *
   * @throws {TypeError} if it is no boolean, contradicts the signer's, or is true for another service than S3 or for a
   *   signer of `gatesign/v4a`
   */
  signPayload?: boolean | undefined
  /**
   * The checksum that follows the body, which S3 compares and keeps; null for none. Default: `CRC32` for S3.
   *
   * @throws {TypeError} if it is none of S3's, or the service is another one
   */
  checksum?: ChecksumAlgorithm | null | undefined
  /**
   * The bytes of a chunk before it is encoded, 8,192 to 16,777,216: so much is held in memory. Default: 65,536.
   *
   * @throws {TypeError} if it is no whole number between these
   */
  chunkSize?: number | undefined
  /** As {@link SignRequest.date}: also of the chunks' signatures. Default: the signer's `date`, or now. */
  date?: SignRequest['date']
}

/** Of {@link signStream}. */
export interface StreamRequest extends ChunkRequest {
  /**
   * A stream of the platform or of Node, an async iterable of bytes or texts, a `Blob`, bytes or a text. The length of the
   * last three is known. It is read only as fast as it is sent, and canceled or destroyed if sending ends before.
   *
   * @throws {TypeError} if it is none of these; if it gives anything but bytes and texts, when that is read
   */
  body:
    | ReadableStream<Uint8Array | string>
    | AsyncIterable<Uint8Array | string>
    | Blob
    | ArrayBuffer
    | ArrayBufferView
    | string
  /**
   * Ends the upload, and is given back for fetch. Without it here the body would be read to its end: Node's fetch goes on
   * with it after its own signal. Default: none.
   *
   * @throws {TypeError} if it is no AbortSignal
   */
  signal?: AbortSignal | undefined
}

/** What {@link signChunks} returns. */
export interface SignedChunks extends Omit<SignedRequest, 'body'> {
  /**
   * The bytes of the encoded body, for transports that send `Content-Length`; `undefined` if the body's own length is not
   * known. `fetch` sends a stream without it, which S3 takes.
   */
  contentLength: number | undefined
  /** From the body to what is sent. Used once. */
  transform: TransformStream<Uint8Array | string, Uint8Array<ArrayBuffer>>
}

/** What {@link signStream} returns: `fetch(url, rest)` sends it. */
export interface SignedStream extends Omit<SignedChunks, 'transform'> {
  /** Encoded. */
  body: ReadableStream<Uint8Array<ArrayBuffer>>
  /** What fetch asks for with a stream. */
  duplex: 'half'
  /** The request's own. */
  signal?: AbortSignal
  /** In Node, whose fetch would keep all of the body for a redirect, which a stream cannot follow. */
  redirect?: 'error'
  /** In Node, for the same reason. */
  window?: null
}

/**
 * Signs a request whose body is a stream.
 *
 * @param signer of `createSigner`, from any entry. Its credentials and signing key stay in its module: destroying it
 *   before the body has been sent ends the body with an error
 * @throws {TypeError} that names the argument that cannot work
 * @example
 * ```js
 * import { Readable } from 'node:stream'
 * import { createSigner } from 'gatesign'
 * import { signStream } from 'gatesign/streams'
 *
 * const keys = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY }
 * const signer = createSigner({ ...keys, region: 'us-east-1', service: 's3' })
 * const { url, ...init } = signStream(signer, {
 *   url: 'https://bucket.s3.us-east-1.amazonaws.com/film.mp4',
 *   body: Readable.from([Buffer.alloc(100_000), Buffer.alloc(50_000)]),
 *   contentLength: 150_000,
 * })
 * console.log(init.headers['x-amz-trailer']) // const response = await fetch(url, init)
 * ```
 */
export function signStream(signer: Signer, request: StreamRequest): SignedStream

/**
 * The same as a `TransformStream`, for whoever has the body only later or pipes it on.
 *
 * @param signer as in {@link signStream}
 * @throws {TypeError} that names the argument that cannot work
 * @example
 * ```js
 * import { createSigner } from 'gatesign'
 * import { signChunks } from 'gatesign/streams'
 *
 * const keys = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY }
 * const signer = createSigner({ ...keys, region: 'us-east-1', service: 's3' })
 * const { url, method, headers, transform } = signChunks(signer, {
 *   url: 'https://bucket.s3.us-east-1.amazonaws.com/film.mp4',
 *   contentLength: 150_000,
 * })
 * const body = new Blob([new Uint8Array(150_000)]).stream().pipeThrough(transform)
 * console.log(method, url, headers['x-amz-content-sha256']) // await fetch(url, { method, headers, body, duplex: 'half' })
 * await body.cancel()
 * ```
 */
export function signChunks(signer: Signer, request: ChunkRequest): SignedChunks
