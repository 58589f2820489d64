import { Dialog } from '../ui/dialog'
import { SHORTCUTS } from '../ui/shortcuts'

export function KeysDialog() {
  return (
    <Dialog title="Keyboard">
      <dl class="keys">
        {SHORTCUTS.map(([keys, what]) => (
          <>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
      <p class="muted">
        On a Mac <kbd>⌘</kbd> does the same as <kbd>Ctrl</kbd>. Everything else is reached with <kbd>Tab</kbd>
        .
      </p>
    </Dialog>
  )
}
