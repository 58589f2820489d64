/**
 * Uploads that are signed while they are sent: streams of browsers and of Node, async iterables, and whatever is too large
 * to be read first. `signStream` sends a body of known length in one request, no more of it in memory than one chunk;
 * `uploadInParts` sends one of any length to S3 in a request for each part, from browsers that send no streams too, and repeats a
 * part that failed.
 *
 * | `signPayload` | `checksum` | `x-amz-content-sha256` |
 * | --- | --- | --- |
 * | true | one | `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER` |
 * | true | null | `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` |
 * | false | one | `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, as the AWS SDK for JavaScript streams |
 * | false | null | `UNSIGNED-PAYLOAD`: the body as it is |
 *
 * S3 and what speaks its language take all four, other services the last one if any: API Gateway none.
 * What `signStream` sends can be sent once: what fails has to be signed again, with another stream.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */

import type { SignedRequest, Signer, SignRequest } from './index.js'

/** The checksums of S3 that can follow a body. The AWS SDK's default is `CRC32`. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

/** Of {@link signChunks}. */
export interface ChunkRequest {
  /**
   * The method, in any case.
   *
   * @default 'PUT'
   */
  method?: string | undefined
  /** As {@link SignRequest.url}. */
  url: SignRequest['url']
  /**
   * As {@link SignRequest.headers}. A `content-encoding` of the body's own stays in front of `aws-chunked`.
   *
   * @default none
   * @throws {TypeError} for `x-amz-content-sha256`, `x-amz-decoded-content-length` and `x-amz-trailer`, which the upload
   *   writes
   */
  headers?: SignRequest['headers']
  /**
   * The bytes of the body before it is encoded. S3 has to be told for chunks; with `UNSIGNED-PAYLOAD` it may be
   * unknown. A body of another length ends in a `RangeError`, before its last chunk is sent.
   *
   * @default unknown
   * @throws {TypeError} if it is no whole number, or missing where it is needed
   */
  contentLength?: number | undefined
  /**
   * Whether each chunk has a signature.
   *
   * @default as the signer's option `signPayload`, so true unless that says otherwise
   * @throws {TypeError} if it is no boolean, contradicts the signer's, or is true for another service than S3 or for a
   *   signer of `gatesign/v4a`
   */
  signPayload?: boolean | undefined
  /**
   * The checksum that follows the body, which S3 compares and keeps; null for none.
   *
   * @default 'CRC32' for S3
   * @throws {TypeError} if it is none of S3's, or the service is another one
   */
  checksum?: ChecksumAlgorithm | null | undefined
  /**
   * The bytes of a chunk before it is encoded, 8,192 to 16,777,216: so much is held in memory.
   *
   * @default 65536
   * @throws {TypeError} if it is no whole number between these
   */
  chunkSize?: number | undefined
  /**
   * As {@link SignRequest.date}: also of the chunks' signatures.
   *
   * @default the signer's `date`, or now
   */
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
   * Ends the upload, and is given back for fetch. Without it here the body would be read to its end: Node's fetch
   * goes on with it after its own signal.
   *
   * @default none
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
  /**
   * Encoded. In browsers Chromium's fetch sends it, over HTTP/2; one that sends no streams rejects with a `TypeError`: there
   * {@link uploadInParts} is the way.
   */
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

/** Of {@link uploadInParts}. */
export interface UploadRequest {
  /**
   * Of the object, percent-encoded.
   *
   * @throws {TypeError} if it is no absolute URL, or has a query or a fragment
   */
  url: string | URL
  /**
   * As {@link StreamRequest.body}, of known or unknown length. It is read once, part by part, and canceled or destroyed if the
   * upload ends before.
   *
   * @throws {TypeError} if it is none of these; if it gives anything but bytes and texts, when that is read
   */
  body: StreamRequest['body']
  /**
   * Of the object: `content-type`, `x-amz-meta-*` and the like. Each goes with the requests that take it: the
   * customer's own keys (SSE-C) and `x-amz-expected-bucket-owner` with all of them, `if-none-match` and `if-match`
   * with the last one.
   *
   * @default none
   * @throws {TypeError} for checksums, lengths and payload hashes, which the upload writes
   */
  headers?: SignRequest['headers']
  /**
   * The bytes of the body, if they are known: the upload fails with a `RangeError` if there are others, and
   * `partSize` fits to it.
   *
   * @default unknown
   * @throws {TypeError} if it is no whole number
   */
  contentLength?: number | undefined
  /**
   * Whether the bytes of each part are signed.
   *
   * @default as the signer's option `signPayload`, so true unless that says otherwise; false signs
   *   `UNSIGNED-PAYLOAD`, and the checksum
   * @throws {TypeError} if it is no boolean, or true while the signer's is false
   */
  signPayload?: boolean | undefined
  /**
   * The checksum of each part, which S3 compares and keeps; null for none. S3 makes that of the object of those of
   * the parts; with `CRC64NVME` it is that of the whole object, and compared too.
   *
   * @default 'CRC32'
   * @throws {TypeError} if it is none of S3's
   */
  checksum?: ChecksumAlgorithm | null | undefined
  /**
   * The bytes of a part, 5,242,880 (5 MiB) to 5,368,709,120 (5 GiB); the last one may be smaller. A body that fits
   * into one is sent by one PUT. An upload has 10,000 parts at most, so a body of unknown length may have 48 GiB by
   * default.
   *
   * @default 5242880, or more if `contentLength` needs it
   * @throws {TypeError} if it is no whole number between these, or too small for `contentLength`
   */
  partSize?: number | undefined
  /**
   * How many parts are held in memory, and sent, at a time: 1 to 100.
   *
   * @default 4
   * @throws {TypeError} if it is no whole number between these
   */
  concurrency?: number | undefined
  /**
   * How often each request is sent again after a failure of the network, status 429 or 500 to 599 (but 501), and what
   * S3 itself says to pass (`SlowDown`, `InternalError`, `RequestTimeout`, also in a 200): after a random time of at
   * most 2ⁿ · 100 ms, 20 seconds at most. 0 to 100.
   *
   * @default 3
   * @throws {TypeError} if it is no whole number between these
   */
  retries?: number | undefined
  /**
   * Ends the upload: parts that are being sent too, and what is stored of it is removed.
   *
   * @default none
   * @throws {TypeError} if it is no AbortSignal
   */
  signal?: AbortSignal | undefined
  /**
   * Called after each part that S3 has, with the bytes so far and, if it is known, the length of the body.
   *
   * @default none
   * @throws {TypeError} if it is no function
   */
  onProgress?: ((progress: { loaded: number; total: number | undefined }) => void) | undefined
  /**
   * Sends the requests.
   *
   * @default globalThis.fetch
   * @throws {TypeError} if it is no function
   */
  fetch?: typeof fetch | undefined
}

/** What {@link uploadInParts} resolves with. */
export interface UploadResult {
  /** The URL of the object. */
  location: string
  /** With its quotation marks, as S3 has it. Of parts it is no MD5, but ends in `-` and their number. */
  etag: string
  /** In a bucket that keeps versions, and if the page may see `x-amz-version-id`. */
  versionId: string | undefined
  /** In base64, as S3 keeps it; of parts' checksums it may end in `-` and their number. `undefined` without one. */
  checksum: string | undefined
  /** Bytes of the object. */
  size: number
  /** 1 for an object that was sent by one PUT. */
  parts: number
}

/**
 * Uploads an object to S3 in parts (CreateMultipartUpload, UploadPart, CompleteMultipartUpload): the way for a body whose
 * length is not known, for one that may have to be sent again, and for browsers, of which not all send streams. A part is held
 * until S3 has it; no more than `concurrency` of them are in memory, and a body that fits into one part is sent by one PUT.
 * If anything fails, and if the signal says so, the parts are removed (AbortMultipartUpload).
 *
 * The bucket's CORS rules must have `ETag` in `ExposeHeaders` for pages.
 *
 * @param signer of `createSigner` with service `s3`, or of `gatesign/v4a`. A function is asked for one before each request,
 *   for uploads that last longer than a session token
 * @returns a promise. It rejects with S3's refusal as an error that names the operation, with `response` (`status`, `headers`,
 *   `data`) as errors of a client have it and `diagnose` reads it; with a failure of the network, whose error has it as `cause`; with
 *   the body's own error; and with the signal's `reason`. If the parts could not be removed, the error says so and has `uploadId`,
 *   and the reason as `cause`. After CompleteMultipartUpload failed without an answer, the object may be there
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
