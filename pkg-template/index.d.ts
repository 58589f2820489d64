/**
 * Sign requests to AWS API Gateway and any AWS service (Signature Version 4).
 *
 * Times are milliseconds unless a name or comment says seconds. Sizes are bytes. Every argument that
 * cannot work is refused with a `TypeError` that names it and shows what it got, before anything is
 * sent; a credential is never shown. `undefined` is the same as absent, and so is `null` where the type
 * has it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */

import type { ClientOf } from './sdk.js'

/** A value in a URL or header. A `Date` is written as ISO 8601; one without a time is a `TypeError`. */
export type Scalar = string | number | boolean | bigint | Date

/**
 * Names and values; `undefined` and `null` are left out, of lists too (not of those that
 * `queryArrayFormat: 'comma'` joins: there they are empty). A list in a header is joined by `, `; one
 * without items is left out. Anything else as a value is a `TypeError`.
 */
export type Values =
  | { readonly [name: string]: Scalar | readonly (Scalar | null | undefined)[] | null | undefined }
  | Iterable<readonly [string, Scalar | readonly (Scalar | null | undefined)[] | null | undefined]>

/** What the AWS SDK for JavaScript v3 calls an AWS credential identity. */
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
   * When they end: a `Date`, ms since the epoch, seconds since the epoch (a number below 10¹¹, as in the JSON of
   * Cognito and STS) or ISO 8601 text. Only a provider's is read.
   *
   * @default never
   * @throws {TypeError} if it is none of these
   */
  readonly expiration?: Date | number | string | undefined
}

/**
 * `fromEnv()`, `fromSSO()`, `fromCognitoIdentityPool(…)`, … of `gatesign/credentials` are such functions, and so are
 * those of `@aws-sdk/credential-providers`. It is called without argument, and with `{ forceRefresh: true }` when the gateway has called
 * the last identity's token expired: one that is kept somewhere is of no use then. (`any`, because each
 * of the SDK's declares options of its own.) What it throws, the call rejects with; once the gateway has
 * answered, it is the `cause` of that answer's error.
 */
export type CredentialProvider = (options?: any) => Promise<Identity> | Identity

