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

/** Credentials come first: without them an API behind IAM shows nothing. */
export const requestTab = signal<RequestTab>('auth')
export const resultTab = signal<ResultTab>('response')
/** The view for answers, if an answer supports it. */
export const answerView = signal<AnswerView>('pretty')
export const sideTab = signal<'collections' | 'history'>('collections')
/** The request or folder to move. */
export const moving = signal<{ collectionId: string; id?: string; path?: string }>({ collectionId: '' })
/** The path of a value in the shown answer, and how to read it. */
export const picked = signal({
  path: '',
  read: async (_path: string): Promise<string | undefined> => undefined,
})
/** The collection or folder whose settings the dialog shows. */
export const settingsShown = signal({ collectionId: '', path: '' })
export const dialog = signal<DialogName | undefined>(undefined)

/** On small screens the list of requests covers the page. */
export const sideOpen = signal(false)

/**
 * Focuses a field in a part of the page, which may have to be loaded first. If the user moves elsewhere meanwhile, the
 * focus stays there.
 */
export function focusIn(part: string, field: string) {
  // The clicked element, or the page if it is gone.
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
