// A URL as the page stores it: without its query, which becomes rows.

import { type RequestDoc, row } from '../model/request'

/** Reads `https://host/path?a=1#fragment` into a request. A query that rows could not reproduce stays in the URL. */
export function putUrl(doc: RequestDoc, pasted: string, fallback = 'https') {
  const url = pasted.trim()
  const whole =
    /^(?:[A-Za-z][\w+.-]*:\/\/|\{\{|\{)/.test(url) || url === ''
      ? url
      : `${fallback}://${url.replace(/^\/\//, '')}`
  const [before = ''] = whole.split(/(?<!\{)#/, 1)
  const at = queryBegin(before)
  doc.url = at === -1 ? before : before.slice(0, at)
  if (at !== -1 && !putQuery(doc, before.slice(at + 1))) doc.url = before
}

/** The first `?` that is not between braces: `{?a,b}` belongs to a template, `{{a?}}` to a variable. */
function queryBegin(url: string): number {
  let depth = 0
  for (let i = 0; i < url.length; i++) {
    const c = url.charAt(i)
    if (c === '{') depth++
    else if (c === '}') depth = Math.max(0, depth - 1)
    else if (c === '?' && depth === 0) return i
  }
  // An unmatched brace is an ordinary character.
  return depth > 0 ? url.indexOf('?') : -1
}

/** @returns false if rows could not hold its content */
export function putQuery(doc: RequestDoc, query: string): boolean {
  const rows = query.split('&').flatMap((part) => {
    if (part === '') return []
    const at = part.indexOf('=')
    const name = unescaped(at === -1 ? part : part.slice(0, at))
    const value = unescaped(at === -1 ? '' : part.slice(at + 1))
    return [name === undefined || value === undefined || name === '' ? undefined : row(name, value)]
  })
  const whole = rows.filter((item) => item !== undefined)
  if (whole.length !== rows.length) return false
  doc.query.push(...whole)
  return true
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // Bytes that are not UTF-8, or a literal percent sign.
    return /%[0-9A-Fa-f]{2}/.test(text) ? undefined : text
  }
}

/**
 * `/:user-id` as a field of the path, `/{user-id}`, with its value. A value with slashes or escapes keeps them:
 * `{+name}`.
 */
export function fieldsOf(
  url: string,
  values: ReadonlyMap<string, string>,
  into: Record<string, string>,
): string {
  const [, origin = '', rest = ''] = /^([^/]*\/\/[^/]*|\{\{[^{}]*\}\}|[^/]*)(.*)$/s.exec(url) ?? []
  const path = rest.replace(/\/:([^/?#{}&]+)/g, (_, name: string) => {
    const value = values.get(name) ?? ''
    setOwn(into, name, value)
    return /[/%]/.test(value) ? `/{+${name}}` : `/{${name}}`
  })
  return origin + path
}

/** Also works for the name `__proto__`. */
export function setOwn(into: Record<string, string>, name: string, value: string) {
  Object.defineProperty(into, name, { value, writable: true, enumerable: true, configurable: true })
}
