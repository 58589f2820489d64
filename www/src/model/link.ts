/** The start of the fragment in a link to a request. */
export const LINK = '#request='

export const isLink = (hash: string) => hash.startsWith(LINK)
