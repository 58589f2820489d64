// diagnose: reads whatever a caller has of a refusal, and names its cause.

import type { Diagnosis, Explanation } from '../../pkg-template/index.d.ts'
import { textOf } from '../js/values.js'
import { readAnswer } from './answer.ts'
import { deniedParts, deniedSentence } from './denied.ts'
import { compare } from './mismatch.ts'
import { ruleFor } from './rules.ts'
import { seenIn } from './seen.ts'
import type { Refusal } from './told.ts'

/**
 * @param problem a rejection, a result, a Response, { status, headers, body }, or the text of an error
 * @param explanation what was signed
 */
export function diagnose(problem: unknown, explanation?: Partial<Explanation>): Diagnosis {
  const { unread, ...answer } = readAnswer(problem)
  const [message, code] = [textOf(answer.message), textOf(answer.code)]
  const status = validStatus(answer.status ?? statusOf(message, code))
  const refusal = { status, type: textOf(answer.type), message, code }
  const diagnosis = { ...ruleFor(refusal), ...detailsOf(refusal, explanation) }
  if (unread) diagnosis.hint += UNREAD
  const seen = seenIn(diagnosis.kind, problem)
  if (seen) diagnosis.summary += ` ${seen}`
  return diagnosis
}

/** What the texts of some kinds tell beyond their rule. */
function detailsOf(refusal: Refusal, explanation?: Partial<Explanation>): Partial<Diagnosis> {
  const { kind, hint } = ruleFor(refusal)
  const { message } = refusal
  if (kind === 'AccessDenied') {
    const parts = deniedParts(message)
    const summary = deniedSentence(message)
    return {
      ...(summary && { summary }),
      hint: hint.replace('{action}', parts.action ?? 'the action'),
      ...parts,
    }
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

const validStatus = (status: unknown) =>
  typeof status === 'number' && Number.isInteger(status) && status > 0 ? status : undefined

/** The status of an answer of which only the text is known; none for what never had an answer. */
function statusOf(message: string, code: string): number | undefined {
  const found = TEXTS.find(([text]) => message.toLowerCase().startsWith(text))
  return found?.[1] ?? (code || NO_ANSWER.test(message) ? undefined : OTHER)
}

/** What API Gateway and function URLs say without a type. */
const TEXTS: [string, number][] = [
  ['forbidden', 403],
  ['unauthorized', 401],
  ['not found', 404],
  ['too many requests', 429],
  ['internal server error', 500],
  ['service unavailable', 503],
]

/** What browsers and runtimes say when there was no answer. */
const NO_ANSWER = /fetch|network|load failed|conn|socket|getaddrinfo/i

/** A status that no rule has: what is told is neither an answer nor the lack of one. */
const OTHER = 1
