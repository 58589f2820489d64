// The open requests. The one in the editor is in the signals of `request.ts`; the others are held here. All of them
// survive a reload, without their credentials.

import { computed, effect, signal } from '@preact/signals'
import { type Json, list, record, text } from '../model/json'
import { emptyRequest, type RequestDoc, readRequest } from '../model/request'
import { safeRequest } from '../model/secrets'
import { withSettings } from '../model/settings'
import { type Origin, settingsOf } from './collections'
import { keep, newId, readKept } from './db'
import { notify } from './notice'
import {
  doc,
  editorState,
  type Held,
  hold,
  isChanged,
  newlyHeld,
  openedDoc,
  opening,
  origin,
} from './request'
import { secretValues } from './secrets'

interface Tab extends Held {
  id: string
}

/** The tabs, with the state in which they were last shown. */
const tabs = signal<Tab[]>([{ id: newId(), ...editorState() }])
export const activeId = signal(tabs.value[0]?.id ?? '')

export interface Shown {
  id: string
  doc: RequestDoc
  edited: boolean
}

export const shownTabs = computed<Shown[]>(() =>
  tabs.value.map((tab) => {
    const now = tab.id === activeId.value ? { doc: doc.value, openedDoc: openedDoc.value } : tab
    return { id: tab.id, doc: now.doc, edited: isChanged(now) }
  }),
)

/** The tabs that were closed last, newest last. */
const closed = signal<(Tab & { at: number })[]>([])
const MOST_CLOSED = 10

/** The openings that the user can go back to: their answers are kept. */
export const openings = computed(
  () => new Set([...[...tabs.value, ...closed.value].map((tab) => tab.opening), opening.value]),
)

/** The tabs, with the current state of the request in the editor. */
const current = () =>
  tabs.value.map((tab) => (tab.id === activeId.value ? { ...tab, ...editorState() } : tab))

export function showTab(id: string) {
  const next = tabs.value.find((tab) => tab.id === id)
  if (!next || id === activeId.value) return
  tabs.value = current()
  activeId.value = id
  hold(next)
}

function add(next: Held, at: number) {
  const tab = { id: newId(), ...next }
  tabs.value = current().toSpliced(at, 0, tab)
  activeId.value = tab.id
  hold(tab)
}

const activeAt = () => tabs.value.findIndex(({ id }) => id === activeId.value)
const isUnused = () => doc.value.url === '' && doc.value.name === ''

/**
 * Opens a request: in its tab if it has one, in this tab if nothing is edited here, in a new one otherwise.
 */
export function open(next: RequestDoc, from?: Origin) {
  const has =
    from && tabs.value.find((tab) => (tab.id === activeId.value ? origin.value : tab.origin)?.id === from.id)
  if (has && has.id !== activeId.value) return showTab(has.id)
  if (has && isChanged({ doc: doc.value, openedDoc: openedDoc.value })) return
  const before = activeId.value
  if (!isChanged({ doc: doc.value, openedDoc: openedDoc.value })) {
    hold(newlyHeld(next, from))
    tabs.value = current()
    return
  }
  add(newlyHeld(next, from), activeAt() + 1)
  offerBack(before)
}

function offerBack(id: string) {
  notify('Your edited request stays open in its tab.', { label: 'Restore', act: () => showTab(id) })
}

export function newTab() {
  if (isUnused()) return
  const before = activeId.value
  const edited = isChanged({ doc: doc.value, openedDoc: openedDoc.value })
  add(newlyHeld(emptyRequest()), tabs.value.length)
  if (edited) offerBack(before)
}

export function duplicateTab(id: string) {
  const tab = current().find((item) => item.id === id)
  if (!tab) return
  showTab(id)
  // A copy has no place yet, so saving it asks for one.
  const whole = withSettings(tab.doc, settingsOf(tab.origin))
  add({ ...newlyHeld(whole), openedDoc: emptyRequest() }, activeAt() + 1)
}

