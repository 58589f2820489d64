// The query of a request, which is written in its URL and shown as rows: one list, in one order. The URL holds the
// parameters that were typed first; from the first parameter that is a separate row on, all are rows. Typed text is not
// changed: a row that was written in a URL has its text in `raw`.

import { strictlyEncoded } from './percent'
import type { RequestDoc, Row } from './request'

type Written = Pick<RequestDoc, 'url' | 'query'>

/** A URL in its parts: the URL without parameters, the parameters as they are written, the fragment. */
interface Parts {
  base: string
  /** The text before the first parameter. */
  joint: '?' | '&'
  /** Undefined: there is no `?`. */
  parameters: string[] | undefined
  fragment: string
}

/** Text in pieces that keep braces together: `{?page}` does not start a query, `{{a&b}}` is one name. */
const PIECES = /\{\{[^{}]*\}\}|\{[^{}]*\}|[^{]+|\{/g

/** The position of the first of these characters outside braces; -1 if there is none. */
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
  // The template adds its own parameters; those after it are written in the URL.
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

/** `a=b%20c` as a row. Text that is not percent-encoded UTF-8 stays as it is. */
function rowOf(written: string): Row {
  const at = outside(written, '=')
  const name = decoded(at === -1 ? written : written.slice(0, at))
  const value = at === -1 ? '' : decoded(written.slice(at + 1))
  const row = { on: true, name, value }
  // The value of a variable in a URL is inserted as it is; in a row it is encoded.
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

/** A row as it is written in a URL: only characters with another meaning there are encoded. */
function textOf({ name, value, raw }: Row): string {
  return raw ?? `${encoded(name, /[\s%&#+"<>{}=\p{Cc}]/gu)}=${encoded(value, /[\s%&#+"<>{}\p{Cc}]/gu)}`
}

const encoded = (text: string, signs: RegExp) =>
  text
    .split(/(\{\{[^{}"\n]*\}\})/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(signs, encodeURIComponent)))
    .join('')

/** Rows that are switched off or have no name are not in the URL. */
const isShown = ({ on, name, raw }: Row) => on && (raw !== undefined || name !== '')

/** The URL with all its parameters, as the field shows it. */
export function shownUrl({ url, query }: Written): string {
  const rows = query.filter(isShown)
  if (rows.length === 0) return url
  const parts = partsOf(url)
  return joined({ ...parts, parameters: [...(parts.parameters ?? []), ...rows.map(textOf)] })
}

/** Updates URL and rows after the field's text has changed: rows that are still in it stay as they are. */
export function typedUrl(before: Written, text: string): Written {
  const after = matched(before, text)
  // The field shows exactly what was typed.
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
  // The index of each shown row among all rows.
  const places = rows.flatMap((row, at) => (isShown(row) ? [at] : []))
  const placeOf = (i: number) => places[i - inUrl.length] ?? rows.length
  const isInUrl = same < inUrl.length || (same === inUrl.length && placeOf(same) === 0)
  if (isInUrl) {
    // In their order before the first row that stays.
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

/**
 * Updates URL and rows after rows have changed.
 *
 * @param shown the result of `parametersOf`; unchanged rows are the same objects
 */
export function changedRows({ url }: Written, shown: readonly Row[], next: readonly Row[]): Written {
  const parts = partsOf(url)
  const inUrl = parts.parameters ?? []
  let same = 0
  while (same < inUrl.length && next[same] === shown[same]) same++
  // `?` alone means no parameter, and not one without a name.
  if (same === 1 && inUrl.length > 1 && inUrl[0] === '') same = 0
  const parameters = inUrl.slice(0, same)
  return {
    url: same === inUrl.length ? url : joined({ ...parts, parameters: same === 0 ? undefined : parameters }),
    query: next.slice(same).map(rewritten),
  }
}

/** A row with a changed name or value no longer matches the written text. */
function rewritten(row: Row): Row {
  if (row.raw === undefined) return row
  const { raw, ...rest } = row
  const { name, value } = rowOf(raw)
  return name === row.name && value === row.value && !row.lost ? row : rest
}

/** The URL with the written text of its rows: both can contain variables of the template. */
export const templateOf = ({ url, query }: Written): string =>
  [
    url.replace(/(?<!\{)#.*$/s, ''),
    ...query.flatMap(({ on, raw }) => (on && raw !== undefined ? [raw] : [])),
  ].join('&')

/**
 * The URL as it is sent, and the rows that the package appends to it. If one of the rows has its own text, all are
 * written as text, which keeps their order.
 */
export function writtenQuery(url: string, rows: { name: string; value: string; raw?: string }[]): string {
  if (!rows.some(({ raw }) => raw !== undefined)) return url
  const parts = partsOf(url)
  const more = rows.map(({ name, value, raw }) => raw ?? `${strictlyEncoded(name)}=${strictlyEncoded(value)}`)
  return joined({ ...parts, parameters: [...(parts.parameters ?? []), ...more] })
}
