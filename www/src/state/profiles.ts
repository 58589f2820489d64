// The profiles of this machine that `gatesign serve --profile` offers, when that serves this page.

import { signal } from '@preact/signals'

export interface ProfileList {
  names: string[]
  /** As the forwarder's: proves that a request comes from this page. */
  token: string
}

export const profiles = signal<ProfileList>({ names: [], token: '' })

/** Whose credentials were filled in here, by their access key id. */
export const takenFrom = signal<ReadonlyMap<string, string>>(new Map())

export const noteTaken = (accessKeyId: string, name: string) => {
  takenFrom.value = new Map(takenFrom.value).set(accessKeyId, name)
}
