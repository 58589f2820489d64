// Formats XML with an indented line for each element. Only white space between tags changes.

interface Piece {
  kind: 'open' | 'close' | 'empty' | 'other' | 'text'
  text: string
}

const MOST_DEPTH = 200

/** @returns the original text and the problem, if it is not XML */
export function laidOutXml(text: string): { text: string; problem: string } {
  const pieces = piecesOf(text)
  if (typeof pieces === 'string') return { text, problem: `This is not well-formed XML: ${pieces}.` }
  const lines: string[] = []
  const put = (depth: number, line: string) =>
    lines.push(`${'  '.repeat(Math.min(depth, MOST_DEPTH))}${line}`)
  let depth = 0
  for (let i = 0; i < pieces.length; i++) {
    const { kind, text } = pieces[i] as Piece
    const [next, after] = [pieces[i + 1], pieces[i + 2]]
    if (kind === 'close') put(--depth, text)
    else if (kind !== 'open') put(depth, text.trim())
    // An element that contains only text stays on one line.
    else if (next?.kind === 'close') {
      put(depth, text + next.text)
      i++
    } else if (next?.kind === 'text' && after?.kind === 'close') {
      put(depth, text + next.text + after.text)
      i += 2
    } else put(depth++, text)
  }
  return { text: lines.join('\n'), problem: '' }
}

/** @returns what is wrong, as the end of a sentence */
function piecesOf(text: string): Piece[] | string {
  const pieces: Piece[] = []
  const open: string[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] !== '<') {
      const end = text.indexOf('<', at)
      const piece = text.slice(at, end === -1 ? undefined : end)
      if (piece.trim() !== '') pieces.push({ kind: 'text', text: piece })
      at += piece.length
      continue
    }
    const end = endOf(text, at)
    if (end === -1) return `the tag at character ${at + 1} does not end`
    const piece = text.slice(at, end)
    at = end
    const [, closing = '', name = ''] = /^<(\/?)([^\s<>/!?]+)/.exec(piece) ?? []
    if (name === '') pieces.push({ kind: 'other', text: piece })
    else if (closing !== '') {
      const last = open.pop()
      if (last !== name)
        return last === undefined ? `</${name}> ends nothing` : `<${last}> is ended by </${name}>`
      pieces.push({ kind: 'close', text: piece })
    } else if (piece.endsWith('/>')) pieces.push({ kind: 'empty', text: piece })
    else {
      open.push(name)
      pieces.push({ kind: 'open', text: piece })
    }
  }
  return open.length > 0 ? `<${open.at(-1)}> does not end` : pieces
}

/** The index after the markup that starts here; -1 if it has no end. */
function endOf(text: string, at: number): number {
  for (const [begin, end] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begin, at)) continue
    const found = text.indexOf(end, at + begin.length)
    return found === -1 ? -1 : found + end.length
  }
  // Quoted values may contain anything; a DOCTYPE has markup in brackets.
  let quote = ''
  let depth = 0
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charAt(i)
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '[') depth++
    else if (c === ']') depth--
    else if (c === '>' && depth <= 0) return i + 1
  }
  return -1
}
