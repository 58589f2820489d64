// Credentials of profiles for the page: only temporary ones, only of the listed profiles, one at a time.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html

import type { IncomingMessage } from 'node:http'
import { newClient } from 'gatesign'
import type { AwsIdentity } from 'gatesign/credentials'
import { configuredEndpoint } from '../../credentials/node/endpoints.ts'
import { roleIdentity } from '../../credentials/sts.ts'
import { type Caller, callerOf } from '../caller.ts'
import { checkProfile, credentialsOf, profileOf } from '../credentials.ts'
import { Usage } from '../options/usage.ts'
import { Refused } from './forward.ts'

/** The life in seconds of credentials from a long-lived key: the minimum of STS is 900. */
const EXCHANGED_FOR = 3600
/** The maximum size of a request in bytes: it contains a name. */
const MOST = 4096

/** The answer for the page. */
export interface ProfileCredentials {
  profile: string
  region: string | undefined
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** ISO 8601; absent if it is not known. */
  expiration: string | undefined
}

/** @param entries names, or several with commas @throws {Error} if one is not in the shared files */
export function readProfiles(entries: string[]): string[] {
  const names = entries.flatMap((entry) => entry.split(',')).map((entry) => entry.trim())
  if (names.includes('')) throw new Usage('--profile takes NAME[,NAME]; one of the names is empty')
  for (const name of names) checkProfile(name)
  return [...new Set(names)]
}

/** Answers the page's requests about profiles; concurrent requests of the same kind share the answer. */
export class Profiles {
  readonly names: string[]
  readonly #running = new Map<string, Promise<ProfileCredentials>>()
  /** The credentials that the page got last, to ask STS whose they are. */
  readonly #current = new Map<string, ProfileCredentials>()

  constructor(names: string[]) {
    this.names = names
  }

  /** @param path below `/profiles/` */
  async answer(path: string, request: IncomingMessage): Promise<ProfileCredentials | Caller> {
    const profile = await nameIn(request)
    if (!this.names.includes(profile)) {
      throw new Refused(
        403,
        `${JSON.stringify(profile)} is not on the list: start gatesign serve with --profile NAME`,
      )
    }
    if (path === 'credentials') return this.#credentials(profile)
    if (path === 'caller') return this.#caller(profile)
    throw new Refused(404, 'there is no such file')
  }

  #credentials(profile: string): Promise<ProfileCredentials> {
    const running =
      this.#running.get(profile) ??
      temporary(profile)
        .then((credentials) => {
          this.#current.set(profile, credentials)
          return credentials
        })
        .finally(() => this.#running.delete(profile))
    this.#running.set(profile, running)
    return running
  }

  async #caller(profile: string): Promise<Caller> {
    const credentials = this.#current.get(profile)
    if (!credentials) throw new Refused(409, 'the page has no credentials of this profile yet')
    return callerOf(credentials, { region: credentials.region, profile }).catch((error: Error) => {
      throw new Refused(502, `STS refused them: ${error.name}: ${error.message}`)
    })
  }
}

async function nameIn(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MOST) throw new Refused(413, 'the request is too large')
  }
  try {
    const { profile } = JSON.parse(text)
    if (typeof profile === 'string') return profile
  } catch {
    // Reported below.
  }
  throw new Refused(400, 'the request is not { "profile": "NAME" }')
}

async function temporary(profile: string): Promise<ProfileCredentials> {
  const region = profileOf(profile).region
  const found = await credentialsOf(profile).catch((error: Error) => {
    throw new Refused(502, error.message)
  })
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = found.sessionToken
    ? found
    : await exchanged(profile, region, found)
  return {
    ...{ profile, region, accessKeyId, secretAccessKey },
    sessionToken: sessionToken ?? '',
    expiration: expiration?.toISOString(),
  }
}

/** A long-lived key never leaves this process. */
async function exchanged(profile: string, region: string | undefined, credentials: AwsIdentity) {
  const endpoint = await configuredEndpoint('sts', { profile })
  const options = { region, config: { credentials, endpoint } }
  return roleIdentity('GetSessionToken', { DurationSeconds: EXCHANGED_FOR }, options, newClient).catch(
    (error: Error) => {
      throw new Refused(
        502,
        `the profile ${JSON.stringify(profile)} has a long-lived key, which a page never gets, and STS returned no temporary one for it: ${error.name}: ${error.message}`,
      )
    },
  )
}
