// Uses what was imported: puts a request into the editor, collections into the list, and credentials into memory.

import { lookupOf } from '../model/environment'
import { originOf } from '../model/origin'
import { docsOf, settingsIn, withSettings } from '../model/settings'
import { allowTogether } from '../state/allowed'
import { newCollection } from '../state/collections'
import { chooseEnvironment, environmentId, markSecrets, saveEnvironment } from '../state/environments'
import { rememberAll } from '../state/history'
import { changeIdentity, DEFAULT, identityOf } from '../state/identities'
import { notify } from '../state/notice'
import { open } from '../state/tabs'
import { sideTab } from '../state/view'
import { readAway } from './away'
import { takeIdentities } from './identities'
import type { Imported } from './imported'

/** @returns sentences that say what was left out */
export async function openText(text: string, signal?: AbortSignal): Promise<string[]> {
  const found = await readAway(text, signal)
  const docs = allDocs(found)
  const { names, apart } = takeIdentities(found, docs)
  // Done before anything is stored, because the whole import shows which values are credentials.
  markSecrets(docs)
  for (const environment of found.environments) {
    saveEnvironment(environment)
    if (environmentId.value === '') chooseEnvironment(environment.id)
  }
  await allowTogether(
    originsOf(found),
    names,
    found.environments.map(({ id }) => id),
  )
  if (found.request) open(found.request)
  for (const { id: _, ...collection } of found.collections) newCollection(collection)
  if (found.history.length > 0) await rememberAll(found.history)
  if (found.collections.length > 0) sideTab.value = 'collections'
  tell(found, names, apart)
  return found.notes
}

const allDocs = ({ request, collections, history }: Imported) => [
  ...(request ? [request] : []),
  ...collections.flatMap(docsOf),
  ...history.map(({ doc }) => doc),
]

function originsOf(found: Imported): Set<string> {
  const lookups = [new Map<string, string>(), ...found.environments.map(lookupOf)]
  const docs = [
    ...allDocs(found),
    ...found.collections.flatMap((collection) =>
      collection.requests.map((item) => withSettings(item, settingsIn(collection, item.folder))),
    ),
  ]
  return new Set(lookups.flatMap((lookup) => docs.map(({ url }) => originOf(url, lookup))))
}

function tell({ request, collections, history }: Imported, names: string[], apart: string) {
  const count = collections.reduce((sum, { requests }) => sum + requests.length, 0)
  const summary = request
    ? 'The request was imported'
    : count > 0
      ? `${count} ${count === 1 ? 'request was' : 'requests were'} imported`
      : history.length > 0
        ? `${history.length} entries of history were imported`
        : ''
  if (summary === '') return
  const memory = names.length > 0 ? ', its credentials into memory' : ''
  if (apart === '') return notify(`${summary}${memory}.`)
  notify(`${summary}${memory}. They are named “${apart}”; your other credentials are unchanged.`, {
    label: 'Use them for all requests',
    act: () => changeIdentity(DEFAULT, identityOf(apart)),
  })
}
