import { signal, useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { matching } from '../model/words'
import type { HistoryRow } from '../state/db'
import { forget, history, loadHistory, recall, remember, rememberAll, renameEntry } from '../state/history'
import { notify } from '../state/notice'
import { open } from '../state/tabs'
import { dialog, sideOpen } from '../state/view'
import { Find } from '../ui/find'
import { Menu } from '../ui/menu'
import { Renamed } from '../ui/renamed'
import { duration } from '../ui/units'
import { Virtual } from '../ui/virtual'

const query = signal('')
const renaming = signal('')

const textOf = (row: HistoryRow) => `${row.name} ${row.method} ${row.url} ${row.status}`

export function History() {
  useEffect(() => void loadHistory(), [])
  const shown = useComputed(() => matching(history.value ?? [], query.value, textOf))
  if (!history.value) return <div class="state waiting" aria-busy="true" />
  if (history.value.length === 0) {
    return (
      <div class="state">
        <p>Every request that you send is listed here, without credentials and without its answer.</p>
      </div>
    )
  }
  return (
    <div class="lists">
      <Find label="history" id="search" query={query}>
        <span class="count" role="status">
          {shown.value.length}
        </span>
        <Menu label="Actions for the history">
          <button type="button" onClick={() => (dialog.value = 'export')}>
            Export
          </button>
          <button type="button" class="bad-text" onClick={() => (dialog.value = 'forget')}>
            Delete all
          </button>
        </Menu>
      </Find>
      {shown.value.length === 0 ? (
        <p class="state">Nothing found.</p>
      ) : (
        <Virtual
          label="History"
          count={shown.value.length}
          rowHeight={46}
          render={(i) => {
            const item = shown.value[i]
            return item && <Entry key={item.id} item={item} />
          }}
        />
      )}
    </div>
  )
}

/** The user's name for it, or the called URL. */
const pathOf = ({ name, url }: HistoryRow) => name || url.replace(/^\w+:\/\/[^/]*/, '') || url

function Entry({ item }: { item: HistoryRow }) {
  const { id, at, method, url, status, took } = item
  const path = pathOf(item)
  if (renaming.value === id) {
    return (
      <div class="entry tall">
        <Renamed
          name={path}
          done={(name) => {
            renaming.value = ''
            if (name) void renameEntry(id, name)
          }}
        />
      </div>
    )
  }
  return (
    <div class="entry tall">
      <button type="button" class="name" title={url} onClick={() => void show(id)}>
        <span class={`method-name m-${method}`}>{method}</span>
        <span class="two">
          <span class="ellipsis">{path}</span>
          <small>
            <span class={`s-${Math.floor(status / 100)}`}>{status || 'no answer'}</span> · {duration(took)} ·{' '}
            {when(at)}
          </small>
        </span>
      </button>
      <Menu label={`Actions for ${path}`}>
        <button type="button" onClick={() => (renaming.value = id)}>
          Rename
        </button>
        <button type="button" onClick={() => void duplicate(item)}>
          Duplicate
        </button>
        <button type="button" class="bad-text" onClick={() => void remove(item)}>
          Delete
        </button>
      </Menu>
    </div>
  )
}

async function show(id: string) {
  const doc = await recall(id)
  if (!doc) return notify('This entry is gone: it was deleted in another window.')
  open(doc)
  sideOpen.value = false
}

async function remove(item: HistoryRow) {
  const doc = await recall(item.id)
  await forget(item.id)
  const undo = doc && { label: 'Undo', act: () => void rememberAll([{ row: item, doc }]) }
  notify(`“${pathOf(item)}” was deleted.`, undo)
}

async function duplicate({ id, url, status, took, size }: HistoryRow) {
  const doc = await recall(id)
  const name = doc?.name && `${doc.name} (copy)`
  if (doc) await remember({ ...doc, name: name ?? '' }, { status, took, size }, url)
}

const TODAY = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const BEFORE = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

function when(at: number): string {
  return (Date.now() - at < 20 * 3600_000 ? TODAY : BEFORE).format(at)
}
