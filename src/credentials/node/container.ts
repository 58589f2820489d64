// Credentials of a container: Amazon ECS, EKS Pod Identity, and agents that answer as they do.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html

import { CredentialsProviderError } from '../errors.ts'
import { checkToken, containerUrl, readHttpIdentity, retried } from '../http.ts'
import type { SdkIdentity } from '../identity.ts'
import { type Logger, readText } from './profiles.ts'
import { request } from './request.ts'

const ECS = 'http://169.254.170.2'

export interface HttpInit {
  awsContainerCredentialsFullUri?: string | undefined
  awsContainerCredentialsRelativeUri?: string | undefined
  awsContainerAuthorizationToken?: string | undefined
  awsContainerAuthorizationTokenFile?: string | undefined
  credentialsFullUri?: string | undefined
  authorizationToken?: string | undefined
  maxRetries?: number | undefined
  timeout?: number | undefined
  logger?: Logger | undefined
}

export interface RemoteInit {
  maxRetries?: number | undefined
  timeout?: number | undefined
  logger?: Logger | undefined
}

/** Whether the environment names a container's endpoint. */
export const isContainer = ({ env } = process) =>
  Boolean(env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI)

/** @returns a provider of what the endpoint answers that the options, or the environment, name */
export const fromHttp =
  (init: HttpInit = {}) =>
  async (): Promise<SdkIdentity> => {
    const { env } = process
    const relative = init.awsContainerCredentialsRelativeUri ?? env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
    const full =
      init.awsContainerCredentialsFullUri ?? init.credentialsFullUri ?? env.AWS_CONTAINER_CREDENTIALS_FULL_URI
    if (!relative && !full) {
      throw new CredentialsProviderError(
        'neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set',
      )
    }
    const url = containerUrl(relative ? ECS + relative : (full as string))
    const { maxRetries = 3, timeout = 1000 } = init
    return retried(() => requestCredentials(url, init, timeout), maxRetries, timeout)
  }

/** As `fromHttp`, with what the environment names and no retries. */
export const fromContainerMetadata =
  (init: RemoteInit = {}) =>
  async (): Promise<SdkIdentity> => {
    const { env } = process
    const address = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
      ? ECS + env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
      : env.AWS_CONTAINER_CREDENTIALS_FULL_URI
    if (!address) {
      throw new CredentialsProviderError(
        'neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set',
        false,
      )
    }
    let url: URL
    try {
      url = containerUrl(address)
    } catch (error) {
      throw new CredentialsProviderError((error as Error).message, false)
    }
    const { maxRetries = 0, timeout = 1000 } = init
    return retried(() => requestCredentials(url, {}, timeout, init.logger), maxRetries, 0)
  }

async function requestCredentials(
  url: URL,
  init: HttpInit,
  timeout: number,
  logger = init.logger,
): Promise<SdkIdentity> {
  const { env } = process
  const file = init.awsContainerAuthorizationTokenFile ?? env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
  const tokenOption =
    init.awsContainerAuthorizationToken ?? init.authorizationToken ?? env.AWS_CONTAINER_AUTHORIZATION_TOKEN
  // Read each time, because EKS changes it.
  const token = file ? await tokenIn(file) : tokenOption
  const headers: Record<string, string> = token ? { authorization: checkToken(token) } : {}
  const { status, text } = await request(url, { headers, timeout }).catch((error) => {
    throw new CredentialsProviderError(
      `${url.origin} returned no credentials: ${error.message || error.code}`,
    )
  })
  if (status !== 200)
    throw new CredentialsProviderError(`${url.origin} returned no credentials: it answered ${status}`)
  const identity = readHttpIdentity(text)
  logger?.debug?.(`credentials of ${url.origin}`)
  return identity
}

async function tokenIn(file: string) {
  try {
    return (await readText(file)).replace(/\r?\n$/, '')
  } catch (error) {
    throw new CredentialsProviderError(`the authorization token cannot be read: ${(error as Error).message}`)
  }
}
