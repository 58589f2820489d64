// Keeps credentials out of everything that is stored or leaves the page. A secret is recognized by its use: anything
// that a request authorizes itself with, whatever its name, and anything that looks like a key of AWS.

import { base64 } from './base64'
import { CREDENTIAL_FIELDS, type Credentials } from './credentials'
import { type Environment, usedIn } from './environment'
import { isSensitive } from './headers'
import { records } from './json'
import { NOT_KEPT } from './not-kept'
import { percentEncoded } from './percent'
import type { RequestDoc, Row } from './request'

/** Replaces secrets in texts that are shown; stored texts have `NOT_KEPT` instead, which is never sent. */
const REDACTED = '[redacted]'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const KEY_ID = /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g
/** A secret access key, and a session token: only next to a key id, because a SHA-1 has the same length. */
const NEXT_TO_IT =
  /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{40}|(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=]{60,})(?![A-Za-z0-9+/])/g

/** A text without the given secrets, in any of their encodings. */
export function without(text: string, secrets: readonly string[], mark = REDACTED): string {
  let out = text
  for (const secret of secrets) {
    // Shorter values would match unrelated text.
    if (secret.length < 6) continue
    for (const form of formsOf(secret)) out = out.replaceAll(form, mark)
  }
  return out
}

function formsOf(secret: string): Set<string> {
  const encoded = percentEncoded(secret)
  const forms = [secret, encoded, encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())]
  forms.push(percentEncoded(encoded), JSON.stringify(secret).slice(1, -1), base64(secret).replaceAll('=', ''))
  return new Set(forms)
}

export const looksLikeKey = (text: string) => text.search(KEY_ID) !== -1

/** A text without keys of AWS. @param near whether a key id is near the text */
function withoutKeys(text: string, near: boolean): string {
  const out = text.replace(KEY_ID, NOT_KEPT)
  return near ? out.replace(NEXT_TO_IT, NOT_KEPT) : out
}

const USERINFO = /^(\w+:\/\/)[^/@\s]*@/
const PARAMETER = /([?&])([^=&#?\s]+)=([^&#\s]*)/g

/** A request in the form in which it may be stored or shared. */
export function safeRequest(doc: RequestDoc, secrets: readonly string[]): RequestDoc {
  const near = looksLikeKey(JSON.stringify(doc))
  const clean = (text: string) => withoutKeys(without(text, secrets, NOT_KEPT), near)
  const rows = (list: Row[]) => list.map((item) => safeRow(item, clean))
  return {
    ...doc,
    name: clean(doc.name),
    url: clean(withoutParameters(doc.url)),
    variables: Object.fromEntries(Object.entries(doc.variables).map(([name, value]) => [name, clean(value)])),
    query: rows(doc.query),
    headers: rows(doc.headers),
    body: {
      ...doc.body,
      text: clean(doc.body.text),
      variables: clean(doc.body.variables),
      form: rows(doc.body.form),
    },
    ...(doc.tests && { tests: records(safeJson(doc.tests, clean)) }),
  }
}

/** Texts of a value in JSON. */
function safeJson(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => safeJson(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, safeJson(item, clean)]))
}

function safeRow(item: Row, clean: (text: string) => string): Row {
  const value = clean(item.value)
  const isLost = value === NOT_KEPT || (isSensitive(item.name) && value !== '' && !namesOnly(value))
  const { raw, ...rest } = item
  return {
    ...rest,
    ...(raw !== undefined && !isLost && clean(raw) === raw && { raw }),
    name: clean(item.name),
    value: isLost ? '' : value,
    ...(isLost && { lost: true as const }),
  }
}

function withoutParameters(url: string): string {
  return url
    .replace(USERINFO, '$1')
    .replace(PARAMETER, (all, begin: string, name: string, value: string) =>
      isSensitive(name) && value !== '' && !namesOnly(value) ? `${begin}${name}=${NOT_KEPT}` : all,
    )
}

/** Of a sensitive value only references to variables are kept: `Bearer {{token}}`. */
const namesOnly = (value: string) => /^(?:\w+ )?\{\{[^{}]+\}\}$/.test(value.trim())

/** The names of the variables that requests and credentials use as credentials. */
export function usedAsCredentials(
  docs: Iterable<RequestDoc>,
  credentials: Iterable<Partial<Credentials>>,
): Set<string> {
  const names = new Set<string>()
  const add = (text: string) => {
    for (const name of usedIn(text)) names.add(name)
  }
  for (const { url, query, headers, body } of docs) {
    for (const { name, value } of [...query, ...headers, ...body.form]) if (isSensitive(name)) add(value)
    for (const [, , name = '', value = ''] of url.matchAll(PARAMETER)) if (isSensitive(name)) add(value)
  }
  for (const set of credentials) for (const field of CREDENTIAL_FIELDS) add(set[field] ?? '')
  return names
}

/** Marks variables as secret that are credentials: by their use, by their form, and if secrets are made from them. */
export function withSecretsMarked(environment: Environment, secretNames: ReadonlySet<string>): Environment {
  const { variables } = environment
  const near = variables.some(({ value }) => looksLikeKey(value))
  const names = new Set(secretNames)
  for (const { name, value } of variables) {
    if (withoutKeys(value, near) !== value) names.add(name)
  }
  // Variables inside a secret are secret too; each name is visited once, so that circles end.
  for (const name of names) {
    const value = variables.find((item) => item.name === name)?.value ?? ''
    for (const inner of usedIn(value)) names.add(inner)
  }
  if (!variables.some(({ name, secret }) => !secret && names.has(name))) return environment
  return {
    ...environment,
    variables: variables.map((item) => (names.has(item.name) ? { ...item, secret: true } : item)),
  }
}

/** The text of a refusal without the token and the API key that AWS repeats in its canonical request. */
export function withoutEchoes(text: string, secrets: readonly string[]): string {
  return without(text, secrets)
    .replace(/(x-amz-security-token|x-api-key)(\s*:\s*)(?!\[redacted)[^\s\\'"<&]+/gi, `$1$2${REDACTED}`)
    .replace(/(X-Amz-Security-Token=)[^&\s\\'"<]+/g, `$1${REDACTED}`)
}
