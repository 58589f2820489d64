// Code that was written for aws-api-gateway-client: with the names of its types, and with axios's for its results.

import type { AxiosError, AxiosResponse } from 'axios'
import type { AxiosResponse as CurrentResponse } from 'axios-current'
import apigClientFactory, {
  type ApiError,
  type ApiGatewayClient,
  type ApiGatewayClientConfig,
  type Response as GatewayResponse,
  apigClientFactory as named,
} from 'gatesign'

declare const settings: { url: string | undefined; key: string | undefined }

const config: ApiGatewayClientConfig = {
  invokeUrl: settings.url,
  accessKey: settings.key,
  secretKey: settings.key,
  sessionToken: undefined,
  region: 'us-east-1',
  apiKey: undefined,
  service: 'execute-api',
  systemClockOffset: 0,
  headers: { 'x-a': undefined, 'x-b': 'b' },
  host: undefined,
}
const client: ApiGatewayClient = apigClientFactory.newClient(config)
const other: ApiGatewayClient = named.newClient(config)

export async function call(): Promise<AxiosResponse<{ Items: unknown[] }>> {
  const response: AxiosResponse = await client.invokeApi({}, '/movie_list', 'GET', {
    headers: { 'x-a': '1' },
    queryParams: { a: 1, b: true },
    timeout: 100,
  })
  const current: CurrentResponse = await other.invokeApi({}, '/movie_list', 'GET', {}, {})
  const theirs: GatewayResponse = await client.invokeApi({}, '', 'POST', {}, '{}')
  const status: number = response.status + current.status + theirs.status
  const location: string = response.headers.location
  console.log(status, location, current.config.url, current.headers['set-cookie']?.[0])
  return client.invokeApi<{ Items: unknown[] }>({}, '/movie_list', 'GET')
}

export function failed(error: ApiError<{ message: string }>): AxiosError<{ message: string }> {
  return error
}
