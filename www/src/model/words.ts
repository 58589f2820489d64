/** The words of a query, all of which have to be in what is found. */
export const wordsOf = (query: string) => query.toLowerCase().split(/\s+/).filter(Boolean)
