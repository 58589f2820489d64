import { Dialog } from '../ui/dialog'

/** The shortcuts that `ui/shortcuts.ts` handles. */
const SHORTCUTS: readonly (readonly [keys: string, effect: string])[] = [
  ['Ctrl Enter', 'Send the request, from anywhere'],
  ['Esc', 'Cancel the running request; close a panel'],
  ['Ctrl K', 'Go to a request or a command'],
  ['Alt U', 'Go to the URL'],
  ['Ctrl Shift F', 'Search the history'],
  ['Ctrl S', 'Save the request, where it was saved before'],
  ['Ctrl Shift S', 'Save it under another name'],
  ['Alt T', 'Open a new tab'],
  ['Alt W', 'Close the tab'],
  ['Alt Shift T', 'Reopen the closed tab'],
  ['Alt PageUp', 'Go to the tab before'],
  ['Alt PageDown', 'Go to the next tab'],
  ['Alt ← →', 'Move the tab that has the focus'],
  ['← →', 'Move between tabs'],
]

export function KeysDialog() {
  return (
    <Dialog title="Keyboard">
      <dl class="keys">
        {SHORTCUTS.map(([keys, effect]) => (
          <>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{effect}</dd>
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
