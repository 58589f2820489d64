/**
 * Sign requests to AWS API Gateway and any AWS service (Signature Version 4).
 *
 * Times are milliseconds unless a name or comment says seconds. Sizes are bytes. Every argument that
 * cannot work is refused with a `TypeError` that names it and shows what it got, before anything is
 * sent; a credential is never shown.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */

/** A value in a URL or header. A `Date` is written as ISO 8601. */
export type Scalar = string | number | boolean | bigint | Date

/** Names and values; `undefined` and `null` are left out. */
export type Values =
  | { readonly [name: string]: Scalar | readonly (Scalar | null | undefined)[] | null | undefined }
  | Iterable<readonly [string, Scalar | readonly (Scalar | null | undefined)[] | null | undefined]>

/** What the AWS SDK for JavaScript v3 calls an AWS credential identity. */
export interface Identity {
  /** Access key id, such as `AKIDEXAMPLE`. */
  readonly accessKeyId: string
  /** Secret access key. */
  readonly secretAccessKey: string
  /** The token of temporary credentials. Default: none. */
  readonly sessionToken?: string | undefined
  /** When they end: a `Date`, ms since the epoch or ISO 8601 text. Default: never. */
  readonly expiration?: Date | number | string | undefined
}

/**
 * `fromEnv()`, `fromSSO()`, `fromCognitoIdentityPool(…)`, … of `@aws-sdk/credential-providers` are such
 * functions. It is called without argument, and with `{ forceRefresh: true }` when the gateway has called
 * the last identity's token expired: one that is kept somewhere is of no use then. (`any`, because each
 * of the SDK's declares options of its own.)
 */
export type CredentialProvider = (options?: any) => Promise<Identity> | Identity

export interface Config {
  /**
   * The API's address with its stage, such as
   * `https://abc123.execute-api.us-east-1.amazonaws.com/prod`. With `wss:` or `ws:` the client can
   * `presign`, `sign` and `explain`, but not call.
   *
   * @throws Error `invokeUrl must be specified!` if it is absent
   */
  invokeUrl: string | URL
  /** Access key id. Default `''`: requests go unsigned. Needs `secretKey`. */
  accessKey?: string | null | undefined
  /** Secret access key. Needs `accessKey`. */
  secretKey?: string | null | undefined
  /** The token of temporary credentials; sent and signed as `x-amz-security-token`. */
  sessionToken?: string | null | undefined
  /**
   * Instead of the three above: an identity, or a function that returns one. A function is called
   * once for concurrent requests, again 5 minutes before `expiration`, and once more when the gateway
   * says that the token has expired. A failing renewal keeps credentials that are still valid.
   */
  credentials?: Identity | CredentialProvider | undefined
  /** AWS region. Default: read from an `*.execute-api.REGION.amazonaws.com` host; needed to sign. */
  region?: string | null | undefined
  /** Service name in the credential scope. Default `execute-api`. */
  service?: string | null | undefined
  /** Sent (and signed) as `x-api-key`. */
  apiKey?: string | null | undefined
  /** Content-Type of bodies for which the call gives none. Default `application/json`. */
  defaultContentType?: string | null | undefined
  /** Accept header for calls that give none. Default `application/json`. */
  defaultAcceptType?: string | null | undefined
  /** Headers for every request; those of the call win. */
  headers?: Values | undefined
  /**
   * The private API's own host name, when invokeUrl is that of a VPC endpoint: its first label is
   * sent as `x-apigw-api-id`. The host that is signed is always the one that is called.
   */
  host?: string | null | undefined
  /** Milliseconds added to the clock for signing. Default 0. */
  systemClockOffset?: number | string | null | undefined
  /**
   * When the gateway answers that the signature has expired or is not yet current: correct the clock
   * by the server's and send once more, whatever `retries` says. Default true.
   */
  correctClockSkew?: boolean | undefined
  /** How many times a failed call is sent again. Default: never. Each attempt is signed anew. */
  retries?: number | undefined
  /**
   * Which failures are sent again. A promise repeats unless it resolves to `false`. Default: network
   * errors; 500 to 599 on GET, HEAD, OPTIONS, PUT and DELETE; throttling (429) on every method.
   */
  retryCondition?: ((error: ApiError) => boolean | undefined | Promise<boolean>) | undefined
  /**
   * Milliseconds before a repetition: a number, `'exponential'` (2ⁿ · 100 ms and up to 20 % more) or
   * a function of the repetition's number, from 1 on. Default 0. A longer `Retry-After` wins.
   */
  retryDelay?:
    | number
    | 'exponential'
    | ((retryCount: number, error: ApiError) => number | Promise<number>)
    | undefined
  /** Whether `timeout` begins anew with each repetition. Default false: it covers the whole call. */
  shouldResetTimeout?: boolean | undefined
  /** `comma` (default): `a=1,2`. `repeat`: `a=1&a=2`. */
  queryArrayFormat?: 'comma' | 'repeat' | undefined
  /** Used in place of the global fetch: a proxy's, one with a dispatcher, a test's. */
  fetch?: typeof globalThis.fetch | undefined
}

