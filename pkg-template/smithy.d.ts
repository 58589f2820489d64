/**
 * The signer of AWS SDK for JavaScript v3 clients, over the core of `gatesign`:
 *
 * ```js
 * import { SignatureV4 } from 'gatesign/smithy'
 *
 * const s3 = new S3Client({ region, credentials, signerConstructor: SignatureV4 })
 * const db = new DynamoDBClient({ region, signer: new SignatureV4({ credentials, region, service: 'dynamodb' }) })
 * ```
 *
 * Its results are those of `@smithy/signature-v4`, except that
 * - `host` is always signed, even if the request has no `host` header (AWS refuses signatures without it);
 * - with `uriEscapePath: false` every spelling of a path is signed as S3 reads it;
 * - a parameter of the query without value is signed with an empty one, as it arrives;
 * - `expiresIn` is a whole number from 1 to 604800, and values that HTTP cannot carry are refused.
 */

import type { CredentialProvider, Identity } from './index.js'

/** A request of the AWS SDK. `HttpRequest` of `@smithy/types` is one. */
export interface HttpRequest {
  /** Upper case. */
  method: string
  /** `https:` */
  protocol: string
  hostname: string
  port?: number
  /** Percent-encoded, as it is sent. */
  path: string
  /** Not encoded. */
  query?: Record<string, string | string[] | null>
  headers: Record<string, string>
  /** A string or bytes are hashed; anything else is signed as `UNSIGNED-PAYLOAD`. */
  body?: unknown
  username?: string
  password?: string
  fragment?: string
}

export interface SignatureV4Options {
  /** Called for each signature, if it is a function. */
  credentials: Identity | CredentialProvider
  region: string | (() => Promise<string> | string)
  /** Service name in the credential scope. */
  service: string
  /** Normalise the path and encode it once more. Default true; S3 needs false, which its client sets. */
  uriEscapePath?: boolean
  /** Send and sign `x-amz-content-sha256`. Default true. */
  applyChecksum?: boolean
  /** Taken for compatibility; not used. */
  sha256?: unknown
}

export interface SigningOptions {
  /** A `Date`, seconds (not ms) since the epoch or ISO 8601 text. Default: now. */
  signingDate?: Date | number | string
  /** In place of the signer's own region. */
  signingRegion?: string
  /** In place of the signer's own service. */
  signingService?: string
}

export interface RequestSigningOptions extends SigningOptions {
  /** Lower-case names of headers that are sent but not signed. */
  unsignableHeaders?: Set<string>
  /** Lower-case names of headers that are signed although they would not be. */
  signableHeaders?: Set<string>
}

export interface RequestPresigningOptions extends RequestSigningOptions {
  /** Seconds, 1 to 604800. Default 3600. */
  expiresIn?: number
  /** Lower-case names of `x-amz-*` headers that are not moved to the query. */
  unhoistableHeaders?: Set<string>
  /** Lower-case names of further headers that are moved to the query. */
  hoistableHeaders?: Set<string>
}

export interface EventSigningOptions extends SigningOptions {
  /** In place of the signer's own credentials. */
  eventStreamCredentials?: Identity
}

/** An event of an event stream, already in bytes. */
export interface FormattedEvent {
  headers: Uint8Array
  payload: Uint8Array
}

export interface Message {
  headers: Record<string, { type: string; value: unknown }>
  body: Uint8Array
}

export interface SignableMessage<M extends Message = Message> {
  message: M
  /** In hexadecimal digits. */
  priorSignature: string
}

export declare class SignatureV4 {
  /** @throws {TypeError} that names the option that cannot work */
  constructor(options: SignatureV4Options)
  /** The text's signature in hexadecimal digits. */
  sign(text: string, options?: EventSigningOptions): Promise<string>
  /** The event's signature in hexadecimal digits; it covers `priorSignature`. */
  sign(event: FormattedEvent, options: EventSigningOptions & { priorSignature: string }): Promise<string>
  sign<M extends Message>(
    message: SignableMessage<M>,
    options?: EventSigningOptions,
  ): Promise<{ message: M; signature: string }>
  /** A copy of the request with the signature in its headers. */
  sign<R extends HttpRequest>(request: R, options?: RequestSigningOptions): Promise<R>
  /** A copy of the request with the signature in its query. */
  presign<R extends HttpRequest>(request: R, options?: RequestPresigningOptions): Promise<R>
  signRequest<R extends HttpRequest>(request: R, options?: RequestSigningOptions): Promise<R>
  signString(text: string, options?: EventSigningOptions): Promise<string>
  signEvent(event: FormattedEvent, options: EventSigningOptions & { priorSignature: string }): Promise<string>
  signMessage<M extends Message>(
    message: SignableMessage<M>,
    options?: EventSigningOptions,
  ): Promise<{ message: M; signature: string }>
  /** For directory buckets of S3 Express: signs with a session's credentials. */
  signWithCredentials<R extends HttpRequest>(
    request: R,
    session: Identity,
    options?: RequestSigningOptions,
  ): Promise<R>
  presignWithCredentials<R extends HttpRequest>(
    request: R,
    session: Identity,
    options?: RequestPresigningOptions,
  ): Promise<R>
}
