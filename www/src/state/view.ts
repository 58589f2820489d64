// What is shown.

import { signal } from '@preact/signals'

export type RequestTab = 'params' | 'headers' | 'body' | 'auth' | 'options'
export type ResultTab = 'response' | 'request' | 'signature' | 'cors' | 'code'
export type AnswerView = 'pretty' | 'table' | 'events' | 'raw' | 'image' | 'bytes' | 'headers'
export type DialogName =
  | 'environments'
  | 'import'
  | 'export'
  | 'explain'
  | 'forget'
  | 'save'
  | 'keys'
  | 'allow'
  | 'collection'
  | 'move'
  | 'switcher'
  | 'variable'

/** Credentials come first: without them there is nothing to see of an API behind IAM. */
export const requestTab = signal<RequestTab>('auth')
export const resultTab = signal<ResultTab>('response')
/** How answers are shown, as long as they can be. */
export const answerView = signal<AnswerView>('pretty')
export const sideTab = signal<'collections' | 'history'>('collections')
/** The request or the folder that is to be moved. */
export const moving = signal<{ collectionId: string; id?: string; path?: string }>({ collectionId: '' })
/** Where a value of the shown answer is, and how one is read there. */
export const picked = signal({
  path: '',
  read: async (_path: string): Promise<string | undefined> => undefined,
})
/** What the dialog shows the settings of: a collection, or a folder of it. */
export const settingsShown = signal({ collectionId: '', path: '' })
export const dialog = signal<DialogName | undefined>(undefined)

/** On small screens the list of requests lies over the page. */
export const sideOpen = signal(false)

/**
 * Puts the focus into a field of a part of the page, which may have to be loaded first: whoever goes elsewhere meanwhile
 * stays there.
 */
export function focusIn(part: string, field: string) {
  // What was clicked, or the page itself if that is gone.
  const from = [document.activeElement, document.body]
  const find = (isLate?: boolean) => {
    const isHere = from.includes(document.activeElement)
    if (isLate && !isHere) return
    const found = document.querySelector<HTMLElement>(`${part} ${field}`)
    if (found) found.focus()
    else if (isHere && document.querySelector(`${part} [aria-busy]`)) setTimeout(find, 50, true)
  }
  setTimeout(find)
}

export function searchHistory() {
  sideTab.value = 'history'
  sideOpen.value = true
  focusIn('#side-panel', '#search')
}
