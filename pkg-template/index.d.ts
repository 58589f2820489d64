/**
 * Sign requests to AWS API Gateway and any AWS service (Signature Version 4).
 *
 * Times are milliseconds unless a name or comment says seconds. Sizes are bytes. An argument that cannot work is
 * refused before anything is sent, with a `TypeError` that names it and shows what it got; a credential is never shown.
 * `undefined` means the same as an absent option, and so does `null` where the type allows it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */

import type { ClientOf } from './sdk.js'

/** A value in a URL or header. A `Date` is written as ISO 8601; an invalid one is a `TypeError`. */
export type Scalar = string | number | boolean | bigint | Date

/**
 * Names and values. `undefined` and `null` are left out, in lists too, but a list that `queryArrayFormat: 'comma'`
 * joins keeps them as empty items. A list in a header is joined by `, `; an empty list is left out. Any other value is
 * a `TypeError`.
 */
export type Values =
  | { readonly [name: string]: Scalar | readonly (Scalar | null | undefined)[] | null | undefined }
  | Iterable<readonly [string, Scalar | readonly (Scalar | null | undefined)[] | null | undefined]>

/** Credentials, as the AWS SDK for JavaScript v3 defines its AWS credential identity. */
export interface Identity {
  /** Access key id, such as `AKIDEXAMPLE`. */
  readonly accessKeyId: string
  /** Secret access key. */
  readonly secretAccessKey: string
  /**
   * The token of temporary credentials.
   *
   * @default none
   */
  readonly sessionToken?: string | undefined
  /**
   * When the credentials expire: a `Date`, ms since the epoch, seconds since the epoch (a number below 10¹¹, as in the
   * JSON of Cognito and STS) or ISO 8601 text. Only read if a provider returns it.
   *
   * @default never
   * @throws {TypeError} if it is none of these
   */
  readonly expiration?: Date | number | string | undefined
}

/**
 * A function that returns credentials, such as `fromEnv()`, `fromSSO()` and `fromCognitoIdentityPool(…)` of
 * `gatesign/credentials` or those of `@aws-sdk/credential-providers`. It is called without an argument, or with
 * `{ forceRefresh: true }` after the gateway said that the last token has expired, so a cached identity must not be
 * returned. (`any`, because each provider of the SDK declares its own options.) The call rejects with what the provider
 * throws; once the gateway has answered, that is the `cause` of the answer's error.
 */
export type CredentialProvider = (options?: any) => Promise<Identity> | Identity

