// Formats JSON in lines. Only white space between the values changes: numbers keep their digits, repeated names stay,
// and `{{name}}` is a value.

import { JsonLines, JsonProblem } from './json-lines'

/** Beyond this depth most of the text would be indentation. */
const DEEPEST = 500

/** @throws {JsonProblem} */
export function formatted(text: string): string {
  const lines = new JsonLines(text, true)
  const out: string[] = []
  for (let line = 0; line < lines.count; line++) {
    const depth = lines.depth(line)
    if (depth > DEEPEST) throw new JsonProblem(`it is nested deeper than ${DEEPEST} times`, lines.start(line))
    const key = lines.key(line)
    const value = lines.value(line).replace(/^([[{])\s*([\]}])$/, '$1$2')
    out.push(`${'  '.repeat(depth)}${key && `${key}: `}${value}${lines.hasComma(line) ? ',' : ''}`)
  }
  return out.join('\n')
}

/** A position in a text, counted as editors do. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}
