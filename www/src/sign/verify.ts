// Verifies a pasted signed request: whether its signature matches, and if not, which line of the canonical request
// differed when it was signed. The package's src/verify does the work.

import { type Comparison, compare } from '../../../src/verify/compare'
import { readSigned as readArrived, type Signed as Taken } from '../../../src/verify/signed'
import { parseAmzDate } from '../../../src/verify/time'
import { NO_CREDENTIALS } from '../model/credentials'
import type { RequestDoc } from '../model/request'
import { callOf, unsigned } from './call'
import { createSigner, newClient } from './gatesign'
import { configOf, requestOf } from './wire'

export { canonicalOf, NotSigned, stringOf } from '../../../src/verify/signed'

export interface Signed extends Taken {
  /** Seconds that it is valid for. */
  expiresIn: number
  /** Sentences: what is wrong, whatever the secret is. */
  faults: string[]
}

/**
 * API Gateway accepts a signature for 5 minutes, S3 for 15:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const LIFETIME = 300

/** @throws {NotSigned} that says what is missing */
export async function readSigned(doc: RequestDoc): Promise<Signed> {
  // Method and headers are read as they are, including those that a page could not send.
  const sendable = { ...doc, method: 'POST', headers: [], auth: { ...doc.auth, kind: 'none' as const } }
  const call = unsigned(callOf(sendable, new Map()))
  const wire = await newClient(configOf(call, NO_CREDENTIALS)).sign(requestOf(call, NO_CREDENTIALS))
  const { host, pathname, search } = new URL(wire.url)
  const headers = new Map<string, string[]>()
  for (const { on, name, value } of doc.headers) {
    const key = name.trim().toLowerCase()
    if (on && key !== '') headers.set(key, [...(headers.get(key) ?? []), value])
  }
  for (const [name, value] of call.headers) if (!headers.has(name)) headers.set(name, [value])
  const body = call.body ?? new Uint8Array()
  const { method } = doc
  const parts = readArrived(
    { method, host, path: pathname, query: search.slice(1), headers, body },
    createSigner,
  )
  const { absent, unsigned: open } = parts
  const faults = []
  if (open.length > 0) faults.push(`${open.join(', ')}: not signed. AWS refuses that.`)
  if (absent.length > 0)
    faults.push(
      `${absent.join(', ')}: signed, but not in what was pasted. Paste the request with all of its headers.`,
    )
  return { ...parts, expiresIn: parts.expiresIn ?? LIFETIME, faults }
}

export type Verdict =
  /** `seconds` until it expires; negative after that. */
  | { kind: 'valid'; seconds: number }
  | (Extract<Comparison, { kind: 'differs' }> & { seconds: number })
  | { kind: 'unknown' }

/** @param now ms since the epoch */
export async function verify(signed: Signed, secretAccessKey: string, now: number): Promise<Verdict> {
  const { amzDate, expiresIn } = signed
  const seconds = Math.round((parseAmzDate(amzDate) + expiresIn * 1000 - now) / 1000)
  const compared = await compare(signed, secretAccessKey, createSigner, true)
  if (compared.kind === 'same') return { kind: 'valid', seconds }
  return compared.kind === 'differs' ? { ...compared, seconds } : compared
}
