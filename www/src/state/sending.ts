// What stands between a click on Send and the wire: the call has to be whole, its credentials there, and
// its origin one that may have them.

import { MissingVariable } from '../model/environment'
import { type Call, CallProblem } from '../sign/call'
import { mayBeSent } from './allowed'
import { identityName, missingVariables, usedName } from './credentials'
import { problem } from './problem'
import { callsNow } from './request'

export interface Sendable {
  call: Call
  /** With secret variables named. */
  named: Call | CallProblem
}

/** The call to be made now; undefined if nothing is to be sent, and `problem` says why. */
export async function callToSend(): Promise<Sendable | undefined> {
  const { call: current, named } = callsNow()
  if (current instanceof CallProblem) {
    problem.value = current
    return undefined
  }
  const [missing] = missingVariables.value
  const needsIt = current.signing !== 'none' || current.withApiKey || current.scheme !== ''
  if (needsIt && missing !== undefined && usedName.value === identityName.value) {
    problem.value = new CallProblem('auth', `${new MissingVariable(missing).message}.`)
    return undefined
  }
  if (await mayBeSent(current)) return { call: current, named }
  problem.value = new CallProblem('url', 'You said that this place may not have the credentials.')
  return undefined
}
