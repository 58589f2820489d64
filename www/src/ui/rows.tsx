import type { Row } from '../model/request'
import { row } from '../model/request'
import { Icon } from './icons'

interface Props {
  /** The noun for one row: `header`, `parameter`. */
  noun: string
  rows: Row[]
  change: (rows: Row[]) => void
  names?: readonly string[]
  /** A message for a row that is sent or was set aside; empty: none. */
  complaint?: (row: Row) => string
}

/** Names and values; the last line is always an empty one to write into. */
export function Rows({ noun, rows, change, names, complaint }: Props) {
  const set = (at: number, part: Partial<Row>) => {
    const next = [...rows]
    const { lost, aside, ...before } = rows[at] ?? row('', '')
    // A new value replaces one that was not stored; a row that is switched on or off is no longer set aside.
    const isLost = lost && part.value === undefined
    const isAside = aside && part.on === undefined
    next[at] = { ...before, ...(isLost && { lost }), ...(isAside && { aside }), ...part }
    change(next)
  }
  return (
    <div class="rows" role="group" aria-label={`${noun}s`}>
      {names && (
        <datalist id={`${noun}-names`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
      {[...rows, undefined].map((item, at) => {
        const number = at + 1
        const wrong = item?.on || item?.aside ? complaint?.(item) : ''
        return (
          <div class={item && !item.on ? 'row off' : 'row'} key={at}>
            <input
              type="checkbox"
              aria-label={`Send ${noun} ${number}`}
              checked={item?.on ?? false}
              disabled={!item}
              onChange={(event) => set(at, { on: event.currentTarget.checked })}
            />
            <input
              aria-label={`Name of ${noun} ${number}`}
              placeholder={item ? '' : 'Name'}
              list={names ? `${noun}-names` : undefined}
              value={item?.name ?? ''}
              spellcheck={false}
              autocomplete="off"
              onInput={(event) => set(at, { name: event.currentTarget.value })}
            />
            <input
              aria-label={`Value of ${noun} ${number}`}
              placeholder={item?.lost ? 'not kept: enter it again' : item ? '' : 'Value'}
              aria-invalid={item?.on && item.lost ? true : undefined}
              value={item?.value ?? ''}
              spellcheck={false}
              autocomplete="off"
              onInput={(event) => set(at, { value: event.currentTarget.value })}
            />
            <button
              type="button"
              class="quiet square"
              aria-label={`Remove ${noun} ${number}`}
              disabled={!item}
              onClick={() => change(rows.filter((_, i) => i !== at))}
            >
              <Icon name="close" />
            </button>
            {wrong && <p class={item?.on ? 'bad-text' : 'muted'}>{wrong}</p>}
          </div>
        )
      })}
    </div>
  )
}
