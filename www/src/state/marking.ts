// Marks variables as secret by their use, while requests and credentials are edited.

import { effect } from '@preact/signals'
import { docsOf } from '../model/settings'
import { collections } from './collections'
import { environments, markSecrets } from './environments'
import { identities } from './identities'
import { notify } from './notice'
import { effective } from './request'

/** Waits, because a name is incomplete while it is typed. */
const PAUSE_MS = 500

export function markWhileEditing() {
  // Requests that were saved before, by this page or an older one.
  markSecrets(collections.value.flatMap(docsOf))
  let timer = 0
  effect(() => {
    void [effective.value, identities.value, environments.value]
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const marked = markSecrets([effective.value])
      if (marked.length === 0) return
      const names = marked.map((name) => `{{${name}}}`).join(', ')
      notify(`${names} is used as a credential: it is a secret now, kept in memory only.`)
    }, PAUSE_MS)
  })
}