export interface Config {
  /**
   * The API's address with its stage, such as `https://abc123.execute-api.us-east-1.amazonaws.com/prod`. With `wss:` or
   * `ws:` the client can `presign`, `sign` and `explain`, but not call. Every call sends the query of this URL.
   *
   * @throws {Error} `invokeUrl must be specified!` if it is absent, `undefined` or empty
   * @throws {TypeError} if it is not an http, https, ws or wss URL, or has a user name
   */
  invokeUrl: string | URL | undefined
  /**
   * Access key id. Without it, requests go unsigned.
   *
   * @default ''
   * @throws {TypeError} if only one of `accessKey` and `secretKey` is given, if `credentials` is given too, or if one
   *   of the three contains white space or anything but ASCII
   */
  accessKey?: string | null | undefined
  /**
   * Secret access key. Refused without `accessKey`.
   *
   * @default ''
   */
  secretKey?: string | null | undefined
  /**
   * The token of temporary credentials; sent and signed as `x-amz-security-token`. Ignored without `accessKey`, refused
   * together with `credentials`.
   *
   * @default ''
   */
  sessionToken?: string | null | undefined
  /**
   * Replaces the three options above: an identity, or a function that returns one. Concurrent requests share one call
   * of the function. It is called again 5 minutes before `expiration`, and when the gateway says that the token has
   * expired. If a renewal fails while the credentials are still valid, they are used for another 30 seconds before the
   * next attempt.
   *
   * @default none
   * @throws {TypeError} if an identity lacks its key or secret. For an identity that a function returns, the call
   *   rejects
   */
  credentials?: Identity | CredentialProvider | null | undefined
  /**
   * AWS region. Needed for a custom domain, whose name does not contain it.
   *
   * @default the region in the name of invokeUrl's host or of `host` ({@link endpointOf})
   * @throws {TypeError} if requests are signed and no region is known, if it contradicts the host's, and if it is not a
   *   region: an availability zone, a city's name, `*`
   */
  region?: string | null | undefined
  /**
   * Service name in the credential scope.
   *
   * @default the service in the name of invokeUrl's host ({@link endpointOf}), or `execute-api`
   * @throws {TypeError} for another service if invokeUrl's host belongs to an API or a function URL
   */
  service?: string | null | undefined
  /**
   * Pass `v4a` of `gatesign/v4a` to sign requests with Signature Version 4A, for the regions of `regionSet`.
   *
   * @default Signature Version 4
   * @throws {TypeError} for anything else
   */
  signature?: Signature | null | undefined
  /**
   * With `signature`: the regions that the signature is valid for, as a list or separated by commas; `*` for all.
   *
   * @default `region`, or the region that invokeUrl's host names
   * @throws {TypeError} without `signature`, and if it is not a list of regions
   */
  regionSet?: string | readonly string[] | null | undefined
  /**
   * Sent (and signed) as `x-api-key`, in place of one in `headers`. ASCII.
   *
   * @default ''
   */
  apiKey?: string | null | undefined
  /**
   * Content-Type of a body that has none itself, if neither `headers` nor the call set one.
   *
   * @default 'application/json'
   */
  defaultContentType?: string | null | undefined
  /**
   * Accept header, if neither `headers` nor the call set one.
   *
   * @default 'application/json'
   */
  defaultAcceptType?: string | null | undefined
  /**
   * Headers for every request; a call's own headers win. The same values are refused as in a call.
   *
   * @default none
   */
  headers?: Values | null | undefined
  /**
   * The private API's own name, `{api-id}.execute-api.{region}.amazonaws.com`, if invokeUrl is the URL of a VPC
   * endpoint: the API's id is sent as `x-apigw-api-id`. The signed host is always the host that is called. An API whose
   * endpoint access mode is STRICT accepts no call through the endpoint's name: set the mode to BASIC, or call the
   * API's own name inside the VPC. Without this option, the API is the one in invokeUrl.
   *
   * @default ''
   * @throws {TypeError} for any other name. A private custom domain would need a `Host` header, which fetch cannot
   *   send: use the domain as invokeUrl, its name resolves inside the VPC
   *   (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html)
   */
  host?: string | null | undefined
  /**
   * Milliseconds added to the clock for signing: a number, or a number as text.
   *
   * @default 0
   */
  systemClockOffset?: number | string | null | undefined
  /**
   * When the gateway answers that the signature has expired or is not yet current, adjust to the server's clock and
   * send the request once more, whatever `retries` says.
   *
   * @default true
   */
  correctClockSkew?: boolean | undefined
  /**
   * How many times a failed call is sent again. Every attempt is signed again. A body that is sent as a stream cannot
   * be repeated. Anything that is not a number counts as 0.
   *
   * @default 0
   */
  retries?: number | undefined
  /**
   * Decides which failed calls are sent again: those for which it returns a truthy value. A promise counts as true
   * unless it resolves to `false` or rejects. The call rejects with what the function throws.
   *
   * @default for GET, HEAD, OPTIONS, PUT and DELETE network errors and 500 to 599; for other methods network errors
   *   with a `code` after which another attempt may succeed (not `ENOTFOUND`; browsers report no code); for every
   *   method throttling (429), but not an exceeded quota
   */
  retryCondition?: ((error: ApiError) => boolean | undefined | Promise<boolean | undefined>) | undefined
  /**
   * Milliseconds to wait before a retry: a number, `'exponential'` (2ⁿ · 100 ms and up to 20 % more) or a function that
   * gets the number of the retry, starting at 1. A longer `Retry-After` of a 429 or 503 wins, up to 5 minutes. The call
   * rejects with what the function throws. If `timeout` leaves too little time for the delay, the call ends with its
   * last error. Anything that is not a number counts as 0.
   *
   * @default 0
   */
  retryDelay?:
    | number
    | 'exponential'
    | ((retryCount: number, error: ApiError) => number | Promise<number>)
    | undefined
  /**
   * Whether each retry gets the full `timeout`. Otherwise it covers the whole call.
   *
   * @default false
   */
  shouldResetTimeout?: boolean | undefined
  /**
   * How `queryParams` writes lists. `comma`: `a=1,2`, where `null` and `undefined` become empty items and an empty list
   * becomes `a=`. `repeat`: `a=1&a=2`, which leaves `null`, `undefined` and empty lists out.
   *
   * @default 'comma'
   */
  queryArrayFormat?: 'comma' | 'repeat' | undefined
  /**
   * Whether bodies are signed; a call's own `signPayload` wins. With the service `vpc-lattice-svcs` bodies are never
   * signed.
   *
   * @default true
   * @throws {TypeError} if it is not a boolean
   */
  signPayload?: boolean | null | undefined
  /**
   * Names of further headers, in any case, that are sent but not signed, because something on the way changes them.
   * Some headers are not signed unless `signableHeaders` names them: those that fetch sets itself (`cookie`, `date`,
   * `origin`, …) and those that proxies and tracers rewrite: `traceparent`, `tracestate`, `baggage`, `b3`, `x-b3-*`,
   * `x-datadog-*`, `uber-trace-id`, `x-amzn-trace-id`, `x-cloud-trace-context`, `grpc-trace-bin`, `sentry-trace`,
   * `newrelic`, `x-request-id`, `forwarded`, `x-forwarded-*`, `x-real-ip`, `x-client-ip`, `true-client-ip`,
   * `fastly-client-ip`, `via`, `cdn-loop`, `cf-*`, `cloudfront-*`, `x-amz-cf-id`, `x-envoy-*`.
   *
   * @default none
   * @throws {TypeError} if it is not an array of strings
   */
  unsignableHeaders?: readonly string[] | null | undefined
  /**
   * Names of headers, in any case, that are signed although by default they are not. They must arrive unchanged.
   *
   * @default none
   * @throws {TypeError} if it is not an array of strings
   */
  signableHeaders?: readonly string[] | null | undefined
  /**
   * Called instead of the global fetch, for example one with a dispatcher or a proxy, or a test's.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined
}

export interface AdditionalParams {
  /**
   * Headers of this call, which win over the config's; names are case-insensitive. Headers of the connection (`host`,
   * `content-length`, …) are left out; a signature replaces `authorization`, `x-amz-date` and, with a session token,
   * `x-amz-security-token`. `x-amz-content-sha256` is the payload hash to sign: a SHA-256 in hexadecimal digits,
   * `UNSIGNED-PAYLOAD` or a `STREAMING-…` constant.
   *
   * @default none
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
   * @throws {TypeError} for an `x-amz-content-sha256` of another form, or one that contradicts `signPayload` or the
   *   query
   * @throws {TypeError} for names that HTTP does not allow, control characters, and values beyond Latin-1 or,
   *   in signed requests, ASCII
   */
  headers?: Values | Headers | null | undefined
  /**
   * Query parameters, percent-encoded as RFC 3986 says, whether the request is signed or not. A string is read as
   * `URLSearchParams` reads it.
   *
   * @default none
   */
  queryParams?: Values | URLSearchParams | string | null | undefined
  /**
   * Milliseconds for the whole call: reading the body's stream, the credentials, the answer and, unless
   * `shouldResetTimeout` is set, all retries. With `responseType: 'stream'` the answer's body is read later and not
   * covered. 0 and more than 2³¹ - 1 mean no timeout. The call rejects with code `ECONNABORTED`, or with its last error
   * if the time ends between two attempts.
   *
   * @default 0
   * @throws {TypeError} if it is below 0
   */
  timeout?: number | string | null | undefined
  /**
   * Aborts the call, which rejects with the message `canceled` and code `ERR_CANCELED`.
   *
   * @default none
   */
  signal?: AbortSignal | null | undefined
  /**
   * The type of `data`. `json`: the parsed body if it is JSON, otherwise its text, `''` if empty. An error's `data` is
   * always read as `json`.
   *
   * @default 'json'
   */
  responseType?: 'json' | 'text' | 'arraybuffer' | 'blob' | 'stream' | undefined
  /**
   * `false` signs `UNSIGNED-PAYLOAD`, so that a stream or async iterable is not read before it is sent, if fetch can
   * send one (Firefox cannot). Such a body has no length, which S3 refuses: use `gatesign/streams` there. API Gateway
   * refuses `UNSIGNED-PAYLOAD`.
   *
   * @default the client's `signPayload`, or true
   * @throws {TypeError} if it is not a boolean
   */
  signPayload?: boolean | undefined
}

