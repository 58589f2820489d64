// curl's patterns in URLs: `{one,two}` and `[1-3]`, each of which stands for several URLs.
//
// https://curl.se/docs/manpage.html#URL

import { ImportProblem } from './imported'

const MOST = 100
const LIST = /\{([^{}]*)\}/g
const BRACKETS = /\[([^[\]]*)\]/g
const RANGE = /^(?:(\d{1,9})-(\d{1,9})(?::(\d{1,9}))?|([a-z])-([a-z])(?::(\d{1,9}))?)$/i

/** `{name}` with one item is read as a field of the path, as documents write it. */
export function globbed(url: string, literal: boolean): string[] {
  if (literal) return [url.replace(/(?<!\{)\{(?!\{)/g, '%7B').replace(/(?<!\})\}(?!\})/g, '%7D')]
  const done: string[] = []
  const waiting = [url]
  while (waiting.length > 0) {
    if (done.length + waiting.length > MOST)
      throw new ImportProblem(`The patterns in this URL make more than ${MOST} URLs: use fewer.`)
    const next = waiting.shift() ?? ''
    const items = itemsOf(next)
    if (items) waiting.push(...items)
    else done.push(next.replace(/\\([{}[\]])/g, (_, c: string) => encodeURIComponent(c)))
  }
  return done
}

function itemsOf(url: string): string[] | undefined {
  const put = (at: number, length: number, item: string) => url.slice(0, at) + item + url.slice(at + length)
  for (const { 0: whole, 1: list = '', index } of url.matchAll(LIST)) {
    // `{{name}}` is a variable, and `\\{` a brace.
    const isPlain = !/[{\\]/.test(url.charAt(index - 1)) && url.charAt(index + whole.length) !== '}'
    if (isPlain && list.includes(',')) return list.split(',').map((item) => put(index, whole.length, item))
  }
  const found = [...url.matchAll(BRACKETS)].find(([, inner = '']) => RANGE.test(inner))
  if (!found) return undefined
  const [whole, inner = ''] = found
  const [, from, to, step, begin, end, letterStep] = RANGE.exec(inner) ?? []
  const letters = begin !== undefined && end !== undefined
  const first = letters ? begin.charCodeAt(0) : Number(from)
  const last = letters ? end.charCodeAt(0) : Number(to)
  const by = Math.max(1, Number(step ?? letterStep ?? 1))
  const width = letters ? 0 : (from ?? '').length
  const items: string[] = []
  for (let i = first; i <= last && items.length <= MOST; i += by)
    items.push(letters ? String.fromCharCode(i) : String(i).padStart(width, '0'))
  return items.length > 0 ? items.map((item) => put(found.index, whole.length, item)) : undefined
}
