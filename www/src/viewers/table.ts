// Shows lists of objects as a table; DynamoDB's typed values become plain ones on demand. Runs in the worker.

import { own, record } from '../model/json'

export interface Column {
  /** `info.rating` */
  label: string
  path: readonly string[]
  /** Whether most of its values are numbers. */
  numeric: boolean
}

export interface Table {
  /** The place of the list: empty for the whole answer, otherwise its name. */
  name: string
  columns: Column[]
  count: number
  /** Whether its values are DynamoDB's, such as `{"S": "…"}`. */
  typed: boolean
}

/** How the rows are shown. */
export interface Order {
  /** Whether DynamoDB's values are shown as plain ones. */
  plain: boolean
  /** Rows with this text in one of their cells, in upper or lower case. */
  filter: string
  /** The index of the column; undefined: the original order. */
  by: number | undefined
  down: boolean
}

type Item = Record<string, unknown>

const TYPES = new Set(['S', 'N', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS', 'B'])
const MOST_COLUMNS = 60
/** Nested objects become separate columns up to this depth. */
const DEEPEST = 4
/** The columns are taken from this many rows. */
const SAMPLE = 1_000

/** The longest list of objects in the answer. */
export function listIn(data: unknown): { name: string; items: Item[] } | undefined {
  if (isList(data)) return { name: '', items: data }
  if (!isItem(data)) return undefined
  let found: { name: string; items: Item[] } | undefined
  for (const [name, value] of Object.entries(data)) {
    if (isList(value) && value.length > (found?.items.length ?? 0)) found = { name, items: value }
  }
  return found
}

export const isTypedList = (items: Item[]) => {
  const sample = items.slice(0, 20)
  return sample.length > 0 && sample.every((item) => Object.values(item).every(isTyped))
}

/** @param items as they are shown, converted to plain values if wanted */
export function tableOf(name: string, items: Item[], typed: boolean): Table {
  const found = new Map<string, { path: string[]; numbers: number; values: number }>()
  const visit = (value: unknown, path: string[]) => {
    if (isItem(value) && !isTyped(value) && path.length < DEEPEST && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key])
      return
    }
    const key = JSON.stringify(path)
    const column = found.get(key) ?? { path, numbers: 0, values: 0 }
    if (value !== null) column.values++
    if (typeof value === 'number') column.numbers++
    if (found.has(key) || found.size < MOST_COLUMNS) found.set(key, column)
  }
  for (const item of items.slice(0, SAMPLE))
    for (const [key, value] of Object.entries(record(item))) visit(value, [key])
  const columns = [...found.values()].map(({ path, numbers, values }) => ({
    label: path.join('.'),
    path,
    numeric: numbers > 0 && numbers * 2 > values,
  }))
  return { name, columns, count: items.length, typed }
}

function valueAt(item: Item, path: readonly string[]): unknown {
  let value: unknown = item
  for (const key of path) value = isItem(value) ? own(value, key) : undefined
  return value
}

/** An object with separate columns shows nothing in the column of its name. */
const shownAt = (item: Item, { path }: Column, columns: readonly Column[]) => {
  const value = valueAt(item, path)
  const hasOwn =
    isItem(value) &&
    columns.some((other) => other.path.length > path.length && path.every((key, i) => other.path[i] === key))
  return hasOwn ? undefined : value
}

/** The indexes of the rows to show, in order. */
export function orderOf(items: Item[], columns: readonly Column[], { filter, by, down }: Order): Uint32Array {
  const words = filter.trim().toLowerCase()
  const shown = Uint32Array.from(items.keys()).filter(
    (row) =>
      words === '' ||
      columns.some(({ path }) =>
        cell(valueAt(items[row] as Item, path))
          .toLowerCase()
          .includes(words),
      ),
  )
  const column = by === undefined ? undefined : columns[by]
  if (!column) return shown
  const keys = items.map((item) => valueAt(item, column.path))
  // Keeps the order of equal rows; rows without a value come last in both directions.
  return shown.sort((a, b) => {
    const [left, right] = [keys[a], keys[b]]
    if (isNothing(left) || isNothing(right))
      return Number(isNothing(left)) - Number(isNothing(right)) || a - b
    return (down ? -1 : 1) * compared(left, right) || a - b
  })
}

