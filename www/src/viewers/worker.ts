// Reads, folds, searches and tabulates an answer outside the page's thread.

import { pathOf, valueAt } from '../model/answer-path'
import { record } from '../model/json'
import { TextDocument } from './document'
import {
  cellsOf,
  csvOf,
  isTypedList,
  listIn,
  type Order,
  orderOf,
  seriesOf,
  type Table,
  tableOf,
  unmarshalled,
} from './table'
import { laidOutXml } from './xml'

/** The requests of the page, and their results. */
const tasks = {
  open({ bytes, charset, as }: { bytes: Uint8Array; charset: string; as: Form }) {
    const text = new TextDecoder(charset).decode(bytes)
    const xml = as === 'xml' ? laidOutXml(text) : undefined
    shown = new TextDocument(
      as === 'lines' ? asList(text) : (xml?.text ?? text),
      as === 'json' || as === 'lines',
    )
    list = undefined
    table = undefined
    return { count: shown.count, isJson: shown.json !== undefined, problem: xml?.problem ?? shown.problem }
  },
  lines: ({ from, to }: { from: number; to: number }) => shown.lines(from, to),
  fold({ line }: { line: number }) {
    shown.fold(line)
    return shown.count
  },
  wrap({ columns }: { columns: number | undefined }) {
    shown.wrap(columns)
    return shown.count
  },
  foldAll({ depth }: { depth: number | undefined }) {
    shown.foldAll(depth)
    return shown.count
  },
  /** The path to a line of JSON. */
  path: ({ line }: { line: number }) => (shown.json ? pathOf(shown.json, line) : undefined),
  at: ({ path }: { path: string }) => valueAt(shown.text, path),
  find: ({ query }: { query: string }) => shown.find(query),
  goTo({ hit }: { hit: number }) {
    const row = shown.goTo(hit)
    return { row, count: shown.count }
  },
  /** The table to show; undefined if there is no list of objects. */
  table(wantedOrder: Order): Table | undefined {
    list ??= read()
    if (!list) return undefined
    if (table?.plain !== wantedOrder.plain) {
      const typed = isTypedList(list.items)
      const items =
        typed && wantedOrder.plain
          ? list.items.map((item) =>
              Object.fromEntries(
                Object.entries(record(item)).map(([name, value]) => [name, unmarshalled(value)]),
              ),
            )
          : list.items
      table = {
        plain: wantedOrder.plain,
        items,
        shown: tableOf(list.name, items, typed),
        order: new Uint32Array(),
      }
    }
    table.order = orderOf(table.items, table.shown.columns, wantedOrder)
    return { ...table.shown, count: table.order.length }
  },
  cells: ({ from, to }: { from: number; to: number }) =>
    table ? cellsOf(table.items, table.shown.columns, table.order, from, to) : [],
  csv: () => (table ? csvOf(table.items, table.shown.columns, table.order) : ''),
  series: ({ columns }: { columns: number[] }) =>
    table
      ? seriesOf(table.items, table.shown.columns, table.order, columns)
      : { names: [], series: [], group: 1 },
}

/** NDJSON as one list: https://github.com/ndjson/ndjson-spec */
const asList = (text: string) =>
  `[${text
    .replaceAll('\x1e', '\n')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .join(',\n')}]`

/** How the bytes are read. */
export type Form = 'text' | 'json' | 'lines' | 'xml'

export type Tasks = typeof tasks

let shown = new TextDocument('', false)
let list: ReturnType<typeof listIn>
let table: { plain: boolean; items: Record<string, unknown>[]; shown: Table; order: Uint32Array } | undefined

/** Numbers that JavaScript cannot represent stay as they are written, if the engine provides their text. */
function read() {
  const exact = /\d{16}/.test(shown.text)
  return listIn(
    JSON.parse(
      shown.text,
      exact ? (_, value, context?: { source?: string }) => heldAs(value, context?.source) : undefined,
    ),
  )
}

function heldAs(value: unknown, source = ''): unknown {
  if (typeof value !== 'number') return value
  const [, digits = ''] = /^-?0*\.?0*([\d.]*)/.exec(source) ?? []
  // 17 digits identify every double.
  const isLost = /^-?\d+$/.test(source) ? !Number.isSafeInteger(value) : digits.replace('.', '').length > 17
  return isLost ? source : value
}

self.onmessage = ({ data }: MessageEvent<{ id: number; task: keyof Tasks; input: never }>) => {
  const { id, task, input } = data
  try {
    postMessage({ id, output: tasks[task](input) })
  } catch (error) {
    postMessage({ id, error: (error as Error).message })
  }
}