/** The arguments of {@link Client.invokeApi} in one object. */
export interface CallRequest {
  /**
   * Values for the template's variables: scalars, or lists and objects of scalars.
   *
   * @default {}
   * @throws {TypeError} for a value that results in a `.` or `..` segment
   */
  pathParams?: object | null | undefined
  /**
   * RFC 6570 URI template, appended to invokeUrl as text.
   *
   * @default ''
   */
  pathTemplate?: string | undefined
  /**
   * The method, in upper or lower case. `CONNECT`, `TRACE` and `TRACK`, which fetch cannot send, are refused.
   *
   * @default 'GET'
   */
  method?: string | undefined
  /**
   * Headers, query and options of this call.
   *
   * @default {}
   */
  additionalParams?: AdditionalParams | null | undefined
  /**
   * Bytes, `Blob`, `FormData`, `URLSearchParams`, streams and async iterables of bytes or strings are sent as fetch
   * sends them. A string is sent as it is, but if the Content-Type is JSON and the string is not valid JSON, it is sent
   * as a JSON string. Anything else is sent as JSON. `''`, `{}` and `[]` also mean no body.
   *
   * @default none
   * @throws {TypeError} with GET and HEAD, and for values that JSON cannot represent
   */
  body?: unknown
}

export interface SentConfig {
  /** The URL as it was sent. */
  url: string
  /** Lower case. Methods that axios's type does not list are possible too. */
  method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options'
  /**
   * The headers as they were sent; the type is open because axios uses its own class. The values of `authorization`,
   * `proxy-authorization`, `x-amz-security-token`, `x-amz-s3session-token`,
   * `x-amz-server-side-encryption-customer-key`, `x-amz-copy-source-server-side-encryption-customer-key`, `x-api-key`
   * and `cookie` are replaced by `[redacted]`.
   */
  headers: any
  /** The body as it was sent: a string, bytes, a stream or `undefined`. */
  data: unknown
  /** Milliseconds; 0 means no timeout. */
  timeout: number
  /** Only with `retries`: how many are allowed, and how many were made. */
  'axios-retry'?: { retries: number; retryCount: number }
}

/** What `invokeApi` resolves with. It can be assigned to axios's `AxiosResponse`. */
export interface ApiResponse<T = any> {
  /** The body, in the type that `responseType` asks for. */
  data: T
  /** 200 to 299 in a result; any other in `error.response`. */
  status: number
  /** The reason phrase; empty for HTTP/2. */
  statusText: string
  /**
   * Lower-case names; `set-cookie` is an array, where the platform exposes it. A `content-encoding` that fetch has
   * decoded is left out.
   */
  headers: { [name: string]: string | string[] } & { 'set-cookie'?: string[] }
  /** What was sent, without credentials. */
  config: SentConfig
  /** Created when it is first read; its headers are redacted too. */
  readonly request: Request
}

