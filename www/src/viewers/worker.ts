// Reads, folds, searches and tabulates an answer away from the page.

import { TextDocument } from './document'
import { cellsOf, listIn, tableOf } from './table'

/** What the page may ask, and what it gets. */
const tasks = {
  open({ bytes, json }: { bytes: Uint8Array; json: boolean }) {
    shown = new TextDocument(new TextDecoder().decode(bytes), json)
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
