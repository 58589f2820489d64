// Amazon Cognito identity pools, by the enhanced flow: an identity's id, then its credentials.
// https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html

import { defaultCache, type IdentityCache } from './cache.ts'
import { serviceUrl } from './endpoint.ts'
import { CredentialsProviderError } from './errors.ts'
import { type ClientConfig, send, settled } from './send.ts'

export type Logins = Record<string, string | (() => string | Promise<string>)>

interface OfBoth {
  clientConfig?: ClientConfig | undefined
  customRoleArn?: string | undefined
  logins?: Logins | undefined
}
export interface IdentityOptions extends OfBoth {
  identityId: string
}
export interface PoolOptions extends OfBoth {
  identityPoolId: string
  accountId?: string | undefined
  cache?: IdentityCache | undefined
  userIdentifier?: string | undefined
}

interface Answer {
  IdentityId?: string
  Credentials?: { AccessKeyId?: string; SecretKey?: string; SessionToken: string; Expiration: number }
}

/** Calls an operation. Requests are unsigned: Cognito checks the ids and the tokens. */
async function call(action: string, id: string, config: ClientConfig = {}, input: object): Promise<Answer> {
  // An id begins with its region.
  const region = (await settled(config.region)) ?? id.replace(/:.*/s, '')
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityService.${action}`,
  }
  const request = { method: 'POST', headers, body: JSON.stringify(input) }
  const text = await send(
    serviceUrl('cognito-identity', region, await settled(config.endpoint)),
    request,
    config,
    (text) => {
      const { __type, message } = JSON.parse(text)
      return [__type, message]
    },
  )
  return JSON.parse(text)
}

async function tokensOf(logins?: Logins) {
  if (!logins) return undefined
  const pairs = Object.keys(logins).map(async (name) => [name, await settled(logins[name])])
  return Object.fromEntries(await Promise.all(pairs))
}

/** If storage is full or turned off, the user is a new guest each time instead of being refused. */
async function quietly<T>(act: () => T | Promise<T>) {
  try {
    return await act()
  } catch {
    return undefined
  }
}

const lacks = (part: string) => new CredentialsProviderError(`Cognito's answer contains no ${part}`)

async function credentialsOf(identityId: string, { customRoleArn, logins, clientConfig }: OfBoth) {
  const { Credentials } = await call('GetCredentialsForIdentity', identityId, clientConfig, {
    IdentityId: identityId,
    CustomRoleArn: customRoleArn,
    Logins: await tokensOf(logins),
  })
  if (!Credentials?.AccessKeyId || !Credentials.SecretKey) throw lacks('credentials')
  return {
    identityId,
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretKey,
    sessionToken: Credentials.SessionToken,
    expiration: new Date(Credentials.Expiration * 1000),
  }
}

/** @returns a provider of the credentials of a known identity */
export const fromCognitoIdentity = (options: IdentityOptions) => () =>
  credentialsOf(options.identityId, options)

/** @returns a provider of the credentials of a pool's user, whose identity is asked for once and kept */
export function fromCognitoIdentityPool(options: PoolOptions) {
  const { accountId, identityPoolId, logins, clientConfig, cache = defaultCache() } = options
  const user = options.userIdentifier ?? (Object.keys(logins ?? {}).length > 0 ? '' : 'ANONYMOUS')
  const key = `aws:cognito-identity-credentials:${identityPoolId}:${user}`
  let id: string | null | undefined

  return async () => {
    id ??= user && (await quietly(() => cache.getItem(key)))
    if (!id) {
      const input = { AccountId: accountId, IdentityPoolId: identityPoolId, Logins: await tokensOf(logins) }
      id = (await call('GetId', identityPoolId, clientConfig, input)).IdentityId
      if (!id) throw lacks('identity id')
      const found = id
      if (user) await quietly(() => cache.setItem(key, found))
    }
    try {
      return await credentialsOf(id, options)
    } catch (error) {
      // The pool no longer knows this identity. If the pool cannot be reached, the identity is kept.
      if ((error as { $fault?: string }).$fault === 'client') {
        id = undefined
        if (user) await quietly(() => cache.removeItem(key))
      }
      throw error
    }
  }
}
