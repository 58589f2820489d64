// What a login's token says about itself. It is not verified here, but by the service that accepts it.

import { type Json, record, text } from './json'

/** Cognito's name for the issuer of a token (OpenID Connect): the issuer without its scheme. */
export function providerOf(token: string): string {
  return text(claimsOf(token).iss).replace(/^https:\/\//, '')
}

function claimsOf(token: string): Json {
  const [, claims = ''] = token.trim().split('.')
  try {
    const bytes = atob(claims.replaceAll('-', '+').replaceAll('_', '/'))
    return record(JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)))))
  } catch {
    return {}
  }
}
