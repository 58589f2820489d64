// diagnose: reads whatever a caller has of a refusal, and names its cause.

import type { Diagnosis, Explanation } from '../../pkg-template/index.d.ts'
import { textOf } from '../js/values.ts'
import { type Answer, readAnswer } from './answer.ts'
import { serverTimeIn } from './cause.ts'
import { deniedParts, deniedSentence, otherAccount } from './denied.ts'
import { compare } from './mismatch.ts'
import { useWhole } from './reason.ts'
import { parseRefusal } from './refusal.ts'
import { ruleFor } from './rules.ts'
import hints from './rules.txt?hints'
import { seenIn } from './seen.ts'

/**
 * @param problem a rejection, a result, a Response, { status, headers, body }, or the text of an error
 * @param explanation what was signed
 */
export const diagnose = (problem: unknown, explanation?: Partial<Explanation>): Diagnosis =>
  diagnosed(readAnswer(problem), problem, explanation)

useWhole(diagnosed)

function diagnosed(answer: Answer, problem: unknown, explanation?: Partial<Explanation>): Diagnosis {
  const refusal = parseRefusal(answer)
  const { kind, summary, number } = ruleFor(refusal)
  const hint = hints.split('\n')[number] ?? ''
  const diagnosis = { kind, summary, hint, ...detailsOf(kind, hint, refusal.message, explanation) }
  // A host that names another region or service is the likeliest reason of all.
  const warning = SCOPED.includes(kind) ? textOf(explanation?.warning) : ''
  if (warning) diagnosis.hint = `${warning} ${diagnosis.hint}`
  if (answer.unread) diagnosis.hint += UNREAD
  const seen = seenIn(kind, problem)
  if (seen) diagnosis.summary += ` ${seen}`
  return diagnosis
}

/** The refusals that a wrong region or service causes. */
const SCOPED: Diagnosis['kind'][] = [
  'SignatureDoesNotMatch',
  'CredentialScope',
  'IncompleteSignature',
  'Unauthorized',
]

const CLOCKS: Diagnosis['kind'][] = ['SignatureExpired', 'SignatureNotYetCurrent', 'ClockSkew']

/** Details from the texts of some kinds, beyond their rule. */
function detailsOf(
  kind: Diagnosis['kind'],
  hint: string,
  message: string,
  explanation?: Partial<Explanation>,
): Partial<Diagnosis> {
  if (kind === 'AccessDenied') {
    const parts = deniedParts(message)
    const summary = deniedSentence(message)
    const action = parts.action ?? 'the action'
    const other = otherAccount(message, parts.resource)
    return { ...(summary && { summary }), hint: other + hint.replace('{action}', action), ...parts }
  }
  if (CLOCKS.includes(kind)) {
    const time = serverTimeIn(message)
    return time === undefined ? {} : { serverTime: new Date(time) }
  }
  if (kind !== 'SignatureDoesNotMatch') return {}
  const { canonicalRequest, stringToSign } = explanation ?? {}
  return compare(message, {
    canonicalRequest: textOf(canonicalRequest),
    stringToSign: textOf(stringToSign),
  })
}

/** A stream cannot be read without waiting. */
const UNREAD = ' For more pass { status, headers, body: await response.text() }.'
