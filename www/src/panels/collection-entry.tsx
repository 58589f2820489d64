import { signal } from '@preact/signals'
import { substituteKnown } from '../model/environment'
import { isWebSocket, titleOf } from '../model/request'
import { changeRequest, putBack, stepRequest } from '../state/collections'
import { type Collection, newId, type SavedRequest } from '../state/db'
import { lookup } from '../state/environments'
import { notify } from '../state/notice'
import { isEdited, origin } from '../state/request'
import { open } from '../state/tabs'
import { answerView, resultTab, sideOpen } from '../state/view'
import { Icon } from '../ui/icons'
import { Menu } from '../ui/menu'
import { Renamed } from '../ui/renamed'
import { sendNow } from '../ui/send-now'
import { draggable, dropPlace, overClass } from './drag'
import { MoveItems } from './move-items'

/** The item that is being renamed: the id of a request or collection, or the key of a folder. */
export const renaming = signal('')

/** A saved request in its list. */
export function Entry({ item, request, own }: { item: Collection; request: SavedRequest; own: boolean }) {
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
    <li
      class={`entry${chosen ? ' chosen' : ''}${overClass(id)}`}
      {...(own && {
        ...draggable({ collectionId: item.id, id }),
        ...dropPlace({ key: id, collectionId: item.id, folder, request: id }),
      })}
    >
      <button
        type="button"
        class="name"
        title={request.url}
        // Only requests that the page's owner provides may be sent by opening them.
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
          <MoveItems item={{ collectionId: item.id, id }} step={(by) => stepRequest(item.id, id, by)} />
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
