import { useEffect, useState } from 'preact/hooks'
import { stepsOf } from '../model/answer-path'
import { text } from '../model/json'
import { setVariable } from '../state/captures'
import { notify } from '../state/notice'
import { doc, edit } from '../state/request'
import { picked } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'

/** Saves a value of the answer in a variable: now, and after each answer if the user wants that. */
export function VariableDialog() {
  const { read } = picked.value
  const [path, setPath] = useState(picked.value.path)
  const [name, setName] = useState(lastName(picked.value.path))
  const [always, setAlways] = useState(false)
  const [found, setFound] = useState<string>()
  useEffect(() => {
    let gone = false
    void read(path).then((value) => !gone && setFound(value))
    return () => {
      gone = true
    }
  }, [path, read])
  const isNamed = name.trim() !== '' && !/[{}"\n]/.test(name)
  const submit = (event: Event) => {
    event.preventDefault()
    if (found === undefined || !isNamed) return
    setVariable(name.trim(), found)
    if (always) {
      const before = Object.fromEntries(
        Object.entries(doc.value.save ?? {}).map(([key, path]) => [key, text(path)]),
      )
      edit({ save: { ...before, [name.trim()]: path } })
    }
    closeDialog()
    notify(`{{${name.trim()}}} has the value now.`)
  }
  return (
    <Dialog title="Put a value into a variable">
      <form class="form" onSubmit={submit}>
        <label class="field">
          <span>Variable</span>
          <input
            class="mono"
            aria-label="Variable"
            value={name}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <small>
            {isNamed ? (
              <>
                Used as <code>{`{{${name.trim()}}}`}</code>.
              </>
            ) : (
              'A name without braces and quotes.'
            )}
          </small>
        </label>
        <label class="field">
          <span>Path in the answer</span>
          <input
            class="mono"
            aria-label="Path in the answer"
            value={path}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => setPath(event.currentTarget.value)}
          />
          <small role="status" class={found === undefined ? 'bad-text' : 'mono ellipsis'}>
            {found === undefined ? 'Nothing is there.' : found.slice(0, 200)}
          </small>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={always}
            onChange={(event) => setAlways(event.currentTarget.checked)}
          />
          After each answer to this request
        </label>
        <div class="dialog-end">
          <button type="submit" class="primary" disabled={found === undefined || !isNamed}>
            Put it there
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Suggests a name: `title` for `$.Items[0].title`. */
function lastName(path: string): string {
  const name = stepsOf(path)?.findLast((step) => typeof step === 'string')
  return typeof name === 'string' ? name.replace(/[^\w-]+/g, '_') : ''
}
