// A refusal as the rules read it: texts, and a status where there was an answer.

import { textOf } from '../js/values.ts'
import type { Answer } from './answer.ts'

/** What is known of a failed call; texts are empty where nothing is known. */
export interface Refusal {
  /** None if there was no response. */
  status: number | undefined
  /** Without namespace and suffixes. */
  type: string
  /** The body's `message`, the whole body, or the error's message if there was no response. */
  message: string
  /** The error's code if there was no response. */
  code: string
}

/** What is known of an answer, as texts. */
export function parseRefusal(answer: Answer): Refusal {
  const [type, message, code] = [textOf(answer.type), textOf(answer.message), textOf(answer.code)]
  return { status: validStatus(answer.status ?? statusOf(message, code)), type, message, code }
}

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

/** Whether the type or the message has a text in it. */
export const says = ({ type, message }: Refusal, text: string) =>
  message.includes(text) || type.includes(text)
