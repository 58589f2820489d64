// Credentials of a profile of the shared files: keys, a role for other credentials, a web identity, a program,
// or AWS SSO. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html

import type { newClient as NewClient } from '../../../pkg-template/index.d.ts'
import { CredentialsProviderError } from '../errors.ts'
import type { SdkIdentity } from '../identity.ts'
import { type CallerProperties, type Parameters, roleIdentity, type StsConfig, sessionName } from '../sts.ts'
import { fromContainerMetadata, fromHttp, isContainer, type RemoteInit } from './container.ts'
import { fromEnv } from './env.ts'
import type { Section } from './ini.ts'
import { fromInstanceMetadata } from './instance.ts'
import { fromAwsCli, fromProcess } from './process.ts'
import { type ProfileInit, profileName, readShared } from './profiles.ts'
import { fromSSO, isSsoProfile } from './sso.ts'
import { fromTokenFile, stsConfigOf } from './token-file.ts'

export interface IniInit extends ProfileInit, RemoteInit {
  mfaCodeProvider?: ((serial: string) => string | Promise<string>) | undefined
  roleAssumer?: ((source: SdkIdentity, params: Parameters) => Promise<SdkIdentity>) | undefined
  roleAssumerWithWebIdentity?: ((params: Parameters) => Promise<SdkIdentity>) | undefined
  clientConfig?: StsConfig | undefined
}

/** Logins that only the AWS CLI supports: `login_session`, and future ones. */
const LOGIN = /^login_|^credential_(?!source|process)|_session$/

/** One resolution: what does not change from profile to profile. */
interface Search {
  init: IniInit
  profiles: Map<string, Section>
  properties: CallerProperties | undefined
  /** Of the first profile with a role: the roles that lead to it are asked for there too. */
  region?: string | undefined
  newClient: typeof NewClient
}

/** @returns a provider of a profile's credentials */
export const iniProvider =
  (init: IniInit, newClient: typeof NewClient) =>
  async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const { profiles } = await readShared(init)
    const name = profileName(init.profile ?? properties?.callerClientConfig?.profile)
    return resolve(name, { init, profiles, properties, newClient }, [])
  }

/** @param visited the profiles whose `source_profile` led here */
async function resolve(name: string, search: Search, visited: string[]): Promise<SdkIdentity> {
  const { init, profiles, properties } = search
  const profile = profiles.get(name)
  if (!profile) throw new CredentialsProviderError(`there is no profile ${JSON.stringify(name)}`)
  const { aws_access_key_id: key, aws_secret_access_key: secret, role_arn: role } = profile
  const { credential_source: source, source_profile: from } = profile
  const hasKeys = key !== undefined && secret !== undefined
  // A profile may name itself as the source of its role; then its own keys are used.
  if (hasKeys && visited.length > 0) return staticIdentity(name, profile, init)
  const namesSource = (from === undefined) !== (source === undefined)
  if ((role !== undefined && namesSource) || (visited.length > 0 && source && !role)) {
    return assumed(name, profile, search, visited)
  }
  if (hasKeys) return staticIdentity(name, profile, init)
  if (role !== undefined && profile.web_identity_token_file !== undefined) {
    const file = { webIdentityTokenFile: profile.web_identity_token_file, roleArn: role }
    const named = profile.role_session_name && { roleSessionName: profile.role_session_name }
    const { clientConfig, ...rest } = init
    const config = { ...clientConfig, region: clientConfig?.region ?? profile.region }
    return fromTokenFile({ ...rest, ...file, ...named, profile: name, clientConfig: config })(properties)
  }
  if (profile.credential_process !== undefined) return fromProcess({ ...init, profile: name })(properties)
  if (isSsoProfile(profile)) return fromSSO(ssoInit(name, init))(properties)
  const unknown = Object.keys(profile).find((setting) => LOGIN.test(setting))
  if (unknown !== undefined) return fromAwsCli(name, unknown, init.logger)
  throw new CredentialsProviderError(
    `the profile ${JSON.stringify(name)} has no credentials: neither keys, a role with a source, sso_session nor credential_process`,
  )
}

/** SSO is asked where the login is; region and endpoint of the caller's are those of STS. */
function ssoInit(profile: string, { clientConfig, ...init }: IniInit) {
  const { maxAttempts, fetch, endpoint } = clientConfig ?? {}
  return { ...init, profile, clientConfig: { maxAttempts, fetch, endpoint } }
}

function staticIdentity(name: string, profile: Section, { logger }: IniInit): SdkIdentity {
  logger?.debug?.(`credentials of the profile ${JSON.stringify(name)}: aws_access_key_id`)
  return {
    accessKeyId: profile.aws_access_key_id as string,
    secretAccessKey: profile.aws_secret_access_key as string,
    ...(profile.aws_session_token !== undefined && { sessionToken: profile.aws_session_token }),
    ...(profile.aws_credential_scope && { credentialScope: profile.aws_credential_scope }),
    ...(profile.aws_account_id && { accountId: profile.aws_account_id }),
  }
}

/** A role, for the credentials of another profile or of this machine. */
async function assumed(
  name: string,
  profile: Section,
  search: Search,
  visited: string[],
): Promise<SdkIdentity> {
  const { init, properties, newClient } = search
  const region = search.region ?? profile.region
  const { source_profile: from, role_arn: role, mfa_serial: serial } = profile
  if (from !== undefined && visited.includes(from)) {
    throw new CredentialsProviderError(`source_profile is circular: ${[...visited, from].join(', ')}`)
  }
  const source =
    from === undefined
      ? await sourceOf(name, profile.credential_source as string, init)
      : await resolve(from, { ...search, region }, [...visited, from])
  if (role === undefined) return source
  const parameters: Record<string, unknown> = {
    RoleArn: role,
    RoleSessionName: profile.role_session_name || sessionName(),
    ExternalId: profile.external_id,
    DurationSeconds: Number.parseInt(profile.duration_seconds || '3600', 10),
  }
  if (serial) {
    if (!init.mfaCodeProvider) {
      throw new CredentialsProviderError(
        `the profile ${JSON.stringify(name)} needs a code from the MFA device ${serial}: set mfaCodeProvider`,
        false,
      )
    }
    parameters.SerialNumber = serial
    parameters.TokenCode = await init.mfaCodeProvider(serial)
  }
  if (init.roleAssumer) return await init.roleAssumer(source, parameters)
  const config = await stsConfigOf(init.clientConfig, { ...init, profile: name }, properties, region)
  const options = { region: config.region as string | undefined, config: { ...config, credentials: source } }
  const identity = await roleIdentity('AssumeRole', parameters, options, newClient)
  init.logger?.debug?.(`credentials of the profile ${JSON.stringify(name)}: the role ${role}`)
  return identity
}

async function sourceOf(name: string, source: string, init: IniInit): Promise<SdkIdentity> {
  const { maxRetries, timeout, logger } = init
  const remote = { maxRetries, timeout, logger }
  if (source === 'Environment') return fromEnv(init)()
  if (source === 'Ec2InstanceMetadata') return fromInstanceMetadata({ ...remote, profile: init.profile })()
  if (source === 'EcsContainer') return (isContainer() ? fromHttp(remote) : fromContainerMetadata(remote))()
  throw new CredentialsProviderError(
    `credential_source of the profile ${JSON.stringify(name)} must be Environment, Ec2InstanceMetadata or EcsContainer; got ${source}`,
  )
}
