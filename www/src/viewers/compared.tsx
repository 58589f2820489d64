import { useState } from 'preact/hooks'
import { differenceOf } from './difference'

const SIDES = ['Signed here', 'Expected by the server'] as const

interface Props {
  ours: string
  theirs: string
  /** The first line that differs, counted from 1. */
  line?: number | undefined
  part?: string | undefined
  /** The labels of the two sides. */
  sides?: readonly [string, string]
}

/** Two canonical requests side by side, the first difference marked. */
export function Compared({ ours, theirs, line, part, sides = SIDES }: Props) {
  const [all, setAll] = useState(true)
  const left = ours.split('\n')
  const right = theirs.split('\n')
  const count = Math.max(left.length, right.length)
  const rows = Array.from({ length: count }, (_, i) => i)
  const first = line ?? rows.find((i) => left[i] !== right[i])
  const at = line !== undefined ? line - 1 : first
  return (
    <div class="compared">
      <table>
        <caption>
          {at === undefined || left[at] === right[at]
            ? 'Both sides have the same canonical request.'
            : `First difference: ${part ? `${part}, ` : ''}line ${at + 1}.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">Line</span>
            </th>
            <th scope="col">{sides[0]}</th>
            <th scope="col">{sides[1]}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((i) => all || left[i] !== right[i])
            .map((i) => (
              <Line
                key={i}
                number={i + 1}
                sides={sides}
                left={left[i]}
                right={right[i]}
                first={i === at && left[i] !== right[i]}
              />
            ))}
        </tbody>
      </table>
      <label class="check">
        <input type="checkbox" checked={!all} onChange={() => setAll(!all)} />
        Only lines that differ
      </label>
    </div>
  )
}

function Line({
  number,
  sides,
  left,
  right,
  first,
}: {
  number: number
  sides: readonly [string, string]
  left?: string | undefined
  right?: string | undefined
  first: boolean
}) {
  const same = left === right
  return (
    <tr class={first ? 'first' : same ? 'same' : 'differs'}>
      <th scope="row">{number}</th>
      <td data-side={sides[0]}>{same ? left : <Marked text={left} other={right} />}</td>
      <td data-side={sides[1]}>{same ? right : <Marked text={right} other={left} />}</td>
    </tr>
  )
}

/** The part between the common start and the common end. */
function Marked({ text, other }: { text?: string | undefined; other?: string | undefined }) {
  if (text === undefined) return <em>no such line</em>
  const { from, to } = differenceOf(text, other ?? '')
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  )
}
