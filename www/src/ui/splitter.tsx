import { useLayoutEffect, useState } from 'preact/hooks'

interface Props {
  /** The name of the CSS variable with the width, and of the stored value. */
  name: 'side' | 'request'
  label: string
  /** Percent of the containing element. */
  min: number
  max: number
  initial: number
  /** The selector of that element. */
  within: string
}

/** A border between two panes that can be dragged, or moved by arrow keys; a double click resets it. */
export function Splitter({ name, label, min, max, initial, within }: Props) {
  const [at, setAt] = useState(() => remembered(name))
  useLayoutEffect(() => {
    const { style } = document.documentElement
    if (at === undefined) style.removeProperty(`--${name}`)
    else style.setProperty(`--${name}`, `${at}%`)
    remember(name, at)
  }, [name, at])
  const now = at ?? initial
  const put = (value: number) => setAt(Math.round(Math.min(max, Math.max(min, value)) * 10) / 10)
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(now)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      title="Drag, or use the arrow keys; a double click puts it back"
      onDblClick={() => setAt(undefined)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const box = event.currentTarget.closest(within)?.getBoundingClientRect()
        if (box) put(((event.clientX - box.left) / box.width) * 100)
      }}
      onKeyDown={(event) => {
        const to = { ArrowLeft: now - 2, ArrowRight: now + 2, Home: min, End: max }[event.key]
        if (to === undefined) return
        event.preventDefault()
        put(to)
      }}
    />
  )
}

function remembered(name: string): number | undefined {
  try {
    const found = Number(localStorage.getItem(`width of ${name}`))
    return found > 0 && found < 100 ? found : undefined
  } catch {
    return undefined
  }
}

function remember(name: string, at: number | undefined) {
  try {
    if (at === undefined) localStorage.removeItem(`width of ${name}`)
    else localStorage.setItem(`width of ${name}`, String(at))
  } catch {
    // Without storage it is lost when the page is closed.
  }
}
