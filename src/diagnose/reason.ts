// The reason that an error of the client has with it. Where `diagnose` is loaded as well it is all of a diagnosis;
// alone, in a page that only makes calls, it is the rule that applies, without hints and details: most of their bytes.

import type { Diagnosis, Explanation } from '../../pkg-template/index.d.ts'
import { textOf } from '../js/values.ts'
import { type Answer, readAnswer } from './answer.ts'
import { parseRefusal } from './refusal.ts'
import { ruleFor } from './rules.ts'

type Whole = (answer: Answer, problem: unknown, explanation?: Explanation) => Diagnosis

let whole: Whole | undefined

/** Called by diagnose.ts when it is loaded. */
export function useWhole(diagnosed: Whole): void {
  whole = diagnosed
}

/** API Gateway's refusals are below 10 KB; of a page of the API's own the rest tells no more. */
const LONGEST = 16_384

/**
 * @param problem what the error will have
 * @param explain how the request was signed; undefined if that cannot be told any more
 * @returns the diagnosis, and whether the answer says so itself: a status alone is in the error's message anyway
 */
export function reasonOf(
  problem: unknown,
  explain?: () => Explanation | undefined,
): { diagnosis: Diagnosis; isSaid: boolean } {
  const read = readAnswer(problem)
  const answer = { ...read, message: textOf(read.message).slice(0, LONGEST) }
  const { kind, summary, isSaid } = ruleFor(parseRefusal(answer))
  const explanation = whole && kind === 'SignatureDoesNotMatch' ? explain?.() : undefined
  const diagnosis = whole?.(answer, problem, explanation) ?? { kind, summary, hint: CALL }
  return { diagnosis, isSaid: isSaid && kind !== 'Unknown' }
}

const CALL = 'diagnose(error) says what to do.'
