/**
 * `sigV4Client` of serverless-stack and of AWS's samples: it signs a request, and its caller sends it. Code for that
 * script only has to change the name in its `import`.
 *
 * It fixes these defects of the original: the session token and a port are signed; names in a query are encoded; a
 * `path` may have a query; a string, an array or bytes as `body` are signed as they are sent; `null` and `undefined` in
 * `queryParams` and `headers` are left out; header names are case-insensitive.
 *
 * @see https://github.com/AnomalyInnovations/sigV4Client
 */

/** Options of {@link sigV4Client}. */
export interface SigV4Config {
  /**
   * Access key id. Without it the client has no `signRequest`, as in the original.
   *
   * @default none
   */
  accessKey?: string | undefined
  /**
   * Secret access key. Required with `accessKey`.
   *
   * @default none
   */
  secretKey?: string | undefined
  /**
   * The token of temporary credentials.
   *
   * @default none
   */
  sessionToken?: string | undefined
  /**
   * AWS region.
   *
   * @default 'us-east-1'
   */
  region?: string | undefined
  /**
   * Service name in the credential scope.
   *
   * @default 'execute-api'
   */
  serviceName?: string | undefined
  /** The API's address with its stage. Every path is appended to it. */
  endpoint: string | undefined
  /**
   * The `Accept` header of requests that have none.
   *
   * @default 'application/json'
   */
  defaultAcceptType?: string | undefined
  /**
   * The `Content-Type` header of requests that have none.
   *
   * @default 'application/json'
   */
  defaultContentType?: string | undefined
}

/** The argument of {@link SigV4Client}'s `signRequest`. */
export interface SigV4Request {
  /** The method, in upper or lower case. */
  method: string
  /** Appended to the endpoint as text. */
  path: string
  /**
   * Headers of the request.
   *
   * @default none
   */
  headers?: { readonly [name: string]: string | null | undefined } | null | undefined
  /**
   * Lists are joined by commas.
   *
   * @default none
   */
  queryParams?: object | null | undefined
  /**
   * What you will send: a string or bytes as they are, anything else as `JSON.stringify` writes it. Ignored for GET and
   * HEAD.
   *
   * @default none
   */
  body?: unknown
}

/** What `newClient` returns. */
export interface SigV4Client {
  /** The endpoint's scheme and host. */
  endpoint: string
  /** The endpoint's path. */
  pathComponent: string
  /** The region to sign for. */
  region: string
  /** The service to sign for. */
  serviceName: string
  /** The `Accept` header of requests that have none. */
  defaultAcceptType: string
  /** The `Content-Type` header of requests that have none. */
  defaultContentType: string
  /**
   * Returns what to send: the URL, and the request's own headers, `Accept`, `Content-Type` and those of the signature.
   *
   * @throws {TypeError} that names what cannot be signed
   */
  signRequest(request: SigV4Request): { headers: Record<string, string>; url: string }
}

/**
 * Creates a client that signs and sends nothing.
 *
 * @throws {TypeError} from `newClient`, for an `endpoint` that is not an http or https URL, and for credentials that
 *   cannot work
 * @example
 * ```js
 * import { sigV4Client } from 'gatesign/sigv4client'
 *
 * const client = sigV4Client.newClient({
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   sessionToken: process.env.AWS_SESSION_TOKEN,
 *   region: 'us-east-1',
 *   endpoint: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
 * })
 * const { url, headers } = client.signRequest({ method: 'GET', path: '/movie_list', queryParams: { limit: 3 } })
 * const response = await fetch(url, { method: 'GET', headers })
 * console.log(response.status)
 * ```
 */
export const sigV4Client: { newClient(config: SigV4Config): SigV4Client }
export default sigV4Client
