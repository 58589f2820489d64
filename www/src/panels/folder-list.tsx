import { signal } from '@preact/signals'
import { emptyRequest } from '../model/request'
import { countOf, type Folder, outerOf } from '../model/tree'
import { saveRequest } from '../state/collections'
import type { Collection, SavedRequest } from '../state/db'
import { newFolder, removeFolder, renameFolder, stepFolder } from '../state/folders'
import { notify } from '../state/notice'
import { open } from '../state/tabs'
import { dialog, settingsShown, sideOpen } from '../state/view'
import { Icon } from '../ui/icons'
import { Menu } from '../ui/menu'
import { Renamed } from '../ui/renamed'
import { Entry, renaming } from './collection-entry'
import { draggable, dropPlace, overClass } from './drag'
import { MoveItems } from './move-items'

/** Ids of collections and keys of folders. */
export const folded = signal<ReadonlySet<string>>(new Set())

export function fold(key: string) {
  const next = new Set(folded.value)
  if (!next.delete(key)) next.add(key)
  folded.value = next
}

const keyOf = (item: Collection, path: string) => `${item.id}/${path}`

interface Props {
  item: Collection
  folder: Folder<SavedRequest>
  own: boolean
  /** Search results are shown in folded folders too. */
  searching: boolean
}

/** Requests, then the folders in the folder. */
export function Inside({ item, folder, own, searching }: Props) {
  const folders = folder.folders.filter((inner) => !searching || countOf(inner) > 0)
  return (
    <>
      {folder.items.length > 0 && (
        <ul>
          {folder.items.map((request) => (
            <Entry key={request.id} item={item} request={request} own={own} />
          ))}
        </ul>
      )}
      {folders.map((inner) => (
        <FolderList key={inner.path} item={item} folder={inner} own={own} searching={searching} />
      ))}
    </>
  )
}

function FolderList({ item, folder, own, searching }: Props) {
  const { path, name } = folder
  const key = keyOf(item, path)
  const closed = folded.value.has(key) && !searching
  const place = { key, collectionId: item.id, folder: path, outer: outerOf(path) }
  const row = item.folders?.find((row) => row.path === path)
  return (
    <div class="folder-list">
      <div
        class={`entry${overClass(key)}`}
        {...(own && { ...draggable({ collectionId: item.id, path }), ...dropPlace(place) })}
      >
        {renaming.value === key ? (
          <Renamed
            name={name}
            label="Name of the folder"
            done={(name) => {
              renaming.value = ''
              if (name?.trim()) renameFolder(item.id, path, name.trim())
            }}
          />
        ) : (
          <button type="button" class="name" aria-expanded={!closed} onClick={() => fold(key)}>
            <Icon name={closed ? 'right' : 'down'} />
            <span class="ellipsis">{name}</span>
            <span class="count">{countOf(folder)}</span>
            {row?.settings && <span class="muted has-settings">settings</span>}
          </button>
        )}
        {own && (
          <Menu label={`Actions for the folder ${name}`}>
            <button type="button" onClick={() => addRequest(item, path)}>
              Add a request
            </button>
            <button type="button" onClick={() => addFolder(item, path)}>
              Add a folder
            </button>
            <button
              type="button"
              onClick={() => {
                settingsShown.value = { collectionId: item.id, path }
                dialog.value = 'collection'
              }}
            >
              Settings
            </button>
            <button type="button" onClick={() => (renaming.value = key)}>
              Rename
            </button>
            <MoveItems item={{ collectionId: item.id, path }} step={(by) => stepFolder(item.id, path, by)} />
            <button
              type="button"
              class="bad-text"
              onClick={() =>
                notify(`“${name}” was deleted.`, { label: 'Undo', act: removeFolder(item.id, path) })
              }
            >
              Delete
            </button>
          </Menu>
        )}
      </div>
      {!closed && (
        <div class="inside">
          <Inside item={item} folder={folder} own={own} searching={searching} />
        </div>
      )}
    </div>
  )
}

/** Opens a new request with this place and its settings. */
export function addRequest(item: Collection, folder = '') {
  const base = emptyRequest()
  const request = { ...base, name: 'New request', url: '/', auth: { ...base.auth, kind: 'inherit' as const } }
  const id = saveRequest(item.id, request, folder)
  open(request, { collectionId: item.id, id, folder })
  sideOpen.value = false
}

/** Creates a folder and asks for its name. */
export function addFolder(item: Collection, outer = '') {
  renaming.value = keyOf(item, newFolder(item.id, outer))
}
