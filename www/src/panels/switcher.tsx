import '../styles/switcher.css'
import { useState } from 'preact/hooks'
import { titleOf } from '../model/request'
import { matching } from '../model/words'
import { collections, configCollections } from '../state/collections'
import { saveInPlace } from '../state/saving'
import { copyLink } from '../state/shared'
import { activeId, closeTab, newTab, open, reopenTab, shownTabs, showTab } from '../state/tabs'
import { nextTheme } from '../state/theme'
import {
  type DialogName,
  dialog,
  type RequestTab,
  type ResultTab,
  requestTab,
  resultTab,
  searchHistory,
} from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'
import { sendNow } from '../ui/send-now'

interface Item {
  kind: string
  label: string
  act: () => void
}

const show = (name: DialogName) => () => {
  dialog.value = name
}

function showPart(id: RequestTab) {
  requestTab.value = id
}

function showResult(id: ResultTab) {
  resultTab.value = id
}

function goToUrl() {
  const url = document.querySelector<HTMLInputElement>('#url')
  // Selecting alone does not focus the field in every browser.
  url?.focus()
  url?.select()
}

const COMMANDS: readonly (readonly [string, () => void])[] = [
  ['Send', () => void sendNow()],
  ['New tab', newTab],
  ['Close the tab', () => closeTab(activeId.value)],
  ['Reopen the closed tab', reopenTab],
  ['Save the request', saveInPlace],
  ['Copy a link to the request', () => void copyLink()],
  ['Go to the URL', goToUrl],
  ['Import', show('import')],
  ['Export', show('export')],
  ['Environments and variables', show('environments')],
  ['Explain an error', show('explain')],
  ['Verify a signed request', show('explain')],
  ['Keyboard shortcuts', show('keys')],
  ['Change the colours', nextTheme],
  ['Search the history', searchHistory],
  ...(['params', 'headers', 'body', 'auth', 'options'] as const).map(
    (id) => [`Request: ${id}`, () => showPart(id)] as const,
  ),
  ...(['response', 'request', 'signature', 'cors', 'code'] as const).map(
    (id) => [`Result: ${id === 'request' ? 'wire' : id}`, () => showResult(id)] as const,
  ),
]

/** A text field whose suggestions are the list below it. */
const COMBOBOX = { role: 'combobox' } as object

/** The maximum number of results to list. */
const MOST = 50

/** Finds requests and commands by name. */
export function Switcher() {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const items: Item[] = [
    ...shownTabs.value.map(({ id, doc }) => ({ kind: 'Tab', label: titleOf(doc), act: () => showTab(id) })),
    ...[...configCollections.value, ...collections.value].flatMap((item) =>
      item.requests.map((request) => ({
        kind: item.name,
        label: [request.folder, `${request.method} ${titleOf(request)}`].filter(Boolean).join(' / '),
        act: () => open(request, { collectionId: item.id, id: request.id, folder: request.folder }),
      })),
    ),
    ...COMMANDS.map(([label, act]) => ({ kind: 'Command', label, act })),
  ]
  const found = matching(items, query, ({ kind, label }) => `${kind} ${label}`).slice(0, MOST)
  const chosen = Math.min(at, found.length - 1)
  const take = (item: Item | undefined) => {
    if (!item) return
    // Exactly when the dialog has closed, because the action may show another dialog.
    document.querySelector('dialog')?.addEventListener('close', item.act)
    closeDialog()
  }
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((chosen + step + found.length) % Math.max(found.length, 1))
    else if (event.key === 'Enter') take(found[chosen])
    else return
    event.preventDefault()
    document
      .getElementById(`switch-${(chosen + (step ?? 0) + found.length) % Math.max(found.length, 1)}`)
      ?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <Dialog title="Go to">
      <form class="form" onSubmit={(event) => event.preventDefault()}>
        {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is set below */}
        <input
          type="search"
          {...COMBOBOX}
          aria-label="Request or command"
          aria-expanded="true"
          aria-controls="switch-list"
          aria-activedescendant={found.length > 0 ? `switch-${chosen}` : undefined}
          placeholder="Request or command"
          autocomplete="off"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={keys}
        />
        <div id="switch-list" class="switch-list" role="listbox" aria-label="Results">
          {found.map((item, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
            <div
              key={`${item.kind} ${item.label} ${i}`}
              id={`switch-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              onClick={() => take(item)}
            >
              <span class="ellipsis">{item.label}</span>
              <small class="muted">{item.kind}</small>
            </div>
          ))}
        </div>
        {found.length === 0 && <p class="muted">Nothing found.</p>}
      </form>
    </Dialog>
  )
}
