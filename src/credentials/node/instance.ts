// Credentials of an EC2 instance: IMDSv2, and its first version where that is all there is.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html

import { CredentialsProviderError } from '../errors.ts'
import { readHttpIdentity, retried } from '../http.ts'
import type { SdkIdentity } from '../identity.ts'
import type { RemoteInit } from './container.ts'
import { type Logger, profileName, readShared } from './profiles.ts'
import { request } from './request.ts'

const ADDRESSES: Record<string, string> = {
  IPv4: 'http://169.254.169.254',
  IPv6: 'http://[fd00:ec2::254]',
}
const TOKEN = '/latest/api/token'
const ROLES = '/latest/meta-data/iam/security-credentials/'
/** Seconds that a token is valid; every SDK asks for this. */
const TOKEN_LIFE = '21600'
/** Ms by which credentials that cannot be renewed are used longer, and up to as much again. */
const LONGER = 5 * 60 * 1000

export interface InstanceInit extends RemoteInit {
  ec2MetadataV1Disabled?: boolean | undefined
  profile?: string | undefined
}

/** A status that says why. */
class Refused extends CredentialsProviderError {
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/** @returns a provider that keeps what it gave, for when the service fails */
export function fromInstanceMetadata(init: InstanceInit = {}) {
  const service = new MetadataService(init)
  let last: SdkIdentity | undefined
  return async (): Promise<SdkIdentity> => {
    try {
      const found = await service.credentials()
      const hasEnded = found.expiration !== undefined && found.expiration.getTime() < Date.now()
      last = hasEnded ? extended(found, init.logger) : found
    } catch (error) {
      if (!last) throw error
      last = extended(last, init.logger)
    }
    return last
  }
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html */
function extended(identity: SdkIdentity, logger: Logger = console): SdkIdentity {
  const expiration = new Date(Date.now() + LONGER * (1 + Math.random()))
  logger.warn?.(
    `the instance's credentials cannot be renewed now: they are used until ${expiration.toISOString()}`,
  )
  return { ...identity, expiration }
}

class MetadataService {
  readonly #init: InstanceInit
  /** The service issues no tokens: it supports only IMDSv1. */
  #isFirstVersion = false

  constructor(init: InstanceInit) {
    this.#init = init
  }

  async credentials(): Promise<SdkIdentity> {
    const base = await this.#address()
    const { maxRetries = 0, logger } = this.#init
    let token = await this.#token(base)
    // If the service no longer knows the token, a new one is requested once.
    const get = async (path: string) => {
      try {
        return await this.#get(base, path, token)
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 401) throw error
        this.#isFirstVersion = false
        token = await this.#token(base)
        return this.#get(base, path, token)
      }
    }
    const role = (await retried(() => get(ROLES), maxRetries, 0)).trim()
    const identity = await retried(async () => readHttpIdentity(await get(ROLES + role)), maxRetries, 0)
    logger?.debug?.(`credentials of the instance's role ${role}`)
    return identity
  }

  async #address(): Promise<URL> {
    const { AWS_EC2_METADATA_SERVICE_ENDPOINT: own, AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: ownMode } =
      process.env
    const profile = await this.#profile()
    const endpoint = own ?? profile.ec2_metadata_service_endpoint
    if (endpoint) return new URL(endpoint)
    const mode = ownMode ?? profile.ec2_metadata_service_endpoint_mode ?? 'IPv4'
    if (Object.hasOwn(ADDRESSES, mode)) return new URL(ADDRESSES[mode] as string)
    throw new Error(`AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6; got ${mode}`)
  }

  async #profile() {
    const { profiles } = await readShared()
    return profiles.get(profileName(this.#init.profile)) ?? {}
  }

  async #token(base: URL): Promise<string | undefined> {
    if (this.#isFirstVersion) return this.#withoutToken()
    try {
      const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': TOKEN_LIFE }
      return await this.#ask(base, TOKEN, 'PUT', headers)
    } catch (error) {
      const status = error instanceof Refused ? error.status : 0
      if (status === 400) throw error
      if ([403, 404, 405].includes(status)) this.#isFirstVersion = true
      return this.#withoutToken()
    }
  }

  /** @throws {CredentialsProviderError} where requests without a token are not wanted */
  async #withoutToken(): Promise<undefined> {
    const { AWS_EC2_METADATA_V1_DISABLED: own } = process.env
    const value = own ?? (await this.#profile()).ec2_metadata_v1_disabled
    if (!this.#init.ec2MetadataV1Disabled && (!value || value === 'false')) return undefined
    const error = new CredentialsProviderError(
      'the instance metadata service returned no token, and requests without one (IMDSv1) are disabled by ec2MetadataV1Disabled, AWS_EC2_METADATA_V1_DISABLED or ec2_metadata_v1_disabled',
    )
    error.name = 'InstanceMetadataV1FallbackError'
    throw error
  }

  #get(base: URL, path: string, token: string | undefined) {
    return this.#ask(base, path, 'GET', token ? { 'x-aws-ec2-metadata-token': token } : {})
  }

  async #ask(base: URL, path: string, method: string, headers: Record<string, string>) {
    const url = new URL(path, base)
    const { timeout = 1000 } = this.#init
    const { status, text } = await request(url, { method, headers, timeout }).catch((error) => {
      throw new CredentialsProviderError(
        `the instance metadata service cannot be reached: ${error.message || error.code}`,
      )
    })
    if (status >= 200 && status < 300) return text
    throw new Refused(`the instance metadata service answered ${status} to ${method} ${path}`, status)
  }
}
