// What a person edits: a request as a document. Nothing in it is a credential.

import { record, records, text } from './json'

export interface Row {
  on: boolean
  name: string
  value: string
}

export type BodyKind = 'none' | 'json' | 'text' | 'form' | 'file'
export type FormEncoding = 'urlencoded' | 'multipart'

export interface Body {
  kind: BodyKind
  /** Of the kinds json and text. */
  text: string
  /** Of the kinds text and file; the others have their own. */
  contentType: string
  form: Row[]
  encoding: FormEncoding
  /** The name of the chosen file; its bytes stay in memory. */
  fileName: string
}

export type AuthKind = 'none' | 'key' | 'iam'

export interface Auth {
  kind: AuthKind
  /** Where the signature goes. */
  place: 'header' | 'query'
  /** Empty: read from the host. */
  region: string
  /** Empty: read from the host, otherwise execute-api. */
  service: string
  /** Seconds; of a signature in the query. */
  expiresIn: number
  /** Whether the API key is sent beside the signature. */
  withApiKey: boolean
}

export interface Options {
  /** ms; 0 is none. */
  timeout: number
  retries: number
  backoff: 'none' | 'exponential'
  /** ms added to the clock. */
  clockOffset: number
}

export interface RequestDoc {
  name: string
  method: string
  /** invokeUrl and RFC 6570 template as one text; `{{name}}` is an environment variable. */
  url: string
  /** Values of the template's variables. */
  variables: Record<string, string>
  query: Row[]
  headers: Row[]
  body: Body
  auth: Auth
  options: Options
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

export function emptyRequest(): RequestDoc {
  return {
    name: '',
    method: 'GET',
    url: '',
    variables: {},
    query: [],
    headers: [],
    body: { kind: 'none', text: '', contentType: '', form: [], encoding: 'urlencoded', fileName: '' },
    auth: { kind: 'iam', place: 'header', region: '', service: '', expiresIn: 300, withApiKey: false },
    options: { timeout: 30_000, retries: 0, backoff: 'exponential', clockOffset: 0 },
  }
}

export function row(name: string, value: string, on = true): Row {
  return { on, name, value }
}

/** A request from a file or the database: what is missing or of another type becomes the default. */
export function readRequest(given: unknown): RequestDoc {
  const from = record(given)
  const base = emptyRequest()
  const body = record(from.body)
  const auth = record(from.auth)
  const options = record(from.options)
  return {
    name: text(from.name, base.name),
    method: text(from.method, base.method).toUpperCase(),
    url: text(from.url, base.url),
    variables: Object.fromEntries(
      Object.entries(record(from.variables)).map(([name, value]) => [name, text(value)]),
    ),
    query: rows(from.query),
    headers: rows(from.headers),
    body: {
      kind: choice(body.kind, ['none', 'json', 'text', 'form', 'file'], base.body.kind),
      text: text(body.text),
      contentType: text(body.contentType),
      form: rows(body.form),
      encoding: choice(body.encoding, ['urlencoded', 'multipart'], 'urlencoded'),
      fileName: text(body.fileName),
    },
    auth: {
      kind: choice(auth.kind, ['none', 'key', 'iam'], base.auth.kind),
      place: choice(auth.place, ['header', 'query'], 'header'),
      region: text(auth.region),
      service: text(auth.service),
      expiresIn: number(auth.expiresIn, base.auth.expiresIn),
      withApiKey: auth.withApiKey === true,
    },
    options: {
      timeout: number(options.timeout, base.options.timeout),
      retries: number(options.retries, base.options.retries),
      backoff: choice(options.backoff, ['none', 'exponential'], base.options.backoff),
      clockOffset: number(options.clockOffset, 0),
    },
  }
}

/** How a request is called in lists. */
export function titleOf(doc: RequestDoc): string {
  if (doc.name !== '') return doc.name
  return doc.url.replace(/^\w+:\/\/[^/]*/, '').replace(/\?.*$/, '') || doc.url || 'New request'
}

export const isWebSocket = (url: string) => /^wss?:/i.test(url.trim())

const number = (value: unknown, byDefault: number) =>
  typeof value === 'number' && Number.isFinite(value) ? value : byDefault

function choice<T extends string>(value: unknown, allowed: readonly T[], byDefault: T): T {
  return allowed.includes(value as T) ? (value as T) : byDefault
}

function rows(value: unknown): Row[] {
  return records(value).map(({ on, name, value }) => row(text(name), text(value), on !== false))
}
