// Credentials of a role in IAM Identity Center (AWS SSO), for the login that is kept on this machine.
// https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html

import { serviceUrl } from '../endpoint.ts'
import { CredentialsProviderError, type ServiceError } from '../errors.ts'
import type { SdkIdentity } from '../identity.ts'
import { type ClientConfig, send, settled } from '../send.ts'
import type { CallerProperties } from '../sts.ts'
import { endpointFor } from './endpoints.ts'
import type { Section } from './ini.ts'
import { type ProfileInit, profileName, readShared } from './profiles.ts'
import { loginNeeded, pathIn, readRefusal, ssoToken } from './sso-token.ts'

export interface SsoInit extends ProfileInit {
  ssoStartUrl?: string | undefined
  ssoAccountId?: string | undefined
  ssoRegion?: string | undefined
  ssoRoleName?: string | undefined
  ssoSession?: string | undefined
  clientConfig?: ClientConfig | undefined
}

interface Role {
  startUrl: string
  accountId: string
  region: string
  roleName: string
  session?: string | undefined
}

export const isSsoProfile = (profile: Section) =>
  ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'].some(
    (name) => profile[name] !== undefined,
  )

/** Whether a caller names the role, and not a profile that does. */
export const namesSso = ({ ssoStartUrl, ssoAccountId, ssoRegion, ssoRoleName, ssoSession }: SsoInit) =>
  Boolean(ssoStartUrl || ssoAccountId || ssoRegion || ssoRoleName || ssoSession)

/** @returns a provider of the credentials of the role that a profile, or the options, name */
export const fromSSO =
  (init: SsoInit = {}) =>
  async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const name = profileName(init.profile ?? properties?.callerClientConfig?.profile)
    const role = namesSso(init) ? roleOfOptions(init) : await roleOfProfile(name, init)
    // Of options that name the role, no profile has the login.
    const profile = namesSso(init) ? init.profile : name
    return credentialsOf(role, { ...init, profile })
  }

function roleOfOptions({ ssoStartUrl, ssoAccountId, ssoRegion, ssoRoleName, ssoSession }: SsoInit): Role {
  if (!ssoStartUrl || !ssoAccountId || !ssoRegion || !ssoRoleName) {
    throw new CredentialsProviderError(
      'ssoStartUrl, ssoAccountId, ssoRegion and ssoRoleName must be given together, or not at all',
      false,
    )
  }
  return {
    startUrl: ssoStartUrl,
    accountId: ssoAccountId,
    region: ssoRegion,
    roleName: ssoRoleName,
    session: ssoSession,
  }
}

async function roleOfProfile(name: string, init: SsoInit): Promise<Role> {
  const { profiles, ssoSessions } = await readShared(init)
  const profile = profiles.get(name)
  const shown = JSON.stringify(name)
  if (!profile) throw new CredentialsProviderError(`there is no profile ${shown}`)
  if (!isSsoProfile(profile)) throw new CredentialsProviderError(`the profile ${shown} has no sso_… settings`)
  const { sso_session: session } = profile
  const found = session === undefined ? profile : ssoSessions.get(session)
  if (!found) {
    throw new CredentialsProviderError(
      `there is no section [sso-session ${session}], which the profile ${shown} names`,
      false,
    )
  }
  const { sso_start_url: startUrl, sso_region: region } = found
  const { sso_account_id: accountId, sso_role_name: roleName } = profile
  if (startUrl && region && accountId && roleName) return { startUrl, accountId, region, roleName, session }
  const settings = {
    sso_start_url: startUrl,
    sso_region: region,
    sso_account_id: accountId,
    sso_role_name: roleName,
  }
  const missing = Object.entries(settings).flatMap(([setting, value]) => (value ? [] : [setting]))
  throw new CredentialsProviderError(`the profile ${shown} lacks ${missing.join(', ')}`, false)
}

async function credentialsOf(role: Role, init: SsoInit): Promise<SdkIdentity> {
  const { startUrl, accountId, region, roleName, session } = role
  const config = init.clientConfig ?? {}
  const token = await ssoToken(session ?? startUrl, region, { renews: session !== undefined, config, init })
  const endpoint = await endpointFor('sso', config.endpoint, init)
  // The role is where the login is, unless the caller knows better.
  const at = (await settled(config.region)) ?? region
  const url = pathIn(serviceUrl('portal.sso', at, endpoint), 'federation/credentials')
  url.search = `${new URLSearchParams({ role_name: roleName, account_id: accountId })}`
  let text: string
  try {
    text = await send(url, { headers: { 'x-amz-sso_bearer_token': token } }, config, readRefusal)
  } catch (error) {
    const { message, $metadata } = error as ServiceError
    if ($metadata?.httpStatusCode === 401) throw loginNeeded('the AWS SSO login has expired', init.profile)
    const role = `the role ${roleName} of the account ${accountId}`
    throw new CredentialsProviderError(`AWS SSO returned no credentials for ${role}: ${message}`, false)
  }
  const { roleCredentials } = JSON.parse(text)
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {}
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
    throw new CredentialsProviderError("AWS SSO's answer contains no credentials", false)
  }
  init.logger?.debug?.(`credentials of the role ${roleName} of the account ${accountId}: AWS SSO`)
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) }
}