export interface Config {
  /**
   * The API's address with its stage, such as
   * `https://abc123.execute-api.us-east-1.amazonaws.com/prod`. With `wss:` or `ws:` the client can
   * `presign`, `sign` and `explain`, but not call. Its query is sent with each call.
   *
   * @throws {Error} `invokeUrl must be specified!` if it is absent, `undefined` or empty
   * @throws {TypeError} if it is no http, https, ws or wss URL, or has a user name
   */
  invokeUrl: string | URL | undefined
  /**
   * Access key id. Without it, requests go unsigned.
   *
   * @default ''
   * @throws {TypeError} if only one of `accessKey` and `secretKey` is given, if there are `credentials` too,
   *   or if white space or anything but ASCII is in one of the three
   */
  accessKey?: string | null | undefined
  /**
   * Secret access key. Refused without `accessKey`.
   *
   * @default ''
   */
  secretKey?: string | null | undefined
  /**
   * The token of temporary credentials; sent and signed as `x-amz-security-token`. Not used without `accessKey`,
   * refused together with `credentials`.
   *
   * @default ''
   */
  sessionToken?: string | null | undefined
  /**
   * Instead of the three above: an identity, or a function that returns one. A function is called once for concurrent
   * requests, again 5 minutes before `expiration`, and once more when the gateway says that the token has expired.
   * When a renewal fails, credentials that are still valid are kept for 30 seconds before the next.
   *
   * @default none
   * @throws {TypeError} if an identity lacks its key or secret; one that a function gives: at the call
   */
  credentials?: Identity | CredentialProvider | null | undefined
  /**
   * AWS region. A custom domain names none.
   *
   * @default the one that invokeUrl's host or `host` names ({@link endpointOf})
   * @throws {TypeError} if there is none and requests are signed, for one that contradicts the host's, and for
   *   what is no region: an availability zone, a city's name, `*`
   */
  region?: string | null | undefined
  /**
   * Service name in the credential scope.
   *
   * @default the one that invokeUrl's host names ({@link endpointOf}), or `execute-api`
   * @throws {TypeError} for another one at the name of an API or a function URL
   */
  service?: string | null | undefined
  /**
   * `v4a` of `gatesign/v4a`: requests are signed with Signature Version 4A, for the regions of `regionSet`.
   *
   * @default Signature Version 4
   * @throws {TypeError} for anything else
   */
  signature?: Signature | null | undefined
  /**
   * With `signature`: the regions that the signature is for, as a list or with commas between them; `*` for all.
   *
   * @default `region`, or the region that invokeUrl's host names
   * @throws {TypeError} without `signature`, and for what is no list of regions
   */
  regionSet?: string | readonly string[] | null | undefined
  /**
   * Sent (and signed) as `x-api-key`, in place of one in `headers`. ASCII.
   *
   * @default ''
   */
  apiKey?: string | null | undefined
  /**
   * Content-Type of bodies that bring none, for which neither `headers` nor the call give one.
   *
   * @default 'application/json'
   */
  defaultContentType?: string | null | undefined
  /**
   * Accept header, where neither `headers` nor the call give one.
   *
   * @default 'application/json'
   */
  defaultAcceptType?: string | null | undefined
  /**
   * Headers for every request; those of the call win. Refused as those of a call are.
   *
   * @default none
   */
  headers?: Values | null | undefined
  /**
   * The private API's own name, `{api-id}.execute-api.{region}.amazonaws.com`, when invokeUrl is that of a VPC
   * endpoint: the id is sent as `x-apigw-api-id`. The host that is signed is always the one that is called. An API
   * whose endpoint access mode is STRICT takes no call through the endpoint's name: set it to BASIC, or call the
   * API's own name inside the VPC. Without it, the API is the one of invokeUrl.
   *
   * @default ''
   * @throws {TypeError} for any other name. A private custom domain needs a `Host` header there, which fetch cannot
   *   send: make the domain invokeUrl, its name resolves inside the VPC
   *   (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html)
   */
  host?: string | null | undefined
  /**
   * Milliseconds added to the clock for signing; as text, a number's.
   *
   * @default 0
   */
  systemClockOffset?: number | string | null | undefined
  /**
   * When the gateway answers that the signature has expired or is not yet current: correct the clock by the server's
   * and send once more, whatever `retries` says.
   *
   * @default true
   */
  correctClockSkew?: boolean | undefined
  /**
   * How many times a failed call is sent again. Every attempt is signed again. A body that is sent as a stream is not
   * sent again. Anything that is not a number counts as 0.
   *
   * @default 0
   */
  retries?: number | undefined
  /**
   * Which failures are sent again: those for which it gives a true value, or a promise unless that resolves to
   * `false` or rejects. What it throws, the call rejects with.
   *
   * @default on GET, HEAD, OPTIONS, PUT and DELETE network errors and 500 to 599; on other methods network errors
   *   with a `code` after which another attempt may succeed (not `ENOTFOUND`; browsers give none); throttling (429) on
   *   every method, but not a quota that is used up
   */
  retryCondition?: ((error: ApiError) => boolean | undefined | Promise<boolean | undefined>) | undefined
  /**
   * Milliseconds before a repetition: a number, `'exponential'` (2ⁿ · 100 ms and up to 20 % more) or a function of
   * the repetition's number, from 1 on. A longer `Retry-After` of a 429 or 503 wins, up to 5 minutes. What a function
   * throws, the call rejects with. A delay that `timeout` does not leave room for ends the call with its last error.
   * Anything that is not a number counts as 0.
   *
   * @default 0
   */
  retryDelay?:
    | number
    | 'exponential'
    | ((retryCount: number, error: ApiError) => number | Promise<number>)
    | undefined
  /**
   * Whether `timeout` starts again with each repetition. Otherwise it covers the whole call.
   *
   * @default false
   */
  shouldResetTimeout?: boolean | undefined
  /**
   * How `queryParams` writes lists. `comma`: `a=1,2`, with `null` and `undefined` as nothing between commas, and `a=`
   * without items. `repeat`: `a=1&a=2`, without them.
   *
   * @default 'comma'
   */
  queryArrayFormat?: 'comma' | 'repeat' | undefined
  /**
   * Whether bodies are signed; a call's own `signPayload` wins. With the service `vpc-lattice-svcs` they never are.
   *
   * @default true
   * @throws {TypeError} if it is no boolean
   */
  signPayload?: boolean | null | undefined
  /**
   * Further header names, in any case, that are sent but not signed: those that something on the way changes. Never
   * signed are, unless `signableHeaders` names them, what fetch sets by itself (`cookie`, `date`, `origin`, …) and
   * what proxies and tracers rewrite: `traceparent`, `tracestate`, `baggage`, `b3`, `x-b3-*`, `x-datadog-*`,
   * `uber-trace-id`, `x-amzn-trace-id`, `x-cloud-trace-context`, `grpc-trace-bin`, `sentry-trace`, `newrelic`,
   * `x-request-id`, `forwarded`, `x-forwarded-*`, `x-real-ip`, `x-client-ip`, `true-client-ip`, `fastly-client-ip`,
   * `via`, `cdn-loop`, `cf-*`, `cloudfront-*`, `x-amz-cf-id`, `x-envoy-*`.
   *
   * @default none
   * @throws {TypeError} if it is no array of texts
   */
  unsignableHeaders?: readonly string[] | null | undefined
  /**
   * Header names, in any case, that are signed although they would not be. What arrives must be what was sent.
   *
   * @default none
   * @throws {TypeError} if it is no array of texts
   */
  signableHeaders?: readonly string[] | null | undefined
  /**
   * In place of the global fetch: a proxy's, one with a dispatcher, a test's.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined
}

export interface AdditionalParams {
  /**
   * Win over the config's; names count in any case. Those of the connection (`host`, `content-length`, …) are left
   * out; a signature replaces `authorization`, `x-amz-date` and, with a session token, `x-amz-security-token`.
   * `x-amz-content-sha256` is the payload hash that is signed: a SHA-256 in hexadecimal digits, `UNSIGNED-PAYLOAD` or
   * a `STREAMING-…` constant.
   *
   * @default none
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
   * @throws {TypeError} for an `x-amz-content-sha256` of another form, or that contradicts `signPayload` or the query
   * @throws {TypeError} for names that HTTP does not allow, control characters, and values beyond Latin-1 or,
   *   in signed requests, ASCII
   */
  headers?: Values | Headers | null | undefined
  /**
   * Encoded after RFC 3986, with or without signature; a text is read as `URLSearchParams` reads it.
   *
   * @default none
   */
  queryParams?: Values | URLSearchParams | string | null | undefined
  /**
   * Milliseconds for the whole call: reading a stream for its body, credentials, the answer and, unless
   * `shouldResetTimeout`, all repetitions; with `responseType: 'stream'` not the answer's body, which is read
   * afterwards. 0 and more than 2³¹ - 1 are no timeout. The call rejects with code `ECONNABORTED`; with its last error
   * if the time ends between two attempts.
   *
   * @default 0
   * @throws {TypeError} if it is below 0
   */
  timeout?: number | string | null | undefined
  /**
   * Aborts the call: it rejects with `canceled`, code `ERR_CANCELED`.
   *
   * @default none
   */
  signal?: AbortSignal | null | undefined
  /**
   * What `data` is. `json`: parsed whenever it parses, the text otherwise, `''` if empty. An error's `data` is always
   * that.
   *
   * @default 'json'
   */
  responseType?: 'json' | 'text' | 'arraybuffer' | 'blob' | 'stream' | undefined
  /**
   * `false` signs `UNSIGNED-PAYLOAD`, so that a stream or async iterable need not be read first, where fetch can send
   * one (Firefox cannot). It goes without a length: S3 refuses that, and `gatesign/streams` is for it. API Gateway
   * refuses `UNSIGNED-PAYLOAD`.
   *
   * @default the client's `signPayload`, or true
   * @throws {TypeError} if it is no boolean
   */
  signPayload?: boolean | undefined
}

