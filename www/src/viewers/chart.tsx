import { useEffect, useState } from 'preact/hooks'
import type { Reader } from './reader'
import type { Series, Table } from './table'

const WIDTH = 640
const HEIGHT = 180
const LEFT = 56
const BOTTOM = 22
const MOST = 4
/** Up to this many rows are bars, more are lines. */
const BARS = 40

type Data = { names: string[]; series: Series[]; group: number }

const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4, notation: 'compact' })
const long = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 })

/** Numeric columns of the sorted and filtered table, each as a line or bars. */
export function Chart({ reader, table }: { reader: Reader; table: Table }) {
  const numeric = table.columns.flatMap(({ numeric, label }, at) => (numeric ? [{ at, label }] : []))
  const [chosen, choose] = useState<readonly string[]>([numeric.at(-1)?.label ?? ''])
  const [data, setData] = useState<Data>({ names: [], series: [], group: 1 })
  const columns = numeric.filter(({ label }) => chosen.includes(label)).map(({ at }) => at)
  useEffect(() => {
    let gone = false
    void reader.ask('series', { columns }).then((found) => !gone && setData(found))
    return () => {
      gone = true
    }
  }, [reader, table, chosen])
  const toggle = (label: string) =>
    choose(chosen.includes(label) ? chosen.filter((item) => item !== label) : [...chosen, label].slice(-MOST))
  return (
    <figure class="chart">
      <fieldset class="chart-columns">
        <legend class="hidden">Columns of the chart</legend>
        {numeric.map(({ label }) => (
          <label class="check" key={label}>
            <input type="checkbox" checked={chosen.includes(label)} onChange={() => toggle(label)} />
            {columnsOf(data).includes(label) && (
              <i class={`swatch c${columnsOf(data).indexOf(label)}`} aria-hidden="true" />
            )}
            {label}
          </label>
        ))}
      </fieldset>
      <Drawing data={data} />
      <figcaption class="muted">
        {data.series.map(summary).join(' · ')}
        {data.group > 1 && ` · each point is the mean of ${data.group} rows`}
      </figcaption>
    </figure>
  )
}

const columnsOf = ({ series }: Data) => series.map(({ label }) => label)

function summary({ label, values }: Series): string {
  const numbers = values.filter((value) => value !== undefined)
  if (numbers.length === 0) return `${label}: no numbers`
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length
  const [least, most] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))]
  return `${label}: ${long.format(least)} to ${long.format(most)}, mean ${long.format(mean)}`
}

function Drawing({ data }: { data: Data }) {
  const { names, series } = data
  const all = series.flatMap(({ values }) => values.filter((value) => value !== undefined))
  if (all.length === 0) return <p class="state muted">Choose a column with numbers.</p>
  const isBars = names.length <= BARS
  let [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
  // Bars start at 0; otherwise their lengths would be misleading.
  if (isBars) [low, high] = [Math.min(0, low), Math.max(0, high)]
  if (low === high) high = low + 1
  const y = (value: number) => (HEIGHT - BOTTOM) * (1 - (value - low) / (high - low)) + 4
  const step = (WIDTH - LEFT) / names.length
  const x = (i: number) => LEFT + (i + 0.5) * step
  const bar = (step * 0.8) / series.length
  return (
    <svg
      class="chart-drawing"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Chart: ${series.map(summary).join('; ')}`}
    >
      {[low, (low + high) / 2, high].map((value) => (
        <g key={value}>
          <line class="rule" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {short.format(value)}
          </text>
        </g>
      ))}
      {series.map(({ label, values }, n) =>
        isBars ? (
          values.map(
            (value, i) =>
              value !== undefined && (
                <rect
                  key={`${label}${i}`}
                  class={`fill c${n}`}
                  x={x(i) - step * 0.4 + n * bar}
                  width={Math.max(1, bar)}
                  y={Math.min(y(value), y(0))}
                  height={Math.max(1, Math.abs(y(value) - y(0)))}
                >
                  <title>{`${names[i]}: ${label} ${long.format(value)}`}</title>
                </rect>
              ),
          )
        ) : (
          <path key={label} class={`stroke c${n}`} d={pathOf(values, x, y)} />
        ),
      )}
      <text x={LEFT} y={HEIGHT - 4}>
        {(names[0] ?? '').slice(0, 30)}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} text-anchor="end">
        {(names.at(-1) ?? '').slice(0, 30)}
      </text>
    </svg>
  )
}

/** A row without a number is a gap. */
function pathOf(
  values: readonly (number | undefined)[],
  x: (i: number) => number,
  y: (value: number) => number,
): string {
  let drawn = false
  return values
    .map((value, i) => {
      if (value === undefined) {
        drawn = false
        return ''
      }
      const point = `${drawn ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`
      drawn = true
      return point
    })
    .join('')
}
