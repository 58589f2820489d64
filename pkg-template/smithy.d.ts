/**
 * A signer for clients of the AWS SDK for JavaScript v3, built on the core of `gatesign`:
 *
 * ```ts
 * import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
 * import { S3Client } from '@aws-sdk/client-s3'
 * import { SignatureV4 } from 'gatesign/smithy'
 *
 * const region = 'us-east-1'
 * const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
 * const s3 = new S3Client({ region, credentials, signerConstructor: SignatureV4 })
 * const db = new DynamoDBClient({ region, signer: new SignatureV4({ credentials, region, service: 'dynamodb' }) })
 * ```
 *
 * Its results are those of `@smithy/signature-v4`, except that
 * - `host` is always signed, even if the request has no `host` header (AWS refuses signatures without it);
 * - with `uriEscapePath: false` every spelling of a path is signed as S3 reads it;
 * - a query parameter without a value is signed with an empty value, as it arrives;
 * - `expiresIn` is a whole number from 1 to 604800, and values that HTTP cannot carry are refused.
 */

import type { CredentialProvider, Identity } from './index.js'

/** A request of the AWS SDK. `HttpRequest` of `@smithy/types` is one. */
export interface HttpRequest {
  /** Upper case. */
  method: string
  /** Such as `https:`. */
  protocol: string
  /** Without port. */
  hostname: string
  /**
   * The port, if it is not the scheme's default.
   *
   * @default the port of the scheme
   */
  port?: number
  /** Percent-encoded, as it is sent. */
  path: string
  /**
   * Names and values, not encoded; `null` is an empty value.
   *
   * @default none
   */
  query?: Record<string, string | string[] | null>
  /** Header names are case-insensitive. */
  headers: Record<string, string>
  /**
   * A string or bytes are hashed; anything else is signed as `UNSIGNED-PAYLOAD`. An `x-amz-content-sha256` header
   * replaces the hash.
   *
   * @default none
   */
  body?: unknown
  /**
   * Copied to the result, not signed.
   *
   * @default none
   */
  username?: string
  /**
   * Copied to the result, not signed.
   *
   * @default none
   */
  password?: string
  /**
   * Copied to the result, not signed.
   *
   * @default none
   */
  fragment?: string
}

export interface SignatureV4Options {
  /**
   * Credentials, or a function that returns them. A function is called without an argument for each signature; its
   * result is not cached.
   */
  credentials: Identity | CredentialProvider
  /** AWS region, or a function that returns it, which is called for each signature. */
  region: string | (() => Promise<string> | string)
  /** Service name in the credential scope. */
  service: string
  /**
   * Normalize the path and encode it a second time. S3 needs `false`, which its client sets.
   *
   * @default true
   */
  uriEscapePath?: boolean
  /**
   * Send and sign `x-amz-content-sha256`.
   *
   * @default true
   */
  applyChecksum?: boolean
  /**
   * Accepted for compatibility; not used.
   *
   * @default none
   */
  sha256?: unknown
}

export interface SigningOptions {
  /**
   * A `Date`, seconds (not ms) since the epoch or ISO 8601 text.
   *
   * @default now
   */
  signingDate?: Date | number | string
  /**
   * The region. `*` (Signature Version 4A) is for {@link SignatureV4MultiRegion}.
   *
   * @default the signer's own region
   */
  signingRegion?: string
  /**
   * Service name in the credential scope.
   *
   * @default the signer's own service
   */
  signingService?: string
}

export interface RequestSigningOptions extends SigningOptions {
  /**
   * Lower-case names of further headers that are sent but not signed.
   *
   * @default none
   */
  unsignableHeaders?: Set<string>
  /**
   * Lower-case names of headers that are signed although by default they are not.
   *
   * @default none
   */
  signableHeaders?: Set<string>
}

export interface RequestPresigningOptions extends RequestSigningOptions {
  /**
   * Seconds that the URL is valid, a whole number from 1 to 604800.
   *
   * @default 3600
   */
  expiresIn?: number
  /**
   * Lower-case names of `x-amz-*` headers that are not moved to the query.
   *
   * @default none
   */
  unhoistableHeaders?: Set<string>
  /**
   * Lower-case names of further headers that are moved to the query.
   *
   * @default none
   */
  hoistableHeaders?: Set<string>
}

export interface EventSigningOptions extends SigningOptions {
  /**
   * Credentials for this event.
   *
   * @default the signer's own credentials
   */
  eventStreamCredentials?: Identity
}

/** An event of an event stream, already in bytes. */
export interface FormattedEvent {
  /** The headers as they are encoded in the stream. */
  headers: Uint8Array
  /** The event's payload. */
  payload: Uint8Array
}

