// Uploads an object in parts, as many at a time as the caller allows. Each part is held until S3 has it, so that it can
// be sent again, and the source is read only once.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html

import { elementOf } from '../js/xml.ts'
import { base64, type ChecksumAlgorithm, checksumHeader, newHash } from './checksums.ts'
import { headersOf, MOST_PARTS, type MultipartOptions, readOptions } from './multipart-options.ts'
import { type Answer, escaped, type Operation, type Sending, send } from './object-requests.ts'
import { type Part, partsOf } from './parts.ts'
import { type Body, streamOf } from './source.ts'
import { mustBe, objectOf } from './upload-options.ts'
import { aboutSigner, type StreamSigner, UNSIGNED } from './uploads.ts'

export interface MultipartRequest extends MultipartOptions {
  url: unknown
  body: Body
}

/** The time limit in ms of requests that nothing waits for. */
const LAST_WAIT = 30_000

/** A part that S3 has. */
interface Sent {
  number: number
  etag: string
  checksum: string | undefined
}

export async function uploadInParts(signer: Sending['signer'], request: MultipartRequest) {
  const { url, body, ...uploadOptions } = objectOf('request', request)
  const target = objectUrl(url)
  const current = await (typeof signer === 'function' ? signer() : signer)
  const options = readOptions(uploadOptions, body, aboutSigner(current as StreamSigner))
  const { signal } = uploadOptions
  const reader = streamOf(body).getReader()
  const stop = new AbortController()
  // This also ends the wait for the source. Its result is not needed any more.
  stop.signal.addEventListener('abort', () => void reader.cancel(stop.signal.reason).catch(() => {}))
  const abort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    return await new Upload({ signer, url: target, ...options }, stop).run(reader)
  } catch (error) {
    stop.abort(error)
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

class Upload {
  readonly #options: Sending & ReturnType<typeof readOptions>
  readonly #stop: AbortController
  readonly #sent: Sent[] = []
  #loaded = 0

  constructor(options: Sending & ReturnType<typeof readOptions>, stop: AbortController) {
    this.#options = options
    this.#stop = stop
  }

  async run(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
    const { checksum, partSize, length } = this.#options
    // The checksum of the whole is sent at the end, so that S3 detects a missing or misplaced part.
    const whole = checksum === 'CRC64NVME' ? newHash(checksum) : undefined
    // SHA-256 is computed when the whole part is there: the platform's own is faster, and the hash may be signed too.
    const ofParts = checksum && checksum !== 'SHA256' ? () => newHash(checksum) : undefined
    const parts = partsOf(reader, { partSize, length, newHash: ofParts, whole })
    const first = await this.#next(parts)
    if (first.isLast) return this.#putWhole(first)
    const created = await this.#send({
      name: 'CreateMultipartUpload',
      method: 'POST',
      query: '?uploads',
      headers: [...headersOf(this.#options.headers, 'create'), ...createHeaders(checksum)],
      bodyHash: this.#options.signs ? undefined : UNSIGNED,
    })
    const uploadId = elementOf(created.text, 'UploadId')
    if (!uploadId) throw new Error('CreateMultipartUpload returned no UploadId')
    const query = `uploadId=${encodeURIComponent(uploadId)}`
    try {
      await this.#sendParts(first, parts, query)
      return await this.#complete(query, whole && base64(whole.digest()))
    } catch (error) {
      await this.#abort(query, uploadId, error)
      throw error
    }
  }

  async #next(parts: AsyncGenerator<Part, void>): Promise<Part> {
    const { value } = await parts.next()
    // A canceled source looks the same as one that has ended.
    this.#stop.signal.throwIfAborted()
    return value as Part
  }

  #send(operation: Operation, signal = this.#stop.signal): Promise<Answer> {
    return send(this.#options, operation, signal)
  }

  async #sendParts(first: Part, parts: AsyncGenerator<Part, void>, query: string) {
    const running = new Set<Promise<void>>()
    try {
      for (let part = first, number = 1; ; part = await this.#next(parts), number += 1) {
        if (number > MOST_PARTS) {
          throw new RangeError(
            `body must fit into ${MOST_PARTS} parts: raise partSize, which is ${this.#options.partSize}`,
          )
        }
        const one = this.#sendPart(part, number, query)
          .catch((error) => this.#stop.abort(error))
          .finally(() => running.delete(one))
        running.add(one)
        if (part.isLast) break
        while (running.size >= this.#options.concurrency) await Promise.race(running)
        this.#stop.signal.throwIfAborted()
      }
    } catch (error) {
      this.#stop.abort(error)
    }
    // A part that arrived after the upload was aborted would stay.
    await Promise.all(running)
    this.#stop.signal.throwIfAborted()
  }

  async #sendPart(part: Part, number: number, query: string) {
    const { checksum, headers } = this.#options
    const hashes = await this.#hashesOf(part)
    const { headers: responseHeaders } = await this.#send({
      name: `UploadPart ${number}`,
      method: 'PUT',
      query: `?partNumber=${number}&${query}`,
      headers: [...headersOf(headers, 'part'), ...checksumHeaders(checksum, hashes.checksum)],
      body: part.bytes,
      bodyHash: hashes.signed,
    })
    this.#sent[number - 1] = { number, etag: etagOf(responseHeaders), checksum: hashes.checksum }
    this.#progress(part)
  }

  async #putWhole(part: Part) {
    const { checksum, headers, url } = this.#options
    const hashes = await this.#hashesOf(part)
    const { headers: responseHeaders } = await this.#send({
      name: 'PutObject',
      method: 'PUT',
      query: '',
      headers: [...headers, ...checksumHeaders(checksum, hashes.checksum)],
      body: part.bytes,
      bodyHash: hashes.signed,
    })
    const etag = etagOf(responseHeaders)
    this.#progress(part)
    return {
      location: url,
      etag,
      versionId: responseHeaders.get('x-amz-version-id') ?? undefined,
      checksum: hashes.checksum,
      size: this.#loaded,
      parts: 1,
    }
  }

  async #complete(query: string, whole: string | undefined) {
    const { checksum, headers, url, signs } = this.#options
    const { headers: responseHeaders, text } = await this.#send({
      name: 'CompleteMultipartUpload',
      method: 'POST',
      query: `?${query}`,
      headers: [
        ...headersOf(headers, 'complete'),
        ['content-type', 'application/xml'],
        ...(whole ? [...checksumHeaders(checksum, whole), FULL_OBJECT] : []),
      ],
      body: listOf(this.#sent, checksum),
      bodyHash: signs ? undefined : UNSIGNED,
    })
    const etag = elementOf(text, 'ETag')
    if (!etag) throw new Error('CompleteMultipartUpload returned no ETag')
    return {
      location: url,
      etag,
      versionId: responseHeaders.get('x-amz-version-id') ?? undefined,
      checksum: (checksum && elementOf(text, `Checksum${checksum}`)) || whole,
      size: this.#loaded,
      parts: this.#sent.length,
    }
  }

  /** Removes the parts, which S3 would otherwise store and charge for. */
  async #abort(query: string, uploadId: string, error: unknown) {
    try {
      await this.#send(
        {
          name: 'AbortMultipartUpload',
          method: 'DELETE',
          query: `?${query}`,
          headers: headersOf(this.#options.headers, 'abort'),
          bodyHash: this.#options.signs ? undefined : UNSIGNED,
        },
        AbortSignal.timeout(LAST_WAIT),
      )
    } catch (failure) {
      // The upload no longer exists.
      if ((failure as { response?: { status: number } })?.response?.status === 404) return
      const message = `the upload failed, and its parts are still stored: call AbortMultipartUpload for the upload ID ${uploadId}`
      throw Object.assign(new Error(message, { cause: error }), { uploadId, abortError: failure })
    }
  }

  async #hashesOf({ bytes, checksum }: Part) {
    const { signs } = this.#options
    const sha256 = signs || this.#options.checksum === 'SHA256' ? await sha256Of(bytes) : new Uint8Array(0)
    return {
      signed: signs ? hexadecimal(sha256) : UNSIGNED,
      checksum: this.#options.checksum === 'SHA256' ? base64(sha256) : checksum,
    }
  }

  #progress({ bytes }: Part) {
    this.#loaded += bytes.length
    this.#options.onProgress?.({ loaded: this.#loaded, total: this.#options.length })
  }
}

