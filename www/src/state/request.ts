// The request in the editor.

import { computed, effect, signal } from '@preact/signals'
import { Dynamics } from '../model/dynamic'
import type { Lookup } from '../model/environment'
import { record, text } from '../model/json'
import { emptyRequest, isWebSocket, type RequestDoc, readRequest } from '../model/request'
import { safeRequest } from '../model/secrets'
import { type Call, CallProblem, callOf } from '../sign/call'
import { keep, kept } from './db'
import { lookup, publicLookup } from './environments'
import { notify } from './notice'
import { secretValues } from './secrets'

export const doc = signal<RequestDoc>(emptyRequest())

/** Where a request is saved. */
export interface Origin {
  collectionId: string
  id: string
  folder: string
}

/** Where it was opened from, so that it can be saved there again. */
export const origin = signal<Origin | undefined>(undefined)

/** Counts what was opened: an answer belongs to one of them, not to what is opened after it. */
export const opening = signal(0)
let openings = 0

/** Whether a person typed the URL, or a part of it, since it was opened. */
export const urlTyped = signal(false)

/** The chosen file; not in the document. */
export const file = signal<{ name: string; bytes: Uint8Array<ArrayBuffer> } | undefined>(undefined)

/** What opening or saving it gave. */
const openedDoc = signal(doc.value)

/** Whether there is something that was not saved. */
export const isEdited = computed(() => doc.value !== openedDoc.value && doc.value.url !== '')

export const webSocket = computed(() => isWebSocket(doc.value.url))

/** The call as it would be made, or what stands in its way. */
export const call = computed<Call | CallProblem>(() => made(new Dynamics().over(lookup.value)))

/** The same with secret variables named instead of filled in: for snippets. */
export const publicCall = computed<Call | CallProblem>(() => made(new Dynamics().over(publicLookup.value)))

/** Both, with the dynamic values that they have now; in both the same ones. */
export function callsNow(): { call: Call | CallProblem; named: Call | CallProblem } {
  const dynamics = new Dynamics()
  return { call: made(dynamics.over(lookup.value)), named: made(dynamics.over(publicLookup.value)) }
}

function made(values: Lookup): Call | CallProblem {
  try {
    return callOf(doc.value, values, file.value?.bytes)
  } catch (error) {
    if (error instanceof CallProblem) return error
    throw error
  }
}

export function edit(change: Partial<RequestDoc>) {
  doc.value = { ...doc.value, ...change }
}

export const editBody = (change: Partial<RequestDoc['body']>) =>
  edit({ body: { ...doc.value.body, ...change } })
export const editAuth = (change: Partial<RequestDoc['auth']>) =>
  edit({ auth: { ...doc.value.auth, ...change } })
export const editOptions = (change: Partial<RequestDoc['options']>) =>
  edit({ options: { ...doc.value.options, ...change } })

/** Opens another request; what was edited can be brought back. */
export function open(next: RequestDoc, from?: Origin) {
  const before = { doc: doc.value, origin: origin.value, file: file.value, opening: opening.value }
  const edited = isEdited.value
  openedDoc.value = readRequest(next)
  doc.value = openedDoc.value
  origin.value = from
  file.value = undefined
  opening.value = ++openings
  urlTyped.value = false
  if (!edited) return
  notify('Your edited request made way for another one.', {
    label: 'Bring it back',
    act() {
      doc.value = before.doc
      origin.value = before.origin
      file.value = before.file
      opening.value = before.opening
    },
  })
}

export function saved(at: Origin) {
  openedDoc.value = doc.value
  origin.value = at
}

/** The request in the editor as it outlives the page. */
interface Draft {
  doc: RequestDoc
  origin: Origin | undefined
  edited: boolean
}

export async function loadDraft() {
  const draft = record(leftDraft() ?? (await kept('draft')))
  if (Object.keys(record(draft.doc)).length > 0) {
    doc.value = readRequest(draft.doc)
    origin.value = readOrigin(draft.origin)
    if (draft.edited !== true) openedDoc.value = doc.value
  }
  let timer = 0
  effect(() => {
    void doc.value
    clearTimeout(timer)
    timer = window.setTimeout(() => void keep('draft', draftNow()), 400)
  })
  // Nothing asynchronous ends in a page that is left: what was typed last goes where a reload finds it.
  addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem('draft', JSON.stringify(draftNow()))
    } catch {
      // Without room there, the draft of 400 ms ago has to do.
    }
  })
}

const draftNow = (): Draft => ({
  doc: safeRequest(doc.value, secretValues()),
  origin: origin.value,
  edited: isEdited.value,
})

function readOrigin(given: unknown): Origin | undefined {
  const { collectionId, id, folder } = record(given)
  return text(id) === ''
    ? undefined
    : { collectionId: text(collectionId), id: text(id), folder: text(folder) }
}

function leftDraft(): unknown {
  try {
    const text = sessionStorage.getItem('draft')
    sessionStorage.removeItem('draft')
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
