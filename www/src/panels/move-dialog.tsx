import { useState } from 'preact/hooks'
import { titleOf } from '../model/request'
import { innerName, outerOf } from '../model/tree'
import { collections, moveRequest } from '../state/collections'
import { canMove, foldersOf, moveFolder } from '../state/folders'
import { moving } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'

/** Moves a saved request or a folder to another folder or collection. Folders can be nested: `A / B`. */
export function MoveDialog() {
  const { collectionId, id, path } = moving.value
  const from = collections.value.find((item) => item.id === collectionId)
  const request = from?.requests.find((item) => item.id === id)
  const [to, setTo] = useState(collectionId)
  const [folder, setFolder] = useState(path === undefined ? (request?.folder ?? '') : outerOf(path))
  const target = collections.value.find((item) => item.id === to)
  if (!target || (!request && path === undefined)) return null
  const destination = folder.trim()
  const isLost = path !== undefined && !canMove(collectionId, path, to, destination)
  return (
    <Dialog title={`Move ${request ? titleOf(request) : innerName(path ?? '')}`}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isLost) return
          if (path !== undefined) moveFolder(collectionId, path, to, destination)
          else if (id !== undefined) moveRequest(collectionId, id, to, destination)
          closeDialog()
        }}
      >
        <label class="field">
          <span>Folder</span>
          <input
            value={folder}
            placeholder="none; A / B is a folder within a folder"
            autocomplete="off"
            list="move-folders"
            aria-label="Folder"
            aria-invalid={isLost || undefined}
            aria-describedby="move-problem"
            onInput={(event) => setFolder(event.currentTarget.value)}
          />
          <small id="move-problem" class="bad-text" role="status">
            {isLost && 'A folder cannot be moved into itself.'}
          </small>
        </label>
        <datalist id="move-folders">
          {foldersOf(target).map((name) => (
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
