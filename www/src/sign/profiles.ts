// Requests to `gatesign serve` about its profiles. The answers stay in memory.

import { TOKEN_HEADER } from '../../../src/cli/serve/protocol'
import { type Json, record, text } from '../model/json'
import { profiles } from '../state/profiles'

export interface ProfileAnswer {
  region: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** ms since the epoch; 0 if it is not known. */
  expiresAt: number
}

export async function takeProfile(profile: string): Promise<ProfileAnswer> {
  const answer = await post('credentials', profile)
  return {
    region: text(answer.region),
    accessKeyId: text(answer.accessKeyId),
    secretAccessKey: text(answer.secretAccessKey),
    sessionToken: text(answer.sessionToken),
    expiresAt: Date.parse(text(answer.expiration)) || 0,
  }
}

/** Account and ARN, from AWS STS. */
export async function callerOf(profile: string): Promise<{ account: string; arn: string }> {
  const { account, arn } = await post('caller', profile)
  return { account: text(account), arn: text(arn) }
}

/** @throws {Error} with the command's message */
async function post(action: string, profile: string): Promise<Json> {
  const response = await fetch(`profiles/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: profiles.value.token },
    body: JSON.stringify({ profile }),
    redirect: 'error',
    cache: 'no-store',
    credentials: 'omit',
  }).catch(() => {
    throw new Error('gatesign serve no longer answers: start it again and reload this page.')
  })
  const answer = record(await response.json().catch(() => ({})))
  if (response.ok) return answer
  throw new Error(text(record(answer.error).message) || `gatesign serve answered ${response.status}`)
}
