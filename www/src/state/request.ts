// The request in the editor.

import { computed, effect, signal } from '@preact/signals'
import { emptyRequest, isWebSocket, type RequestDoc, readRequest } from '../model/request'
import { safeRequest } from '../model/secrets'
import { type Call, CallProblem, callOf } from '../sign/call'
import { keep, kept } from './db'
import { lookup, publicLookup } from './environments'
import { notify } from './notice'
import { secretValues } from './secrets'

export const doc = signal<RequestDoc>(emptyRequest())

/** Where it was opened from, so that it can be saved there again. */
export const origin = signal<{ collectionId: string; id: string; folder: string } | undefined>(undefined)

/** The chosen file; not in the document. */
export const file = signal<{ name: string; bytes: Uint8Array<ArrayBuffer> } | undefined>(undefined)

/** What opening it gave, to know whether it was edited since. */
let openedDoc = doc.value

export const webSocket = computed(() => isWebSocket(doc.value.url))

/** The call as it would be made, or what stands in its way. */
export const call = computed<Call | CallProblem>(() => made(lookup.value))

/** The same with secret variables named instead of filled in: for snippets. */
export const publicCall = computed<Call | CallProblem>(() => made(publicLookup.value))

function made(values: ReadonlyMap<string, string>): Call | CallProblem {
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
export function open(next: RequestDoc, from?: { collectionId: string; id: string; folder: string }) {
  const before = { doc: doc.value, origin: origin.value, file: file.value }
  const edited = before.doc !== openedDoc && before.doc.url !== ''
  openedDoc = readRequest(next)
  doc.value = openedDoc
  origin.value = from
  file.value = undefined
  if (!edited) return
  notify('Your edited request made way for another one.', {
    label: 'Bring it back',
    act() {
      doc.value = before.doc
      origin.value = before.origin
      file.value = before.file
    },
  })
}

export function saved(at: { collectionId: string; id: string; folder: string }) {
  openedDoc = doc.value
  origin.value = at
}

export async function loadDraft() {
  const draft = await kept<RequestDoc>('draft')
  if (draft) {
    openedDoc = readRequest(draft)
    doc.value = openedDoc
  }
  let timer = 0
  effect(() => {
    const current = doc.value
    clearTimeout(timer)
    timer = window.setTimeout(() => void keep('draft', safeRequest(current, secretValues())), 400)
  })
}
