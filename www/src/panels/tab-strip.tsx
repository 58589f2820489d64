import { substituteKnown } from '../model/environment'
import { lookup } from '../state/environments'
import '../styles/tab-strip.css'
import { signal } from '@preact/signals'
import { isWebSocket, titleOf } from '../model/request'
import {
  activeId,
  canReopen,
  closeOthers,
  closeTab,
  duplicateTab,
  moveTab,
  newTab,
  reopenTab,
  type Shown,
  shownTabs,
  showTab,
} from '../state/tabs'
import { Icon } from '../ui/icons'
import { Menu } from '../ui/menu'

const dragged = signal('')

/** The requests that are open: shown, reordered, closed. */
export function TabStrip() {
  const tabs = shownTabs.value
  return (
    <nav class={tabs.length > 1 ? 'tab-strip' : 'tab-strip single'} aria-label="Open requests">
      <ul>
        {tabs.map((tab, at) => (
          <OneTab key={tab.id} tab={tab} at={at} />
        ))}
      </ul>
      <button
        type="button"
        class="quiet square"
        aria-label="New tab"
        title="New tab (Alt+T)"
        onClick={newTab}
      >
        <Icon name="plus" />
      </button>
      <Menu label="Actions for tabs">
        <button type="button" disabled={!canReopen.value} onClick={reopenTab}>
          Reopen the closed tab
        </button>
        <button
          type="button"
          onClick={() => void import('../state/shared').then(({ copyLink }) => copyLink())}
        >
          Copy a link to this request
        </button>
        <button type="button" onClick={() => duplicateTab(activeId.value)}>
          Duplicate this tab
        </button>
        <button type="button" disabled={tabs.length < 2} onClick={() => closeOthers(activeId.value)}>
          Close the other tabs
        </button>
      </Menu>
    </nav>
  )
}

function OneTab({ tab: { id, doc, edited }, at }: { tab: Shown; at: number }) {
  const title = titleOf(doc)
  const method = isWebSocket(substituteKnown(doc.url, lookup.value)) ? 'WS' : doc.method
  const active = id === activeId.value
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (event.key === 'Delete') closeTab(id)
    else if (step && event.altKey) moveTab(id, at + step)
    else if (step) focusTab(at + step)
    else return
    event.preventDefault()
  }
  return (
    <li
      class={active ? 'active' : ''}
      draggable
      onDragStart={(event) => {
        dragged.value = id
        event.dataTransfer?.setData('text/plain', title)
      }}
      onDragOver={(event) => {
        if (dragged.value === '') return
        event.preventDefault()
        if (dragged.value !== id) moveTab(dragged.value, at)
      }}
      onDragEnd={() => {
        dragged.value = ''
      }}
      onMouseDown={(event) => {
        // The middle button closes the tab and must not start scrolling.
        if (event.button === 1) event.preventDefault()
      }}
      onAuxClick={(event) => event.button === 1 && closeTab(id)}
    >
      <button
        type="button"
        class="name"
        // The method comes last, because entries of the lists start with theirs.
        aria-label={`Tab ${title}, ${method}${edited ? ', edited' : ''}`}
        aria-current={active ? 'true' : undefined}
        title={doc.url}
        onClick={() => showTab(id)}
        onKeyDown={keys}
      >
        {/* Written by the style sheet, so that it is not part of the tab's name. */}
        <span class={`method-name m-${doc.method}`} data-method={method} />
        <span class="ellipsis">{title}</span>
        {edited && <span class="mark filled" />}
      </button>
      <button
        type="button"
        class="quiet square"
        aria-label={`Close tab ${title}`}
        onClick={() => closeTab(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

function focusTab(at: number) {
  const all = document.querySelectorAll<HTMLElement>('.tab-strip .name')
  all[(at + all.length) % all.length]?.focus()
}
