import { notify } from '../state/notice'
import { problem } from '../state/problem'
import { opening, webSocket } from '../state/request'
import { dialog, requestTab, resultTab } from '../state/view'

/** Sends or connects, and shows the result: the answer, or the tab with the problem. */
export async function sendNow() {
  // An Enter for a dialog that is about to appear must not send.
  if (dialog.value) return
  resultTab.value = 'response'
  const openingId = opening.value
  try {
    await (webSocket.value
      ? import('../state/connect').then(({ toggleSocket }) => toggleSocket())
      : import('../state/run').then(({ run }) => run(openingId)))
  } catch (error) {
    // A part of the page cannot be loaded, for example after a new version was deployed.
    notify(`Nothing was sent: ${(error as Error).message}`)
  }
  const at = problem.value?.field
  if (at && at !== 'url') requestTab.value = at
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (matchMedia('(max-width: 1099px)').matches && !at) {
    document.querySelector('.result')?.scrollIntoView({ behavior: still ? 'auto' : 'smooth' })
  }
}
