// Where the credentials come from: the environment, the SDK's providers, the shared files of the AWS CLI.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CredentialProvider, Identity } from 'gatesign'

const PROVIDERS = '@aws-sdk/credential-providers'

export async function credentialsOf(profile: string | undefined): Promise<Identity> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env
  if (!profile && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    }
  }
  const named = profile || process.env.AWS_PROFILE
  const missing = named ? `no credentials of the profile ${JSON.stringify(named)}` : 'no credentials'
  const providers = await installedProviders()
  if (providers) {
    try {
      return await providers.fromNodeProviderChain(profile ? { profile } : {})()
    } catch (error) {
      throw new Error(`${missing}: ${(error as Error).message}`)
    }
  }
  const keys = profileOf(profile)
  if (keys.aws_access_key_id && keys.aws_secret_access_key) {
    return {
      accessKeyId: keys.aws_access_key_id,
      secretAccessKey: keys.aws_secret_access_key,
      ...(keys.aws_session_token && { sessionToken: keys.aws_session_token }),
    }
  }
  throw new Error(
    `${missing}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or npm install ${PROVIDERS} for SSO and roles`,
  )
}

interface Providers {
  fromNodeProviderChain(options: { profile?: string }): CredentialProvider
}

/** The SDK's providers, if the project in the current folder has them. */
async function installedProviders(): Promise<Providers | undefined> {
  let path: string
  try {
    path = createRequire(join(process.cwd(), 'noop.js')).resolve(PROVIDERS)
  } catch {
    return undefined
  }
  const module = await import(pathToFileURL(path).href)
  return module.default ?? module
}

/** What both shared files say of a profile; empty if nothing. */
export function profileOf(
  profile: string | undefined = process.env.AWS_PROFILE || 'default',
): Record<string, string> {
  const folder = join(homedir(), '.aws')
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env
  const inConfig = profile === 'default' ? 'default' : `profile ${profile}`
  return {
    ...section(AWS_CONFIG_FILE || join(folder, 'config'), inConfig),
    ...section(AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'), profile),
  }
}

/** The settings of one section of an INI file; nested ones (indented) are left out. */
function section(file: string, name: string): Record<string, string> {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return {}
  }
  const found: Record<string, string> = Object.create(null)
  let inside = false
  for (const text of lines) {
    // As the SDK reads them: a comment may follow a value.
    const line = text.replace(/(^|\s)[;#].*/, '')
    const head = /^\[\s*(.+?)\s*\]/.exec(line)
    if (head?.[1]) inside = head[1].replace(/\s+/g, ' ') === name
    const [, setting, value = ''] = (inside && /^([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line)) || []
    if (setting) found[setting] = value
  }
  return found
}