/**
 * What `invokeApi` rejects with, except for refused arguments (`TypeError`) and errors that the caller's own functions
 * throw.
 */
export interface ApiError<T = any> extends Error {
  /**
   * The same message as axios. If the answer says why it refused, `Request failed with status code 403` is followed by
   * a colon and {@link Diagnosis.summary}: test `response.status`, not this text.
   */
  message: string
  /**
   * Why the call failed, as {@link diagnose} explains it; `console.log(error)` shows it. What was signed is compared
   * with what the server signed, so that a wrong secret key is recognized. A bundle for browsers that does not import
   * `diagnose` has only `kind`, `summary` and a `hint` to call `diagnose`. It contains no credential.
   */
  diagnosis: Diagnosis
  /** Lets code for the old package recognize these errors. */
  isAxiosError: true
  /**
   * What the last attempt sent, without credentials. Only `method` and `timeout` if the call ended before there was a
   * request.
   */
  config: Pick<SentConfig, 'method' | 'timeout'> & Partial<SentConfig>
  /** Absent if the call ended before there was a request. */
  readonly request?: Request
  /**
   * Absent if there was no answer. If the answer repeats credentials of the request, they are replaced by their length.
   */
  response?: ApiResponse<T>
  /**
   * `ECONNABORTED` (timeout), `ERR_CANCELED`, `ERR_REDIRECT`, or the code of a network error, such as `ECONNREFUSED`,
   * where the platform reports one. Absent for a status outside 200 to 299.
   */
  code?: string
  /** The same fields as axios: without the answer. It contains no credential. */
  toJSON(): object
}

/**
 * What {@link Client.sign} takes next to a URL: the options of fetch, and the bodies that HTTP clients of Node accept.
 */
export interface SignInit extends Omit<RequestInit, 'headers' | 'body'> {
  /**
   * The same as {@link SignRequest.headers}.
   *
   * @default the headers of the `Request`, or none
   */
  headers?: Values | Headers | null | undefined
  /**
   * Any body that fetch accepts, and streams of Node and other async iterables of bytes or strings.
   *
   * @default the body of the `Request`, or none
   * @throws {TypeError} with GET and HEAD, and if it cannot be read
   */
  body?: unknown
}

export interface SignedRequest {
  /** Upper case. */
  method: string
  /** The URL to send the request to. */
  url: string
  /** The request's own headers and those of the signature. */
  headers: Record<string, string>
  /** The body to send; `undefined` or `null` if there is none. */
  body: any
}

/**
 * The steps of a signature. The values of headers that {@link SentConfig.headers} redacts are replaced by their length,
 * in the query too.
 */
export interface Explanation {
  /** The request in its canonical form, which all its spellings share. */
  canonicalRequest: string
  /** Algorithm, time, credential scope and the canonical request's hash. */
  stringToSign: string
  /** `20130524/us-east-1/execute-api/aws4_request` */
  credentialScope: string
  /** `host;x-amz-date` */
  signedHeaders: string
  /** SHA-256 of the body in hexadecimal digits, or `UNSIGNED-PAYLOAD`. */
  payloadHash: string
  /** 64 hexadecimal digits. */
  signature: string
  /** `20130524T000000Z` */
  amzDate: string
  /**
   * One sentence, if the host's name contains another region or service than the signed one. Absent in browsers with
   * `gatesign/signer`, which does not know the names of hosts.
   */
  warning?: string
}

