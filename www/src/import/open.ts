// Takes over what was imported: a request into the editor, collections into the list, credentials
// into memory.

import { newCollection } from '../state/collections'
import { chooseEnvironment, environmentId, saveEnvironment } from '../state/environments'
import { rememberAll } from '../state/history'
import { notify } from '../state/notice'
import { open } from '../state/request'
import { credentials } from '../state/secrets'
import { sideTab } from '../state/view'
import { readText } from './read'

/** @returns what was left out, in sentences */
export async function openText(text: string): Promise<string[]> {
  const found = await readText(text)
  // Another key does not go with the session token of the one before.
  const other = found.credentials.accessKeyId !== undefined && { sessionToken: '', expiresAt: 0 }
  credentials.value = { ...credentials.value, ...other, ...found.credentials }
  if (found.request) {
    open(found.request)
    notify(
      `The request was imported${Object.keys(found.credentials).length > 0 ? ', its credentials into memory' : ''}.`,
    )
  }
  for (const { name, requests } of found.collections) newCollection(name, requests)
  for (const environment of found.environments) {
    saveEnvironment(environment)
    if (environmentId.value === '') chooseEnvironment(environment.id)
  }
  if (found.history.length > 0) await rememberAll(found.history)
  if (found.collections.length > 0) {
    sideTab.value = 'collections'
    const count = found.collections.reduce((sum, { requests }) => sum + requests.length, 0)
    notify(`${count} ${count === 1 ? 'request was' : 'requests were'} imported.`)
  } else if (found.history.length > 0) {
    notify(`${found.history.length} entries of history were imported.`)
  }
  return found.notes
}
