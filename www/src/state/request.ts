// The request in the editor.

import { batch, computed, signal } from '@preact/signals'
import { Dynamics } from '../model/dynamic'
import { type Lookup, substituteKnown } from '../model/environment'
import { emptyRequest, isWebSocket, type RequestDoc, readRequest } from '../model/request'
import { same } from '../model/same'
import { withSettings } from '../model/settings'
import { type Call, CallProblem, callOf } from '../sign/call'
import { type Origin, settingsOf } from './collections'
import { lookup, publicLookup } from './environments'
import { files } from './files'
import { forwards } from './forwarder'

export const doc = signal<RequestDoc>(emptyRequest())

/** The place that it was opened from, to save it there again. */
export const origin = signal<Origin | undefined>(undefined)

/** Counts openings: an answer belongs to one of them, and not to a request that is opened later. */
export const opening = signal(0)
let openings = 0

/** Whether the user has typed the URL, or a part of it, since it was opened. */
export const urlTyped = signal(false)

/** The chosen file, which is not in the document. */
export const file = signal<{ name: string; bytes: Uint8Array<ArrayBuffer> } | undefined>(undefined)

/** The document as it was opened or saved. */
export const openedDoc = signal(doc.value)

/** Whether there are unsaved changes. */
export const isEdited = computed(() => isChanged({ doc: doc.value, openedDoc: openedDoc.value }))

/** The request with the settings of its collection. */
export const effective = computed(() => withSettings(doc.value, settingsOf(origin.value)))

export const webSocket = computed(() => isWebSocket(substituteKnown(effective.value.url, lookup.value)))

export const sender = computed(() => (forwards.value ? ('program' as const) : ('page' as const)))

/** The call as it would be made, or the problem that prevents it. */
export const call = computed<Call | CallProblem>(() => callWith(new Dynamics().over(lookup.value)))

/** The same with names of secret variables instead of their values, for snippets. */
export const publicCall = computed<Call | CallProblem>(() =>
  callWith(new Dynamics().over(publicLookup.value)),
)

/** Both calls with current dynamic values, which are the same in both. */
export function callsNow(): { call: Call | CallProblem; named: Call | CallProblem } {
  const dynamics = new Dynamics()
  return { call: callWith(dynamics.over(lookup.value)), named: callWith(dynamics.over(publicLookup.value)) }
}

function callWith(values: Lookup): Call | CallProblem {
  try {
    return callOf(effective.value, values, file.value?.bytes, files.value, sender.value)
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

export function saved(at: Origin) {
  openedDoc.value = doc.value
  origin.value = at
}

/** The whole state of a request in the editor, which a tab holds while another one is shown. */
export interface Held {
  doc: RequestDoc
  openedDoc: RequestDoc
  origin: Origin | undefined
  file: { name: string; bytes: Uint8Array<ArrayBuffer> } | undefined
  opening: number
  urlTyped: boolean
}

export const editorState = (): Held => ({
  doc: doc.value,
  openedDoc: openedDoc.value,
  origin: origin.value,
  file: file.value,
  opening: opening.value,
  urlTyped: urlTyped.value,
})

export function hold(next: Held) {
  batch(() => {
    openedDoc.value = next.openedDoc
    doc.value = next.doc
    origin.value = next.origin
    file.value = next.file
    opening.value = next.opening
    urlTyped.value = next.urlTyped
  })
}

/** The state of a request that has just been opened. */
export function newlyHeld(next: RequestDoc, from?: Origin): Held {
  const read = readRequest(next)
  return { doc: read, openedDoc: read, origin: from, file: undefined, opening: ++openings, urlTyped: false }
}

export const isChanged = ({ doc, openedDoc }: Pick<Held, 'doc' | 'openedDoc'>) =>
  doc.url !== '' && !same(doc, openedDoc)
