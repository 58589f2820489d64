// Origins in the configuration of this page's owner, which may get the credentials.

export const trusted = new Set<string>()

export function trust(origins: Iterable<string>) {
  for (const origin of origins) if (origin !== '') trusted.add(origin)
}
