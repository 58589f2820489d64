/**
 * The signer of AWS SDK for JavaScript v3 clients, over the core of `gatesign`:
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
 * - a parameter of the query without value is signed with an empty one, as it arrives;
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
   * The port, if it is not the scheme's.
   *
   * @default the port of the scheme
   */
  port?: number
  /** Percent-encoded, as it is sent. */
  path: string
  /**
   * Not encoded; `null` is empty.
   *
   * @default none
   */
  query?: Record<string, string | string[] | null>
  /** Names in any case. */
  headers: Record<string, string>
  /**
   * A string or bytes are hashed; anything else is signed as `UNSIGNED-PAYLOAD`. The value of an
   * `x-amz-content-sha256` header is taken in their place.
   *
   * @default none
   */
  body?: unknown
  /**
   * Copied, not signed.
   *
   * @default none
   */
  username?: string
  /**
   * Copied, not signed.
   *
   * @default none
   */
  password?: string
  /**
   * Copied, not signed.
   *
   * @default none
   */
  fragment?: string
}

export interface SignatureV4Options {
  /** Called for each signature, without argument, if it is a function: what it gives is not kept. */
  credentials: Identity | CredentialProvider
  /** AWS region; called for each signature, if it is a function. */
  region: string | (() => Promise<string> | string)
  /** Service name in the credential scope. */
  service: string
  /**
   * Normalise the path and encode it once more. S3 needs `false`, which its client sets.
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
   * Taken for compatibility; not used.
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
   * Lower-case names of headers that are signed although they would not be.
   *
   * @default none
   */
  signableHeaders?: Set<string>
}

export interface RequestPresigningOptions extends RequestSigningOptions {
  /**
   * Whole seconds, 1 to 604800.
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
  /** As they are encoded in the stream. */
  headers: Uint8Array
  /** The event itself. */
  payload: Uint8Array
}

/** A message of an event stream. */
export interface Message {
  /** By their names, with the types of an event stream (`string`, `timestamp`, …); another is refused. */
  headers: Record<string, { type: string; value: unknown }>
  /** The event itself. */
  body: Uint8Array
}

/** A message and the signature of the one before it. */
export interface SignableMessage<M extends Message = Message> {
  /** What is signed. */
  message: M
  /** In hexadecimal digits. */
  priorSignature: string
}

/**
 * As {@link SignatureV4} with Signature Version 4A: for a set of regions, `region` or `signingRegion` from one to `*`.
 * It can stand for that of `@smithy/signature-v4a`.
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
 * As {@link SignatureV4}, and where `region` or `signingRegion` is a set (`*`, or with commas) as {@link SignatureV4a}:
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
 * Every method rejects with a `TypeError` that names what cannot work, or with what a provider throws.
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
  /** The text's signature in hexadecimal digits. */
  sign(text: string, options?: EventSigningOptions): Promise<string>
  /** The event's signature in hexadecimal digits; it covers `priorSignature`, in such digits too. */
  sign(event: FormattedEvent, options: EventSigningOptions & { priorSignature: string }): Promise<string>
  /** The message as it was given, and its signature in hexadecimal digits. */
  sign<M extends Message>(
    message: SignableMessage<M>,
    options?: EventSigningOptions,
  ): Promise<{ message: M; signature: string }>
  /** A copy of the request with the signature in its headers. */
  sign<R extends HttpRequest>(request: R, options?: RequestSigningOptions): Promise<R>
  /** A copy of the request with the signature in its query. */
  presign<R extends HttpRequest>(request: R, options?: RequestPresigningOptions): Promise<R>
  /** What `sign` does with a request. */
  signRequest<R extends HttpRequest>(request: R, options?: RequestSigningOptions): Promise<R>
  /** What `sign` does with a text. */
  signString(text: string, options?: EventSigningOptions): Promise<string>
  /** What `sign` does with an event. */
  signEvent(event: FormattedEvent, options: EventSigningOptions & { priorSignature: string }): Promise<string>
  /** What `sign` does with a message. */
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
  /** The same in the query. */
  presignWithCredentials<R extends HttpRequest>(
    request: R,
    session: Identity,
    options?: RequestPresigningOptions,
  ): Promise<R>
}
