/** The words of a query, all of which a result must contain. */
export const wordsOf = (query: string) => query.toLowerCase().split(/\s+/).filter(Boolean)

/** The items whose texts contain all words of a query. */
export function matching<T>(items: T[], query: string, textOf: (item: T) => string): T[] {
  const words = wordsOf(query)
  if (words.length === 0) return items
  return items.filter((item) => {
    const text = textOf(item).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
