// Credentials of a role for a web identity's token in a file: IRSA in EKS, and CI systems.

import { CredentialsProviderError } from '../errors.ts'
import type { SdkIdentity } from '../identity.ts'
import { settled } from '../send.ts'
import { type CallerProperties, fromWebToken, type StsConfig, type WebTokenOptions } from '../sts.ts'
import { endpointFor } from './endpoints.ts'
import { type ProfileInit, readText, regionOf } from './profiles.ts'

export type NodeWebTokenOptions = WebTokenOptions & ProfileInit

export interface TokenFileInit extends Omit<NodeWebTokenOptions, 'roleArn' | 'webIdentityToken'> {
  roleArn?: string | undefined
  webIdentityTokenFile?: string | undefined
}

/** What the caller, its client, the environment and the shared files say of STS, in this order. */
export async function stsConfigOf(
  config: StsConfig | undefined,
  init: ProfileInit,
  properties?: CallerProperties,
  ofProfile?: string,
): Promise<StsConfig> {
  const { callerClientConfig: caller } = properties ?? {}
  const configuredRegion = (await settled(config?.region)) ?? ofProfile ?? (await settled(caller?.region))
  return {
    ...config,
    region: configuredRegion ?? (await regionOf(init)),
    endpoint: await endpointFor('sts', config?.endpoint, init),
  }
}

/** As in a page, with the region and the endpoint of this machine. */
export const fromNodeWebToken =
  (options: NodeWebTokenOptions) =>
  async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const clientConfig = await stsConfigOf(options.clientConfig, options, properties)
    return fromWebToken({ ...options, clientConfig })(properties)
  }

/** @returns a provider of a role's credentials, for the token in the file that options or environment name */
export const fromTokenFile =
  (init: TokenFileInit = {}) =>
  async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const { env } = process
    const file = init.webIdentityTokenFile ?? env.AWS_WEB_IDENTITY_TOKEN_FILE
    const roleArn = init.roleArn ?? env.AWS_ROLE_ARN
    if (!file || !roleArn) {
      throw new CredentialsProviderError('AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not set')
    }
    const roleSessionName = init.roleSessionName ?? env.AWS_ROLE_SESSION_NAME
    const webIdentityToken = (await readText(file)).trim()
    const identity = await fromNodeWebToken({ ...init, roleArn, roleSessionName, webIdentityToken })(
      properties,
    )
    init.logger?.debug?.(`credentials of ${roleArn}, for the web identity's token in ${file}`)
    return identity
  }
