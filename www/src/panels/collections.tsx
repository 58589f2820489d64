import { signal } from '@preact/signals'
import { substituteKnown } from '../model/environment'
import { emptyRequest, isWebSocket, titleOf } from '../model/request'
import { matching } from '../model/words'
import {
  changeRequest,
  collections,
  given,
  newCollection,
  putBack,
  removeCollection,
  saveCollection,
  saveRequest,
  stepRequest,
} from '../state/collections'
import { type Collection, newId, type SavedRequest } from '../state/db'
import { lookup } from '../state/environments'
import { notify } from '../state/notice'
import { isEdited, origin } from '../state/request'
import { open } from '../state/tabs'
import { answerView, dialog, moving, resultTab, settingsShown, sideOpen } from '../state/view'
import { Find } from '../ui/find'
import { Icon } from '../ui/icons'
import { Menu } from '../ui/menu'
import { Renamed } from '../ui/renamed'
import { sendNow } from '../ui/send-now'

const folded = signal<ReadonlySet<string>>(new Set())
const renaming = signal('')
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
  const folders = new Map<string, SavedRequest[]>()
  for (const request of shown) folders.set(request.folder, [...(folders.get(request.folder) ?? []), request])
  const fold = () => {
    const next = new Set(folded.value)
    if (!next.delete(item.id)) next.add(item.id)
    folded.value = next
  }
  return (
    <section class="collection">
      <div class="entry head">
        {renaming.value === item.id ? (
          <Renamed
            name={item.name}
            done={(name) => {
              renaming.value = ''
              if (name) saveCollection({ ...item, name })
            }}
          />
        ) : (
          <button type="button" class="name" aria-expanded={!closed} onClick={fold}>
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
      {!closed &&
        [...folders].map(([folder, requests]) => (
          <div key={folder}>
            {folder && <p class="folder">{folder}</p>}
            <ul>
              {requests.map((request) => (
                <Entry key={request.id} item={item} request={request} own={own} />
              ))}
            </ul>
          </div>
        ))}
      {!closed && shown.length === 0 && (
        <p class="muted folder">{searching ? 'Nothing found.' : 'Save a request here with Ctrl+S.'}</p>
      )}
    </section>
  )
}

function Entry({ item, request, own }: { item: Collection; request: SavedRequest; own: boolean }) {
  const { id, folder } = request
  const name = titleOf(request)
  const chosen = origin.value?.id === id
  const show = (send: boolean) => {
    open(request, { collectionId: item.id, id, folder })
    sideOpen.value = false
    resultTab.value = 'response'
    answerView.value = request.view ?? 'pretty'
    if (send) void sendNow()
  }
  if (renaming.value === id) {
    return (
      <li class="entry">
        <Renamed
          name={name}
          done={(name) => {
            renaming.value = ''
            if (name) changeRequest(item.id, id, (old) => [{ ...old, name }])
          }}
        />
      </li>
    )
  }
  return (
    <li class={chosen ? 'entry chosen' : 'entry'}>
      <button
        type="button"
        class="name"
        title={request.url}
        // Only what the owner of this page has given may be sent by opening it.
        onClick={() => show(!own && request.sendOnOpen === true)}
      >
        <span class={`method-name m-${request.method}`}>
          {isWebSocket(substituteKnown(request.url, lookup.value)) ? 'WS' : request.method}
        </span>
        <span class="ellipsis">{name}</span>
        {chosen && isEdited.value && <span class="mark filled" role="img" aria-label="edited" />}
      </button>
      <button
        type="button"
        class="quiet square"
        aria-label={`Send ${name}`}
        title="Open and send"
        onClick={() => show(true)}
      >
        <Icon name="play" />
      </button>
      {own && (
        <Menu label={`Actions for ${name}`}>
          <button type="button" onClick={() => (renaming.value = id)}>
            Rename
          </button>
          <button
            type="button"
            onClick={() =>
              changeRequest(item.id, id, (old) => [old, { ...old, id: newId(), name: `${name} (copy)` }])
            }
          >
            Duplicate
          </button>
          <button type="button" onClick={() => stepRequest(item.id, id, -1)}>
            Move up
          </button>
          <button type="button" onClick={() => stepRequest(item.id, id, 1)}>
            Move down
          </button>
          <button
            type="button"
            onClick={() => {
              moving.value = { collectionId: item.id, id }
              dialog.value = 'move'
            }}
          >
            Move to…
          </button>
          <button
            type="button"
            class="bad-text"
            onClick={() => {
              const at = item.requests.indexOf(request)
              changeRequest(item.id, id, () => [])
              notify(`“${name}” was deleted.`, {
                label: 'Undo',
                act: () => putBack(item.id, request, at),
              })
            }}
          >
            Delete
          </button>
        </Menu>
      )}
    </li>
  )
}

/** A request that has its place, and its collection's settings, from the start. */
function addRequest(item: Collection) {
  const base = emptyRequest()
  const made = { ...base, name: 'New request', url: '/', auth: { ...base.auth, kind: 'inherit' as const } }
  const id = saveRequest(item.id, made, '')
  open(made, { collectionId: item.id, id, folder: '' })
  sideOpen.value = false
}

function remove(item: Collection) {
  void removeCollection(item.id)
  notify(`“${item.name}” was deleted.`, { label: 'Undo', act: () => saveCollection(item) })
}
