import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { dialog } from '../state/view'
import { Icon } from './icons'
import { Notices } from './notices'

interface Props {
  title: string
  children: ComponentChildren
  wide?: boolean
}

/** A modal panel. Its content is gone from the page when it closes. */
export function Dialog({ title, children, wide }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    element.current?.showModal()
    // Where there is something to fill in, that is what the dialog was opened for.
    const first = element.current?.querySelector<HTMLInputElement>('.content textarea, form input')
    first?.focus()
    first?.select()
  }, [])
  const close = () => {
    dialog.value = undefined
  }
  return (
    <dialog
      ref={element}
      class={wide ? 'wide' : ''}
      aria-labelledby={id}
      onClose={close}
      onMouseDown={(event) => event.target === element.current && element.current?.close()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="quiet square"
          aria-label="Close"
          onClick={() => element.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="content">{children}</div>
      <Notices />
    </dialog>
  )
}
