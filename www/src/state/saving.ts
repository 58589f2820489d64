// Saves in place: a request from a collection is saved there without asking.

import { titleOf } from '../model/request'
import { collections, placeOf, saveRequest } from './collections'
import { notify } from './notice'
import { doc, origin, saved } from './request'
import { dialog } from './view'

export function saveInPlace() {
  const from = origin.value
  const own = collections.value.find(({ id }) => id === from?.collectionId)
  if (!from || !own?.requests.some(({ id }) => id === from.id)) {
    dialog.value = 'save'
    return
  }
  const folder = placeOf(from)?.folder ?? ''
  saveRequest(own.id, doc.value, folder, from.id)
  saved({ ...from, folder })
  notify(`“${titleOf(doc.value)}” was saved, without credentials.`, {
    label: 'Save as another',
    act() {
      dialog.value = 'save'
    },
  })
}
