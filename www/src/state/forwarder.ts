// The forwarder of `gatesign serve`, when that serves this page: it says so in config.json.

import { signal } from '@preact/signals'

export interface Forwarder {
  /** Where it may send to; empty: it is off. */
  hosts: string[]
  /** Proves that a request comes from this page; a new one for each start. */
  token: string
}

export const forwarder = signal<Forwarder | undefined>(undefined)

/** Whether requests go through it. */
export const forwards = signal(false)