export interface Client {
  /**
   * Calls the API.
   *
   * @param pathParams values for the template's variables
   * @param pathTemplate RFC 6570 URI template, appended to invokeUrl as text; `''` is invokeUrl itself
   * @param method in upper or lower case; GET and HEAD cannot have a body
   * @param body see {@link CallRequest.body}
   * @returns for a status from 200 to 299. It never throws synchronously, but rejects with the following
   * @throws {ApiError} for every other status, and if there is no answer
   * @throws {TypeError} that names the argument that cannot work
   * @example
   * ```js
   * import { newClient } from 'gatesign'
   *
   * const client = newClient({
   *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
   *   accessKey: process.env.AWS_ACCESS_KEY_ID,
   *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   * })
   * const params = { queryParams: { year: 1999 } }
   * const { status, data } = await client.invokeApi({ table: 'movie' }, '/{table}_list', 'GET', params)
   * console.log(status, data)
   * ```
   */
  invokeApi<T = any>(
    pathParams: object | null | undefined,
    pathTemplate: string,
    method: string,
    additionalParams?: AdditionalParams | null,
    body?: unknown,
  ): Promise<ApiResponse<T>>
  /**
   * fetch with a signature, retries and clock correction. The URL must be on invokeUrl's origin; a URL without an
   * origin is resolved against it and has to name the stage: `/prod/movies`. Resolves and rejects as fetch does, but
   * requests with credentials do not follow a redirect: they resolve with it (or reject, with `redirect: 'error'`).
   * With `duplex: 'half'` a body that is not signed (`signPayload: false`) is sent as a stream, once; in Node a
   * redirect then rejects. Any other body is read first.
   *
   * @throws {TypeError} for a URL on another origin, and whatever fetch rejects with
   * @example
   * ```js
   * import { newClient } from 'gatesign'
   *
   * const client = newClient({
   *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
   *   accessKey: process.env.AWS_ACCESS_KEY_ID,
   *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   * })
   * const response = await client.fetch('/stage/movie_list', { method: 'POST', body: '{"title":"Heat"}' })
   * console.log(response.status, await response.text())
   * ```
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /**
   * Returns the request that `invokeApi` would send now, without sending it. Its headers are not redacted: they contain
   * the credentials.
   *
   * @throws {TypeError} that names the argument that cannot work
   * @example
   * ```js
   * import { newClient } from 'gatesign'
   *
   * const client = newClient({
   *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
   *   accessKey: process.env.AWS_ACCESS_KEY_ID,
   *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   * })
   * const { method, url, headers } = await client.sign({ pathTemplate: '/movies' })
   * console.log(method, url, Object.keys(headers))
   * ```
   */
  sign(request: CallRequest): Promise<SignedRequest>
  /**
   * Returns the request that {@link Client.fetch} would send now, without sending it, for other HTTP clients. The body
   * is ready to send, a `FormData` as its bytes. The client must not follow redirects, which would forward the
   * credentials.
   *
   * @throws {TypeError} for a URL that is not on invokeUrl's origin, and a body that cannot be read
   * @example
   * ```js
   * import { newClient } from 'gatesign'
   *
   * const client = newClient({
   *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
   *   accessKey: process.env.AWS_ACCESS_KEY_ID,
   *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   * })
   * const { url, ...init } = await client.sign('/stage/movie', { method: 'POST', body: '{"title":"Heat"}' })
   * console.log(url, init.method, Object.keys(init.headers))
   * ```
   */
  sign(input: string | URL | Request, init?: SignInit): Promise<SignedRequest>
  /**
   * Returns a URL that contains the signature; for WebSockets use a `wss:` invokeUrl. Headers of the call have to be
   * sent with the URL. Headers of the config, `x-api-key` and `x-apigw-api-id` are not part of it: send them with the
   * URL if the API needs them. The signature does not cover a body: {@link Signer.presign} takes a `bodyHash`.
   *
   * @param request `expiresIn` in seconds, a whole number from 1 to 604800
   * @throws {TypeError} that names the argument that cannot work, and without credentials
   * @example
   * ```js
   * import { newClient } from 'gatesign'
   *
   * const client = newClient({
   *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
   *   accessKey: process.env.AWS_ACCESS_KEY_ID,
   *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   * })
   * console.log(await client.presign({ pathTemplate: '/movies', expiresIn: 60 }))
   * ```
   */
  presign(request: Omit<CallRequest, 'body'> & { expiresIn: number }): Promise<string>
  /**
   * Explains how the request would be signed now: in its headers or, with `expiresIn`, in the query as `presign` does
   * it. With a `wss:` invokeUrl the signature is in the query, so `expiresIn` is required.
   *
   * @param request `expiresIn` in seconds, a whole number from 1 to 604800
   * @throws {TypeError} that names the argument that cannot work, and without credentials
   * @example
   * ```js
   * import { newClient } from 'gatesign'
   *
   * const client = newClient({
   *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
   *   accessKey: process.env.AWS_ACCESS_KEY_ID,
   *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   * })
   * const { canonicalRequest, stringToSign } = await client.explain({ pathTemplate: '/movies' })
   * console.log(canonicalRequest, stringToSign)
   * ```
   */
  explain(request: CallRequest & { expiresIn?: number | undefined }): Promise<Explanation>
  /**
   * Wipes the credentials, the API key and the signing key in the module's memory, and releases the credential
   * provider. Later calls reject with a `TypeError`; calls in flight finish normally unless they need another
   * signature. Calling it again is a no-op. It cannot wipe strings that the page itself still holds.
   */
  destroy(): void
}

/** The name of {@link Config} in `@types/aws-api-gateway-client`. */
export type ApiGatewayClientConfig = Config
/** The name of {@link Client} in `@types/aws-api-gateway-client`. */
export type ApiGatewayClient = Client
/** The name of {@link ApiResponse} in `@types/aws-api-gateway-client`. */
export type { ApiResponse as Response }

/**
 * Creates a client; nothing is sent yet. `newClient<Api>(…)`, with the types that `npx gatesign types` writes for an
 * API, returns a client whose `invokeApi` accepts only what the API documents.
 *
 * @throws {Error} `invokeUrl must be specified!`, and if the runtime has no WebAssembly
 * @throws {TypeError} that names the option that cannot work
 * @example
 * ```js
 * import { newClient } from 'gatesign'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   sessionToken: process.env.AWS_SESSION_TOKEN,
 * })
 * const result = await client.invokeApi({}, '/movie_list', 'GET')
 * console.log(result.data.Items)
 * ```
 */
export function newClient<Api = unknown>(config: Config): unknown extends Api ? Client : ClientOf<Api>

