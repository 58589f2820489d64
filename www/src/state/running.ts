// The running request, and how the last one ended. `run.ts`, which sends, is loaded with the first request.

import { computed, effect, signal } from '@preact/signals'
import type { Call } from '../sign/call'
import type { Diagnosis } from '../sign/gatesign'
import type { Outcome } from '../sign/send'
import type { Explained } from '../sign/wire'
import { credentials } from './credentials'
import { lookup } from './environments'
import { problem } from './problem'
import { effective, file, opening } from './request'
import type { Stream } from './stream'
import { openings } from './tabs'

export interface Ended {
  /** The opening of the request that it belongs to. */
  opening: number
  call: Call
  outcome: Outcome
  /** How the request that was sent last was signed. */
  explained: Explained | undefined
  /** Why the request was refused or failed; undefined for a success. */
  diagnosis: Diagnosis | undefined
  /** The body as it is shown: for a refusal, without the secrets that it repeats. */
  bytes: Uint8Array<ArrayBuffer>
  redacted: boolean
}

/** Results by opening; those that no tab can go back to are dropped. */
export const answers = signal<ReadonlyMap<number, Ended>>(new Map())

effect(() => {
  const open = [...answers.value].filter(([opening]) => openings.value.has(opening))
  if (open.length < answers.value.size) answers.value = new Map(open)
})

/** The result of the request in the editor; the answer to another request is not shown. */
export const ended = computed(() => answers.value.get(opening.value))
export const attempts = signal(0)
export const received = signal(0)
/** The part of the running request's answer that has arrived. */
export const streamed = signal<Stream | undefined>(undefined)
export const controller = signal<AbortController | undefined>(undefined)
export const isRunning = computed(() => controller.value !== undefined)

/** The opening that the running request belongs to. */
export const runningFor = signal(0)

// Any edit may have fixed it; clear the message until the next send.
effect(() => {
  void [effective.value, lookup.value, file.value, credentials.value]
  problem.value = undefined
})

export function cancel() {
  controller.value?.abort()
}
