import { dismiss, notice } from '../state/notice'
import { Icon } from './icons'

/** What happened, and an action. A dialog shows it itself, because nothing behind a dialog can be reached. */
export function Notices({ covered = false }: { covered?: boolean }) {
  return (
    <div class="notices" role="status">
      {notice.value && !covered && (
        <p class="notice">
          {notice.value.text}
          {notice.value.action && (
            <button
              type="button"
              onClick={() => {
                notice.value?.action?.act()
                dismiss()
              }}
            >
              {notice.value.action.label}
            </button>
          )}
          <button type="button" class="quiet square" aria-label="Dismiss" onClick={dismiss}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  )
}
