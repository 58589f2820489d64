import '../styles/table.css'
import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { download } from '../ui/download'
import { Icon } from '../ui/icons'
import { lazy } from '../ui/lazy'
import { Virtual } from '../ui/virtual'
import type { Reader } from './reader'
import type { Column, Table } from './table'
import { TextView } from './text-view'

const Chart = lazy(() => import('./chart').then((part) => part.Chart))

const ROW = 28

/** Remembered from answer to answer. */
const plain = signal(false)
const charted = signal(false)

/** @param lines of the JSON, which is shown if it contains no table */
export function TableView({ reader, lines }: { reader: Reader; lines: number }) {
  const [table, setTable] = useState<Table | null>()
  const [cells, setCells] = useState<{ from: number; rows: string[][] }>({ from: 0, rows: [] })
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<{ by: number; down: boolean }>()
  const range = useRef<[number, number]>([0, 60])
  const latest = useRef(0)
  useEffect(() => {
    let gone = false
    const order = { plain: plain.value, filter, by: sort?.by, down: sort?.down ?? false }
    // While the user types, only the last input is applied.
    const timer = setTimeout(
      () =>
        reader.ask('table', order).then(
          (found) => !gone && setTable(found ?? null),
          () => !gone && setTable(null),
        ),
      filter === '' ? 0 : 120,
    )
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [reader, plain.value, filter, sort])
  const load = async () => {
    if (!table) return
    const turn = ++latest.current
    const [from, to] = range.current
    const rows = await reader.ask('cells', { from, to })
    if (turn === latest.current) setCells({ from, rows })
  }
  useEffect(() => void load(), [table])
  if (table === undefined) return <div class="state waiting" aria-busy="true" />
  if (table === null) {
    return (
      <>
        <p class="muted">There is no list of objects in this answer.</p>
        <TextView reader={reader} count={lines} folds />
      </>
    )
  }
  const { columns, count, name, typed } = table
  const widths = columns.map(({ label }, i) =>
    Math.min(40, Math.max(label.length + 2, ...cells.rows.map((row) => row[i]?.length ?? 0)) + 2),
  )
  const grid = { gridTemplateColumns: `56px ${widths.map((width) => `calc(${width}ch + 20px)`).join(' ')}` }
  const sorted = (by: number) => {
    // Ascending, descending, and the original order.
    if (sort?.by !== by) setSort({ by, down: false })
    else setSort(sort.down ? undefined : { by, down: true })
  }
  return (
    <div class="text-view">
      <div class="search-line">
        <label class="find">
          <Icon name="search" />
          <input
            type="search"
            aria-label="Filter the rows"
            placeholder="Filter"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
        <span class="muted" role="status">
          {count} {count === 1 ? 'object' : 'objects'}
          {name && (
            <>
              {' in '}
              <code>{name}</code>
            </>
          )}
        </span>
        {typed && (
          <label class="check">
            <input
              type="checkbox"
              checked={plain.value}
              onChange={() => {
                plain.value = !plain.value
                // The columns have changed.
                setSort(undefined)
              }}
            />
            DynamoDB values as plain ones
          </label>
        )}
        <span class="grow" />
        {columns.some(({ numeric }) => numeric) && (
          <button
            type="button"
            class="quiet"
            aria-pressed={charted.value}
            onClick={() => (charted.value = !charted.value)}
          >
            Chart
          </button>
        )}
        <button
          type="button"
          class="quiet"
          onClick={async () =>
            download(
              `${name || 'answer'}.csv`,
              await reader.ask('csv', undefined as never),
              'text/csv;charset=utf-8',
            )
          }
        >
          CSV
        </button>
      </div>
      {charted.value && <Chart reader={reader} table={table} />}
      <Virtual
        label="Table"
        className="mono grid"
        count={count}
        rowHeight={ROW}
        onRange={(from, to) => {
          range.current = [from, to]
          void load()
        }}
        head={
          <div class="grid-row grid-head" style={grid}>
            <span>#</span>
            {columns.map((column, i) => (
              <Head
                key={column.label}
                column={column}
                way={sort?.by !== i ? '' : sort.down ? 'down' : 'up'}
                click={() => sorted(i)}
              />
            ))}
          </div>
        }
        render={(i) => (
          <div key={i} class="grid-row" style={grid}>
            <span class="muted">{i + 1}</span>
            {columns.map(({ label, numeric }, at) => {
              const text = cells.rows[i - cells.from]?.[at] ?? ''
              return (
                <span key={label} class={numeric ? 'number' : ''} title={text.length > 36 ? text : undefined}>
                  {text}
                </span>
              )
            })}
          </div>
        )}
      />
    </div>
  )
}

const WAYS = { '': '', up: ', sorted upwards', down: ', sorted downwards' } as const

function Head({ column, way, click }: { column: Column; way: keyof typeof WAYS; click: () => void }) {
  const { label, numeric } = column
  return (
    <button
      type="button"
      class={numeric ? 'sort number' : 'sort'}
      aria-label={`Sort by ${label}${WAYS[way]}`}
      title="Sort"
      onClick={click}
    >
      <span>{label}</span>
      <span aria-hidden="true">{way === 'up' ? ' ↑' : way === 'down' ? ' ↓' : ''}</span>
    </button>
  )
}
