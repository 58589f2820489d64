import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Virtual } from '../ui/virtual'
import type { Reader } from './reader'
import type { Table } from './table'
import { TextView } from './text-view'

const ROW = 28

/** Remembered from answer to answer. */
const plain = signal(false)

/** @param lines of the JSON, which is shown where there is no table in it */
export function TableView({ reader, lines }: { reader: Reader; lines: number }) {
  const [table, setTable] = useState<Table | null>()
  const [cells, setCells] = useState<{ from: number; rows: string[][] }>({ from: 0, rows: [] })
  const range = useRef<[number, number]>([0, 60])
  const asked = useRef(0)
  useEffect(() => {
    reader.ask('table', undefined as never).then(
      (found) => setTable(found ?? null),
      () => setTable(null),
    )
  }, [reader])
  const load = async () => {
    if (!table) return
    const mine = ++asked.current
    const [from, to] = range.current
    const rows = await reader.ask('cells', {
      from,
      to,
      columns: table.columns,
      plain: table.typed && plain.value,
    })
    if (mine === asked.current) setCells({ from, rows })
  }
  useEffect(() => void load(), [table, plain.value])
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
  const widths = columns.map((column, i) =>
    Math.min(40, Math.max(column.length, ...cells.rows.map((row) => row[i]?.length ?? 0)) + 2),
  )
  const grid = { gridTemplateColumns: `56px ${widths.map((width) => `calc(${width}ch + 20px)`).join(' ')}` }
  return (
    <div class="text-view">
      <div class="search-line">
        <span class="muted">
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
            <input type="checkbox" checked={plain.value} onChange={() => (plain.value = !plain.value)} />
            DynamoDB values as plain ones
          </label>
        )}
      </div>
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
            {columns.map((column) => (
              <span key={column}>{column}</span>
            ))}
          </div>
        }
        render={(i) => (
          <div key={i} class="grid-row" style={grid}>
            <span class="muted">{i + 1}</span>
            {columns.map((column, at) => {
              const text = cells.rows[i - cells.from]?.[at] ?? ''
              return (
                <span key={column} title={text.length > 36 ? text : undefined}>
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
