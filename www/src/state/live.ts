// The signature of the request in the editor, updated while it is edited.

import { effect, signal } from '@preact/signals'
import { canSign } from '../model/credentials'
import { CallProblem } from '../sign/call'
import { ready } from '../sign/gatesign'
import { type Explained, explainWire, type Wire, wireOf } from '../sign/wire'
import { credentials } from './credentials'
import { call } from './request'

export interface Live {
  explained?: Explained
  /** Header names and URL, to show which preflight a browser would send. */
  wire?: Wire
  problem?: string
}

export const live = signal<Live>({})

/** Updates the signature as long as it is shown. @returns a function that stops it */
export function follow(): () => void {
  let timer = 0
  let version = 0
  const stop = effect(() => {
    const current = call.value
    const identity = credentials.value
    const turn = ++version
    clearTimeout(timer)
    timer = window.setTimeout(async () => {
      const next = await explain(current, identity)
      if (turn === version) live.value = next
    }, 40)
  })
  return () => {
    version++
    clearTimeout(timer)
    stop()
    live.value = {}
  }
}

async function explain(current: typeof call.value, identity: typeof credentials.value): Promise<Live> {
  if (current instanceof CallProblem) return { problem: current.message }
  if (current.signing !== 'none' && !canSign(identity)) {
    return { problem: 'Enter credentials to see how this request is signed.' }
  }
  try {
    await ready
    const wire = await wireOf(current, identity)
    const explained = explainWire(wire, current, identity)
    return { wire, ...(explained && { explained }) }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}
