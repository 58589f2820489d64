// `gatesign whoami`: whose the credentials are, where they come from, and whether the clock is right.

import { callerOf } from './caller.ts'
import { credentialsOf, profileNamed, profileOf } from './credentials.ts'
import { shown } from './shown.ts'

export interface WhoamiOptions {
  profile: string | undefined
  region: string | undefined
  json: boolean
}

/** @returns the exit code */
export async function whoami({ profile, region, json }: WhoamiOptions): Promise<number> {
  let source = ''
  const credentials = await credentialsOf(profile, (line) => {
    source = line.replace(/^credentials of /, '')
  })
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
  const where = {
    region: region || AWS_REGION || AWS_DEFAULT_REGION || profileOf(profile).region,
    profile: profileNamed(profile),
  }
  const { account, arn, userId, ahead } = await callerOf(credentials, where).catch((error: Error) => {
    throw new Error(`STS refused credentials of ${source}: ${error.name}: ${error.message}`)
  })
  const { accessKeyId, expiration, sessionToken } = credentials
  if (json) {
    const identity = { account, arn, userId, accessKeyId, source, expiration, clockAhead: ahead }
    console.log(JSON.stringify(identity, null, 2))
    return 0
  }
  const rows = [
    ['Account', account],
    ['ARN', arn],
    ['User id', userId],
    ['Key', accessKeyId],
    ['Source', source],
    ['Expires', expiration ? endOf(expiration) : sessionToken ? 'not known' : 'never'],
    ['Clock', clock(ahead)],
  ]
  for (const [name = '', value = ''] of rows) console.log(`${name.padEnd(10)}${shown(value)}`)
  return 0
}

const endOf = (expiration: Date) =>
  `${expiration.toISOString()}, ${inWords(expiration.getTime() - Date.now())}`

const clock = (ahead: number | undefined) =>
  ahead === undefined
    ? 'not known'
    : ahead === 0
      ? 'right to the second'
      : `${Math.abs(ahead) / 1000} s ${ahead > 0 ? 'ahead of' : 'behind'} AWS's`

function inWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'in less than a minute'
  return minutes < 60 ? `in ${minutes} min` : `in ${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
