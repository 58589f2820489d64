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

/** As Esc does: the browser puts the focus back to where it was. */
export const closeDialog = () => document.querySelector('dialog')?.close()

/** A modal panel. Its content is gone from the page when it closes. */
export function Dialog({ title, children, wide }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  const closed = () => {
    dialog.value = undefined
    // Chromium puts the focus back while the field still counts as covered: typing would go nowhere.
    const field = document.activeElement as HTMLElement | null
    field?.blur()
    field?.focus()
  }
  useLayoutEffect(() => {
    const shown = element.current
    shown?.showModal()
    // Where there is something to fill in, that is what the dialog was opened for.
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
