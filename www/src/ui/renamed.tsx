import { useLayoutEffect, useRef } from 'preact/hooks'

interface Props {
  name: string
  label?: string
  done: (name: string | undefined) => void
}

/** A field in place of a label while the name is edited: Enter and leaving the field save it, Esc does not. */
export function Renamed({ name, label = 'New name', done }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  // Before anything is typed. Selecting alone does not focus the field in every browser.
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const end = (value: string | undefined) => {
    if (over.current) return
    over.current = true
    done(value?.trim() || undefined)
  }
  return (
    <input
      ref={field}
      class="rename"
      aria-label={label}
      defaultValue={name}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey) end(event.currentTarget.value)
        if (event.key === 'Escape') {
          event.stopPropagation()
          end(undefined)
        }
      }}
    />
  )
}
