// curl's own patterns in URLs: `{one,two}` and `[1-3]`, each of which is several URLs.
//
// https://curl.se/docs/manpage.html#URL

import { ImportProblem } from './imported'

const MOST = 100
const ITEM =
  /(?<![{\\])\{([^{},]*(?:,[^{},]*)+)\}(?!\})|\[(\d+)-(\d+)(?::(\d+))?\]|\[([a-z])-([a-z])(?::(\d+))?\]/i

/** `{name}` with one item is taken as a field of the path, as documents write it. */
export function globbed(url: string, literal: boolean): string[] {
  if (literal) return [url.replace(/(?<!\{)\{(?!\{)/g, '%7B').replace(/(?<!\})\}(?!\})/g, '%7D')]
  const done: string[] = []
  const waiting = [url]
  while (waiting.length > 0) {
    if (done.length + waiting.length > MOST)
      throw new ImportProblem(`The patterns in this URL make more than ${MOST} URLs: write fewer.`)
    const next = waiting.shift() ?? ''
    const items = itemsOf(next)
    if (items) waiting.push(...items)
    else done.push(next.replace(/\\([{}[\]])/g, (_, c: string) => encodeURIComponent(c)))
  }
  return done
}

function itemsOf(url: string): string[] | undefined {
  const found = ITEM.exec(url)
  if (!found) return undefined
  const [whole, list, from, to, step, begin, end, letterStep] = found
  const put = (item: string) => url.slice(0, found.index) + item + url.slice(found.index + whole.length)
  if (list !== undefined) return list.split(',').map(put)
  const letters = begin !== undefined && end !== undefined
  const first = letters ? begin.charCodeAt(0) : Number(from)
  const last = letters ? end.charCodeAt(0) : Number(to)
  const by = Math.max(1, Number(step ?? letterStep ?? 1))
  const width = letters ? 0 : (from ?? '').length
  const items: string[] = []
  for (let i = first; i <= last && items.length <= MOST; i += by)
    items.push(letters ? String.fromCharCode(i) : String(i).padStart(width, '0'))
  return items.length > 0 ? items.map(put) : undefined
}
