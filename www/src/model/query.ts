// The query of a request, written in its URL and shown as rows: one list, in one order. The URL holds what was
// typed first; from the first parameter on that is a row of its own, all are rows. What was typed stays as it is:
// a row that was written in a URL has that text in `raw`.

import { strictlyEncoded } from './percent'
import type { RequestDoc, Row } from './request'

type Written = Pick<RequestDoc, 'url' | 'query'>

/** A URL in its parts: without parameters, they as they are written, the fragment. */
interface Parts {
  base: string
  /** What stands before the first parameter. */
  joint: '?' | '&'
  /** Undefined: there is not even a `?`. */
  parameters: string[] | undefined
  fragment: string
}

/** Text with what stands in braces in one piece: `{?page}` begins no query, `{{a&b}}` is one name. */
const PIECES = /\{\{[^{}]*\}\}|\{[^{}]*\}|[^{]+|\{/g

/** Where the first of these characters stands outside of braces; -1 if nowhere. */
function outside(text: string, sign: string, from = 0): number {
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    if (piece.startsWith('{') && piece.length > 1) continue
    const at = piece.indexOf(sign, Math.max(0, from - index))
    if (at !== -1) return index + at
  }
  return -1
}

function partsOf(url: string): Parts {
  const [fragment = ''] = /(?<!\{)#.*$/s.exec(url) ?? []
  const text = url.slice(0, url.length - fragment.length)
  const begin = outside(text, '?')
  const expression = /(?<!\{)\{\?[^{}]*\}(?!\})/.exec(text)
  // Its own parameters are the template's; what follows them is written.
  if (begin === -1 && expression) {
    const next = outside(text, '&', expression.index)
    const parameters = next === -1 ? undefined : split(text.slice(next + 1))
    return { base: next === -1 ? text : text.slice(0, next), joint: '&', parameters, fragment }
  }
  const parameters = begin === -1 ? undefined : split(text.slice(begin + 1))
  return { base: begin === -1 ? text : text.slice(0, begin), joint: '?', parameters, fragment }
}

function split(query: string): string[] {
  if (query === '') return []
  const found = ['']
  for (const [piece] of query.matchAll(PIECES)) {
    const [first = '', ...rest] = piece.startsWith('{') && piece.length > 1 ? [piece] : piece.split('&')
    found[found.length - 1] += first
    for (const part of rest) found.push(part)
  }
  return found
}

const joined = ({ base, joint, parameters, fragment }: Parts) =>
  base + (parameters ? joint + parameters.join('&') : '') + fragment

/** `a=b%20c` as a row. What is no percent-encoding of UTF-8 stays as it is. */
function rowOf(written: string): Row {
  const at = outside(written, '=')
  const name = decoded(at === -1 ? written : written.slice(0, at))
  const value = at === -1 ? '' : decoded(written.slice(at + 1))
  const row = { on: true, name, value }
  // A variable that is written in a URL is put in as it is; that of a row is encoded.
  return written.includes('{') || textOf(row) !== written ? { ...row, raw: written } : row
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/** A row as it is written in a URL: only what would mean something else there is encoded. */
function textOf({ name, value, raw }: Row): string {
  return raw ?? `${encoded(name, /[\s%&#+"<>{}=\p{Cc}]/gu)}=${encoded(value, /[\s%&#+"<>{}\p{Cc}]/gu)}`
}

const encoded = (text: string, signs: RegExp) =>
  text
    .split(/(\{\{[^{}"\n]*\}\})/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(signs, encodeURIComponent)))
    .join('')

/** Switched-off rows are not in the URL, and neither is one without a name. */
const isShown = ({ on, name, raw }: Row) => on && (raw !== undefined || name !== '')

/** The URL with all of its parameters, as the field shows it. */
export function shownUrl({ url, query }: Written): string {
  const rows = query.filter(isShown)
  if (rows.length === 0) return url
  const parts = partsOf(url)
  return joined({ ...parts, parameters: [...(parts.parameters ?? []), ...rows.map(textOf)] })
}

/** What becomes of both when the field's text is changed: rows that it still has stay what they are. */
export function typedUrl(before: Written, text: string): Written {
  const after = matched(before, text)
  // What is typed is what is shown, whatever it is.
  return shownUrl(after) === text ? after : { url: text, query: before.query.filter((row) => !isShown(row)) }
}

function matched(before: Written, text: string): Written {
  if (!before.query.some(isShown)) return { url: text, query: before.query }
  const next = partsOf(text)
  const now = next.parameters ?? []
  const inUrl = partsOf(before.url).parameters ?? []
  const rows = before.query
  const old = [...inUrl, ...rows.filter(isShown).map(textOf)]
  let same = 0
  while (same < Math.min(old.length, now.length) && old[same] === now[same]) same++
  let end = 0
  while (end < Math.min(old.length, now.length) - same && old.at(-1 - end) === now.at(-1 - end)) end++
  const written = now.slice(same, now.length - end)
  const last = old.length - end
  // Among the rows: where each of the shown ones stands.
  const places = rows.flatMap((row, at) => (isShown(row) ? [at] : []))
  const placeOf = (i: number) => places[i - inUrl.length] ?? rows.length
  const isInUrl = same < inUrl.length || (same === inUrl.length && placeOf(same) === 0)
  if (isInUrl) {
    // As they stood before the first row that stays.
    const tail = last < inUrl.length ? inUrl.slice(last) : []
    const gone = new Set(places.slice(0, Math.max(0, last - inUrl.length)))
    const parameters = [...now.slice(0, same), ...written, ...tail]
    return {
      url: joined({ ...next, parameters: parameters.length > 0 ? parameters : undefined }),
      query: rows.filter((_, at) => !gone.has(at)),
    }
  }
  const gone = new Set(places.slice(same - inUrl.length, Math.max(0, last - inUrl.length)))
  const at = placeOf(same)
  return {
    url: joined({ ...next, parameters: inUrl.length > 0 ? inUrl : undefined }),
    query: [
      ...rows.slice(0, at).filter((_, i) => !gone.has(i)),
      ...written.map(rowOf),
      ...rows.slice(at).filter((_, i) => !gone.has(i + at)),
    ],
  }
}

/** All parameters as rows, those in the URL first. */
export const parametersOf = ({ url, query }: Written): Row[] => [
  ...(partsOf(url).parameters ?? []).map(rowOf),
  ...query,
]

/** What becomes of both when rows are changed. @param shown what `parametersOf` gave; unchanged ones are the same objects */
export function changedRows({ url }: Written, shown: readonly Row[], next: readonly Row[]): Written {
  const parts = partsOf(url)
  const inUrl = parts.parameters ?? []
  let same = 0
  while (same < inUrl.length && next[same] === shown[same]) same++
  // `?` alone has no parameter, not one without a name.
  if (same === 1 && inUrl.length > 1 && inUrl[0] === '') same = 0
  const parameters = inUrl.slice(0, same)
  return {
    url: same === inUrl.length ? url : joined({ ...parts, parameters: same === 0 ? undefined : parameters }),
    query: next.slice(same).map(rewritten),
  }
}

/** A row whose name or value was changed is not what was written any more. */
function rewritten(row: Row): Row {
  if (row.raw === undefined) return row
  const { raw, ...rest } = row
  const { name, value } = rowOf(raw)
  return name === row.name && value === row.value && !row.lost ? row : rest
}

/** With what rows were written as: the variables of the template are in either. */
export const templateOf = ({ url, query }: Written): string =>
  [
    url.replace(/(?<!\{)#.*$/s, ''),
    ...query.flatMap(({ on, raw }) => (on && raw !== undefined ? [raw] : [])),
  ].join('&')

/**
 * The URL as it is sent, and the rows that the package puts behind it. As soon as one of them has its own text, all
 * of them are text: their order stays.
 */
export function writtenQuery(url: string, rows: { name: string; value: string; raw?: string }[]): string {
  if (!rows.some(({ raw }) => raw !== undefined)) return url
  const parts = partsOf(url)
  const more = rows.map(({ name, value, raw }) => raw ?? `${strictlyEncoded(name)}=${strictlyEncoded(value)}`)
  return joined({ ...parts, parameters: [...(parts.parameters ?? []), ...more] })
}