/** A message of an event stream. */
export interface Message {
  /** Headers by name, with the types of an event stream (`string`, `timestamp`, …); any other type is refused. */
  headers: Record<string, { type: string; value: unknown }>
  /** The event's payload. */
  body: Uint8Array
}

/** A message and the signature of the one before it. */
export interface SignableMessage<M extends Message = Message> {
  /** The message to sign. */
  message: M
  /** The signature of the previous message in hexadecimal digits. */
  priorSignature: string
}

/**
 * {@link SignatureV4} with Signature Version 4A: `region` and `signingRegion` are a set of regions, from one to `*`. It
 * can replace the class of `@smithy/signature-v4a`.
 *
 * @example
 * ```js
 * import { SignatureV4a } from 'gatesign/smithy'
 *
 * const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
 * const signer = new SignatureV4a({ credentials, region: '*', service: 's3', uriEscapePath: false })
 * console.log((await signer.signString('text')).slice(0, 2)) // 30
 * ```
 */
export declare class SignatureV4a extends SignatureV4 {}

/**
 * {@link SignatureV4}, but {@link SignatureV4a} if `region` or `signingRegion` is a set (`*`, or a list with commas):
 * for clients that call multi-region access points.
 *
 * @example
 * ```js
 * import { S3Client } from '@aws-sdk/client-s3'
 * import { SignatureV4MultiRegion } from 'gatesign/smithy'
 *
 * const s3 = new S3Client({ region: 'us-east-1', signerConstructor: SignatureV4MultiRegion })
 * console.log(s3.config.serviceId) // S3
 * ```
 */
export declare class SignatureV4MultiRegion extends SignatureV4 {}

/**
 * The signer. Every method rejects with a `TypeError` that names what cannot work, or with what a provider throws.
 *
 * @example
 * ```js
 * import { SignatureV4 } from 'gatesign/smithy'
 *
 * const signer = new SignatureV4({
 *   credentials: {
 *     accessKeyId: process.env.AWS_ACCESS_KEY_ID,
 *     secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   },
 *   region: 'us-east-1',
 *   service: 'execute-api',
 * })
 * const request = {
 *   method: 'GET',
 *   protocol: 'https:',
 *   hostname: 'abc123.execute-api.us-east-1.amazonaws.com',
 *   path: '/prod/movies',
 *   headers: {},
 * }
 * console.log((await signer.sign(request)).headers)
 * ```
 */
export declare class SignatureV4 {
  /** @throws {TypeError} that names the option that cannot work */
  constructor(options: SignatureV4Options)
  /** Returns the string's signature in hexadecimal digits. */
  sign(text: string, options?: EventSigningOptions): Promise<string>
  /**
   * Returns the event's signature in hexadecimal digits. It covers `priorSignature`, which is in hexadecimal digits
   * too.
   */
  sign(event: FormattedEvent, options: EventSigningOptions & { priorSignature: string }): Promise<string>
  /** Returns the unchanged message, and its signature in hexadecimal digits. */
  sign<M extends Message>(
    message: SignableMessage<M>,
    options?: EventSigningOptions,
  ): Promise<{ message: M; signature: string }>
  /** Returns a copy of the request with the signature in its headers. */
  sign<R extends HttpRequest>(request: R, options?: RequestSigningOptions): Promise<R>
  /** Returns a copy of the request with the signature in its query. */
  presign<R extends HttpRequest>(request: R, options?: RequestPresigningOptions): Promise<R>
  /** Signs a request, as `sign` does. */
  signRequest<R extends HttpRequest>(request: R, options?: RequestSigningOptions): Promise<R>
  /** Signs a string, as `sign` does. */
  signString(text: string, options?: EventSigningOptions): Promise<string>
  /** Signs an event, as `sign` does. */
  signEvent(event: FormattedEvent, options: EventSigningOptions & { priorSignature: string }): Promise<string>
  /** Signs a message, as `sign` does. */
  signMessage<M extends Message>(
    message: SignableMessage<M>,
    options?: EventSigningOptions,
  ): Promise<{ message: M; signature: string }>
  /** Signs with the credentials of a session, for directory buckets of S3 Express. */
  signWithCredentials<R extends HttpRequest>(
    request: R,
    session: Identity,
    options?: RequestSigningOptions,
  ): Promise<R>
  /** The same as `signWithCredentials`, with the signature in the query. */
  presignWithCredentials<R extends HttpRequest>(
    request: R,
    session: Identity,
    options?: RequestPresigningOptions,
  ): Promise<R>
}
