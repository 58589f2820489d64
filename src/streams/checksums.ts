// The checksums that S3 accepts for an object, each computed incrementally.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html

import { Crc32, Crc64 } from './crc.ts'
import { Sha1, Sha256 } from './sha.ts'

/** A checksum in progress. */
export interface Hash {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

/** The parts of Node's own modules that are used, because they are faster than a script. */
interface NodeCrypto {
  createHash(name: string): Hash
}

const nodeCrypto = (): NodeCrypto | undefined =>
  (globalThis as { process?: { getBuiltinModule?(name: string): NodeCrypto } }).process?.getBuiltinModule?.(
    'node:crypto',
  )

/** The checksums by their names in `x-amz-sdk-checksum-algorithm`. */
const ALGORITHMS = {
  // ISO 3309, RFC 1952; Castagnoli, RFC 3720 appendix B.4; NVM Express NVM Command Set 1.0 section 5.2.1.3.4; the bits
  // of each polynomial are reversed.
  CRC32: () => new Crc32(0xedb88320),
  CRC32C: () => new Crc32(0x82f63b78),
  CRC64NVME: () => new Crc64(0x9a6c9329, 0xac4bc9b5),
  SHA1: () => nodeCrypto()?.createHash('sha1') ?? new Sha1(),
  SHA256: () => nodeCrypto()?.createHash('sha256') ?? new Sha256(),
} satisfies Record<string, () => Hash>

export type ChecksumAlgorithm = keyof typeof ALGORITHMS

export const CHECKSUMS = Object.keys(ALGORITHMS) as ChecksumAlgorithm[]

/** The name of the checksum's header or trailer. */
export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`

export const newHash = (algorithm: ChecksumAlgorithm): Hash => ALGORITHMS[algorithm]()

/** The checksum in the form of the header. */
export const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