export interface SignerOptions extends Identity {
  /**
   * AWS region, such as `us-east-1`. An availability zone and `*` (which belongs to SigV4a: see `gatesign/v4a`) are
   * refused, and for all services but S3 anything but lower-case letters, digits, `-` and `_`.
   */
  region: string
  /**
   * Service name in the credential scope. It selects the rules of services that differ: S3 (`s3`, `s3express`,
   * `s3-outposts`, `s3-object-lambda`), VPC Lattice (`vpc-lattice-svcs`), OpenSearch Serverless (`aoss`), the
   * WebSockets of AWS IoT (`iotdevicegateway`).
   */
  service: string
  /**
   * Encode the path a second time for the signature. For S3 the signature covers the key as S3 reads it, with `%2F` as
   * `/`, and a `+` in a URL's path is written as `%2B` (in `UrlParts` it stays, and is signed as the space that S3
   * reads).
   *
   * @default true, for S3 false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
   */
  doubleEncodePath?: boolean | undefined
  /**
   * Remove dot segments and repeated slashes for the signature.
   *
   * @default true, for S3 false
   */
  normalizePath?: boolean | undefined
  /**
   * If the path is encoded once, as for S3: sign `%2F` in it as `/`. Use `false` for servers that sign the path as it
   * arrives.
   *
   * @default true
   */
  decodeSlashes?: boolean | undefined
  /**
   * `false` signs `UNSIGNED-PAYLOAD`.
   *
   * @default true, for VPC Lattice false
   */
  signPayload?: boolean | undefined
  /**
   * Send and sign `x-amz-content-sha256`.
   *
   * @default false, true for S3, VPC Lattice, OpenSearch Serverless and with `signPayload: false`
   */
  payloadHeader?: boolean | undefined
  /**
   * Add the session token after signing.
   *
   * @default false, for WebSockets of AWS IoT true
   */
  omitSessionToken?: boolean | undefined
  /**
   * Names of further headers that are sent but not signed.
   *
   * @default none
   */
  unsignableHeaders?: readonly string[] | undefined
  /**
   * Names of headers that are signed although by default they are not, such as `user-agent`.
   *
   * @default none
   */
  signableHeaders?: readonly string[] | undefined
  /**
   * The time of all signatures, in the forms of {@link SignRequest.date}.
   *
   * @default now
   * @throws {TypeError} if it is not a time between the years 0 and 9999
   */
  date?: Date | number | string | undefined
}

/** A URL in its parts, for transports that do not send a URL as `URL` writes it. */
export interface UrlParts {
  /**
   * Used only in the URL that `sign` and `presign` return. One of `https:`, `http:`, `wss:` and `ws:`.
   *
   * @default 'https:'
   * @throws {TypeError} for any other
   */
  protocol?: string | undefined
  /**
   * The host with its port, unless that is the scheme's default.
   *
   * @throws {TypeError} if it is empty or has spaces, `/`, `?`, `#`, `@` or control characters
   */
  host: string
  /**
   * The path, percent-encoded, as it is sent.
   *
   * @throws {TypeError} if it does not start with `/`, or has `?`, `#` or control characters
   */
  path: string
  /**
   * The query without `?`, percent-encoded.
   *
   * @default ''
   * @throws {TypeError} if it has `#` or control characters
   */
  query?: string | undefined
}

export interface SignRequest {
  /**
   * The method, in upper or lower case. `CONNECT`, `TRACE` and `TRACK` are refused.
   *
   * @default 'GET'
   */
  method?: string | undefined
  /**
   * An absolute URL. A string is normalized by the platform's URL parser. An earlier signature in the query
   * (`X-Amz-Signature` and the parameters that belong to it) is removed; `X-Amz-Content-Sha256` in it is the payload
   * hash, as the header of that name is.
   *
   * @throws {TypeError} if it is not an absolute https, http, wss or ws URL, or has a user name or password
   */
  url: string | URL | UrlParts
  /**
   * A `host` header, or HTTP/2's `:authority`, is signed instead of the URL's host. `x-amz-content-sha256` is the
   * payload hash, as `bodyHash` is. `sign` replaces `authorization`, `x-amz-date` and, with a session token,
   * `x-amz-security-token`; `presign` leaves them out.
   *
   * @default none
   * @throws {TypeError} for names that HTTP does not allow, control characters, values beyond Latin-1, and an
   *   `x-amz-content-sha256` that is not a payload hash or contradicts `bodyHash`, `signPayload` or the URL
   */
  headers?: Values | Headers | null | undefined
  /**
   * For any other kind of body, pass its SHA-256 as `bodyHash`.
   *
   * @default none
   */
  body?: string | ArrayBuffer | ArrayBufferView | URLSearchParams | null | undefined
  /**
   * SHA-256 of the body in hexadecimal digits, or a constant that the service defines. It wins over `signPayload`.
   *
   * @default the SHA-256 of `body`, but `UNSIGNED-PAYLOAD` for `presign` with S3
   * @throws {TypeError} if it contains white space, and if a header or the URL has another hash
   */
  bodyHash?: string | undefined
  /**
   * A `Date`, ms since the epoch, ISO 8601 text with a day, or `20130524T000000Z`.
   *
   * @default the signer's `date`, or now
   * @throws {TypeError} if it is not a time between the years 0 and 9999, or a day that does not exist
   */
  date?: Date | number | string | undefined
}

