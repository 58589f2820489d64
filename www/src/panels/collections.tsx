import { signal } from '@preact/signals'
import { emptyRequest, titleOf } from '../model/request'
import { countOf, type Folder, treeOf } from '../model/tree'
import { matching } from '../model/words'
import {
  collections,
  given,
  newCollection,
  removeCollection,
  renameFolder,
  saveCollection,
  saveRequest,
} from '../state/collections'
import { type Collection, newId, type SavedRequest } from '../state/db'
import { notify } from '../state/notice'
import { open } from '../state/tabs'
import { dialog, settingsShown, sideOpen } from '../state/view'
import { Find } from '../ui/find'
import { Icon } from '../ui/icons'
import { Menu } from '../ui/menu'
import { Renamed } from '../ui/renamed'
import { Entry, renaming } from './collection-entry'
import { dropPlace, over } from './drag'

const folded = signal<ReadonlySet<string>>(new Set())
const query = signal('')

export function Collections() {
  const own = collections.value
  const all = [...given.value, ...own]
  return (
    <div class="lists">
      <Find label="collections" query={query} />
      <div class="scroll">
        {all.map((item) => (
          <CollectionList key={item.id} item={item} own={own.includes(item)} />
        ))}
        <button
          type="button"
          class="quiet add"
          onClick={() => (renaming.value = newCollection('New collection').id)}
        >
          <Icon name="plus" />
          New collection
        </button>
      </div>
    </div>
  )
}

function CollectionList({ item, own }: { item: Collection; own: boolean }) {
  const searching = query.value.trim() !== ''
  const shown = matching(
    item.requests,
    query.value,
    (request) => `${titleOf(request)} ${request.method} ${request.url} ${request.folder}`,
  )
  const closed = folded.value.has(item.id) && !searching
  return (
    <section class="collection">
      <div
        class={over.value === item.id ? 'entry head over' : 'entry head'}
        {...(own && dropPlace(item.id, item.id, ''))}
      >
        {renaming.value === item.id ? (
          <Renamed
            name={item.name}
            done={(name) => {
              renaming.value = ''
              if (name) saveCollection({ ...item, name })
            }}
          />
        ) : (
          <button type="button" class="name" aria-expanded={!closed} onClick={() => fold(item.id)}>
            <Icon name={closed ? 'right' : 'down'} />
            <strong>{item.name}</strong>
            <span class="count">{item.requests.length}</span>
          </button>
        )}
        <Menu label={`Actions for ${item.name}`}>
          {own && (
            <>
              <button type="button" onClick={() => addRequest(item)}>
                Add a request
              </button>
              <button
                type="button"
                onClick={() => {
                  settingsShown.value = item.id
                  dialog.value = 'collection'
                }}
              >
                Settings
              </button>
              <button type="button" onClick={() => (renaming.value = item.id)}>
                Rename
              </button>
            </>
          )}
          <button
            type="button"
            onClick={() =>
              newCollection(
                `${item.name} (copy)`,
                item.requests.map((request) => ({ ...request, id: newId() })),
                item.settings,
              )
            }
          >
            Duplicate
          </button>
          {own && (
            <button type="button" class="bad-text" onClick={() => remove(item)}>
              Delete
            </button>
          )}
        </Menu>
      </div>
      {!closed && <Inside item={item} folder={treeOf(shown)} own={own} searching={searching} />}
      {!closed && shown.length === 0 && (
        <p class="muted folder">{searching ? 'Nothing found.' : 'Save a request here with Ctrl+S.'}</p>
      )}
    </section>
  )
}

interface InsideProps {
  item: Collection
  folder: Folder<SavedRequest>
  own: boolean
  /** What is found is shown, in folded folders too. */
  searching: boolean
}

/** Requests, then the folders in the folder. */
function Inside({ item, folder, own, searching }: InsideProps) {
  return (
    <>
      {folder.items.length > 0 && (
        <ul>
          {folder.items.map((request) => (
            <Entry key={request.id} item={item} request={request} own={own} />
          ))}
        </ul>
      )}
      {folder.folders.map((inner) => (
        <FolderList key={inner.path} item={item} folder={inner} own={own} searching={searching} />
      ))}
    </>
  )
}

function FolderList({ item, folder, own, searching }: InsideProps) {
  const key = `${item.id}/${folder.path}`
  const closed = folded.value.has(key) && !searching
  return (
    <div class="folder-list">
      <div
        class={over.value === key ? 'entry over' : 'entry'}
        {...(own && dropPlace(key, item.id, folder.path))}
      >
        {renaming.value === key ? (
          <Renamed
            name={folder.name}
            label="Name of the folder"
            done={(name) => {
              renaming.value = ''
              if (name?.trim()) renameFolder(item.id, folder.path, name.trim())
            }}
          />
        ) : (
          <button type="button" class="name" aria-expanded={!closed} onClick={() => fold(key)}>
            <Icon name={closed ? 'right' : 'down'} />
            <span class="ellipsis">{folder.name}</span>
            <span class="count">{countOf(folder)}</span>
          </button>
        )}
        {own && (
          <Menu label={`Actions for the folder ${folder.name}`}>
            <button type="button" onClick={() => addRequest(item, folder.path)}>
              Add a request
            </button>
            <button type="button" onClick={() => (renaming.value = key)}>
              Rename
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

function fold(key: string) {
  const next = new Set(folded.value)
  if (!next.delete(key)) next.add(key)
  folded.value = next
}

/** A request that has its place, and its collection's settings, from the start. */
function addRequest(item: Collection, folder = '') {
  const base = emptyRequest()
  const made = { ...base, name: 'New request', url: '/', auth: { ...base.auth, kind: 'inherit' as const } }
  const id = saveRequest(item.id, made, folder)
  open(made, { collectionId: item.id, id, folder })
  sideOpen.value = false
}

function remove(item: Collection) {
  void removeCollection(item.id)
  notify(`“${item.name}” was deleted.`, { label: 'Undo', act: () => saveCollection(item) })
}
