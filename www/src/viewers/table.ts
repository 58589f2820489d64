// Lists of objects as a table; DynamoDB's typed values become plain ones on demand. Lives in the worker.

import { own, record } from '../model/json'

export interface Table {
  /** Where the list is: empty for the whole answer, otherwise the name in it. */
  name: string
  columns: string[]
  count: number
  /** Whether its values are DynamoDB's, such as `{"S": "…"}`. */
  typed: boolean
}

type Item = Record<string, unknown>

const TYPES = new Set(['S', 'N', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS', 'B'])
const MOST_COLUMNS = 60

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

export function tableOf({ name, items }: { name: string; items: Item[] }): Table {
  const columns = new Set<string>()
  for (const item of items.slice(0, 1000)) {
    for (const key of Object.keys(record(item))) columns.add(key)
    if (columns.size > MOST_COLUMNS) break
  }
  const sample = items.slice(0, 20)
  const typed = sample.length > 0 && sample.every((item) => Object.values(item).every(isTyped))
  return { name, columns: [...columns].slice(0, MOST_COLUMNS), count: items.length, typed }
}

export function cellsOf(
  items: Item[],
  columns: string[],
  from: number,
  to: number,
  plain: boolean,
): string[][] {
  return items
    .slice(from, to)
    .map((item) =>
      columns
        .map((column) => own(record(item), column))
        .map((value) => cell(plain ? unmarshalled(value) : value)),
    )
}

function cell(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** The plain value of a DynamoDB one; what is none stays. Numbers keep their digits. */
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
