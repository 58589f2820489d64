import { titleOf } from '../model/request'
import { question } from '../state/allowed'
import { doc } from '../state/request'
import { closeDialog, Dialog } from '../ui/dialog'

/** Asks before credentials are sent to an origin that was not called before. */
export function AllowDialog() {
  const current = question.value
  if (!current) return null
  const answer = (yes: boolean) => {
    current.answer(yes)
    closeDialog()
  }
  return (
    <Dialog title="Send credentials to a new place?">
      <p>
        “{titleOf(doc.value)}” would send {current.what.join(' and ')} to
      </p>
      <p>
        <strong class="mono">{current.origin}</strong>
      </p>
      <p class="muted">
        You have not called it from this page yet, and its address was not typed here. You are asked only
        once.
      </p>
      <div class="dialog-end">
        <button type="button" onClick={() => answer(false)}>
          Do not send
        </button>
        <button type="button" class="primary" onClick={() => answer(true)}>
          Send to it
        </button>
      </div>
    </Dialog>
  )
}
