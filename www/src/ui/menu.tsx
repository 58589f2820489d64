import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface Props {
  label: string
  children: ComponentChildren
}

/** A few actions behind one button; closes with Esc, a choice, or a click elsewhere. */
export function Menu({ label, children }: Props) {
  const [open, setOpen] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [up, setUp] = useState(false)
  useLayoutEffect(() => {
    const items = element.current?.querySelector('.menu-items')
    // Lists end at the window's edge, so there is no space below the last entries.
    setUp((items?.getBoundingClientRect().bottom ?? 0) > innerHeight)
  }, [open])
  // At once: a later focus would steal the next key.
  useLayoutEffect(() => {
    if (!open) return
    element.current?.querySelector<HTMLElement>('.menu-items button')?.focus()
    const outside = (event: Event) => {
      if (!element.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])
  const keys = (event: KeyboardEvent) => {
    if (!open || event.key !== 'Escape') return
    event.stopPropagation()
    setOpen(false)
    button.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what the button inside opened
    <div class="menu" ref={element} onKeyDown={keys}>
      <button
        type="button"
        ref={button}
        class="quiet square"
        aria-label={label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the buttons inside are what is clicked
        <div class={up ? 'menu-items up' : 'menu-items'} onClick={() => setOpen(false)}>
          {children}
        </div>
      )}
    </div>
  )
}
