import { webSocket } from '../state/request'
import { cancel, isRunning, run } from '../state/running'
import { dialog, sideOpen, sideTab } from '../state/view'

/** What the help lists. */
export const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ['Ctrl Enter', 'Send the request, from anywhere'],
  ['Esc', 'Cancel the running request; close a panel'],
  ['Ctrl K', 'Go to the URL'],
  ['Ctrl Shift F', 'Search the history'],
  ['Ctrl S', 'Save the request to a collection'],
  ['← →', 'Move between tabs'],
]

export function listen() {
  addEventListener('keydown', (event) => {
    const { key } = event
    const control = event.ctrlKey || event.metaKey
    if (control && key === 'Enter') {
      event.preventDefault()
      // A socket's own form answers the key while it is open.
      if (!webSocket.value) void run()
      else document.querySelector<HTMLElement>('#send')?.click()
    } else if (key === 'Escape') {
      if (dialog.value === undefined && isRunning.value) cancel()
      else sideOpen.value = false
    } else if (control && key.toLowerCase() === 'k') {
      event.preventDefault()
      document.querySelector<HTMLInputElement>('#url')?.select()
    } else if (control && key.toLowerCase() === 's') {
      event.preventDefault()
      dialog.value = 'save'
    } else if (control && event.shiftKey && key.toLowerCase() === 'f') {
      event.preventDefault()
      sideTab.value = 'history'
      sideOpen.value = true
      setTimeout(() => document.querySelector<HTMLInputElement>('#search')?.focus(), 50)
    }
  })
}
