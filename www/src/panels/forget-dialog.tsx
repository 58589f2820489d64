import { forgetAll, history } from '../state/history'
import { dialog } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'

/** Asks first: thousands of requests may be removed, and this cannot be undone. */
export function ForgetDialog() {
  const count = history.value?.length ?? 0
  return (
    <Dialog title="Delete the history">
      <p>
        {count === 1 ? 'The one entry' : `All ${count} entries`} of the history will be deleted. Collections
        stay. This cannot be undone; an export can be imported again.
      </p>
      <div class="dialog-end">
        <button type="button" class="quiet" onClick={() => (dialog.value = 'export')}>
          Export first
        </button>
        <button type="button" onClick={closeDialog}>
          Keep
        </button>
        <button
          type="button"
          class="bad-text"
          onClick={() => {
            void forgetAll()
            closeDialog()
          }}
        >
          Delete all
        </button>
      </div>
    </Dialog>
  )
}
