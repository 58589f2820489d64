// Credentials that a program prints: credential_process of a profile, and the AWS CLI itself.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html

import { CredentialsProviderError } from '../errors.ts'
import type { SdkIdentity } from '../identity.ts'
import type { CallerProperties } from '../sts.ts'
import { builtin } from './builtin.ts'
import { type ProfileInit, profileName, readShared } from './profiles.ts'

/** The most characters of a program's standard error that are shown. */
const MOST_SHOWN = 500

/** Describes a program's failure without its command line and output, which may contain secrets. */
export function failureOf(error: unknown) {
  const { code, signal, stderr } = error as { code?: unknown; signal?: string; stderr?: string }
  const how = signal
    ? `was killed by ${signal}`
    : typeof code === 'number'
      ? `exited with ${code}`
      : `failed (${code})`
  const output = (stderr ?? '').trim().slice(0, MOST_SHOWN)
  return output === '' ? how : `${how}: ${output}`
}

interface Printed {
  Version?: number
  AccessKeyId?: string
  SecretAccessKey?: string
  SessionToken?: string
  Expiration?: string
  CredentialScope?: string
  AccountId?: string
}

/** @throws {CredentialsProviderError} if it is not what such a program prints, or has ended */
export function readPrinted(source: string, text: string, accountId?: string): SdkIdentity {
  let found: Printed | null
  try {
    found = JSON.parse(text)
  } catch {
    throw new CredentialsProviderError(`${source} printed no JSON`)
  }
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration, CredentialScope, AccountId } =
    found ?? ({} as Printed)
  if (Version !== 1) throw new CredentialsProviderError(`${source} did not print "Version": 1`)
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    throw new CredentialsProviderError(`${source} printed no AccessKeyId and SecretAccessKey`)
  }
  const expiration = Expiration ? new Date(Expiration) : undefined
  if (expiration && expiration.getTime() < Date.now()) {
    throw new CredentialsProviderError(`${source} printed credentials that expired at ${Expiration}`)
  }
  const account = AccountId || accountId
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken && { sessionToken: SessionToken }),
    ...(expiration && { expiration }),
    ...(CredentialScope && { credentialScope: CredentialScope }),
    ...(account && { accountId: account }),
  }
}

/** @returns a provider of what a profile's credential_process prints */
export const fromProcess =
  (init: ProfileInit = {}) =>
  async (properties?: CallerProperties): Promise<SdkIdentity> => {
    const name = profileName(init.profile ?? properties?.callerClientConfig?.profile)
    const profile = (await readShared(init)).profiles.get(name)
    if (!profile) throw new CredentialsProviderError(`there is no profile ${JSON.stringify(name)}`)
    const command = profile.credential_process
    if (command === undefined) {
      throw new CredentialsProviderError(`the profile ${JSON.stringify(name)} has no credential_process`)
    }
    const source = `credential_process of the profile ${JSON.stringify(name)}`
    const { exec } = builtin('node:child_process')
    const { promisify } = builtin('node:util')
    let stdout: string
    try {
      // Run by the shell, as in the AWS SDK.
      stdout = (await promisify(exec)(command)).stdout
    } catch (error) {
      throw new CredentialsProviderError(`${source} ${failureOf(error)}`)
    }
    init.logger?.debug?.(`credentials of the profile ${JSON.stringify(name)}: credential_process`)
    return readPrinted(source, stdout, profile.aws_account_id)
  }

/**
 * Asks the AWS CLI for what a profile has that is not read here.
 *
 * @throws {CredentialsProviderError} also if there is no AWS CLI
 */
export async function fromAwsCli(profile: string, setting: string, logger?: ProfileInit['logger']) {
  const { execFile } = builtin('node:child_process')
  const { promisify } = builtin('node:util')
  const shown = JSON.stringify(profile)
  const args = ['configure', 'export-credentials', '--profile', profile, '--format', 'process']
  let stdout: string
  try {
    stdout = (await promisify(execFile)('aws', args)).stdout
  } catch (error) {
    const isMissing = (error as { code?: unknown }).code === 'ENOENT'
    throw new CredentialsProviderError(
      isMissing
        ? `the profile ${shown} has ${setting}, which only the AWS CLI reads: install it`
        : `aws configure export-credentials of the profile ${shown} ${failureOf(error)}`,
      false,
    )
  }
  logger?.debug?.(`credentials of the profile ${shown}: ${setting}, by the AWS CLI`)
  return readPrinted(`aws configure export-credentials of the profile ${shown}`, stdout)
}
