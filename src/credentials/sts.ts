// AWS STS: the credentials of a role, for other credentials or for a web identity's token.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html

import type { CredentialProvider, Identity, newClient as NewClient } from '../../pkg-template/index.d.ts'
import { elementOf } from '../js/xml.ts'
import { serviceUrl } from './endpoint.ts'
import { CredentialsProviderError } from './errors.ts'
import type { SdkIdentity, TemporaryIdentity } from './identity.ts'
import { type ClientConfig, send, settled } from './send.ts'

export type Credentials = Identity | CredentialProvider

/** What a client of the AWS SDK tells the provider that it calls. */
export interface CallerProperties {
  callerClientConfig?: { region?: ClientConfig['region']; profile?: string | undefined } | undefined
  forceRefresh?: boolean | undefined
}

export interface StsConfig extends ClientConfig {
  credentials?: Credentials | undefined
  profile?: string | undefined
}

/** Where and as whom STS is called; absent options were not found anywhere. */
export interface StsOptions {
  region?: string | undefined
  config?: StsConfig | undefined
}

/** The parameters of an operation by their names in the reference. */
export type Parameters = Record<string, unknown>

/** As a form: `Tags.member.1.Key=…`. */
function* formOf(value: unknown, name: string): Generator<[string, string]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* formOf(item, `${name}.member.${index + 1}`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) yield* formOf(part, `${name}.${key}`)
  } else if (value !== undefined && value !== null) {
    yield [name, String(value)]
  }
}

/** Codes that have a class in the AWS SDK, whose name is longer. */
const MODELLED =
  /^(?:IDPCommunicationError|IDPRejectedClaim|InvalidIdentityToken|MalformedPolicyDocument|PackedPolicyTooLarge)$/

/**
 * Calls an operation of STS; signed if there is a client for that.
 *
 * @returns the XML of its answer
 */
export async function callSts(
  action: string,
  parameters: Parameters,
  { region, config = {} }: StsOptions,
  newClient?: typeof NewClient,
) {
  // STS has two names; this one contains a region.
  const signed = !region || region === 'aws-global' ? 'us-east-1' : region
  const url = serviceUrl('sts', signed, await settled(config.endpoint))
  const form = Object.entries({ Action: action, Version: '2011-06-15', ...parameters })
  const init = {
    method: 'POST',
    headers: { accept: '*/*', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form.flatMap(([name, value]) => [...formOf(value, name)])).toString(),
  }
  const signer = newClient?.({
    invokeUrl: url.href,
    region: signed,
    service: 'sts',
    credentials: config.credentials,
    fetch: config.fetch,
  })
  try {
    // A client of this package corrects its clock too.
    return await send(url, init, { ...config, ...(signer && { fetch: signer.fetch }) }, (text) => [
      elementOf(text, 'Code')?.replace(MODELLED, '$&Exception'),
      elementOf(text, 'Message'),
    ])
  } finally {
    signer?.destroy()
  }
}

/** Asks for a role's credentials. */
export async function roleIdentity(
  ...call: globalThis.Parameters<typeof callSts>
): Promise<TemporaryIdentity> {
  const xml = await callSts(...call)
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  ].map((name) => elementOf(xml, name))
  if (!accessKeyId || !secretAccessKey || !sessionToken) {
    throw new CredentialsProviderError(`STS's answer to ${call[0]} contains no credentials`)
  }
  // arn:aws:sts::ACCOUNT:assumed-role/…
  const accountId = elementOf(xml, 'Arn')?.split(':')[4]
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration: new Date(expiration ?? Number.NaN),
    ...(accountId && { accountId }),
  }
}

/** It names the session in the role's logs. */
export const sessionName = () => `gatesign-${Date.now()}`

export interface WebTokenOptions {
  roleArn: string
  webIdentityToken: string
  roleSessionName?: string | undefined
  providerId?: string | undefined
  policyArns?: { arn?: string | undefined }[] | undefined
  policy?: string | undefined
  durationSeconds?: number | undefined
  clientConfig?: StsConfig | undefined
  roleAssumerWithWebIdentity?: ((params: Parameters) => Promise<SdkIdentity>) | undefined
}

/** @returns a provider of the credentials of a role, for the token of a web identity */
export const fromWebToken =
  (options: WebTokenOptions) =>
  async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const { roleAssumerWithWebIdentity: own, clientConfig } = options
    const parameters = {
      RoleArn: options.roleArn,
      RoleSessionName: options.roleSessionName ?? sessionName(),
      WebIdentityToken: options.webIdentityToken,
      ProviderId: options.providerId,
      PolicyArns: options.policyArns,
      Policy: options.policy,
      DurationSeconds: options.durationSeconds,
    }
    if (own) return own(parameters)
    const region = await settled(clientConfig?.region ?? properties?.callerClientConfig?.region)
    return roleIdentity('AssumeRoleWithWebIdentity', parameters, { region, config: clientConfig })
  }

export interface RoleOptions {
  params: { RoleArn: string; RoleSessionName?: string | undefined } & Parameters
  masterCredentials?: Credentials | undefined
  clientConfig?: StsConfig | undefined
  mfaCodeProvider?: ((serial: string) => string | Promise<string>) | undefined
}

/** Defaults that the runtime knows if the caller sets nothing. */
export interface Defaults {
  credentials: (profile?: string) => CredentialProvider
  region: (profile?: string) => Promise<string | undefined>
  endpoint: (service: string, profile?: string) => Promise<string | undefined>
}

/** @returns a provider of a role's credentials, that the given ones may assume */
export const temporaryCredentials =
  (options: RoleOptions, newClient: typeof NewClient, defaults?: Defaults) =>
  async (properties?: CallerProperties): Promise<TemporaryIdentity> => {
    const { masterCredentials, clientConfig, mfaCodeProvider, params } = options
    const caller = properties?.callerClientConfig
    const profile = clientConfig?.profile ?? caller?.profile
    const credentials = masterCredentials ?? clientConfig?.credentials ?? defaults?.credentials(profile)
    if (!credentials) {
      throw new CredentialsProviderError(
        'masterCredentials must be given: a page has no credentials of its own',
        false,
      )
    }
    const parameters: Parameters = { RoleSessionName: sessionName(), ...params }
    const serial = params.SerialNumber as string | undefined
    if (serial) {
      if (!mfaCodeProvider) {
        throw new CredentialsProviderError(
          'mfaCodeProvider must be given: params.SerialNumber needs a code',
          false,
        )
      }
      parameters.TokenCode = await mfaCodeProvider(serial)
    }
    const region =
      (await settled(clientConfig?.region ?? caller?.region)) ?? (await defaults?.region(profile))
    const endpoint = clientConfig?.endpoint ?? (await defaults?.endpoint('sts', profile))
    const config = { ...clientConfig, credentials, endpoint }
    return roleIdentity('AssumeRole', parameters, { region, config }, newClient)
  }
