// Where the credentials come from: the environment, or what a profile of the AWS CLI's files says.

import { readFileSync } from 'node:fs'
import { type AwsIdentity, fromEnv, fromNodeProviderChain } from 'gatesign/credentials'
import { type SharedFiles, sharedFiles, sharedPaths } from '../credentials/node/profiles.ts'
import { askCode } from './mfa.ts'

/** Prints for `-v` where the credentials come from. */
export type Log = (line: string) => void

/** The profile that is named, if one is. */
export function profileNamed(profile: string | undefined): string | undefined {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = process.env
  return profile || AWS_PROFILE || AWS_DEFAULT_PROFILE || undefined
}

/** @throws {Error} that says where it looked, and what to do */
export async function credentialsOf(profile: string | undefined, log: Log = () => {}): Promise<AwsIdentity> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env
  const logger = { debug: log, warn: (line: string) => console.error(`gatesign: ${line}`) }
  if (!profile && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) return await fromEnv({ logger })()
  const name = profileNamed(profile)
  if (name) checkProfile(name)
  try {
    return await fromNodeProviderChain({ profile: name, mfaCodeProvider: askCode, logger })()
  } catch (error) {
    const { message } = error as Error
    if (name) throw new Error(`no credentials of the profile ${JSON.stringify(name)}: ${message}`)
    // The message says how to log in, or lists all places that were tried.
    const advice = 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile'
    throw new Error(message.includes(': run ') ? message : `${message}; ${advice}`)
  }
}

/** @throws {Error} that lists the existing profiles, if this is none of them */
export function checkProfile(name: string) {
  const { profiles } = readFiles()
  if (profiles.has(name)) return
  const paths = sharedPaths()
  const others = [...profiles.keys()]
  const alternatives = others.length > 0 ? `; the profiles are ${others.join(', ')}` : ''
  throw new Error(
    `no credentials of the profile ${JSON.stringify(name)}: it is neither in ${paths.config} nor in ${paths.credentials}${alternatives}`,
  )
}

/** The settings of a profile in both shared files; empty if there are none. */
export const profileOf = (profile: string | undefined): Record<string, string> =>
  readFiles().profiles.get(profileNamed(profile) ?? 'default') ?? {}

function readFiles(): SharedFiles {
  const paths = sharedPaths()
  return sharedFiles(textOf(paths.config), textOf(paths.credentials))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
