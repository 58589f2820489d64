// Credentials from an HTTP endpoint, in the form that containers, agents and brokers return.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html

import { isSafe } from './endpoint.ts'
import { CredentialsProviderError } from './errors.ts'
import type { TemporaryIdentity } from './identity.ts'
import { wait } from './send.ts'

/** ECS, then EKS: reachable from the container alone. */
const CONTAINER_HOSTS = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]']

/** @throws {CredentialsProviderError} if the address is one that credentials must not come from */
export function containerUrl(address: string): URL {
  let url: URL | undefined
  try {
    url = new URL(address)
  } catch {
    // Said below.
  }
  const isContainer = url?.protocol === 'http:' && CONTAINER_HOSTS.includes(url.hostname)
  if (url && (isContainer || isSafe(url))) return url
  throw new CredentialsProviderError(
    `the address of HTTP credentials must use https:, be on this machine, or belong to ECS or EKS; got ${url ? url.origin : 'no URL'}`,
  )
}

/** @throws {CredentialsProviderError} if it cannot be a header's value: the platform's own error would show it */
export function checkToken(token: string) {
  if (!/[^\t\x20-\x7e]/.test(token)) return token
  throw new CredentialsProviderError(
    'the authorization token contains line breaks or other control characters',
  )
}

/** @throws {CredentialsProviderError} if it is none of the answers that are described there */
export function readHttpIdentity(text: string): TemporaryIdentity {
  let found: Record<string, unknown> | null | undefined
  try {
    found = JSON.parse(text)
  } catch {
    // Said below, without the text.
  }
  const { AccessKeyId, SecretAccessKey, Token, Expiration, AccountId } = found ?? {}
  if (
    typeof AccessKeyId !== 'string' ||
    typeof SecretAccessKey !== 'string' ||
    typeof Token !== 'string' ||
    typeof Expiration !== 'string'
  ) {
    throw new CredentialsProviderError(
      'the answer must be { AccessKeyId, SecretAccessKey, Token, Expiration }, all strings',
    )
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: Token,
    expiration: new Date(Expiration),
    ...(typeof AccountId === 'string' && { accountId: AccountId }),
  }
}

/** Tries again after a pause, whatever the error: a token may have changed meanwhile. */
export async function retried<T>(act: () => Promise<T>, maxRetries: number, pause: number): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (attempt >= maxRetries) throw error
      await wait(pause)
    }
  }
}

export interface PageHttpOptions {
  credentialsFullUri: string
  authorizationToken?: string | undefined
  maxRetries?: number | undefined
  timeout?: number | undefined
  fetch?: typeof fetch | undefined
}

/** @returns a provider of the credentials that the caller's endpoint returns */
export const fromHttp = (options: PageHttpOptions) => async () => {
  const { credentialsFullUri, authorizationToken, maxRetries = 3, timeout = 1000 } = options
  if (!credentialsFullUri) throw new CredentialsProviderError('credentialsFullUri must be given')
  const url = containerUrl(credentialsFullUri)
  return retried(
    async () => {
      const headers = authorizationToken ? { authorization: checkToken(authorizationToken) } : undefined
      const response = await (options.fetch ?? fetch)(url, { headers, redirect: 'error', cache: 'no-store' })
      if (response.status === 200) return readHttpIdentity(await response.text())
      throw new CredentialsProviderError(`the server of HTTP credentials answered ${response.status}`)
    },
    maxRetries,
    timeout,
  )
}
