// Origins that the owner of this page has written into its configuration: they may have the credentials.

export const trusted = new Set<string>()

export function trust(origins: Iterable<string>) {
  for (const origin of origins) if (origin !== '') trusted.add(origin)
}
