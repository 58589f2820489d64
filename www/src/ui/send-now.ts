import { problem } from '../state/problem'
import { webSocket } from '../state/request'
import { run } from '../state/running'
import { toggleSocket } from '../state/socket'
import { dialog, requestTab, resultTab } from '../state/view'

/** Sends or connects, and brings into view what came of it: the answer, or the tab with what is wrong. */
export async function sendNow() {
  // An Enter that is meant for a dialog that is about to appear sends nothing.
  if (dialog.value) return
  resultTab.value = 'response'
  await (webSocket.value ? toggleSocket() : run())
  const at = problem.value?.field
  if (at && at !== 'url') requestTab.value = at
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (matchMedia('(max-width: 1099px)').matches && !at) {
    document.querySelector('.result')?.scrollIntoView({ behavior: still ? 'auto' : 'smooth' })
  }
}
