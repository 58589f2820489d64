// All sources of this machine in the AWS SDK's order. The result is kept as long as it is valid.
// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html

import type { newClient as NewClient } from '../../../pkg-template/index.d.ts'
import { RENEWED_EARLY } from '../../js/bounds.ts'
import { CredentialsProviderError } from '../errors.ts'
import type { SdkIdentity } from '../identity.ts'
import type { CallerProperties } from '../sts.ts'
import { fromContainerMetadata, fromHttp, type HttpInit, isContainer } from './container.ts'
import { fromEnv } from './env.ts'
import { type IniInit, iniProvider } from './from-ini.ts'
import { fromInstanceMetadata, type InstanceInit } from './instance.ts'
import { fromProcess } from './process.ts'
import { fromSSO, namesSso, type SsoInit } from './sso.ts'
import { fromTokenFile, type TokenFileInit } from './token-file.ts'

export type ChainInit = IniInit & SsoInit & HttpInit & InstanceInit & TokenFileInit

type Provider = (properties?: CallerProperties) => Promise<SdkIdentity>

/** @returns a provider that keeps the credentials of the first source that has some */
export function chainProvider(init: ChainInit, newClient: typeof NewClient) {
  const instance = fromInstanceMetadata(init)
  const skipped = (why: string) => {
    throw new CredentialsProviderError(why)
  }
  const providers: Provider[] = [
    async () => ((init.profile ?? process.env.AWS_PROFILE) ? skipped('') : fromEnv(init)()),
    async (properties) => (namesSso(init) ? fromSSO(init)(properties) : skipped('')),
    iniProvider(init, newClient),
    fromProcess(init),
    fromTokenFile(init),
    async () => (isContainer() ? ofContainer(init) : isDisabled() ? skipped('') : instance()),
  ]
  return cached(async (properties) => {
    const why: string[] = []
    for (const provider of providers) {
      try {
        return await provider(properties)
      } catch (error) {
        if ((error as { tryNextLink?: boolean })?.tryNextLink !== true) throw error
        why.push((error as Error).message)
      }
    }
    const [ofEnvironment, , ofProfile, , , ofMachine] = why
    const reasons = [ofEnvironment, ofProfile, ofMachine].filter((text) => text)
    throw new CredentialsProviderError(`there are no credentials: ${reasons.join('; ')}`, false)
  })
}

const isDisabled = ({ env } = process) =>
  Boolean(env.AWS_EC2_METADATA_DISABLED) && env.AWS_EC2_METADATA_DISABLED !== 'false'

/** `fromHttp` takes more addresses and options; the other one is what is left if it fails. */
async function ofContainer(init: ChainInit) {
  try {
    return await fromHttp(init)()
  } catch (error) {
    if (!(error as CredentialsProviderError).tryNextLink) throw error
    return fromContainerMetadata(init)()
  }
}

/** Caches a provider's identity, and calls the provider once for concurrent callers. */
function cached(provider: Provider) {
  let identity: SdkIdentity | undefined
  let pending: Promise<SdkIdentity> | undefined
  const renew = (properties?: CallerProperties) => {
    pending ??= provider(properties)
      .then((found) => {
        identity = found
        return identity
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }
  return async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const msLeft = (identity?.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()
    if (!identity || msLeft <= 0 || properties?.forceRefresh) return renew(properties)
    // While the identity is still valid, nobody waits for the new one or sees its failure.
    if (msLeft < RENEWED_EARLY) renew(properties).catch(() => {})
    return identity
  }
}
