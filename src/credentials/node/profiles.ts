// The profiles of the shared files: which files, and which profile. They are read each time they are asked for,
// so that a new login is seen.

import { builtin } from './builtin.ts'
import { parseIni, type Section } from './ini.ts'

/** Options of every provider that reads the shared files. */
export interface ProfileInit {
  profile?: string | undefined
  filepath?: string | undefined
  configFilepath?: string | undefined
  ignoreCache?: boolean | undefined
  logger?: Logger | undefined
}

export interface Logger {
  debug?: ((...content: unknown[]) => void) | undefined
  warn?: ((...content: unknown[]) => void) | undefined
}

export interface SharedFiles {
  /** Of both files; where both have a setting, the credentials file's. */
  profiles: Map<string, Section>
  ssoSessions: Map<string, Section>
  services: Map<string, Section>
}

export function homeFolder() {
  const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = 'C:\\' } = process.env
  return HOME || USERPROFILE || (HOMEPATH && `${HOMEDRIVE}${HOMEPATH}`) || builtin('node:os').homedir()
}

export const awsFile = (...parts: string[]) => builtin('node:path').join(homeFolder(), '.aws', ...parts)

const resolved = (path: string) =>
  path.startsWith('~/') ? builtin('node:path').join(homeFolder(), path.slice(2)) : path

/** Where the two files are. */
export function sharedPaths(init: ProfileInit = {}) {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env
  return {
    config: resolved(init.configFilepath || AWS_CONFIG_FILE || awsFile('config')),
    credentials: resolved(init.filepath || AWS_SHARED_CREDENTIALS_FILE || awsFile('credentials')),
  }
}

export const readText = (path: string) => builtin('node:fs').promises.readFile(path, 'utf8')

/** A file that is not there, or cannot be read, has no sections. */
export async function readShared(init: ProfileInit = {}): Promise<SharedFiles> {
  const paths = sharedPaths(init)
  const texts = [paths.config, paths.credentials].map((path) => readText(path).catch(() => ''))
  const [config = '', credentials = ''] = await Promise.all(texts)
  return sharedFiles(config, credentials)
}

/** What the texts of both files say. */
export function sharedFiles(configText: string, credentialsText: string): SharedFiles {
  const config = parseIni(configText)
  const found: SharedFiles = { profiles: new Map(), ssoSessions: new Map(), services: new Map() }
  const kinds: Record<string, Map<string, Section>> = {
    profile: found.profiles,
    'sso-session': found.ssoSessions,
    services: found.services,
  }
  const byDefault = config.get('default')
  if (byDefault) found.profiles.set('default', byDefault)
  for (const [name, section] of config) {
    const [, kind = '', rest = ''] = /^(\S+) (.*)$/.exec(name) ?? []
    if (Object.hasOwn(kinds, kind)) kinds[kind]?.set(rest, section)
  }
  for (const [name, section] of parseIni(credentialsText)) {
    found.profiles.set(name, Object.assign(Object.create(null), found.profiles.get(name), section))
  }
  return found
}

/** The profile that is asked for, or the environment's. */
export const profileName = (profile?: string | undefined) => profile || process.env.AWS_PROFILE || 'default'

/** The region of the environment, or of a profile. */
export async function regionOf(init: ProfileInit = {}): Promise<string | undefined> {
  const { AWS_REGION } = process.env
  if (AWS_REGION) return AWS_REGION
  return (await readShared(init)).profiles.get(profileName(init.profile))?.region
}