const isNothing = (value: unknown) => value === undefined || value === null
const COLLATOR = new Intl.Collator(undefined, { numeric: true })

const compared = (left: unknown, right: unknown) =>
  typeof left === 'number' && typeof right === 'number'
    ? left - right
    : COLLATOR.compare(cell(left), cell(right))

export const cellsOf = (
  items: Item[],
  columns: readonly Column[],
  order: Uint32Array,
  from: number,
  to: number,
): string[][] =>
  [...order.subarray(from, to)].map((row) =>
    columns.map((column) => shortened(cell(shownAt(items[row] as Item, column, columns)))),
  )

/** https://www.rfc-editor.org/rfc/rfc4180: the shown rows in their order, with complete values. */
export function csvOf(items: Item[], columns: readonly Column[], order: Uint32Array): string {
  const lines = [columns.map(({ label }) => quoted(label)).join(',')]
  for (const row of order) {
    const item = items[row] as Item
    lines.push(columns.map((column) => quoted(cell(shownAt(item, column, columns)))).join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export interface Series {
  label: string
  /** Undefined if a row has no number. */
  values: (number | undefined)[]
}

/** The maximum number of points: beyond it, each group of points is drawn as its mean. */
const MOST_POINTS = 600

/** Columns of numbers, and the labels of their rows. */
export function seriesOf(
  items: Item[],
  columns: readonly Column[],
  order: Uint32Array,
  chosenColumns: readonly number[],
) {
  const group = Math.max(1, Math.ceil(order.length / MOST_POINTS))
  const named = columns.find(
    ({ numeric, path }) =>
      !numeric && items.slice(0, 20).some((item) => typeof valueAt(item, path) === 'string'),
  )
  const starts = Array.from({ length: Math.ceil(order.length / group) }, (_, i) => i * group)
  const names = starts.map((at) => {
    const name = named && cell(valueAt(items[order[at] ?? 0] as Item, named.path))
    return name || `${at + 1}`
  })
  const series = chosenColumns.flatMap((number): Series[] => {
    const column = columns[number]
    if (!column) return []
    const values = starts.map((at) => {
      const numbers = [...order.subarray(at, at + group)]
        .map((row) => valueAt(items[row] as Item, column.path))
        .filter((value) => typeof value === 'number')
      return numbers.length === 0
        ? undefined
        : numbers.reduce((sum, value) => sum + value, 0) / numbers.length
    })
    return [{ label: column.label, values }]
  })
  return { names, series, group }
}

function cell(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const shortened = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text)

/** The plain value of a DynamoDB value; other values stay. Numbers keep their digits. */
export function unmarshalled(value: unknown): unknown {
  if (!isTyped(value)) return value
  const [[type, inner] = ['', undefined]] = Object.entries(value as Item)
  switch (type) {
    case 'N':
      return exact(String(inner))
    case 'NS':
      return (inner as unknown[]).map((item) => exact(String(item)))
    case 'NULL':
      return null
    case 'L':
      return (inner as unknown[]).map(unmarshalled)
    case 'M':
      return Object.fromEntries(
        Object.entries(inner as Item).map(([name, item]) => [name, unmarshalled(item)]),
      )
    default:
      return inner
  }
}

/** DynamoDB's numbers have up to 38 digits: those that JavaScript cannot hold stay text. */
function exact(text: string): number | string {
  const digits = (text.split(/e/i, 1)[0] ?? '').replace(/\D/g, '').replace(/^0+/, '')
  return digits.length <= 15 ? Number(text) : text
}

function isTyped(value: unknown): boolean {
  if (!isItem(value)) return false
  const entries = Object.entries(value)
  const [[type, inner] = ['', undefined]] = entries
  if (entries.length !== 1 || !TYPES.has(type)) return false
  if (type === 'M') return isItem(inner)
  if (type === 'L' || type === 'SS' || type === 'NS' || type === 'BS') return Array.isArray(inner)
  return type === 'BOOL' || type === 'NULL' ? typeof inner === 'boolean' : typeof inner === 'string'
}

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is Item[] =>
  Array.isArray(value) && value.length > 0 && value.slice(0, 100).every(isItem)
