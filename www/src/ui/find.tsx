import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Icon } from './icons'

interface Props {
  /** The field's label: what is searched. */
  label: string
  query: Signal<string>
  id?: string
  /** Next to the field. */
  children?: ComponentChildren
}

/** The head of a list: a search field. */
export function Find({ label, query, id, children }: Props) {
  return (
    <div class="find">
      <Icon name="search" />
      <input
        type="search"
        id={id}
        aria-label={`Search the ${label}`}
        placeholder="Search"
        value={query.value}
        onInput={(event) => (query.value = event.currentTarget.value)}
      />
      {children}
    </div>
  )
}
