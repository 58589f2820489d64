// The checks between a click on Send and sending: the call must be complete, its credentials available, and its origin
// allowed to get them.

import { MissingVariable } from '../model/environment'
import { type Call, CallProblem } from '../sign/call'
import { mayBeSent } from './allowed'
import { identityName, missingVariables, usedName } from './credentials'
import { forwards } from './forwarder'
import { problem } from './problem'
import { callsNow } from './request'

export interface Sendable {
  call: Call
  /** The call with names of secret variables instead of their values. */
  named: Call | CallProblem
}

/** URLs that this page's own Content-Security-Policy (index.html) refuses, which a browser would not explain. */
function blockedBy({ invokeUrl }: Call): string {
  const { protocol, hostname, origin } = new URL(invokeUrl)
  const isPlain = protocol === 'http:' || protocol === 'ws:'
  if (!isPlain || forwards.value || origin === location.origin) return ''
  if (hostname === '127.0.0.1' || hostname === 'localhost') return ''
  return `This page calls ${protocol}// on this computer only: write https://${hostname}, or send through the forwarder.`
}

/** The call to make now; undefined if nothing may be sent, and `problem` says why. */
export async function callToSend(): Promise<Sendable | undefined> {
  const { call: current, named } = callsNow()
  if (current instanceof CallProblem) {
    problem.value = current
    return undefined
  }
  const blocked = blockedBy(current)
  if (blocked !== '') {
    problem.value = new CallProblem('url', blocked)
    return undefined
  }
  const [missing] = missingVariables.value
  const needsIt = current.signing !== 'none' || current.withApiKey || current.scheme !== ''
  if (needsIt && missing !== undefined && usedName.value === identityName.value) {
    problem.value = new CallProblem('auth', `${new MissingVariable(missing).message}.`)
    return undefined
  }
  if (await mayBeSent(current)) return { call: current, named }
  problem.value = new CallProblem('url', 'You did not allow sending the credentials to this place.')
  return undefined
}
