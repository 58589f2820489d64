import { cancel, isRunning } from '../state/running'
import { dialog, sideOpen, sideTab } from '../state/view'
import { sendNow } from './send-now'

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
    if (dialog.value) inDialog(event)
    else if (control && key === 'Enter') {
      event.preventDefault()
      void sendNow()
    } else if (key === 'Escape') {
      if (isRunning.value) cancel()
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

/** The page behind a dialog waits; Ctrl+Enter does what the dialog's form does. */
function inDialog(event: KeyboardEvent) {
  if (!(event.ctrlKey || event.metaKey) || !['Enter', 's', 'k'].includes(event.key)) return
  event.preventDefault()
  if (event.key === 'Enter') document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
}
