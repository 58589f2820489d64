import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { dialog, picked } from '../state/view'
import { Icon } from '../ui/icons'
import { Virtual } from '../ui/virtual'
import type { ShownLine } from './document'
import type { Reader } from './reader'

/** Lines in the worker: only those on the screen are requested. */
interface Props {
  reader: Reader
  count: number
  folds: boolean
  /** Whether its values can be saved in variables. */
  picks?: boolean
}

export function TextView({ reader, count: all, folds, picks = false }: Props) {
  const [count, setCount] = useState(all)
  const [lines, setLines] = useState<{ from: number; list: ShownLine[] }>({ from: 0, list: [] })
  const [reveal, setReveal] = useState<{ row: number }>()
  const range = useRef<[number, number]>([0, 60])
  const latest = useRef(0)
  const load = async () => {
    const turn = ++latest.current
    const [from, to] = range.current
    const list = await reader.ask('lines', { from, to })
    if (turn === latest.current) setLines({ from, list })
  }
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    setCount(all)
    const wrap = async () =>
      settle(await reader.ask('wrap', { columns: wraps.value ? columnsOf(box.current) : undefined }))
    if (wraps.value) void wrap()
    else void load()
    // The number of characters per row changes with the window.
    const again = () => wraps.value && void wrap()
    addEventListener('resize', again)
    return () => removeEventListener('resize', again)
  }, [reader])
  const toggle = async () => {
    wraps.value = !wraps.value
    settle(await reader.ask('wrap', { columns: wraps.value ? columnsOf(box.current) : undefined }))
  }
  const settle = (next: number) => {
    setCount(next)
    void load()
  }
  const fold = async (line: number) => settle(await reader.ask('fold', { line }))
  const foldAll = async (depth: number | undefined) => settle(await reader.ask('foldAll', { depth }))
  const pick = async (line: number | undefined) => {
    const path = line === undefined ? '$' : ((await reader.ask('path', { line })) ?? '$')
    picked.value = { path, read: (path) => reader.ask('at', { path }) }
    dialog.value = 'variable'
  }
  const goTo = async (hit: number) => {
    const { row, count } = await reader.ask('goTo', { hit })
    settle(count)
    setReveal({ row })
  }
  return (
    <div class="text-view" ref={box}>
      <Search reader={reader} goTo={goTo} found={load}>
        <label class="check">
          <input type="checkbox" checked={wraps.value} onChange={() => void toggle()} />
          Wrap lines
        </label>
        {folds && (
          <>
            <button type="button" class="quiet" onClick={() => void foldAll(1)}>
              Fold all
            </button>
            <button type="button" class="quiet" onClick={() => void foldAll(undefined)}>
              Unfold all
            </button>
            {picks && (
              <button type="button" class="quiet" onClick={() => void pick(undefined)}>
                To a variable…
              </button>
            )}
          </>
        )}
      </Search>
      <Virtual
        label={folds ? 'JSON' : 'Text'}
        className="mono"
        count={count}
        rowHeight={20}
        reveal={reveal}
        onRange={(from, to) => {
          range.current = [from, to]
          void load()
        }}
        render={(i) => {
          const line = lines.list[i - lines.from]
          return line ? (
            <Line key={i} line={line} fold={fold} pick={picks ? pick : undefined} />
          ) : (
            <div key={i} class="json-line" />
          )
        }}
      />
    </div>
  )
}

/** Remembered from answer to answer. */
const wraps = signal(false)

/** How many characters fit into a row. */
function columnsOf(box: HTMLElement | null): number {
  const lines = box?.querySelector<HTMLElement>('.virtual')
  if (!lines) return 80
  const probe = document.createElement('span')
  probe.textContent = 'm'.repeat(100)
  lines.append(probe)
  const width = probe.getBoundingClientRect().width / 100
  probe.remove()
  // The indent is in pixels, and so is the margin.
  return Math.max(20, Math.floor((lines.clientWidth - 40) / width))
}

const PICKED = ['string', 'number', 'word']

interface LineProps {
  line: ShownLine
  fold: (line: number) => void
  pick: ((line: number) => void) | undefined
}

function Line({ line, fold, pick }: LineProps) {
  const { kind, depth, key, value, folded, hidden, comma, cut, hit, part, last } = line
  const closing = value === '{' ? '}' : ']'
  return (
    <div
      class={hit ? 'json-line hit' : 'json-line'}
      style={{ paddingLeft: `${depth * 16 + (kind === 'text' ? 4 : 20)}px` }}
    >
      {kind === 'open' && part === 0 && (
        <button
          type="button"
          class="fold"
          aria-expanded={!folded}
          aria-label={`${folded ? 'Unfold' : 'Fold'} line ${line.line + 1}`}
          onClick={() => fold(line.line)}
        >
          <Icon name={folded ? 'right' : 'down'} />
        </button>
      )}
      {key && (
        <>
          <span class={part > 0 ? 'j-key j-more' : 'j-key'}>{key}</span>
          {part > 0 ? '  ' : ': '}
        </>
      )}
      {pick && PICKED.includes(kind) ? (
        <button
          type="button"
          // Not reachable by Tab, because there would be too many stops; “To a variable…” is for the keyboard.
          tabIndex={-1}
          class={`pick j-${kind}`}
          title="Put into a variable"
          onClick={() => pick(line.line)}
        >
          {value}
        </button>
      ) : (
        <span class={`j-${kind}`}>{value}</span>
      )}
      {cut > 0 && <span class="muted"> … {cut} more characters</span>}
      {folded && (
        <span class="muted">
          {' '}
          … {hidden} {hidden === 1 ? 'line' : 'lines'} {closing}
        </span>
      )}
      {comma && last && ','}
    </div>
  )
}

interface SearchProps {
  reader: Reader
  goTo: (hit: number) => Promise<void>
  found: () => void
  children: preact.ComponentChildren
}

function Search({ reader, goTo, found, children }: SearchProps) {
  const [query, setQuery] = useState('')
  const [hits, setHits] = useState(0)
  const [at, setAt] = useState(0)
  useEffect(() => {
    const timer = setTimeout(async () => {
      const count = await reader.ask('find', { query })
      setHits(count)
      setAt(0)
      if (count > 0) await goTo(0)
      else found()
    }, 150)
    return () => clearTimeout(timer)
  }, [query, reader])
  const step = (by: number) => {
    if (hits === 0) return
    const next = (at + by + hits) % hits
    setAt(next)
    void goTo(next)
  }
  return (
    <div class="search-line">
      <label class="find">
        <Icon name="search" />
        <input
          type="search"
          aria-label="Search the answer"
          placeholder="Search"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            step(event.shiftKey ? -1 : 1)
          }}
        />
        <span class="hits" role="status">
          {query !== '' && (hits > 0 ? `${at + 1} of ${hits}` : 'none')}
        </span>
      </label>
      {children}
    </div>
  )
}
