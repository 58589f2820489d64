/** How the fragment of a link to a request begins. */
export const LINK = '#request='

export const isLink = (hash: string) => hash.startsWith(LINK)