export interface AdditionalParams {
  /** Win over the config's; names count in any case. Values with control characters are refused. */
  headers?: Values | Headers | undefined
  /** Encoded after RFC 3986, with or without signature. Objects are refused. */
  queryParams?: Values | URLSearchParams | string | undefined
  /**
   * Milliseconds; 0 (default) is none. Covers the whole call: a stream that is read for its body,
   * credentials, the answer and, unless `shouldResetTimeout`, all repetitions; with
   * `responseType: 'stream'` not the answer's body, which is read afterwards.
   */
  timeout?: number | string | null | undefined
  /** Aborts the call: it rejects with `canceled`, code `ERR_CANCELED`. */
  signal?: AbortSignal | null | undefined
  /** What `data` is. Default `json`: parsed whenever it parses, the text otherwise, `''` if empty. */
  responseType?: 'json' | 'text' | 'arraybuffer' | 'blob' | 'stream' | undefined
  /**
   * `false` signs `UNSIGNED-PAYLOAD`, so that a stream need not be read first, where fetch can send one
   * (Firefox cannot). API Gateway refuses it.
   */
  signPayload?: boolean | undefined
}

/** A call as {@link Client.invokeApi} takes it, in one object. */
export interface CallRequest {
  /** Values for the template's variables. */
  pathParams?: object | null | undefined
  /** RFC 6570 URI template, joined to invokeUrl as text. Default `''`. */
  pathTemplate?: string | undefined
  /** In any case. Default `GET`. */
  method?: string | undefined
  /** Headers, query and options of this call. */
  additionalParams?: AdditionalParams | null | undefined
  /** `undefined`, `null`, `''`, `{}` and `[]` are no body. */
  body?: unknown
}

export interface SentConfig {
  /** As it was sent. */
  url: string
  /** Lower case. */
  method: string
  /** Values of `authorization`, `x-amz-security-token` and `x-api-key` are `[redacted]`. */
  headers: Record<string, string>
  /** The body as it was sent. */
  data: unknown
  /** Milliseconds. */
  timeout: number
  /** Only with `retries`. */
  'axios-retry'?: { retries: number; retryCount: number }
}

export interface ApiResponse<T = any> {
  /** The body, as `responseType` says. */
  data: T
  /** 200 to 299 in a result; any other in `error.response`. */
  status: number
  /** The reason phrase; empty with HTTP/2. */
  statusText: string
  /** Lower-case names; `set-cookie` is an array where the platform shows it. */
  headers: Record<string, string | string[]>
  /** What was sent; no credential is in it. */
  config: SentConfig
  /** Made when it is first read; its headers are redacted too. */
  readonly request: Request
}

/** What `invokeApi` rejects with, but for arguments that are refused (`TypeError`). */
export interface ApiError<T = any> extends Error {
  /** So that code for the old package tells these errors from others. */
  isAxiosError: true
  /** What was sent; no credential is in it. */
  config: SentConfig
  /** Absent if the call ended before there was a request. */
  readonly request?: Request
  /** Absent if there was no answer. */
  response?: ApiResponse<T>
  /** `ECONNABORTED` (timeout), `ERR_CANCELED`, `ERR_REDIRECT`, or a network error's, such as `ECONNREFUSED`. */
  code?: string
  /** Without the answer, as axios has it; no credential is in it. */
  toJSON(): object
}

export interface SignedRequest {
  /** Upper case. */
  method: string
  /** As it has to be sent. */
  url: string
  /** The request's own and the signature's. */
  headers: Record<string, string>
  /** As it has to be sent; absent if there is none. */
  body: any
}

/** The steps of a signature. Session tokens and API keys in it are replaced by their length. */
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
}

export interface Client {
  /**
   * Calls the API.
   *
   * @param pathParams values for the template's variables
   * @param pathTemplate RFC 6570 URI template, joined to invokeUrl as text; `''` is invokeUrl itself
   * @param method in any case; GET and HEAD cannot have a body
   * @returns for a status from 200 to 299
   * @throws {ApiError} for every other status, and if there is no answer
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
   * with credentials follow no redirect, but resolve with it (or reject, with `redirect: 'error'`).
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** What `invokeApi` would send now, not sent. Its headers are the real ones, credentials included. */
  sign(request: CallRequest): Promise<SignedRequest>
  /**
   * A URL that carries the signature; for WebSockets give a `wss:` invokeUrl. Headers that are given
   * have to be sent with it. It covers no body: {@link Signer.presign} takes one's `bodyHash`.
   *
   * @param request `expiresIn` in seconds, 1 to 604800
   */
  presign(request: Omit<CallRequest, 'body'> & { expiresIn: number }): Promise<string>
  /** How the request would be signed now. */
  explain(request: CallRequest): Promise<Explanation>
  /**
   * Wipes the credentials, the API key and the signing key in the module's memory, and lets go of the
   * credential provider. Later calls reject with a `TypeError`; one that is under way ends as it would,
   * but for an attempt that would have to be signed anew. Once more does nothing. Strings that the
   * page itself still holds are the page's.
   */
  destroy(): void
}

