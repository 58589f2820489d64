// Reads, folds, searches and tabulates an answer away from the page.

import { TextDocument } from './document'
import { cellsOf, listIn, tableOf } from './table'

/** What the page may ask, and what it gets. */
const tasks = {
  open({ bytes, charset, as }: { bytes: Uint8Array; charset: string; as: 'text' | 'json' | 'lines' }) {
    const text = new TextDecoder(charset).decode(bytes)
    shown = new TextDocument(as === 'lines' ? asList(text) : text, as !== 'text')
    list = undefined
    return { count: shown.count, isJson: shown.json !== undefined, problem: shown.problem }
  },
  lines: ({ from, to }: { from: number; to: number }) => shown.lines(from, to),
  fold({ line }: { line: number }) {
    shown.fold(line)
    return shown.count
  },
  foldAll({ depth }: { depth: number | undefined }) {
    shown.foldAll(depth)
    return shown.count
  },
  find: ({ query }: { query: string }) => shown.find(query),
  goTo({ hit }: { hit: number }) {
    const row = shown.goTo(hit)
    return { row, count: shown.count }
  },
  table() {
    list ??= listIn(JSON.parse(shown.text))
    return list && tableOf(list)
  },
  cells: ({ from, to, columns, plain }: { from: number; to: number; columns: string[]; plain: boolean }) =>
    cellsOf(list?.items ?? [], columns, from, to, plain),
}

/** NDJSON as one list: https://github.com/ndjson/ndjson-spec */
const asList = (text: string) =>
  `[${text
    .replaceAll('\x1e', '\n')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .join(',\n')}]`

export type Tasks = typeof tasks

let shown = new TextDocument('', false)
let list: ReturnType<typeof listIn>

self.onmessage = ({ data }: MessageEvent<{ id: number; task: keyof Tasks; input: never }>) => {
  const { id, task, input } = data
  try {
    postMessage({ id, output: tasks[task](input) })
  } catch (error) {
    postMessage({ id, error: (error as Error).message })
  }
}
