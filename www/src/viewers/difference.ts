// The part of a line that differs from another one: everything between the common start and the common end.

export function differenceOf(text: string, other: string): { from: number; to: number } {
  const shorter = Math.min(text.length, other.length)
  let from = 0
  while (from < shorter && text[from] === other[from]) from++
  let end = 0
  while (end < shorter - from && text.at(-1 - end) === other.at(-1 - end)) end++
  return { from, to: text.length - end }
}
