// The forwarder of `gatesign serve`, if that serves this page: config.json says so.

import { signal } from '@preact/signals'

export interface Forwarder {
  /** The hosts that it may send to; empty: it is off. */
  hosts: string[]
  /** Proves that a request comes from this page; new for each start. */
  token: string
}

export const forwarder = signal<Forwarder | undefined>(undefined)

/** Whether requests are sent through it. */
export const forwards = signal(false)
