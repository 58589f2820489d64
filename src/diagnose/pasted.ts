// A refusal as people copy it: a body, `curl -i` with its status line and headers, a line of a log,
// an exception's text.

const STATUS_LINE = /^(?:<\s*)?HTTP\/[\d.]+\s+(\d{3})\b/i
const HEADER = /^(?:<\s*)?([!#$%&'*+.^_`|~\dA-Za-z-]+):(.*)$/s

/** @returns the status is 0 if it is not told */
export function readPasted(text: string): {
  status: number
  headers: Record<string, string>
  body: string
} {
  const lines = text
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/)
  const begin = lastIndexOf(lines, (line) => STATUS_LINE.test(line))
  if (begin === -1) return { status: statusIn(text), headers: {}, body: text.trim() }
  const status = Number(STATUS_LINE.exec(lines[begin] ?? '')?.[1])
  const headers: Map<string, string> = new Map()
  let at = begin + 1
  for (; at < lines.length; at++) {
    const [, name, value = ''] = HEADER.exec(lines[at] ?? '') ?? []
    if (name === undefined) break
    headers.set(name.toLowerCase(), value.trim())
  }
  // curl's own messages (-v) are not part of the answer.
  const body = lines.slice(at).filter((line) => !/^(?:[<>*]\s|[<>*]$|[{}] \[\d+ bytes)/.test(line))
  return { status, headers: Object.fromEntries(headers), body: body.join('\n').trim() }
}

/** The status that a log or an exception names in words. */
function statusIn(text: string) {
  // Bounded, so that much white space is not looked through again from each of its places.
  const found =
    /\bstatus(?:[ _-]?code)?["']?\s{0,20}[:= ]\s{0,20}["']?([1-5]\d\d)\b/i.exec(text) ??
    /^([45]\d\d) [A-Z]/m.exec(text)
  return Number(found?.[1] ?? 0)
}

function lastIndexOf(lines: string[], test: (line: string) => boolean) {
  for (let i = lines.length - 1; i >= 0; i--) if (test(lines[i] ?? '')) return i
  return -1
}