/** A call as {@link Client.invokeApi} takes it, in one object. */
export interface CallRequest {
  /**
   * Values for the template's variables: scalars, lists and objects of them.
   *
   * @default {}
   * @throws {TypeError} for a value that makes a `.` or `..` segment
   */
  pathParams?: object | null | undefined
  /**
   * RFC 6570 URI template, joined to invokeUrl as text.
   *
   * @default ''
   */
  pathTemplate?: string | undefined
  /**
   * In any case. `CONNECT`, `TRACE` and `TRACK`, which fetch cannot send, are refused.
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
   * Bytes, `Blob`, `FormData`, `URLSearchParams`, streams and async iterables of bytes or texts go as fetch sends
   * them; a text as it is, but as JSON if the Content-Type is that and it is none; anything else as JSON.
   * `''`, `{}` and `[]` are no body either.
   *
   * @default none
   * @throws {TypeError} with GET and HEAD, and for what JSON cannot hold
   */
  body?: unknown
}

export interface SentConfig {
  /** As it was sent. */
  url: string
  /** Lower case. What axios has no name for may stand here, too. */
  method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options'
  /**
   * Names and texts; the type is open because axios has a class of its own for them. As they were sent, but the values
   * of `authorization`, `proxy-authorization`, `x-amz-security-token`, `x-amz-s3session-token`,
   * `x-amz-server-side-encryption-customer-key`, `x-amz-copy-source-server-side-encryption-customer-key`, `x-api-key`
   * and `cookie` are `[redacted]`.
   */
  headers: any
  /** The body as it was sent: a text, bytes, a stream or `undefined`. */
  data: unknown
  /** Milliseconds; 0 is none. */
  timeout: number
  /** Only with `retries`: how many there may be, and how many there were. */
  'axios-retry'?: { retries: number; retryCount: number }
}

