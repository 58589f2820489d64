import '../styles/dialogs.css'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { dialog } from '../state/view'
import { Icon } from './icons'
import { Notices } from './notices'

interface Props {
  title: string
  children: ComponentChildren
  wide?: boolean
}

/** Closes like Esc: the browser restores the focus. */
export const closeDialog = () => document.querySelector('dialog')?.close()

/** A modal panel. Its content is removed from the page when it closes. */
export function Dialog({ title, children, wide }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  const closed = () => {
    dialog.value = undefined
    // Chromium restores the focus while the field still counts as covered, so that typing would be lost.
    const field = document.activeElement as HTMLElement | null
    field?.blur()
    field?.focus()
  }
  useLayoutEffect(() => {
    const shown = element.current
    shown?.showModal()
    // Focuses the first field, which is what the dialog was opened for.
    const first = shown?.querySelector<HTMLInputElement>('.content textarea, form input')
    first?.focus()
    first?.select()
  }, [])
  return (
    <dialog
      ref={element}
      class={wide ? 'wide' : ''}
      aria-labelledby={id}
      onClose={closed}
      onMouseDown={(event) => event.target === element.current && closeDialog()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="quiet square" aria-label="Close" onClick={closeDialog}>
          <Icon name="close" />
        </button>
      </header>
      <div class="content">{children}</div>
      <Notices />
    </dialog>
  )
}
