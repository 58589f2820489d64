import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface Props {
  count: number
  /** px */
  rowHeight: number
  label: string
  className?: string
  render: (index: number) => ComponentChildren
  /** Called with the rows that are on the screen. */
  onRange?: (from: number, to: number) => void
  /** Row to bring into view when it changes. */
  reveal?: { row: number } | undefined
  head?: ComponentChildren
}

/** Browsers limit the height of elements: beyond this, a scrolled pixel is more than one pixel of rows. */
const TALLEST = 8_000_000

/** Renders only the rows that are on the screen. */
export function Virtual({ count, rowHeight, label, className = '', render, onRange, reveal, head }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const height = useHeight(box)
  const full = count * rowHeight
  const tall = Math.min(full, TALLEST)
  const scale = tall > height ? (full - height) / (tall - height) : 1
  const offset = top * scale
  const from = Math.max(0, Math.floor(offset / rowHeight) - 10)
  const to = Math.min(count, Math.ceil((offset + height) / rowHeight) + 10)
  const shift = top - (offset - from * rowHeight)
  useLayoutEffect(() => onRange?.(from, to), [from, to, count])
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !reveal) return
    const at = reveal.row * rowHeight
    if (at < offset || at > offset + height - 2 * rowHeight)
      element.scrollTop = Math.max(0, at - height / 3) / scale
  }, [reveal])
  const rows = []
  for (let i = from; i < to; i++) rows.push(render(i))
  return (
    <div
      class={`virtual ${className}`}
      ref={box}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      {head}
      <div class="virtual-all" style={{ height: `${tall}px` }}>
        <div style={{ transform: `translateY(${Math.max(0, shift)}px)` }}>{rows}</div>
      </div>
    </div>
  )
}

function useHeight(box: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(600)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setHeight(element.clientHeight || 600))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return height
}
