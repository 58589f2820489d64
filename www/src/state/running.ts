// The request that runs, and how the last one ended.

import { computed, signal } from '@preact/signals'
import { withoutEchoes } from '../model/secrets'
import { type Call, CallProblem } from '../sign/call'
import { type Diagnosis, diagnose, ready } from '../sign/gatesign'
import { type Attempt, type Outcome, send } from '../sign/send'
import { type Explained, explainWire } from '../sign/wire'
import { forwarder, forwards } from './forwarder'
import { remember } from './history'
import { problem } from './problem'
import { call, doc } from './request'
import { credentials, secretValues } from './secrets'

export interface Ended {
  call: Call
  outcome: Outcome
  /** Of the request that was sent last. */
  explained: Explained | undefined
  /** Why it was refused or failed; undefined for a success. */
  diagnosis: Diagnosis | undefined
  /** The body as it is shown: of a refusal, without the secrets that it repeats. */
  bytes: Uint8Array<ArrayBuffer>
  redacted: boolean
}

export const ended = signal<Ended | undefined>(undefined)
export const attempts = signal(0)
export const received = signal(0)
const controller = signal<AbortController | undefined>(undefined)
export const isRunning = computed(() => controller.value !== undefined)

export function cancel() {
  controller.value?.abort()
}

export async function run() {
  if (controller.value) return
  const current = call.value
  if (current instanceof CallProblem) {
    problem.value = current
    return
  }
  const asked = doc.value
  const running = new AbortController()
  controller.value = running
  problem.value = undefined
  attempts.value = 0
  received.value = 0
  try {
    await ready
    const used = credentials.value
    const token = forwards.value ? forwarder.value?.token : undefined
    const forwarded = token ? (await import('../sign/forward')).forwardedBy(token) : undefined
    const outcome = await send(current, used, {
      ...(forwarded && { fetch: forwarded }),
      signal: running.signal,
      onAttempt: () => {
        attempts.value++
        received.value = 0
      },
      onBytes: (bytes) => {
        received.value = bytes
      },
    })
    ended.value = endOf(current, outcome, outcome.attempts.at(-1))
    const { answer } = outcome
    if (!outcome.canceled) {
      const size = answer?.bytes.length ?? 0
      await remember(asked, { status: answer?.status ?? 0, took: Math.round(outcome.total), size })
    }
  } catch (error) {
    problem.value = error instanceof CallProblem ? error : new CallProblem('url', (error as Error).message)
  } finally {
    controller.value = undefined
  }
}

function endOf(call: Call, outcome: Outcome, last: Attempt | undefined): Ended {
  const { answer, failure } = outcome
  const explained = last && explainWire(last.wire, call, credentials.value)
  if (!answer) {
    const diagnosis = failure && diagnose(failure, explained)
    return { call, outcome, explained, diagnosis, bytes: new Uint8Array(), redacted: false }
  }
  if (answer.status < 400) {
    return { call, outcome, explained, diagnosis: undefined, bytes: answer.bytes, redacted: false }
  }
  const body = new TextDecoder().decode(answer.bytes)
  const headers = Object.fromEntries(answer.headers)
  const diagnosis = diagnose({ status: answer.status, headers, body }, explained)
  const safe = withoutEchoes(body, secretValues())
  const redacted = safe !== body
  return {
    call,
    outcome,
    explained,
    diagnosis,
    bytes: redacted ? new TextEncoder().encode(safe) : answer.bytes,
    redacted,
  }
}
