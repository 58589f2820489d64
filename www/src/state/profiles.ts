// The profiles of this machine that `gatesign serve --profile` offers, if that serves this page.

import { signal } from '@preact/signals'

export interface ProfileList {
  names: string[]
  /** Proves that a request comes from this page, like the forwarder's token. */
  token: string
}

export const profiles = signal<ProfileList>({ names: [], token: '' })

/** The profiles whose credentials were filled in, by access key id. */
export const takenFrom = signal<ReadonlyMap<string, string>>(new Map())

export const noteTaken = (accessKeyId: string, name: string) => {
  takenFrom.value = new Map(takenFrom.value).set(accessKeyId, name)
}
