import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Editor } from './code-mirror'

interface Props {
  label: string
  value: string
  change: (value: string) => void
  json?: boolean
  /** Set to a function that inserts a text at the caret. */
  inserting?: { current: ((text: string) => void) | undefined }
}

/** A plain text field at first; the editor replaces it when it is loaded. */
export function TextEditor({ label, value, change, json = false, inserting }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | undefined>(undefined)
  const latest = useRef({ value, change })
  latest.current = { value, change }
  const [loaded, setLoaded] = useState(false)
  if (inserting) {
    inserting.current = (text) => {
      if (editor.current) return editor.current.insert(text)
      const field = host.current?.parentElement?.querySelector('textarea')
      field?.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
      field?.focus()
      if (field) latest.current.change(field.value)
    }
  }
  useEffect(() => {
    let gone = false
    // Without the editor the text field stays, which works the same with fewer features.
    import('./code-mirror').then(
      ({ createEditor }) => {
        if (gone || !host.current) return
        const field = host.current.parentElement?.querySelector('textarea')
        editor.current = createEditor(host.current, {
          ...latest.current,
          label,
          json,
          // The caret stays where the user is typing.
          caret: field?.selectionEnd ?? 0,
          change: (text) => latest.current.change(text),
        })
        if (field && field === document.activeElement) editor.current.focus()
        setLoaded(true)
      },
      () => {},
    )
    return () => {
      gone = true
      editor.current?.end()
    }
  }, [label, json])
  // Before anything else is typed: a later effect could restore an older text.
  useLayoutEffect(() => editor.current?.show(value), [value])
  return (
    <div class="text-editor">
      {!loaded && (
        <textarea
          class="mono"
          aria-label={label}
          spellcheck={false}
          value={value}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
      <div ref={host} class={loaded ? 'code-host' : 'code-host empty'} />
    </div>
  )
}
