/**
 * Verifies requests that are signed with Signature Version 4, for emulators, tests and your own services. It needs the
 * secret of every access key that may call.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import type { Identity } from './index.js'

/** A request as it arrived. */
export interface Received {
  /** The method as it arrived. */
  method: string
  /** The URL as it arrived, percent-encoded: absolute, or only path and query. */
  url: string | URL
  /**
   * Names are case-insensitive; a repeated header is a list. `host` (HTTP/2: `:authority`) wins over the URL's host.
   *
   * @default none
   */
  headers?:
    | Iterable<readonly [string, string]>
    | { readonly [name: string]: string | readonly string[] | number | undefined }
  /**
   * The body; a string is encoded as UTF-8.
   *
   * @default none
   */
  body?: string | ArrayBuffer | ArrayBufferView | null | undefined
  /**
   * SHA-256 of the body in lower-case hexadecimal digits, if you read the body as a stream.
   *
   * @default the SHA-256 of `body`
   * @throws {TypeError} if it is anything else
   */
  bodyHash?: string | undefined
}

export interface VerifyOptions {
  /**
   * Returns the keys of an access key id, or `undefined` if the id is unknown. With a `sessionToken` the request must
   * contain it, without one the request must have none. Keys whose `expiration` is in the past have expired.
   *
   * @throws {TypeError} if it is not a function. `verify` rejects with what it throws
   */
  credentials: (accessKeyId: string) => Keys | undefined | Promise<Keys | undefined>
  /**
   * The region that the request must be signed for.
   *
   * @default any
   */
  region?: string | undefined
  /**
   * The service that the request must be signed for.
   *
   * @default any
   */
  service?: string | undefined
  /**
   * Seconds for which a signature in headers is valid, and by which the signer's clock may be ahead. The default is API
   * Gateway's value; S3 allows 900.
   *
   * @default 300
   * @throws {TypeError} if it is not 0 to 86400
   */
  tolerance?: number | undefined
  /**
   * The current time: a `Date`, or ms since the epoch.
   *
   * @default now
   */
  now?: Date | number | undefined
  /**
   * Whether to accept `UNSIGNED-PAYLOAD` and bodies that are signed in chunks (`STREAMING-…`). Verifying the chunks is
   * up to you.
   *
   * @default true for S3 and VPC Lattice
   */
  unsignedPayload?: boolean | undefined
  /**
   * Whether to search for the request that was signed, to report what was changed on the way. It computes up to a few
   * thousand signatures: use it in tests, not in a public service.
   *
   * @default false
   */
  explain?: boolean | undefined
}

/** What `credentials` returns. */
export type Keys = Pick<Identity, 'secretAccessKey' | 'sessionToken' | 'expiration'>

/** The result of {@link verify}: what a service would have answered. */
export type Verification =
  | {
      ok: true
      accessKeyId: string
      region: string
      service: string
      /** When the request was signed. */
      date: Date
      /** Until when the signature is valid. */
      expires: Date
      /** Lower-case names, in the order of the signature. */
      signedHeaders: string[]
      /** Whether the signature was in the query. */
      presigned: boolean
      /** The signed hash of the body: its SHA-256, or a constant. */
      payloadHash: string
    }
  | {
      ok: false
      /** The same names as `diagnose` uses. */
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
      /** The reason in one sentence, without secrets. */
      message: string
      /** The status that AWS would answer with. */
      status: 400 | 403
      /** For `SignatureDoesNotMatch`: the canonical request of what arrived. It contains a signed session token. */
      canonicalRequest?: string
      /** For `SignatureDoesNotMatch`: the string to sign of what arrived. */
      stringToSign?: string
      /** With `explain`: the canonical request that was signed, if it was found. */
      signedRequest?: string
    }

/**
 * Checks that a request was signed with the key that it names, is valid now, and arrived as it was signed. Signatures
 * and tokens are compared in constant time.
 *
 * @throws {TypeError} for arguments that are not a request or its options
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
