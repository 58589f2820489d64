// A signed request as it was pasted: whether its signature is that of the request, and if not, which line of the
// canonical request was another one when it was signed. How is the package's: src/verify.

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
  /** Seconds that it is good for. */
  expiresIn: number
  /** What is wrong whatever the secret is, in sentences. */
  faults: string[]
}

/** API Gateway takes a signature for 5 minutes; S3 takes 15: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const LIFETIME = 300

/** @throws {NotSigned} that says what is missing */
export async function readSigned(doc: RequestDoc): Promise<Signed> {
  // Method and headers are taken as they are, also those that a page could not send.
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
  /** `seconds` until its end; below 0 since then. */
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
