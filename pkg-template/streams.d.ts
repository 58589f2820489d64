/**
 * Uploads that are signed while they are sent: streams of browsers and of Node, async iterables, and bodies that are
 * too large to read first. `signStream` prepares one request for a body of known length and holds no more than one
 * chunk of it in memory. `uploadInParts` sends a body of any length to S3, one request for each part, also from
 * browsers that cannot send streams, and repeats a part that failed.
 *
 * | `signPayload` | `checksum` | `x-amz-content-sha256` |
 * | --- | --- | --- |
 * | true | one | `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER` |
 * | true | null | `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` |
 * | false | one | `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, as the AWS SDK for JavaScript streams |
 * | false | null | `UNSIGNED-PAYLOAD`: the body as it is |
 *
 * S3 and compatible servers accept all four, other services the last one at most, and API Gateway none. What
 * `signStream` returns can be sent once: after a failure sign again, with another stream.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */

import type { SignedRequest, Signer, SignRequest } from './index.js'

/** The checksums of S3 that can follow a body. The AWS SDK's default is `CRC32`. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

/** Options of {@link signChunks}. */
export interface ChunkRequest {
  /**
   * The method, in any case.
   *
   * @default 'PUT'
   */
  method?: string | undefined
  /** The same as {@link SignRequest.url}. */
  url: SignRequest['url']
  /**
   * The same as {@link SignRequest.headers}. The body's own `content-encoding` stays in front of `aws-chunked`.
   *
   * @default none
   * @throws {TypeError} for `x-amz-content-sha256`, `x-amz-decoded-content-length` and `x-amz-trailer`, which the upload
   *   writes
   */
  headers?: SignRequest['headers']
  /**
   * The body's length in bytes before it is encoded. S3 requires it for chunks; with `UNSIGNED-PAYLOAD` it may be
   * unknown. A body of another length ends with a `RangeError` before its last chunk is sent.
   *
   * @default unknown
   * @throws {TypeError} if it is not a whole number, or missing where it is needed
   */
  contentLength?: number | undefined
  /**
   * Whether each chunk has a signature.
   *
   * @default the signer's option `signPayload`, whose default is true
   * @throws {TypeError} if it is not a boolean, contradicts the signer's, or is true for another service than S3 or for
   *   a signer of `gatesign/v4a`
   */
  signPayload?: boolean | undefined
  /**
   * The checksum to send after the body, which S3 verifies and stores; `null` for none.
   *
   * @default 'CRC32' for S3
   * @throws {TypeError} if S3 does not know it, or if the service is not S3
   */
  checksum?: ChecksumAlgorithm | null | undefined
  /**
   * The size of a chunk in bytes before it is encoded, 8,192 to 16,777,216: this much is held in memory.
   *
   * @default 65536
   * @throws {TypeError} if it is not a whole number in this range
   */
  chunkSize?: number | undefined
  /**
   * The time in the forms of {@link SignRequest.date}, also for the signatures of the chunks.
   *
   * @default the signer's `date`, or now
   */
  date?: SignRequest['date']
}

/** Options of {@link signStream}. */
export interface StreamRequest extends ChunkRequest {
  /**
   * A stream of the platform or of Node, an async iterable of bytes or strings, a `Blob`, bytes or a string. The last
   * three need no `contentLength`. It is read only as fast as it is sent, and canceled or destroyed if sending ends
   * early.
   *
   * @throws {TypeError} if it is anything else; while it is read, if it yields anything but bytes and strings
   */
  body:
    | ReadableStream<Uint8Array | string>
    | AsyncIterable<Uint8Array | string>
    | Blob
    | ArrayBuffer
    | ArrayBufferView
    | string
  /**
   * Ends the upload, and is returned for fetch. Pass it here and not only to fetch: Node's fetch reads a body to its
   * end even after its own signal aborts.
   *
   * @default none
   * @throws {TypeError} if it is not an AbortSignal
   */
  signal?: AbortSignal | undefined
}

