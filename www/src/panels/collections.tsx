import { signal } from '@preact/signals'
import { titleOf } from '../model/request'
import { rowPaths, treeOf } from '../model/tree'
import { matching } from '../model/words'
import {
  collections,
  configCollections,
  newCollection,
  removeCollection,
  saveCollection,
} from '../state/collections'
import { type Collection, newId } from '../state/db'
import { notify } from '../state/notice'
import { dialog, settingsShown } from '../state/view'
import { Find } from '../ui/find'
import { Icon } from '../ui/icons'
import { Menu } from '../ui/menu'
import { Renamed } from '../ui/renamed'
import { renaming } from './collection-entry'
import { dropPlace, overClass } from './drag'
import { addFolder, addRequest, fold, folded, Inside } from './folder-list'

const query = signal('')

export function Collections() {
  const own = collections.value
  const all = [...configCollections.value, ...own]
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
          onClick={() => (renaming.value = newCollection({ name: 'New collection' }).id)}
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
        class={`entry head${overClass(item.id)}`}
        {...(own && dropPlace({ key: item.id, collectionId: item.id, folder: '' }))}
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
              <button type="button" onClick={() => addFolder(item)}>
                Add a folder
              </button>
              <button
                type="button"
                onClick={() => {
                  settingsShown.value = { collectionId: item.id, path: '' }
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
              newCollection({
                ...item,
                name: `${item.name} (copy)`,
                requests: item.requests.map((request) => ({ ...request, id: newId() })),
              })
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
      {!closed && (
        <Inside item={item} folder={treeOf(shown, rowPaths(item))} own={own} searching={searching} />
      )}
      {!closed && shown.length === 0 && (searching || !item.folders?.length) && (
        <p class="muted folder">{searching ? 'Nothing found.' : 'Save a request here with Ctrl+S.'}</p>
      )}
    </section>
  )
}

function remove(item: Collection) {
  void removeCollection(item.id)
  notify(`“${item.name}” was deleted.`, { label: 'Undo', act: () => saveCollection(item) })
}