/** What resolves: it can be assigned to axios's `AxiosResponse`. */
export interface ApiResponse<T = any> {
  /** The body, as `responseType` says. */
  data: T
  /** 200 to 299 in a result; any other in `error.response`. */
  status: number
  /** The reason phrase; empty with HTTP/2. */
  statusText: string
  /** Lower-case names; `set-cookie` is an array where the platform shows it. Without the `content-encoding` that fetch has decoded. */
  headers: { [name: string]: string | string[] } & { 'set-cookie'?: string[] }
  /** What was sent; no credential is in it. */
  config: SentConfig
  /** Made when it is first read; its headers are redacted too. */
  readonly request: Request
}

/**
 * What `invokeApi` rejects with, but for arguments that are refused (`TypeError`) and what the caller's
 * own functions throw.
 */
export interface ApiError<T = any> extends Error {
  /**
   * As axios has it. Where the answer says why it refused, `Request failed with status code 403` goes on with a colon
   * and {@link Diagnosis.summary}: test `response.status`, not this text.
   */
  message: string
  /**
   * Why, as {@link diagnose} has it: `console.log(error)` shows it. The signature is compared with the server's, so a wrong
   * secret key is named. A bundle for browsers that does not import `diagnose` has `kind` and `summary` of it, and a
   * `hint` to call `diagnose`. No credential is in it.
   */
  diagnosis: Diagnosis
  /** So that code for the old package tells these errors from others. */
  isAxiosError: true
  /**
   * What was sent, of the last attempt; no credential is in it. Only `method` and `timeout` if the call
   * ended before there was a request.
   */
  config: Pick<SentConfig, 'method' | 'timeout'> & Partial<SentConfig>
  /** Absent if the call ended before there was a request. */
  readonly request?: Request
  /** Absent if there was no answer. Credentials of the request that it repeats are replaced by their length. */
  response?: ApiResponse<T>
  /**
   * `ECONNABORTED` (timeout), `ERR_CANCELED`, `ERR_REDIRECT`, or a network error's, such as `ECONNREFUSED`,
   * where the platform tells. Absent for a status outside 200 to 299.
   */
  code?: string
  /** Without the answer, as axios has it; no credential is in it. */
  toJSON(): object
}

