import { useEffect, useRef, useState } from 'preact/hooks'
import { closeDialog, Dialog } from '../ui/dialog'

/** Imports a text or a file, whose kind is detected from its content. */
export function ImportDialog() {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const [notes, setNotes] = useState<string[]>()
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState<AbortController>()
  const running = useRef<AbortController | undefined>(undefined)
  // Closing the dialog cancels the import.
  useEffect(() => () => running.current?.abort(), [])

  const take = async (pasted: string) => {
    const ended = new AbortController()
    running.current = ended
    setBusy(ended)
    setProblem('')
    try {
      const { openText } = await import('../import/open')
      const leftOut = await openText(pasted, ended.signal)
      if (ended.signal.aborted) return
      if (leftOut.length === 0) closeDialog()
      else {
        setText('')
        setNotes(leftOut)
      }
    } catch (error) {
      setProblem((error as Error).message)
    } finally {
      setBusy(undefined)
    }
  }
  const read = async (file: File | undefined) => {
    if (file) await take(await file.text())
  }

  if (notes) {
    return (
      <Dialog title="Imported, with something left out">
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
        <div class="dialog-end">
          <button type="button" class="primary" onClick={closeDialog}>
            Close
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title="Import">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void take(text)
        }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same without a mouse */}
        <div
          class={over ? 'drop over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            void read(event.dataTransfer?.files[0])
          }}
        >
          <label class="field">
            <span>
              A curl or awscurl command, fetch(…) or newClient code, OpenAPI or Swagger, a collection of
              Postman, Insomnia, Bruno or Hoppscotch, HAR, a .http file, or an export of this page
            </span>
            <textarea
              class="mono"
              spellcheck={false}
              placeholder={
                'curl --aws-sigv4 "aws:amz:us-east-1:execute-api" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" https://…'
              }
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>Or a file, which may also be dropped here</span>
            <input type="file" onChange={(event) => void read(event.currentTarget.files?.[0])} />
          </label>
        </div>
        <p class="told bad-text" role="alert">
          {problem}
        </p>
        <div class="dialog-end">
          <p class="muted grow">Credentials in it go to memory only.</p>
          {busy && (
            <button type="button" onClick={() => busy.abort()}>
              Stop
            </button>
          )}
          <button type="submit" class="primary" disabled={busy !== undefined || text.trim() === ''}>
            Import
          </button>
        </div>
      </form>
    </Dialog>
  )
}
