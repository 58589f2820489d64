// Keeps credentials out of everything that outlives the page or leaves it.

import { isSensitive } from './headers'
import type { RequestDoc, Row } from './request'

const REDACTED = '[redacted]'

/** Query parameters that are a signature or a credential. */
const SENSITIVE_QUERY =
  /([?&](?:X-Amz-(?:Signature|Security-Token|Credential)|AWSAccessKeyId|Signature|access_token|api_key|apikey|x-api-key|password|secret)=)[^&#\s]*/gi

const SENSITIVE_NAME = new RegExp(SENSITIVE_QUERY.source, 'i')

const USERINFO = /^(\w+:\/\/)[^/@\s]*@/

/** A text without the given secrets, in whatever form they are written. */
export function without(text: string, secrets: readonly string[]): string {
  let out = text
  for (const secret of secrets) {
    // Shorter ones are no secrets, and every text would be full of holes.
    if (secret.length < 6) continue
    for (const form of formsOf(secret)) out = out.replaceAll(form, REDACTED)
  }
  return out
}

function formsOf(secret: string): Set<string> {
  const encoded = encodeURIComponent(secret)
  const forms = [secret, encoded, encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())]
  forms.push(encodeURIComponent(encoded), JSON.stringify(secret).slice(1, -1), base64(secret))
  return new Set(forms)
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/=+$/, '')
}

/** A request as it may be kept or given away. */
export function safeRequest(doc: RequestDoc, secrets: readonly string[]): RequestDoc {
  const clean = (text: string) => without(text, secrets)
  const rows = (list: Row[]) =>
    list.map(({ on, name, value }) => ({ on, name: clean(name), value: clean(value) }))
  return {
    ...doc,
    name: clean(doc.name),
    url: clean(doc.url.replace(USERINFO, '$1').replace(SENSITIVE_QUERY, `$1${REDACTED}`)),
    variables: Object.fromEntries(Object.entries(doc.variables).map(([name, value]) => [name, clean(value)])),
    query: rows(doc.query).map((item) =>
      SENSITIVE_NAME.test(`?${item.name}=${item.value}`) ? { ...item, value: templatesOf(item.value) } : item,
    ),
    headers: rows(doc.headers).map((item) =>
      isSensitive(item.name) ? { ...item, value: templatesOf(item.value) } : item,
    ),
    body: { ...doc.body, text: clean(doc.body.text), form: rows(doc.body.form) },
  }
}

/** Of a sensitive value only what names a variable is kept: `Bearer {{token}}`. */
function templatesOf(value: string): string {
  return /^(?:\w+ )?\{\{[^{}]+\}\}$/.test(value.trim()) || value === '' ? value : REDACTED
}

/** A refusal's text: without the token and the API key that AWS echoes in its canonical request. */
export function withoutEchoes(text: string, secrets: readonly string[]): string {
  return without(text, secrets)
    .replace(/(x-amz-security-token|x-api-key)(\s*:\s*)(?!\[redacted)[^\s\\'"<&]+/gi, `$1$2${REDACTED}`)
    .replace(/(X-Amz-Security-Token=)[^&\s\\'"<]+/g, `$1${REDACTED}`)
}