/** @throws {TypeError} that names the option that cannot work */
export function newClient(config: Config): Client

export interface SignerOptions extends Identity {
  /** AWS region, such as `us-east-1`. */
  region: string
  /** Service name in the credential scope; `s3` picks the rules of S3 by itself. */
  service: string
  /** Encode the path once more for the signature. Default true; S3 false. */
  doubleEncodePath?: boolean | undefined
  /** Remove dot segments and repeated slashes for the signature. Default true; S3 false. */
  normalizePath?: boolean | undefined
  /** Default true; false signs `UNSIGNED-PAYLOAD`. */
  signPayload?: boolean | undefined
  /** Send and sign `x-amz-content-sha256`. Default false; for S3 and with `signPayload: false` true. */
  payloadHeader?: boolean | undefined
  /** Add the session token after signing. Default false. */
  omitSessionToken?: boolean | undefined
  /** Further header names that are sent but not signed. */
  unsignableHeaders?: readonly string[] | undefined
  /** Header names that are signed although they would not be, `user-agent` for instance. Default: none. */
  signableHeaders?: readonly string[] | undefined
  /** The time of all signatures. Default: now. */
  date?: Date | number | string | undefined
}

/** A URL in its parts, for transports that do not send what `URL` would make of it. */
export interface UrlParts {
  /** `https:`; only `presign` needs it. */
  protocol?: string | undefined
  /** With its port, unless that is the scheme's own. */
  host: string
  /** Percent-encoded, as it is sent. */
  path: string
  /** Without `?`. */
  query?: string | undefined
}

export interface SignRequest {
  /** Default `GET`. */
  method?: string | undefined
  /** Absolute. A string is written as the platform's URL parser writes it. */
  url: string | URL | UrlParts
  /** A `host` header is signed in place of the URL's host. */
  headers?: Values | Headers | undefined
  /** Default: none. Give other bodies' SHA-256 in `bodyHash`. */
  body?: string | ArrayBuffer | ArrayBufferView | URLSearchParams | null | undefined
  /** SHA-256 of the body in hexadecimal digits, or a constant of the service, in place of `body`. */
  bodyHash?: string | undefined
  /** A `Date`, ms since the epoch, ISO 8601 text or `20130524T000000Z`. Default: now. */
  date?: Date | number | string | undefined
}

/** Signs for any AWS service. Synchronous, without network. */
export interface Signer {
  /** The request with what has to be sent beside its own headers. */
  sign(request: SignRequest): SignedRequest
  /**
   * A URL that carries the signature.
   *
   * @param request `expiresIn` in seconds, 1 to 604800
   */
  presign(request: Omit<SignRequest, 'body'> & { expiresIn: number }): string
  /** How the request would be signed. */
  explain(request: SignRequest): Explanation
  /** The signature of a text that another standard defines (POST policies, event stream chunks). */
  signString(text: string, date?: Date | number | string): string
  /** Wipes the credentials and the signing key in the module's memory. Later calls throw a `TypeError`. */
  destroy(): void
}

/** @throws {TypeError} that names the option that cannot work */
export function createSigner(options: SignerOptions): Signer

export interface Diagnosis {
  /** A stable name, such as `SignatureDoesNotMatch`. */
  kind:
    | 'SignatureDoesNotMatch'
    | 'SignatureExpired'
    | 'SignatureNotYetCurrent'
    | 'CredentialScope'
    | 'IncompleteSignature'
    | 'MissingAuthenticationToken'
    | 'ExpiredToken'
    | 'InvalidClientTokenId'
    | 'AccessDenied'
    | 'QuotaExceeded'
    | 'Throttled'
    | 'PayloadTooLarge'
    | 'Gone'
    | 'UriTooLong'
    | 'UnsupportedMediaType'
    | 'EndpointTimeout'
    | 'CloudFront'
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
    | 'Certificate'
    | 'NetworkError'
    | 'Unknown'
  /** What happened, in one sentence. */
  summary: string
  /** What to do about it. */
  hint: string
  /** For a mismatch: the first line in which both sides differ. */
  diff?: {
    /** `method`, `path`, `query`, `header NAME`, `signed headers`, `payload hash`, `credential scope`, … */
    part: string
    /** Counted from 1. */
    line: number
    ours: string
    theirs: string
  }
  /** For a mismatch: what the server says it has signed, without tokens and API keys. */
  server?: { canonicalRequest: string; stringToSign: string }
}

/**
 * Why a gateway refused a request.
 *
 * @param problem what `invokeApi` rejected with, a result, `{ status, headers, body }`, or the text of
 *   an error that comes from elsewhere (JSON, XML or plain)
 * @param explanation what was signed, to be compared with what the server says
 */
export function diagnose(
  problem: unknown,
  explanation?: Pick<Explanation, 'canonicalRequest'> & Partial<Explanation>,
): Diagnosis

/** The shape of `require('aws-api-gateway-client').default`. */
export const apigClientFactory: { newClient: typeof newClient; readonly default: typeof apigClientFactory }
export default apigClientFactory
