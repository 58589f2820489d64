/**
 * The methods of an API, as the SDK for JavaScript that API Gateway generates has them, made from the API's own export
 * instead of generated: OpenAPI 3 or Swagger 2.0, of `aws apigateway get-export` and `aws apigatewayv2 export-api`.
 *
 * The types of this module are for the file that `npx gatesign types api.json` writes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-javascript.html
 */

import type { AdditionalParams, ApiResponse, Client, Scalar } from './index.js'

/** A method of an API whose types are not known. */
export type ApiMethod = (
  params?: { readonly [name: string]: unknown } | null,
  body?: unknown,
  additionalParams?: AdditionalParams | null,
) => Promise<ApiResponse>

/**
 * A method for each operation of the API.
 *
 * Its name is that of the generated SDK: a word for each part of the path, then the method. `GET /movie/{year}/{title}` is
 * `movieYearTitleGet`, `POST /` is `rootPost`; an `operationId` is a name, too. A method that API Gateway calls `ANY` has
 * the names of all seven. It takes `(params, body, additionalParams)`: `params` has the parameters of path, query and
 * headers by their names, and the API's export says where each one goes. `additionalParams` is that of
 * {@link Client.invokeApi}; what it has wins. A greedy variable (`{proxy+}`) keeps its slashes.
 *
 * A method resolves and rejects as `invokeApi` does; with a `TypeError` that names the parameter, before anything is
 * sent, for one that the API does not have and for one that is missing; and for a name that two operations have.
 *
 * @param client of `newClient`
 * @param api the document, parsed. References into other files are not followed
 * @throws {TypeError} if `client` is none, or `api` no such document or without operations
 * @example
 * ```js
 * import { newClient } from 'gatesign'
 * import { methodsOf } from 'gatesign/sdk'
 *
 * const api = {
 *   openapi: '3.0.1',
 *   paths: { '/movie_list': { get: { parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }] } } },
 * } // await (await fetch('/api.json')).json()
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
 *   accessKey: process.env.AWS_ACCESS_KEY_ID,
 *   secretKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   sessionToken: process.env.AWS_SESSION_TOKEN,
 * })
 * const apigClient = methodsOf(client, api)
 * const { data } = await apigClient.movieListGet({ limit: 10 })
 * console.log(data.Items)
 * ```
 */
export function methodsOf<Methods extends object = { [name: string]: ApiMethod }>(
  client: Pick<Client, 'invokeApi'>,
  api: object,
): Methods

/** What an operation takes and returns, in the file that `gatesign types` writes. */
export interface ApiOperation {
  /** The variables of the path. */
  pathParams: object
  /** The parameters of the query that the API documents. */
  queryParams: object
  /** The headers that the API documents. Others may be sent, too. */
  headers: object
  /** Of the request. With `undefined` in it, it may be left out. */
  body: unknown
  /** Of an answer with a status from 200 to 299. */
  data: unknown
}

/** No body: what `invokeApi` takes for none. */
export type NoBody = { readonly [name: string]: never } | readonly never[] | '' | null | undefined

/** `{}`, which everything with optional members only can be. */
type Nothing = Record<never, never>
/** Of `{}`, which takes everything, what takes nothing. */
type Strict<Values> = keyof Values extends never ? { readonly [name: string]: never } : Values
type MethodsAt<Path> = (keyof Path & string) | Lowercase<keyof Path & string>
type OperationAt<Path, Method extends string> = Extract<Path[Uppercase<Method> & keyof Path], ApiOperation>
type Maybe<Name extends string, Value> = Nothing extends Value
  ? { [K in Name]?: Value | null | undefined }
  : { [K in Name]: Value }
type OtherHeaders = { readonly [name: string]: Scalar | readonly Scalar[] | null | undefined }
type Additional<Operation extends ApiOperation> = Omit<AdditionalParams, 'queryParams' | 'headers'> &
  Maybe<'queryParams', Strict<Operation['queryParams']>> &
  Maybe<'headers', Operation['headers'] & OtherHeaders>
/** What may be left out where nothing in it is needed. */
type Unneeded<Value> = Nothing extends Value ? Value | null | undefined : Value
/** A last argument that may be undefined may be absent. */
type Trailing<First, Second> = undefined extends Second
  ? undefined extends First
    ? [additionalParams?: First, body?: Second]
    : [additionalParams: First, body?: Second]
  : [additionalParams: First, body: Second]
type Arguments<Params, Body> = undefined extends Body
  ? undefined extends Params
    ? [params?: Params, body?: Body, additionalParams?: AdditionalParams | null]
    : [params: Params, body?: Body, additionalParams?: AdditionalParams | null]
  : [params: Params, body: Body, additionalParams?: AdditionalParams | null]

/** A client whose `invokeApi` takes what the API documents: what `newClient<Api>(…)` returns. */
export interface ClientOf<Api> extends Omit<Client, 'invokeApi'> {
  /**
   * As {@link Client.invokeApi}.
   *
   * @throws {ApiError} as it does
   */
  invokeApi<Path extends keyof Api & string, Method extends MethodsAt<Api[Path]>>(
    pathParams: Unneeded<Strict<OperationAt<Api[Path], Method>['pathParams']>>,
    pathTemplate: Path,
    method: Method,
    ...rest: Trailing<
      Unneeded<Additional<OperationAt<Api[Path], Method>>>,
      OperationAt<Api[Path], Method>['body']
    >
  ): Promise<ApiResponse<OperationAt<Api[Path], Method>['data']>>
}

/** A method of {@link methodsOf} with the types of its operation. */
export type MethodOf<Operation extends ApiOperation> = (
  ...args: Arguments<
    Unneeded<Strict<Operation['pathParams'] & Operation['queryParams'] & Operation['headers']>>,
    Operation['body']
  >
) => Promise<ApiResponse<Operation['data']>>
