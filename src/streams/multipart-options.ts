// The options of an upload in parts, and the caller's headers that each of its requests accepts.

import { S3_SERVICES } from '../js/s3.ts'
import {
  booleanOf,
  checkSignal,
  checksumOption,
  headersOption,
  integerOf,
  lengthOfBody,
  mustBe,
  type UploadOptions,
} from './upload-options.ts'

export interface Progress {
  loaded: number
  total: number | undefined
}

export interface MultipartOptions extends Omit<UploadOptions, 'chunkSize'> {
  signal?: AbortSignal | undefined
  partSize?: number | undefined
  concurrency?: number | undefined
  retries?: number | undefined
  onProgress?: ((progress: Progress) => void) | undefined
  fetch?: typeof fetch | undefined
}

const MIB = 1024 * 1024
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const SMALLEST = 5 * MIB
const LARGEST = 5 * 1024 * MIB
export const MOST_PARTS = 10_000

/** The headers that the upload writes itself for each part. */
const OWN = [
  ...[
    'x-amz-content-sha256',
    'x-amz-decoded-content-length',
    'x-amz-trailer',
    'content-length',
    'content-md5',
  ],
  ...['x-amz-sdk-checksum-algorithm', 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
  ...['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'].map((name) => `x-amz-checksum-${name}`),
]

export function readOptions(
  options: MultipartOptions,
  body: unknown,
  { service, signsByDefault }: { service: string; signsByDefault: boolean },
) {
  if (!S3_SERVICES.includes(service)) {
    throw new TypeError(`signer must be for the service s3: others have no uploads in parts; got ${service}`)
  }
  const { signal, onProgress, concurrency = 4, retries = 3 } = options
  const { fetch: send = globalThis.fetch } = options
  checkSignal(signal)
  if (typeof send !== 'function') throw mustBe('fetch', 'a function', send)
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw mustBe('onProgress', 'a function', onProgress)
  }
  const length = lengthOfBody(body, options)
  return {
    length,
    signs: booleanOf('signPayload', options.signPayload ?? signsByDefault),
    checksum: checksumOption(options, true),
    headers: headersOption(options, OWN).map(([name, value]): Header => [String(name).toLowerCase(), value]),
    partSize: partSizeOption(options, length),
    concurrency: integerOf('concurrency', concurrency, 1, 100),
    retries: integerOf('retries', retries, 0, 100),
    // Called without `this`, which browsers require.
    fetch: ((url, init) => send(url, init)) as typeof fetch,
    onProgress,
  }
}

function partSizeOption({ partSize }: MultipartOptions, length = 0) {
  const least = Math.max(SMALLEST, Math.ceil(length / MOST_PARTS))
  if (partSize === undefined && least <= LARGEST) return least
  return integerOf('partSize', partSize, least, LARGEST)
}

type Header = [name: string, value: unknown]

/**
 * Headers of the customer's own keys: S3 does not store these keys, so every request except the one that removes the
 * parts needs them.
 */
const KEYS = /^x-amz-server-side-encryption-customer-/
const OF_ALL = /^x-amz-(?:request-payer|expected-bucket-owner)$/
/** Conditions are checked when the object is created. */
const CONDITIONS = /^if-(?:none-)?match$/

const TAKES: Record<'create' | 'part' | 'complete' | 'abort', (name: string) => boolean> = {
  create: (name) => !CONDITIONS.test(name),
  part: (name) => OF_ALL.test(name) || KEYS.test(name),
  complete: (name) => OF_ALL.test(name) || KEYS.test(name) || CONDITIONS.test(name),
  abort: (name) => OF_ALL.test(name),
}

/** The object's headers that one of the requests accepts. */
export const headersOf = (headers: Header[], request: keyof typeof TAKES) =>
  headers.filter(([name]) => TAKES[request](name))
