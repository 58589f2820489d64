// Who the caller is, according to AWS STS: a signed GetCallerIdentity, which needs no permission.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html

import { type Identity, newClient } from 'gatesign'
import { configuredEndpoint } from '../credentials/node/endpoints.ts'
import { callSts } from '../credentials/sts.ts'
import { elementOf } from '../js/xml.ts'

export interface Caller {
  account: string
  arn: string
  userId: string
  /** How many ms this clock is ahead of AWS's, rounded to a second; undefined if AWS did not say. */
  ahead: number | undefined
}

/** @throws {Error} of STS, with its code as `name` */
export async function callerOf(
  credentials: Identity,
  { region, profile }: { region: string | undefined; profile: string | undefined },
): Promise<Caller> {
  let ahead: number | undefined
  const watched: typeof fetch = async (url, init) => {
    const sent = Date.now()
    const response = await fetch(url, init)
    const theirs = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds, so on average half a second has passed, and half of the round trip.
    if (!Number.isNaN(theirs)) ahead = (sent + Date.now()) / 2 - (theirs + 500)
    return response
  }
  const endpoint = await configuredEndpoint('sts', { profile })
  const options = { region, config: { credentials, endpoint, fetch: watched } }
  const xml = await callSts('GetCallerIdentity', {}, options, newClient)
  const [account, arn, userId] = ['Account', 'Arn', 'UserId'].map((name) => elementOf(xml, name))
  if (!account || !arn || !userId) throw new Error("STS's answer has no account, ARN and user id")
  return { account, arn, userId, ahead: ahead === undefined ? undefined : Math.round(ahead / 1000) * 1000 }
}
