/**
 * Verifies requests that are signed with Signature Version 4: for emulators, tests, and services of your own. It needs
 * the secret of every access key that may call.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import type { Identity } from './index.js'

/** A request as it arrived. */
export interface Received {
  /** As it arrived. */
  method: string
  /** As it arrived, percent-encoded: absolute, or from its path on. */
  url: string | URL
  /**
   * Names in any case; a list where one was repeated. `host` (HTTP/2: `:authority`) wins over the URL's.
   *
   * @default none
   */
  headers?:
    | Iterable<readonly [string, string]>
    | { readonly [name: string]: string | readonly string[] | number | undefined }
  /**
   * A string is UTF-8.
   *
   * @default none
   */
  body?: string | ArrayBuffer | ArrayBufferView | null | undefined
  /**
   * SHA-256 of the body in lower-case hexadecimal digits, if you have read it as a stream.
   *
   * @default that of `body`
   * @throws {TypeError} if it is anything else
   */
  bodyHash?: string | undefined
}

export interface VerifyOptions {
  /**
   * The keys of an access key id, or undefined if there is no such. With a `sessionToken` the request must have it,
   * without one it must have none; what has an `expiration` in the past has expired.
   *
   * @throws {TypeError} if it is no function; what it throws, `verify` rejects with
   */
  credentials: (accessKeyId: string) => Keys | undefined | Promise<Keys | undefined>
  /**
   * The region that it must be signed for.
   *
   * @default any
   */
  region?: string | undefined
  /**
   * The service that it must be signed for.
   *
   * @default any
   */
  service?: string | undefined
  /**
   * Seconds for which a signature in headers is good, and by which a clock may be ahead.
   * That is API Gateway's; S3 has 900.
   *
   * @default 300
   * @throws {TypeError} if it is not 0 to 86400
   */
  tolerance?: number | undefined
  /**
   * The time: a `Date`, or ms since the epoch.
   *
   * @default now
   */
  now?: Date | number | undefined
  /**
   * Whether to take `UNSIGNED-PAYLOAD` and bodies that are signed in chunks (`STREAMING-…`), of which the chunks are
   * yours to verify.
   *
   * @default true for S3 and VPC Lattice
   */
  unsignedPayload?: boolean | undefined
  /**
   * Whether to try what else may have been signed, to say what was changed on the way. It makes up to some thousand
   * signatures: for tests, not for a public service.
   *
   * @default false
   */
  explain?: boolean | undefined
}

/** What `credentials` returns. */
export type Keys = Pick<Identity, 'secretAccessKey' | 'sessionToken' | 'expiration'>

/** What a service would have answered. */
export type Verification =
  | {
      ok: true
      accessKeyId: string
      region: string
      service: string
      /** When it was signed. */
      date: Date
      /** Until when it is good. */
      expires: Date
      /** Lower case, in the order of the signature. */
      signedHeaders: string[]
      /** Whether the signature was in the query. */
      presigned: boolean
      /** What is signed for the body: its SHA-256, or a constant. */
      payloadHash: string
    }
  | {
      ok: false
      /** As `diagnose` names it. */
      kind:
        | 'MissingAuthenticationToken'
        | 'IncompleteSignature'
        | 'CredentialScope'
        | 'HeadersNotSigned'
        | 'SignatureExpired'
        | 'SignatureNotYetCurrent'
        | 'InvalidClientTokenId'
        | 'ExpiredToken'
        | 'SignatureDoesNotMatch'
        | 'PayloadHashMismatch'
      /** In a sentence; no secret is in it. */
      message: string
      /** The status of AWS's answer. */
      status: 400 | 403
      /** For `SignatureDoesNotMatch`: of what arrived. A session token that is signed is in it. */
      canonicalRequest?: string
      /** For `SignatureDoesNotMatch`: of what arrived. */
      stringToSign?: string
      /** With `explain`: the canonical request that was signed, if it was found. */
      signedRequest?: string
    }

/**
 * Whether a request is signed by who it says, for now, and as it arrived. Signatures and tokens are compared in a time
 * that does not tell where they differ.
 *
 * @throws {TypeError} for arguments that cannot be a request or its options
 * @example
 * ```js
 * import { createSigner } from 'gatesign'
 * import { verify } from 'gatesign/verify'
 *
 * const keys = new Map([['AKIDEXAMPLE', { secretAccessKey: 'secret' }]])
 * const signer = createSigner({
 *   accessKeyId: 'AKIDEXAMPLE',
 *   secretAccessKey: 'secret',
 *   region: 'us-east-1',
 *   service: 'execute-api',
 * })
 * const request = signer.sign({ method: 'POST', url: 'https://api.example/movies', body: '{"title":"Heat"}' })
 *
 * const credentials = (accessKeyId) => keys.get(accessKeyId)
 * console.log(await verify(request, { credentials, service: 'execute-api' }))
 * const changed = { ...request, body: '{ "title": "Heat" }' }
 * const result = await verify(changed, { credentials, explain: true })
 * console.log('message' in result && result.message)
 * ```
 */
export function verify(request: Received, options: VerifyOptions): Promise<Verification>
