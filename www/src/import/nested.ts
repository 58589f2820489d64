// A guard of the readers of YAML.

/** Lists and objects in brackets, of which the reader of YAML is slow. */
export function isNestedDeeply(source: string): boolean {
  let depth = 0
  for (const [bracket] of source.matchAll(/[[{}\]]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > 1_000) return true
  }
  return false
}