/** What {@link signChunks} returns. */
export interface SignedChunks extends Omit<SignedRequest, 'body'> {
  /**
   * The length of the encoded body in bytes, for transports that send `Content-Length`; `undefined` if the body's own
   * length is not known. `fetch` sends a stream without it, which S3 accepts.
   */
  contentLength: number | undefined
  /** Turns the body into what is sent. Can be used once. */
  transform: TransformStream<Uint8Array | string, Uint8Array<ArrayBuffer>>
}

/** What {@link signStream} returns: `fetch(url, rest)` sends it. */
export interface SignedStream extends Omit<SignedChunks, 'transform'> {
  /**
   * The encoded body. Of the browsers, Chromium's fetch sends it, over HTTP/2. A fetch that cannot send streams rejects
   * with a `TypeError`: use {@link uploadInParts} there.
   */
  body: ReadableStream<Uint8Array<ArrayBuffer>>
  /** Required by fetch to send a stream. */
  duplex: 'half'
  /** The signal of the request. */
  signal?: AbortSignal
  /** Set in Node, whose fetch would otherwise keep the whole body for a redirect, which a stream cannot follow. */
  redirect?: 'error'
  /** Set in Node, for the same reason. */
  window?: null
}

/**
 * Signs a request whose body is a stream.
 *
 * @param signer from `createSigner` of any entry. Its credentials and signing key stay in its module: destroying it
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
 * The same as `signStream`, but returns a `TransformStream`, for a body that you get later or pipe.
 *
 * @param signer the same as for {@link signStream}
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

/** Options of {@link uploadInParts}. */
export interface UploadRequest {
  /**
   * The URL of the object, percent-encoded.
   *
   * @throws {TypeError} if it is not an absolute URL, or has a query or a fragment
   */
  url: string | URL
  /**
   * The same as {@link StreamRequest.body}, of known or unknown length. It is read once, part by part, and canceled or
   * destroyed if the upload ends early.
   *
   * @throws {TypeError} if it is anything else; while it is read, if it yields anything but bytes and strings
   */
  body: StreamRequest['body']
  /**
   * Headers of the object: `content-type`, `x-amz-meta-*` and the like. Each is sent with the requests that accept it:
   * the customer's own keys (SSE-C) and `x-amz-expected-bucket-owner` with all of them, `if-none-match` and `if-match`
   * with the last one.
   *
   * @default none
   * @throws {TypeError} for checksums, lengths and payload hashes, which the upload writes
   */
  headers?: SignRequest['headers']
  /**
   * The body's length in bytes, if it is known. `partSize` is chosen to fit it, and the upload fails with a
   * `RangeError` if the body has another length.
   *
   * @default unknown
   * @throws {TypeError} if it is no whole number
   */
  contentLength?: number | undefined
  /**
   * Whether the bytes of each part are signed.
   *
   * @default the signer's option `signPayload`, whose default is true; `false` signs `UNSIGNED-PAYLOAD`, and the
   *   checksum
   * @throws {TypeError} if it is not a boolean, or is true while the signer's is false
   */
  signPayload?: boolean | undefined
  /**
   * The checksum of each part, which S3 verifies and stores; `null` for none. S3 computes the object's checksum from
   * those of the parts; with `CRC64NVME` it is the checksum of the whole object, and S3 verifies it too.
   *
   * @default 'CRC32'
   * @throws {TypeError} if S3 does not know it
   */
  checksum?: ChecksumAlgorithm | null | undefined
  /**
   * The size of a part in bytes, 5,242,880 (5 MiB) to 5,368,709,120 (5 GiB); the last part may be smaller. A body that
   * fits into one part is sent by one PUT. An upload has 10,000 parts at most, so a body of unknown length may have 48
   * GiB by default.
   *
   * @default 5242880, or more if `contentLength` needs it
   * @throws {TypeError} if it is not a whole number in this range, or is too small for `contentLength`
   */
  partSize?: number | undefined
  /**
   * How many parts are held in memory and sent at the same time: 1 to 100.
   *
   * @default 4
   * @throws {TypeError} if it is not a whole number in this range
   */
  concurrency?: number | undefined
  /**
   * How often each request is sent again after a network error, status 429 or 500 to 599 (but 501), and errors that S3
   * calls temporary (`SlowDown`, `InternalError`, `RequestTimeout`, also in a 200). Each retry waits for a random time
   * of at most 2ⁿ · 100 ms, 20 seconds at most. 0 to 100.
   *
   * @default 3
   * @throws {TypeError} if it is not a whole number in this range
   */
  retries?: number | undefined
  /**
   * Ends the upload, including parts that are being sent, and removes the parts that S3 has stored.
   *
   * @default none
   * @throws {TypeError} if it is not an AbortSignal
   */
  signal?: AbortSignal | undefined
  /**
   * Called after S3 has received a part, with the number of bytes so far and, if it is known, the body's length.
   *
   * @default none
   * @throws {TypeError} if it is not a function
   */
  onProgress?: ((progress: { loaded: number; total: number | undefined }) => void) | undefined
  /**
   * The function that sends the requests.
   *
   * @default globalThis.fetch
   * @throws {TypeError} if it is not a function
   */
  fetch?: typeof fetch | undefined
}