export function closeTab(id: string) {
  const all = current()
  const at = all.findIndex((tab) => tab.id === id)
  const tab = all[at]
  if (!tab) return
  closed.value = [...closed.value, { ...tab, at }].slice(-MOST_CLOSED)
  const remaining = all.toSpliced(at, 1)
  tabs.value = remaining.length > 0 ? remaining : [{ id: newId(), ...newlyHeld(emptyRequest()) }]
  if (id === activeId.value) {
    const next = tabs.value[Math.min(at, tabs.value.length - 1)] as Tab
    activeId.value = next.id
    hold(next)
  }
  if (isChanged(tab)) notify('A tab with an edited request was closed.', { label: 'Reopen', act: reopenTab })
}

export function closeOthers(id: string) {
  showTab(id)
  for (const tab of current()) if (tab.id !== id) closeTab(tab.id)
}

export function reopenTab() {
  const last = closed.value.at(-1)
  if (!last) return
  closed.value = closed.value.slice(0, -1)
  const { at, id: _, ...rest } = last
  // Replaces the empty tab that closing the last tab left.
  if (tabs.value.length === 1 && isUnused()) {
    hold(rest)
    tabs.value = current()
  } else add(rest, Math.min(at, tabs.value.length))
}

export const canReopen = computed(() => closed.value.length > 0)

/** @param to its new index */
export function moveTab(id: string, to: number) {
  const all = current()
  const at = all.findIndex((tab) => tab.id === id)
  const tab = all[at]
  if (!tab || to < 0 || to >= all.length) return
  tabs.value = all.toSpliced(at, 1).toSpliced(to, 0, tab)
}

/** @param by how far to the right */
export function stepTab(by: number) {
  const next = tabs.value[(activeAt() + by + tabs.value.length) % tabs.value.length]
  if (next) showTab(next.id)
}

/** A tab as it is stored. */
const keptTab = ({ doc, openedDoc, origin }: Tab, secrets: readonly string[]) => ({
  doc: safeRequest(doc, secrets),
  origin,
  edited: isChanged({ doc, openedDoc }),
})

function tabsNow() {
  const secrets = secretValues()
  return { tabs: current().map((tab) => keptTab(tab, secrets)), active: activeAt() }
}

/** The maximum number of tabs after a reload. */
const MOST = 100

export async function loadTabs() {
  const found = record(leftTabs() ?? (await readKept('tabs')))
  // An older page stored only one request.
  const rows = Array.isArray(found.tabs) ? found.tabs : [await readKept('draft')]
  const read = rows.slice(0, MOST).flatMap(readTab)
  const active = typeof found.active === 'number' ? read[found.active] : undefined
  const shown = active ?? read[0]
  if (shown) {
    tabs.value = read
    activeId.value = shown.id
    hold(shown)
  }
  let timer = 0
  effect(() => {
    void [tabs.value, activeId.value, doc.value]
    clearTimeout(timer)
    timer = window.setTimeout(() => void keep('tabs', tabsNow()), 400)
  })
  // A page that is being left completes nothing asynchronous, so the last input is stored synchronously, where a reload
  // finds it.
  addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem('draft', JSON.stringify(tabsNow()))
    } catch {
      // Without space there, the state that was stored 400 ms ago is used.
    }
  })
}

function readTab(json: unknown): Tab[] {
  const { doc, origin, edited } = record(json)
  if (Object.keys(record(doc)).length === 0) return []
  const read = newlyHeld(readRequest(doc), readOrigin(record(origin)))
  return [{ id: newId(), ...read, ...(edited === true && { openedDoc: emptyRequest() }) }]
}

const readOrigin = ({ collectionId, id, folder }: Json): Origin | undefined =>
  text(id) === '' ? undefined : { collectionId: text(collectionId), id: text(id), folder: text(folder) }

function leftTabs(): unknown {
  try {
    const text = sessionStorage.getItem('draft')
    sessionStorage.removeItem('draft')
    const found = record(text ? JSON.parse(text) : undefined)
    return list(found.tabs).length > 0 ? found : undefined
  } catch {
    return undefined
  }
}
