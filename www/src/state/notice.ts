// A line at the bottom of the page that says what happened, with one action.

import { signal } from '@preact/signals'

export interface Notice {
  text: string
  action?: { label: string; act: () => void }
}

export const notice = signal<Notice | undefined>(undefined)

let timer = 0

export function notify(text: string, action?: Notice['action']) {
  notice.value = { text, ...(action && { action }) }
  clearTimeout(timer)
  timer = window.setTimeout(dismiss, action ? 12_000 : 5_000)
}

export function dismiss() {
  clearTimeout(timer)
  notice.value = undefined
}