/** Signs requests to any AWS service, synchronously and without using the network. */
export interface Signer {
  /**
   * Returns the request with the headers to send: its own and those of the signature.
   *
   * @throws {TypeError} that names the argument that cannot work
   * @throws {RangeError} for a body that does not fit into the module's memory
   * @example
   * ```js
   * import { createSigner } from 'gatesign'
   *
   * const signer = createSigner({
   *   accessKeyId: process.env.AWS_ACCESS_KEY_ID,
   *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   *   region: 'us-east-1',
   *   service: 'execute-api',
   * })
   * const { url, method, headers } = signer.sign({
   *   method: 'POST',
   *   url: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/movies',
   *   headers: { 'content-type': 'application/json' },
   *   body: '{"title":"Heat"}',
   * })
   * const response = await fetch(url, { method, headers, body: '{"title":"Heat"}' })
   * console.log(response.status)
   * ```
   */
  sign(request: SignRequest): SignedRequest
  /**
   * Returns a URL that contains the signature. The request's headers have to be sent with it.
   *
   * @param request `expiresIn` in seconds, a whole number from 1 to 604800
   * @throws {TypeError} that names the argument that cannot work
   * @example
   * ```js
   * import { createSigner } from 'gatesign'
   *
   * const signer = createSigner({
   *   accessKeyId: process.env.AWS_ACCESS_KEY_ID,
   *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   *   region: 'us-east-1',
   *   service: 's3',
   * })
   * console.log(signer.presign({ url: 'https://bucket.s3.us-east-1.amazonaws.com/cat.jpg', expiresIn: 3600 }))
   * ```
   */
  presign(request: SignRequest & { expiresIn: number }): string
  /**
   * Explains how the request would be signed: in its headers or, with `expiresIn`, in the query as `presign` does it.
   *
   * @param request `expiresIn` in seconds, a whole number from 1 to 604800
   * @throws {TypeError} that names the argument that cannot work
   * @example
   * ```js
   * import { createSigner } from 'gatesign'
   *
   * const signer = createSigner({
   *   accessKeyId: process.env.AWS_ACCESS_KEY_ID,
   *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   *   region: 'us-east-1',
   *   service: 'execute-api',
   * })
   * const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/movies'
   * console.log(signer.explain({ url }).canonicalRequest)
   * ```
   */
  explain(request: SignRequest & { expiresIn?: number | undefined }): Explanation
  /**
   * Signs a string that another standard defines (POST policies, event stream chunks). Returns 64 hexadecimal digits.
   *
   * @param date in the forms of {@link SignRequest.date}
   * @throws {TypeError} if `text` is not a string, or `date` is not a time
   * @example
   * ```js
   * import { createSigner } from 'gatesign'
   *
   * const signer = createSigner({
   *   accessKeyId: process.env.AWS_ACCESS_KEY_ID,
   *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
   *   sessionToken: process.env.AWS_SESSION_TOKEN,
   *   region: 'us-east-1',
   *   service: 's3',
   * })
   * const policy = btoa(JSON.stringify({ expiration: '2030-01-01T00:00:00Z', conditions: [{ bucket: 'b' }] }))
   * console.log(signer.signString(policy))
   * ```
   */
  signString(text: string, date?: Date | number | string): string
  /**
   * Wipes the credentials and the signing key in the module's memory. Later calls throw a `TypeError`. Calling it again
   * is a no-op.
   */
  destroy(): void
}

/**
 * Creates a signer for one identity, region and service. `expiration` is ignored.
 *
 * @throws {TypeError} that names the option that cannot work, including an empty one
 * @throws {Error} if the runtime has no WebAssembly
 * @example
 * ```js
 * import { createSigner } from 'gatesign'
 *
 * const signer = createSigner({
 *   accessKeyId: process.env.AWS_ACCESS_KEY_ID,
 *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   sessionToken: process.env.AWS_SESSION_TOKEN,
 *   region: 'us-east-1',
 *   service: 'execute-api',
 * })
 * const signed = signer.sign({ url: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/movies' })
 * console.log(signed.headers.authorization)
 * ```
 */
export function createSigner(options: SignerOptions): Signer

/** A way to sign other than Signature Version 4, such as `v4a` of `gatesign/v4a`. Only `newClient` calls it. */
export interface Signature {
  /** Creates a client's signer from its configuration and what invokeUrl's host name says. */
  readonly forClient: (config: object, endpoint: Endpoint) => object
}

/** What the name of a host says. */
export interface Endpoint {
  /**
   * `api`: an API of API Gateway; `vpc-endpoint`: a VPC endpoint's own name; `regional`, `global`: a service; `aws`: a
   * name of AWS's without a known service and region; `custom`: any other, such as a custom domain.
   */
  kind: 'api' | 'vpc-endpoint' | 'regional' | 'global' | 'aws' | 'custom'
  /** The service in the credential scope, such as `execute-api`. Absent for `aws` and `custom`. */
  service?: string
  /** The region to sign for. Absent for `aws` and `custom`. */
  region?: string
  /** The API's id, for `api`. */
  apiId?: string
}