/** What {@link Client.sign} takes next to a URL: what fetch does, and what clients of Node have. */
export interface SignInit extends Omit<RequestInit, 'headers' | 'body'> {
  /**
   * As {@link SignRequest.headers}.
   *
   * @default those of the `Request`, or none
   */
  headers?: Values | Headers | null | undefined
  /**
   * What fetch takes, and streams of Node and other async iterables of bytes or texts.
   *
   * @default that of the `Request`, or none
   * @throws {TypeError} with GET and HEAD, and if it cannot be read
   */
  body?: unknown
}

export interface SignedRequest {
  /** Upper case. */
  method: string
  /** As it has to be sent. */
  url: string
  /** The request's own and the signature's. */
  headers: Record<string, string>
  /** As it has to be sent; `undefined` or `null` if there is none. */
  body: any
}

/**
 * The steps of a signature. The values of the headers that {@link SentConfig.headers} hides are replaced by their
 * length, in the query too.
 */
export interface Explanation {
  /** One text for all spellings of the request. */
  canonicalRequest: string
  /** Algorithm, time, scope and the canonical request's hash. */
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
   * That the host's name tells another region or service than the one that was signed for, in one sentence. Absent in
   * browsers from `gatesign/signer`, which has no names of hosts.
   */
  warning?: string
}

export interface Client {
  /**
   * Calls the API.
   *
   * @param pathParams values for the template's variables
   * @param pathTemplate RFC 6570 URI template, joined to invokeUrl as text; `''` is invokeUrl itself
   * @param method in any case; GET and HEAD cannot have a body
   * @param body see {@link CallRequest.body}
   * @returns for a status from 200 to 299. It never throws: what follows, it rejects with
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
   * fetch with a signature, retries and clock correction. The URL must be on invokeUrl's origin; one
   * without origin is, and names the stage: `/prod/movies`. Resolves and rejects as fetch does; requests
   * with credentials follow no redirect, but resolve with it (or reject, with `redirect: 'error'`). With
   * `duplex: 'half'` a body that is not signed (`signPayload: false`) is sent as a stream, once; in Node a redirect
   * rejects then. Any other body is read first.
   *
   * @throws {TypeError} for a URL elsewhere, and whatever fetch rejects with
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
   * What `invokeApi` would send now, not sent. Its headers are the real ones, credentials included.
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
   * What {@link Client.fetch} would send now, not sent: for HTTP clients that send by themselves. The body is as it has to
   * leave, a `FormData` in its bytes. Whoever sends it must not follow redirects, which would take the credentials with
   * them.
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
   * A URL that carries the signature; for WebSockets give a `wss:` invokeUrl. Headers that the call gives
   * have to be sent with it; those of the config, `x-api-key` and `x-apigw-api-id` too, are not in it: who
   * uses it sends them where the API asks for them. It covers no body: {@link Signer.presign} takes one's
   * `bodyHash`.
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
   * How the request would be signed now: in its headers or, with `expiresIn`, in the query as `presign` does it. With a
   * `wss:` invokeUrl the signature is in the query, so `expiresIn` is needed.
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
   * Wipes the credentials, the API key and the signing key in the module's memory, and lets go of the
   * credential provider. Later calls reject with a `TypeError`; calls in flight finish normally unless they
   * need another signature. Calling it again is a no-op. Strings that the page itself still holds are the
   * page's.
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
 * A client; nothing is sent yet. `newClient<Api>(…)`, with the types that `npx gatesign types` writes for an API, has an
 * `invokeApi` that takes only what the API documents.
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
   * AWS region, such as `us-east-1`. Refused are an availability zone, `*` (which belongs to SigV4a: see `gatesign/v4a`), and for all
   * services but S3 whatever is not lower-case letters, digits, `-` and `_`.
   */
  region: string
  /**
   * Service name in the credential scope. Its rules come with it: S3 (`s3`, `s3express`, `s3-outposts`,
   * `s3-object-lambda`), VPC Lattice (`vpc-lattice-svcs`), OpenSearch Serverless (`aoss`), the WebSockets of AWS IoT
   * (`iotdevicegateway`).
   */
  service: string
  /**
   * Encode the path once more for the signature. For S3 the signature is over the key as S3 reads it, with `%2F` as
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
   * Where the path is encoded once, as with S3: sign `%2F` in it as `/`.
   * `false` is for servers that sign the path as it arrives.
   *
   * @default true
   */
  decodeSlashes?: boolean | undefined
  /**
   * False signs `UNSIGNED-PAYLOAD`.
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
   * Further header names that are sent but not signed.
   *
   * @default none
   */
  unsignableHeaders?: readonly string[] | undefined
  /**
   * Header names that are signed although they would not be, `user-agent` for instance.
   *
   * @default none
   */
  signableHeaders?: readonly string[] | undefined
  /**
   * The time of all signatures, as {@link SignRequest.date}.
   *
   * @default now
   * @throws {TypeError} if it is no time between the years 0 and 9999
   */
  date?: Date | number | string | undefined
}

