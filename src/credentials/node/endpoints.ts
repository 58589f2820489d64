// Where STS and SSO are, if the environment or a profile says so.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

import { type ClientConfig, type Endpoint, settled } from '../send.ts'
import { type ProfileInit, profileName, readShared } from './profiles.ts'

/** Of services as `AWS_ENDPOINT_URL_…` and the section `services` name them. */
export async function configuredEndpoint(
  service: string,
  init: ProfileInit = {},
): Promise<string | undefined> {
  const { env } = process
  const { profiles, services } = await readShared(init)
  const profile = profiles.get(profileName(init.profile)) ?? {}
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile.ignore_configured_endpoint_urls
  if (ignored?.toLowerCase() === 'true') return undefined
  return (
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
    env.AWS_ENDPOINT_URL ||
    services.get(profile.services ?? '')?.[`${service}.endpoint_url`] ||
    profile.endpoint_url
  )
}

/** The caller's endpoint, or else the configured one. */
export const endpointFor = async (
  service: string,
  endpoint: ClientConfig['endpoint'],
  init: ProfileInit,
): Promise<Endpoint> => (await settled(endpoint)) ?? (await configuredEndpoint(service, init))