/**
 * Reads service and region from the name of a host, as `newClient` does. It never guesses. It knows the names of all
 * partitions, with FIPS, dual stack and VPC endpoints; where AWS uses one name for several regions or services, it
 * returns none.
 *
 * @param url a URL, or only the name of a host. The scheme `wss:` matters: MQTT over WebSocket is signed for
 *   `iotdevicegateway`
 * @throws {TypeError} for anything else
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @example
 * ```js
 * import { endpointOf } from 'gatesign'
 *
 * const { service, region } = endpointOf('https://abc.lambda-url.eu-west-1.on.aws/')
 * console.log(service, region)
 * ```
 */
export function endpointOf(url: string | URL): Endpoint

export interface Diagnosis {
  /** A stable name, such as `SignatureDoesNotMatch`. */
  kind:
    | 'SignatureDoesNotMatch'
    | 'SignatureExpired'
    | 'SignatureNotYetCurrent'
    | 'ClockSkew'
    | 'HeadersNotSigned'
    | 'PayloadHashMismatch'
    | 'CredentialScope'
    | 'IncompleteSignature'
    | 'MissingAuthenticationToken'
    | 'ExpiredToken'
    | 'InvalidClientTokenId'
    | 'AccessDenied'
    | 'QuotaExceeded'
    | 'Throttled'
    | 'PayloadTooLarge'
    | 'HeadersTooLarge'
    | 'Gone'
    | 'UriTooLong'
    | 'UnsupportedMediaType'
    | 'EndpointTimeout'
    | 'CloudFront'
    | 'Waf'
    | 'Misdirected'
    | 'ApiKey'
    | 'Unauthorized'
    | 'NotFound'
    | 'BadRequest'
    | 'BadGateway'
    | 'ServiceUnavailable'
    | 'InternalServerError'
    | 'Redirect'
    | 'Timeout'
    | 'Canceled'
    | 'HostNotFound'
    | 'ConnectionRefused'
    | 'ConnectionTimeout'
    | 'ConnectionReset'
    | 'PlainHttp'
    | 'Certificate'
    | 'Cors'
    | 'NetworkError'
    | 'Succeeded'
    | 'Unknown'
  /** What happened, in one sentence. */
  summary: string
  /** What to do about it. It starts with the explanation's `warning` if a wrong region or service can be the reason. */
  hint: string
  /** For `AccessDenied`: what is not allowed, such as `execute-api:Invoke`. */
  action?: string
  /** For `AccessDenied`: the ARN of the called resource. */
  resource?: string
  /** For `AccessDenied`: the kind of policy that denies the call or does not allow it, such as `resource-based`. */
  policyType?: string
  /** For `AccessDenied`: the ARN of the policy that denies the call, if AWS reports it. */
  policy?: string
  /** For `AccessDenied`: the id for IAM's `GetRequestAuthorizationDetails`, if AWS reports one. */
  authorizationId?: string
  /** For `AccessDenied`: the page of IAM's console with the details, if AWS reports it. */
  url?: string
  /**
   * For `SignatureExpired`, `SignatureNotYetCurrent` and `ClockSkew`: the server's clock, if the answer contains it.
   */
  serverTime?: Date
  /** For a mismatch: the first line that differs. */
  diff?: {
    /** `method`, `path`, `query`, `header NAME`, `signed headers`, `payload hash`, `credential scope`, … */
    part: string
    /** Counted from 1. */
    line: number
    /** What was signed. */
    ours: string
    /** What the server says. */
    theirs: string
  }
  /** For a mismatch: what the server says it signed, without tokens and API keys, if its lines can be read. */
  server?: { canonicalRequest: string; stringToSign: string }
}

/**
 * Explains why a gateway refused a request.
 *
 * @param problem what `invokeApi` rejected with, a result, `{ status, headers, body }`, a `Response` (only its status
 *   and headers are read), or the text of an error from elsewhere (JSON, XML or plain)
 * @param explanation what was signed, to compare it with what the server says. Default: nothing is compared
 * @throws {TypeError} for anything else, and for a response whose body was not read
 * @example
 * ```js
 * import { diagnose } from 'gatesign'
 *
 * const { kind, hint } = diagnose({
 *   status: 403,
 *   headers: { 'x-amzn-errortype': 'ExpiredTokenException' },
 *   body: '{"message":"The security token included in the request is expired"}',
 * })
 * console.log(kind, hint)
 * ```
 */
export function diagnose(
  problem: unknown,
  explanation?: Pick<Explanation, 'canonicalRequest'> & Partial<Explanation>,
): Diagnosis

/**
 * The shape of `require('aws-api-gateway-client').default`: code for that package only has to change the name in
 * `require`.
 * @example
 * ```js
 * const apigClientFactory = require('gatesign').default
 *
 * const client = apigClientFactory.newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage/movie_list',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   sessionToken: process.env.AWS_SESSION_TOKEN,
 * })
 * client.invokeApi({}, '', 'GET', {}, {}).then((result) => {
 *   console.log(result.data.Items)
 * })
 * ```
 */
export const apigClientFactory: { newClient: typeof newClient; readonly default: typeof apigClientFactory }
export default apigClientFactory