/** A URL in its parts, for transports that do not send what `URL` would make of it. */
export interface UrlParts {
  /**
   * Only what `sign` and `presign` give as URL has it. One of `https:`, `http:`, `wss:` and `ws:`.
   *
   * @default 'https:'
   * @throws {TypeError} for another one
   */
  protocol?: string | undefined
  /**
   * With its port, unless that is the scheme's own.
   *
   * @throws {TypeError} if it is empty or has spaces, `/`, `?`, `#`, `@` or control characters
   */
  host: string
  /**
   * Percent-encoded, as it is sent.
   *
   * @throws {TypeError} if it does not start with `/`, or has `?`, `#` or control characters
   */
  path: string
  /**
   * Without `?`, percent-encoded.
   *
   * @default ''
   * @throws {TypeError} if it has `#` or control characters
   */
  query?: string | undefined
}

export interface SignRequest {
  /**
   * In any case. `CONNECT`, `TRACE` and `TRACK` are refused.
   *
   * @default 'GET'
   */
  method?: string | undefined
  /**
   * Absolute. A string is written as the platform's URL parser writes it. An earlier signature in its query
   * (`X-Amz-Signature` and the parameters that belong to it) is removed; `X-Amz-Content-Sha256` in it is the payload
   * hash, as the header is.
   *
   * @throws {TypeError} if it is no absolute https, http, wss or ws URL, or has a user name or password
   */
  url: string | URL | UrlParts
  /**
   * A `host` header is signed in place of the URL's host, and so is `:authority`, which HTTP/2 has for it.
   * `x-amz-content-sha256` is the payload hash, as `bodyHash` is. `sign` replaces `authorization`, `x-amz-date` and,
   * with a session token, `x-amz-security-token`; `presign` leaves them out.
   *
   * @default none
   * @throws {TypeError} for names that HTTP does not allow, control characters, values beyond Latin-1, and an
   *   `x-amz-content-sha256` that is no payload hash or contradicts `bodyHash`, `signPayload` or the URL
   */
  headers?: Values | Headers | null | undefined
  /**
   * Anything else is refused: give its SHA-256 in `bodyHash`.
   *
   * @default none
   */
  body?: string | ArrayBuffer | ArrayBufferView | URLSearchParams | null | undefined
  /**
   * SHA-256 of the body in hexadecimal digits, or a constant of the service. It wins over `signPayload`.
   *
   * @default that of `body`, but `UNSIGNED-PAYLOAD` for `presign` with S3
   * @throws {TypeError} for white space in it, and if a header or the URL names another one
   */
  bodyHash?: string | undefined
  /**
   * A `Date`, ms since the epoch, ISO 8601 text with a day, or `20130524T000000Z`.
   *
   * @default the signer's `date`, or now
   * @throws {TypeError} if it is no time between the years 0 and 9999, or a day that no calendar has
   */
  date?: Date | number | string | undefined
}

