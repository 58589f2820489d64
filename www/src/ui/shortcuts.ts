import { cancel, isRunning } from '../state/running'
import { saveInPlace } from '../state/saving'
import { activeId, closeTab, newTab, reopenTab, stepTab } from '../state/tabs'
import { dialog, searchHistory, sideOpen } from '../state/view'
import { sendNow } from './send-now'

export function listen() {
  addEventListener('keydown', (event) => {
    const { key } = event
    const control = event.ctrlKey || event.metaKey
    if (dialog.value) inDialog(event)
    else if (event.altKey && !control && ofTabs(event)) event.preventDefault()
    else if (control && key === 'Enter') {
      event.preventDefault()
      void sendNow()
    } else if (key === 'Escape') {
      if (isRunning.value) cancel()
      else sideOpen.value = false
    } else if (control && key.toLowerCase() === 'k') {
      event.preventDefault()
      dialog.value = 'switcher'
    } else if (control && key.toLowerCase() === 's') {
      event.preventDefault()
      if (event.shiftKey) dialog.value = 'save'
      else saveInPlace()
    } else if (control && event.shiftKey && key.toLowerCase() === 'f') {
      event.preventDefault()
      searchHistory()
    }
  })
}

/** By the key's position: with Alt some keyboards produce another letter. @returns whether it was a shortcut */
function ofTabs({ code, shiftKey }: KeyboardEvent): boolean {
  if (code === 'KeyT') shiftKey ? reopenTab() : newTab()
  else if (code === 'KeyW') closeTab(activeId.value)
  else if (code === 'KeyU') goToUrl()
  else if (code === 'PageUp') stepTab(-1)
  else if (code === 'PageDown') stepTab(1)
  else return false
  return true
}

function goToUrl() {
  const url = document.querySelector<HTMLInputElement>('#url')
  // Selecting alone does not move the focus.
  url?.focus()
  url?.select()
}

/** Behind a dialog the page ignores shortcuts; Ctrl+Enter submits the dialog's form. */
function inDialog(event: KeyboardEvent) {
  // The dialog may still be loading: its input must not go elsewhere, and Enter must not send.
  if (!document.querySelector('dialog')) {
    if (event.key === 'Escape') dialog.value = undefined
    else if (!['Tab', 'Enter'].includes(event.key)) event.preventDefault()
  }
  if (!(event.ctrlKey || event.metaKey) || !['Enter', 's', 'k'].includes(event.key)) return
  event.preventDefault()
  if (event.key === 'Enter') document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
}