const FULL_OBJECT: [string, string] = ['x-amz-checksum-type', 'FULL_OBJECT']

/** S3 combines the checksums of the parts, but supports CRC64NVME only for whole objects. */
function createHeaders(checksum: ChecksumAlgorithm | undefined): [string, string][] {
  if (!checksum) return []
  const algorithm: [string, string] = ['x-amz-checksum-algorithm', checksum]
  return checksum === 'CRC64NVME' ? [algorithm, FULL_OBJECT] : [algorithm]
}

const checksumHeaders = (algorithm: ChecksumAlgorithm | undefined, value: string | undefined) =>
  algorithm && value ? [[checksumHeader(algorithm), value] as [string, string]] : []

function etagOf(headers: Headers): string {
  const etag = headers.get('etag')
  if (etag) return etag
  throw new Error(
    'S3 returned no ETag, or this page may not read it: add ETag to ExposeHeaders in the CORS rules of the bucket',
  )
}

function listOf(parts: Sent[], algorithm: ChecksumAlgorithm | undefined): string {
  const items = parts.map(({ number, etag, checksum }) => {
    const sum = checksum ? `<Checksum${algorithm}>${checksum}</Checksum${algorithm}>` : ''
    return `<Part><ETag>${escaped(etag)}</ETag>${sum}<PartNumber>${number}</PartNumber></Part>`
  })
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${items.join('')}</CompleteMultipartUpload>`
}

/** Pages on http:// have no WebCrypto. */
async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto ?? {}
  if (subtle) return new Uint8Array(await subtle.digest('SHA-256', bytes))
  const hash = newHash('SHA256')
  hash.update(bytes)
  return hash.digest()
}

const hexadecimal = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The requests append their own query to the URL. */
function objectUrl(url: unknown): string {
  let parsed: URL
  try {
    parsed = new URL(String(url instanceof URL || typeof url === 'string' ? url : ''))
  } catch {
    throw mustBe('url', 'an absolute URL', url)
  }
  const { search, hash, href } = parsed
  if (search || hash || /[?#]$/.test(href)) {
    throw new TypeError('url must be the URL of an object, without query and fragment')
  }
  return href
}
