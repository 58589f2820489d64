import { useState } from 'preact/hooks'
import { titleOf } from '../model/request'
import { collections, moveRequest } from '../state/collections'
import { moving } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'

/** Puts a saved request into another folder or collection. Folders lie in folders: `A / B`. */
export function MoveDialog() {
  const { collectionId, id } = moving.value
  const from = collections.value.find((item) => item.id === collectionId)
  const request = from?.requests.find((item) => item.id === id)
  const [to, setTo] = useState(collectionId)
  const [folder, setFolder] = useState(request?.folder ?? '')
  if (!request) return null
  const folders = collections.value.find((item) => item.id === to)?.requests.map((item) => item.folder) ?? []
  return (
    <Dialog title={`Move ${titleOf(request)}`}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          moveRequest(collectionId, id, to, folder.trim())
          closeDialog()
        }}
      >
        <label class="field">
          <span>Folder</span>
          <input
            value={folder}
            placeholder="none; A / B is a folder in a folder"
            autocomplete="off"
            list="move-folders"
            aria-label="Folder"
            onInput={(event) => setFolder(event.currentTarget.value)}
          />
        </label>
        <datalist id="move-folders">
          {[...new Set(folders)].filter(Boolean).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label class="field">
          <span>Collection</span>
          <select aria-label="Collection" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
            {collections.value.map((item) => (
              <option key={item.id} value={item.id}>
                {item.name}
              </option>
            ))}
          </select>
        </label>
        <div class="dialog-end">
          <button type="submit" class="primary">
            Move
          </button>
        </div>
      </form>
    </Dialog>
  )
}
