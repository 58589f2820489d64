// A text that is shown in lines: foldable JSON, or plain lines. Runs in the worker.

import { JsonLines, JsonProblem } from '../model/json-lines'

export interface ShownLine {
  /** The index in the whole text, counted from 0. */
  line: number
  /** For a wrapped line: the number of the row, and whether it is the last. */
  part: number
  last: boolean
  depth: number
  key: string
  value: string
  kind: 'string' | 'number' | 'word' | 'open' | 'close' | 'empty' | 'text'
  comma: boolean
  folded: boolean
  /** Items that a folded line hides. */
  hidden: number
  cut: number
  hit: boolean
}

/** Longer values are cut on the screen. */
const LONGEST = 2_000

/** Lines of a text are at most this long. */
const WIDEST = 1_000

export class TextDocument {
  readonly json: JsonLines | undefined
  readonly problem: string = ''
  private readonly starts: number[] = []
  private folded = new Set<number>()
  private visible: Uint32Array | undefined
  /** Characters of a row; undefined: lines are not wrapped. */
  private columns: number | undefined
  /** For wrapped lines: the first row of each visible line, and the number of all rows. */
  private rows: Uint32Array | undefined
  private hits: number[] = []
  private hitLines = new Set<number>()

  constructor(
    readonly text: string,
    asJson: boolean,
  ) {
    if (asJson) {
      try {
        this.json = new JsonLines(text)
      } catch (error) {
        if (!(error instanceof JsonProblem)) throw error
        const line = text.slice(0, error.at).split('\n').length
        this.problem = `This is not valid JSON: line ${line}: ${error.message}.`
      }
    }
    if (!this.json) this.starts = lineStarts(text)
  }

  /** The number of rows to show, without folded lines. */
  get count(): number {
    return this.rows?.at(-1) ?? this.visibleCount
  }

  private get visibleCount(): number {
    return this.visible?.length ?? this.total
  }

  /** @param columns characters of a row; undefined: one row for each line */
  wrap(columns: number | undefined) {
    this.columns = columns
    this.layOut()
  }

  private layOut() {
    this.rows = undefined
    if (this.columns === undefined) return
    const rows = new Uint32Array(this.visibleCount + 1)
    for (let i = 0; i < this.visibleCount; i++)
      rows[i + 1] = (rows[i] ?? 0) + this.partsOf(this.line(this.visible?.[i] ?? i))
    this.rows = rows
  }

  /** How many characters of a line's value fit into one row. */
  private widthOf({ depth, key }: ShownLine): number {
    return Math.max(20, (this.columns ?? 0) - depth * 2 - key.length - 4)
  }

  private partsOf(line: ShownLine): number {
    return Math.max(1, Math.ceil(line.value.length / this.widthOf(line)))
  }

  get total(): number {
    return this.json?.count ?? this.starts.length
  }

  lines(from: number, to: number): ShownLine[] {
    const shown: ShownLine[] = []
    for (let row = from; row < Math.min(to, this.count); row++) shown.push(this.row(row))
    return shown
  }

  private row(row: number): ShownLine {
    const { rows } = this
    if (!rows) return this.line(this.visible?.[row] ?? row)
    const i = lowerBound(rows, row + 1) - 1
    const line = this.line(this.visible?.[i] ?? i)
    const part = row - (rows[i] ?? 0)
    const width = this.widthOf(line)
    const last = row + 1 === rows[i + 1]
    return {
      ...line,
      value: line.value.slice(part * width, (part + 1) * width),
      part,
      last,
      cut: last ? line.cut : 0,
    }
  }

  fold(line: number) {
    if (!this.folded.delete(line)) this.folded.add(line)
    this.settle()
  }

  /** Folds everything deeper than this; without an argument nothing is folded. */
  foldAll(depth: number | undefined) {
    this.folded = new Set()
    const { json } = this
    if (json && depth !== undefined) {
      for (let line = 0; line < json.count; line++)
        if (json.isOpen(line) && json.depth(line) >= depth) this.folded.add(line)
    }
    this.settle()
  }

  /** @returns how many lines contain the words */
  find(query: string): number {
    this.hits = []
    if (query !== '') {
      const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi')
      for (const { index } of this.text.matchAll(pattern)) {
        const line = this.lineAt(index)
        if (line !== this.hits.at(-1)) this.hits.push(line)
        if (this.hits.length >= 100_000) break
      }
    }
    this.hitLines = new Set(this.hits)
    return this.hits.length
  }

  /** Unfolds the lines around a hit. @returns its index among the visible lines */
  goTo(hit: number): number {
    const line = this.hits[hit] ?? 0
    const around = [...this.folded].filter((open) => open < line && (this.json?.partner(open) ?? 0) > line)
    for (const open of around) this.folded.delete(open)
    if (around.length > 0) this.settle()
    const at = this.visible ? lowerBound(this.visible, line) : line
    return this.rows?.[at] ?? at
  }

  private line(line: number): ShownLine {
    const { json } = this
    const hit = this.hitLines.has(line)
    if (!json) {
      const value = this.text.slice(this.starts[line], this.starts[line + 1]).replace(/\r?\n$/, '')
      return {
        line,
        part: 0,
        last: true,
        depth: 0,
        key: '',
        value,
        kind: 'text',
        comma: false,
        folded: false,
        hidden: 0,
        cut: 0,
        hit,
      }
    }
    const value = json.value(line)
    const isFolded = this.folded.has(line)
    return {
      line,
      part: 0,
      last: true,
      depth: json.depth(line),
      key: json.key(line),
      value: value.slice(0, LONGEST),
      kind: kindOf(json, line, value),
      comma: json.hasComma(isFolded ? json.partner(line) : line),
      folded: isFolded,
      hidden: isFolded ? json.partner(line) - line - 1 : 0,
      cut: Math.max(0, value.length - LONGEST),
      hit,
    }
  }

  private lineAt(offset: number): number {
    return this.json ? this.json.lineAt(offset) : lowerBound(this.starts, offset + 1) - 1
  }

  private settle() {
    const { json } = this
    if (!json || this.folded.size === 0) {
      this.visible = undefined
      this.layOut()
      return
    }
    const visible = new Uint32Array(json.count)
    let count = 0
    for (let line = 0; line < json.count; line++) {
      visible[count++] = line
      if (this.folded.has(line)) line = json.partner(line)
    }
    this.visible = visible.subarray(0, count)
    this.layOut()
  }
}

function kindOf(json: JsonLines, line: number, value: string): ShownLine['kind'] {
  if (json.isOpen(line)) return 'open'
  if (json.isClose(line)) return 'close'
  if (value.startsWith('"')) return 'string'
  if (value.startsWith('{') || value.startsWith('[')) return 'empty'
  return /^[tfn]/.test(value) ? 'word' : 'number'
}

function lineStarts(text: string): number[] {
  const starts = [0]
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const next = end === -1 ? text.length : end + 1
    for (let cut = at + WIDEST; cut < next; cut += WIDEST) starts.push(cut)
    if (next < text.length) starts.push(next)
    at = next
  }
  return starts
}

/** The first index whose number is not below `value`. */
function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
