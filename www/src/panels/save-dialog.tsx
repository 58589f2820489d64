import { useState } from 'preact/hooks'
import { titleOf } from '../model/request'
import { collections, newCollection, saveRequest } from '../state/collections'
import { notify } from '../state/notice'
import { doc, edit, origin, saved } from '../state/request'
import { sideTab } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'

const NEW = ''

export function SaveDialog() {
  const from = origin.value
  const own = collections.value
  const current = own.find(
    ({ id, requests }) => id === from?.collectionId && requests.some((item) => item.id === from.id),
  )
  const [name, setName] = useState(doc.value.url === '' ? doc.value.name : titleOf(doc.value))
  const [collectionId, setCollectionId] = useState(current?.id ?? own[0]?.id ?? NEW)
  const [collectionName, setCollectionName] = useState('My requests')
  const [folder, setFolder] = useState(current ? (from?.folder ?? '') : '')
  const folders = new Set(
    own
      .find(({ id }) => id === collectionId)
      ?.requests.map((item) => item.folder)
      .filter(Boolean),
  )

  const save = (asNew: boolean) => {
    edit({ name: name.trim() })
    const into =
      collectionId === NEW ? newCollection({ name: collectionName.trim() || 'My requests' }).id : collectionId
    const same = !asNew && current?.id === into ? from?.id : undefined
    const id = saveRequest(into, doc.value, folder.trim(), same)
    saved({ collectionId: into, id, folder: folder.trim() })
    sideTab.value = 'collections'
    closeDialog()
    notify(`“${titleOf(doc.value)}” was saved, without credentials.`)
  }

  return (
    <Dialog title="Save the request">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          save(false)
        }}
      >
        <label class="field">
          <span>Name</span>
          <input value={name} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <div class="pair">
          <label class="field">
            <span>Collection</span>
            <select value={collectionId} onChange={(event) => setCollectionId(event.currentTarget.value)}>
              {own.map((item) => (
                <option key={item.id} value={item.id}>
                  {item.name}
                </option>
              ))}
              <option value={NEW}>New collection…</option>
            </select>
          </label>
          {collectionId === NEW ? (
            <label class="field">
              <span>Name of the new collection</span>
              <input
                value={collectionName}
                autocomplete="off"
                onInput={(event) => setCollectionName(event.currentTarget.value)}
              />
            </label>
          ) : (
            <label class="field">
              <span>Folder</span>
              <input
                value={folder}
                placeholder="none"
                autocomplete="off"
                list="folders"
                onInput={(event) => setFolder(event.currentTarget.value)}
              />
            </label>
          )}
        </div>
        <datalist id="folders">
          {[...folders].map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
        <div class="dialog-end">
          {current?.id === collectionId && (
            <button type="button" onClick={() => save(true)}>
              Save as another request
            </button>
          )}
          <button type="submit" class="primary">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  )
}
