// Protects the parsers of YAML.

/** Nested lists and objects in brackets, which the parser of YAML reads slowly. */
export function isNestedDeeply(source: string): boolean {
  let depth = 0
  for (const [bracket] of source.matchAll(/[[{}\]]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > 1_000) return true
  }
  return false
}
