// What a token of a login says of itself. It is not verified: who takes it does that.

import { type Json, record, text } from './json'

/** The name under which Cognito knows who gave a token (OpenID Connect): its issuer without the scheme. */
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
