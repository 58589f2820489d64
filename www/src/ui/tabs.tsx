import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

export interface Tab<Id extends string> {
  id: Id
  label: string
  /** How many items are in it. */
  count?: number
  /** Whether it has content, if a number would not help. */
  filled?: boolean
  marked?: boolean
}

interface Props<Id extends string> {
  name: string
  label: string
  tabs: readonly Tab<Id>[]
  chosen: Id
  choose: (id: Id) => void
  children: ComponentChildren
  /** At the end of the line of tabs. */
  aside?: ComponentChildren
}

/** Tabs by the ARIA pattern: one stop for Tab, arrows inside. */
export function Tabs<Id extends string>({ name, label, tabs, chosen, choose, children, aside }: Props<Id>) {
  const list = useRef<HTMLDivElement>(null)
  const step = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]
    if (!next) return
    choose(next.id)
    list.current?.querySelector<HTMLElement>(`#${name}-tab-${next.id}`)?.focus()
  }
  return (
    <>
      <div class="tabs">
        <div class="tablist" role="tablist" aria-label={label} ref={list} onKeyDown={step}>
          {tabs.map(({ id, label, count, filled, marked }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${name}-tab-${id}`}
              aria-selected={id === chosen}
              aria-controls={`${name}-panel`}
              tabIndex={id === chosen ? 0 : -1}
              onClick={() => choose(id)}
            >
              {label}
              {count ? <span class="count">{count}</span> : null}
              {filled ? <span class="mark filled" role="img" aria-label="in use" /> : null}
              {marked ? <span class="mark" role="img" aria-label="needs attention" /> : null}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div class="tabpanel" role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-tab-${chosen}`}>
        {children}
      </div>
    </>
  )
}