/** What {@link uploadInParts} resolves with. */
export interface UploadResult {
  /** The URL of the object. */
  location: string
  /**
   * The ETag with its quotation marks, as S3 returns it. For an upload in parts it is not an MD5 hash, but ends in `-`
   * and their number.
   */
  etag: string
  /** The object's version in a bucket with versioning, if the page may read `x-amz-version-id`. */
  versionId: string | undefined
  /**
   * The object's checksum in base64, as S3 stores it. A checksum of parts may end in `-` and their number. `undefined`
   * without one.
   */
  checksum: string | undefined
  /** The size of the object in bytes. */
  size: number
  /** The number of parts; 1 for an object that was sent by one PUT. */
  parts: number
}

/**
 * Uploads an object to S3 in parts (CreateMultipartUpload, UploadPart, CompleteMultipartUpload). Use it for a body of
 * unknown length, for one that may have to be sent again, and in browsers, not all of which can send streams. A part is
 * held in memory until S3 has it, at most `concurrency` of them at a time; a body that fits into one part is sent by
 * one PUT. If anything fails or the signal aborts, the parts are removed (AbortMultipartUpload).
 *
 * For pages, the bucket's CORS rules must list `ETag` in `ExposeHeaders`.
 *
 * @param signer from `createSigner` with service `s3`, or from `gatesign/v4a`. A function is called for a signer before
 *   each request, for uploads that last longer than a session token
 * @returns a promise. If S3 refuses, it rejects with an error that names the operation and has the same `response`
 *   (`status`, `headers`, `data`) as a client's errors, which `diagnose` reads. If the network fails, it rejects with
 *   an error that has the reason as `cause`; it also rejects with the body's own error, and with the signal's `reason`.
 *   If the parts could not be removed, the error says so and has `uploadId`, and the reason as `cause`. If
 *   CompleteMultipartUpload fails without an answer, the object may exist
 * @throws {TypeError} that names the argument that cannot work, before anything is sent
 * @throws {RangeError} for a body of another length than `contentLength`, or of more than 10,000 parts
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 * @example
 * ```js
 * import { createSigner } from 'gatesign'
 * import { uploadInParts } from 'gatesign/streams'
 *
 * const keys = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY }
 * const signer = createSigner({ ...keys, region: 'us-east-1', service: 's3' })
 * const log = new Blob(['one line\n', 'and another one\n']).stream()
 * const upload = () =>
 *   uploadInParts(signer, {
 *     url: 'https://bucket.s3.us-east-1.amazonaws.com/log.txt',
 *     body: log,
 *     headers: { 'content-type': 'text/plain' },
 *     onProgress: ({ loaded }) => console.log(loaded),
 *   })
 * console.log(typeof upload) // const { etag, size } = await upload()
 * ```
 */
export function uploadInParts(
  signer: Signer | (() => Signer | Promise<Signer>),
  request: UploadRequest,
): Promise<UploadResult>