/** Signs for any AWS service. Synchronous, without network. */
export interface Signer {
  /**
   * The request, with the headers to send in addition to its own.
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
   * A URL that carries the signature. Headers that are given have to be sent with it.
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
   * How the request would be signed: in its headers or, with `expiresIn`, in the query as `presign` does it.
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
   * The signature, 64 hexadecimal digits, of a text that another standard defines (POST policies, event
   * stream chunks).
   *
   * @param date as {@link SignRequest.date}
   * @throws {TypeError} if `text` is none, or `date` no time
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
   * Wipes the credentials and the signing key in the module's memory. Later calls throw a `TypeError`. Once
   * more does nothing.
   */
  destroy(): void
}

/**
 * A signer for one identity, region and service. `expiration` is not looked at.
 *
 * @throws {TypeError} that names the option that cannot work, an empty one too
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

/** Another way to sign than Signature Version 4: `v4a` of `gatesign/v4a`. Only `newClient` calls it. */
export interface Signature {
  /** Makes what signs for a client, from its configuration and what invokeUrl's host says. */
  readonly forClient: (config: object, endpoint: Endpoint) => object
}

/** What a host's name says. */
export interface Endpoint {
  /**
   * `api`: an API of API Gateway; `vpc-endpoint`: a VPC endpoint's own name; `regional`, `global`: a service;
   * `aws`: a name of AWS's that tells no service and region; `custom`: any other, such as a custom domain.
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
 * Reads the name of a host: a right answer or none. `newClient` takes its region and service from it. Names of
 * all partitions are known, with FIPS, dual stack and VPC endpoints; where AWS has one name for several regions
 * or services, none is told.
 *
 * @param url a URL, or a host's name alone. `wss:` matters: MQTT over WebSocket is signed for `iotdevicegateway`
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
  /** What to do about it; before that an explanation's `warning`, where a wrong region or service can be the reason. */
  hint: string
  /** For `AccessDenied`: what is not allowed, such as `execute-api:Invoke`. */
  action?: string
  /** For `AccessDenied`: the ARN of what was called. */
  resource?: string
  /** For `AccessDenied`: the kind of the policy that denies or does not allow, such as `resource-based`. */
  policyType?: string
  /** For `AccessDenied`: the ARN of the policy that denies, if AWS tells it. */
  policy?: string
  /** For `AccessDenied`: the id for IAM's `GetRequestAuthorizationDetails`, if AWS tells one. */
  authorizationId?: string
  /** For `AccessDenied`: where IAM's console shows the details, if AWS tells it. */
  url?: string
  /** For `SignatureExpired`, `SignatureNotYetCurrent` and `ClockSkew`: the server's clock, if the answer tells it. */
  serverTime?: Date
  /** For a mismatch: the first line in which both sides differ. */
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
  /** For a mismatch: what the server says it has signed, without tokens and API keys, if its lines can be read. */
  server?: { canonicalRequest: string; stringToSign: string }
}

/**
 * Why a gateway refused a request.
 *
 * @param problem what `invokeApi` rejected with, a result, `{ status, headers, body }`, a `Response` (of which
 *   only status and headers are read), or the text of an error that comes from elsewhere (JSON, XML or plain)
 * @param explanation what was signed, to be compared with what the server says. Default: nothing is compared
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
 * The shape of `require('aws-api-gateway-client').default`: code for that package needs another name in `require`.
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
