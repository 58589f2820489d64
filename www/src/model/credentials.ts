// Credentials are only in memory. A value may be `{{name}}`, which is filled in from the environment when it is used;
// only such names are ever stored.

import { type Lookup, MissingVariable, substitute } from './environment'

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  apiKey: string
  bearerToken: string
  username: string
  password: string
  /** ms since the epoch; 0 if they do not expire, or if it is not known when. */
  expiresAt: number
}

export const NO_CREDENTIALS: Credentials = {
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  apiKey: '',
  bearerToken: '',
  username: '',
  password: '',
  expiresAt: 0,
}

export type CredentialField = Exclude<keyof Credentials, 'expiresAt'>

export const CREDENTIAL_FIELDS = Object.keys(NO_CREDENTIALS).filter(
  (name) => name !== 'expiresAt',
) as CredentialField[]

/** Credentials with a name, by which requests and environments refer to them. */
export interface Identity {
  name: string
  credentials: Partial<Credentials>
}

export const canSign = (credentials: Credentials) =>
  credentials.accessKeyId !== '' && credentials.secretAccessKey !== ''

export const isEmpty = (credentials: Partial<Credentials>) =>
  CREDENTIAL_FIELDS.every((field) => !credentials[field])

/** Only `{{name}}`. */
export const isTemplate = (text: string) => /^\{\{[^{}]+\}\}$/.test(text.trim())

const PLACEHOLDERS = [
  /\{\{[^{}]*\}\}/,
  // $NAME, ${NAME}, $Env:NAME, $env.NAME, $(command)
  /^\$(?:[\w:.]+|\(.*\))$/s,
  /\$\{/,
  // %NAME% and !NAME! of cmd
  /^%[^%]+%$/,
  /^![^!]+!$/,
  // <access key>, [redacted], …, ***
  /^<.*>$/s,
  /^\[.*\]$/s,
  /^[.…*•xX]+$/,
  /^(?:your|my)[-_ ]/i,
  /^(?:process\.env|os\.environ|import\.meta\.env)\b/,
]

/** Whether a text is only a placeholder, which never replaces a credential. */
export const isPlaceholder = (text: string) => PLACEHOLDERS.some((form) => form.test(text.trim()))

/** Credentials without empty values and placeholders. */
export function literalOnly(credentials: Partial<Credentials>): Partial<Credentials> {
  const found: Partial<Credentials> = {}
  for (const field of CREDENTIAL_FIELDS) {
    const value = credentials[field] ?? ''
    if (value !== '' && !isPlaceholder(value)) found[field] = value
  }
  // The expiration belongs to the keys that it was imported with.
  if (!isEmpty(found) && credentials.expiresAt) found.expiresAt = credentials.expiresAt
  return found
}

/** The part that may be stored: the names of variables. */
export function templatesOnly(credentials: Partial<Credentials>): Partial<Credentials> {
  const templates = CREDENTIAL_FIELDS.filter((field) => isTemplate(credentials[field] ?? ''))
  return Object.fromEntries(templates.map((field) => [field, credentials[field]]))
}

/** @throws {MissingVariable} */
export function filledCredentials(credentials: Credentials, lookup: Lookup): Credentials {
  const filled = { ...credentials }
  for (const field of CREDENTIAL_FIELDS) filled[field] = substitute(credentials[field], lookup).trim()
  return filled
}

export function hasValues(credentials: Credentials, lookup: Lookup): boolean {
  try {
    filledCredentials(credentials, lookup)
    return true
  } catch (error) {
    if (error instanceof MissingVariable) return false
    throw error
  }
}

/** What is wrong with them, checked before sending; empty if nothing is. */
export function complaint(
  { accessKeyId, secretAccessKey, sessionToken, expiresAt }: Credentials,
  now: number,
): string {
  if (accessKeyId === '' && secretAccessKey === '') return ''
  if (accessKeyId === '') return 'The access key id is missing.'
  if (secretAccessKey === '') return 'The secret access key is missing.'
  if (accessKeyId.startsWith('ASIA') && sessionToken === '') {
    return 'A key that begins with ASIA is temporary: it needs its session token.'
  }
  if (accessKeyId.startsWith('AKIA') && sessionToken !== '') {
    return 'A key that begins with AKIA is long-lived: the session token belongs to another key.'
  }
  if (expiresAt !== 0 && expiresAt <= now)
    return 'These credentials have expired: get new ones and paste them here.'
  return ''
}

/** `59:02`, `11 h 59 min`, `expired` */
export function timeLeft(expiresAt: number, now: number): string {
  const seconds = Math.floor((expiresAt - now) / 1000)
  if (seconds <= 0) return 'expired'
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
