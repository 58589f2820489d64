/**
 * The methods of the SDK for JavaScript that API Gateway generates, created at run time from the API's export: OpenAPI
 * 3 or Swagger 2.0, from `aws apigateway get-export` or `aws apigatewayv2 export-api`.
 *
 * The file that `npx gatesign types api.json` writes uses the types of this module.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-javascript.html
 */

import type { AdditionalParams, ApiResponse, Client, Scalar } from './index.js'

/** A method of an API without known types. */
export type ApiMethod = (
  params?: { readonly [name: string]: unknown } | null,
  body?: unknown,
  additionalParams?: AdditionalParams | null,
) => Promise<ApiResponse>

/**
 * Returns an object with a method for each operation of the API.
 *
 * A method has the same name as in the generated SDK: a word for each part of the path, then the HTTP method.
 * `GET /movie/{year}/{title}` becomes `movieYearTitleGet`, `POST /` becomes `rootPost`; an `operationId` is a name too.
 * For API Gateway's `ANY` there is a name for each of the seven HTTP methods. Each takes
 * `(params, body, additionalParams)`: `params` has the parameters of path, query and headers by name, and the API's
 * export says where each one goes. `additionalParams` are those of {@link Client.invokeApi} and win over `params`. A
 * greedy variable (`{proxy+}`) keeps its slashes.
 *
 * A method resolves and rejects as `invokeApi` does. Before anything is sent, it rejects with a `TypeError` for an
 * unknown or missing parameter, which the error names, and for a name that two operations have.
 *
 * @param client from `newClient`
 * @param api the parsed document. References to other files are not followed
 * @throws {TypeError} if `client` is not a client, or `api` is not such a document or has no operations
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

/** The arguments and result of an operation, in the file that `gatesign types` writes. */
export interface ApiOperation {
  /** The variables of the path. */
  pathParams: object
  /** The parameters of the query that the API documents. */
  queryParams: object
  /** The headers that the API documents. Others may be sent too. */
  headers: object
  /** The type of the request's body. If it includes `undefined`, the body may be left out. */
  body: unknown
  /** The type of the body of an answer with a status from 200 to 299. */
  data: unknown
}

/** No body: the values that `invokeApi` treats as none. */
export type NoBody = { readonly [name: string]: never } | readonly never[] | '' | null | undefined

/** `{}`, to which every type without required members is assignable. */
type Nothing = Record<never, never>
/** Replaces `{}`, which would accept everything, by a type that accepts nothing. */
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
/** May be left out if none of its members is required. */
type Unneeded<Value> = Nothing extends Value ? Value | null | undefined : Value
/** A last argument that may be `undefined` may be absent. */
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

/** A client whose `invokeApi` accepts what the API documents: the result of `newClient<Api>(…)`. */
export interface ClientOf<Api> extends Omit<Client, 'invokeApi'> {
  /**
   * The same as {@link Client.invokeApi}.
   *
   * @throws {ApiError} as `Client.invokeApi` does
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
