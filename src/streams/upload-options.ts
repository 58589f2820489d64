// Reads the options of an upload and checks them before anything is signed.

import { CHECKSUMS, type ChecksumAlgorithm } from './checksums.ts'
import { lengthOf } from './source.ts'

export interface UploadOptions {
  headers?: unknown
  contentLength?: number | undefined
  signPayload?: boolean | undefined
  checksum?: ChecksumAlgorithm | null | undefined
  chunkSize?: number | undefined
}

/** S3 accepts no smaller chunks, except for the last one. */
const SMALLEST = 8192
const LARGEST = 16 * 1024 * 1024
/** The chunk size of the examples in S3's documentation. */
const USUAL = 65536
/** Headers that an upload writes itself: any other value would belong to another body. */
const OWN = ['x-amz-content-sha256', 'x-amz-decoded-content-length', 'x-amz-trailer']

/** An error that names the argument and says what it got. */
export function mustBe(name: string, form: string, value: unknown): TypeError {
  const shown = typeof value === 'number' || value === null ? String(value) : typeof value
  return new TypeError(`${name} must be ${form}; got ${shown}`)
}

export function objectOf<T extends object>(name: string, value: T): T {
  if (typeof value === 'object' && value !== null) return value
  throw mustBe(name, 'an object', value)
}

export function booleanOf(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw mustBe(name, 'a boolean', value)
}

export function integerOf(name: string, value: unknown, least: number, most: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number
  }
  throw mustBe(name, `a whole number from ${least} to ${most}`, value)
}

export const lengthOption = ({ contentLength }: UploadOptions) =>
  contentLength === undefined
    ? undefined
    : integerOf('contentLength', contentLength, 0, Number.MAX_SAFE_INTEGER)

/** The length of a body; the caller's option if the body does not know its own. */
export function lengthOfBody(body: unknown, options: UploadOptions): number | undefined {
  const length = lengthOf(body)
  const { contentLength = length } = options
  if (length !== undefined && contentLength !== length) {
    throw mustBe('contentLength', `that of body, ${length}`, contentLength)
  }
  return lengthOption({ contentLength })
}

export function checkSignal(signal: AbortSignal | undefined) {
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw mustBe('signal', 'an AbortSignal', signal)
  }
}

export const chunkSizeOption = ({ chunkSize = USUAL }: UploadOptions) =>
  integerOf('chunkSize', chunkSize, SMALLEST, LARGEST)

/** @param isChunked without chunks there is no trailer for a checksum, so it has no default */
export function checksumOption({ checksum }: UploadOptions, isChunked: boolean) {
  if (checksum === null || (checksum === undefined && !isChunked)) return
  const name = checksum ?? 'CRC32'
  if (!CHECKSUMS.includes(name)) {
    throw new TypeError(`checksum must be one of ${CHECKSUMS.join(', ')}, or null; got ${shownText(name)}`)
  }
  if (isChunked) return name
  throw new TypeError(`checksum must be null: only S3 accepts one after the body; got ${name}`)
}

const shownText = (value: unknown) =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value

/**
 * The caller's headers as pairs. The signer checks the values.
 *
 * @param own names of headers that the upload writes
 */
export function headersOption({ headers }: UploadOptions, own = OWN): [name: string, value: unknown][] {
  if (headers === undefined || headers === null) return []
  const container = objectOf('headers', headers as object)
  const pairs: [string, unknown][] =
    Symbol.iterator in container ? [...(container as never)] : Object.entries(container)
  for (const pair of pairs) {
    const [name] = objectOf('headers', pair)
    if (own.includes(String(name).toLowerCase())) {
      throw new TypeError(`headers must not have ${String(name)}: the upload sets it`)
    }
  }
  return pairs
}
