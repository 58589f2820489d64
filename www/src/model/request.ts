// The request as a document that the user edits. It contains no credentials.

import { type Json, record, records, text } from './json'
import { markKept, NOT_KEPT } from './not-kept'

export interface Row {
  on: boolean
  name: string
  value: string
  /** The value was a credential and is not stored: it is empty, must be entered again, and is not sent. */
  lost?: true
  /**
   * For a header that only the browser may set: it is off, but sent if something other than a page sends the request.
   */
  aside?: true
  /** For a parameter: its text in the URL, which is sent. */
  raw?: string
  /** For a part of a form: its Content-Type. */
  type?: string
  /** For a part that is a file: the id of its bytes in memory; the value is its name. */
  file?: string
}

export type BodyKind = 'none' | 'json' | 'text' | 'form' | 'graphql' | 'file'
export type FormEncoding = 'urlencoded' | 'multipart'

export interface Body {
  kind: BodyKind
  /** The text for the kinds json and text; the query for graphql. */
  text: string
  /** For graphql: the variables as JSON. */
  variables: string
  /** For the kinds text and file; the other kinds have a fixed type. */
  contentType: string
  form: Row[]
  encoding: FormEncoding
  /** The name of the chosen file; its bytes stay in memory. */
  fileName: string
}

/** `inherit`: the collection's authorization. */
export type AuthKind = 'inherit' | 'none' | 'key' | 'iam' | 'bearer' | 'basic'

/** The authorization of a request. The credentials themselves are in memory, under the identity's name. */
export interface Auth {
  kind: AuthKind
  /** The identity to use; empty: the environment's, or else the default one. */
  identity: string
  /** The place of the signature. */
  place: 'header' | 'query'
  /** Empty: read from the host. */
  region: string
  /** Signature Version 4A, for these regions: `us-east-1,eu-west-1`, or `*`. Empty: Version 4, for one region. */
  regionSet: string
  /** Empty: read from the host, otherwise execute-api. */
  service: string
  /** Seconds, for a signature in the query. */
  expiresIn: number
  /** Whether the API key is sent next to the signature. */
  withApiKey: boolean
  /** The name under which the API key is sent; empty: x-api-key. */
  keyName: string
  keyPlace: 'header' | 'query'
}

export interface Options {
  /** ms; 0 means none. */
  timeout: number
  retries: number
  backoff: 'none' | 'exponential'
  /** ms added to the clock. */
  clockOffset: number
}

/** The format that `readRequest` reads; format 1 has `[redacted]` in place of credentials. */
const FORMAT = 2

export interface RequestDoc {
  format: number
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
  /** What `gatesign run` expects in the answer, and what it saves from it (docs/command.md); stored unchanged. */
  tests?: Json[]
  save?: Json
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

export function emptyRequest(): RequestDoc {
  return {
    format: FORMAT,
    name: '',
    method: 'GET',
    url: '',
    variables: {},
    query: [],
    headers: [],
    body: {
      kind: 'none',
      text: '',
      variables: '',
      contentType: '',
      form: [],
      encoding: 'urlencoded',
      fileName: '',
    },
    auth: {
      kind: 'iam',
      identity: '',
      place: 'header',
      region: '',
      regionSet: '',
      service: '',
      expiresIn: 300,
      withApiKey: false,
      keyName: '',
      keyPlace: 'header',
    },
    options: { timeout: 30_000, retries: 0, backoff: 'exponential', clockOffset: 0 },
  }
}

export function row(name: string, value: string, on = true): Row {
  return { on, name, value }
}

/** Reads a request from a file or the database: missing fields and fields of another type get the default. */
export function readRequest(json: unknown): RequestDoc {
  const from = record(json)
  const read =
    from.format === FORMAT ? text : (value: unknown, byDefault?: string) => markKept(text(value, byDefault))
  const rows = (value: unknown) => records(value).map((item) => readRow(item, read))
  const base = emptyRequest()
  const body = record(from.body)
  const auth = record(from.auth)
  const options = record(from.options)
  return {
    format: FORMAT,
    name: text(from.name, base.name),
    method: text(from.method, base.method).toUpperCase(),
    url: read(from.url, base.url),
    variables: Object.fromEntries(
      Object.entries(record(from.variables)).map(([name, value]) => [name, read(value)]),
    ),
    query: rows(from.query),
    headers: rows(from.headers),
    body: {
      kind: choice(body.kind, ['none', 'json', 'text', 'form', 'graphql', 'file'], base.body.kind),
      text: read(body.text),
      variables: read(body.variables),
      contentType: text(body.contentType),
      form: rows(body.form),
      encoding: choice(body.encoding, ['urlencoded', 'multipart'], 'urlencoded'),
      fileName: text(body.fileName),
    },
    auth: {
      kind: choice(auth.kind, ['inherit', 'none', 'key', 'iam', 'bearer', 'basic'], base.auth.kind),
      identity: text(auth.identity),
      place: choice(auth.place, ['header', 'query'], 'header'),
      region: text(auth.region),
      regionSet: text(auth.regionSet),
      service: text(auth.service),
      expiresIn: number(auth.expiresIn, base.auth.expiresIn),
      withApiKey: auth.withApiKey === true,
      keyName: text(auth.keyName),
      keyPlace: choice(auth.keyPlace, ['header', 'query'], 'header'),
    },
    options: {
      timeout: number(options.timeout, base.options.timeout),
      retries: number(options.retries, base.options.retries),
      backoff: choice(options.backoff, ['none', 'exponential'], base.options.backoff),
      clockOffset: number(options.clockOffset, 0),
    },
    ...(Array.isArray(from.tests) && { tests: records(from.tests) }),
    ...(from.save !== undefined && { save: record(from.save) }),
  }
}

/** The name of a request in lists. */
export function titleOf(doc: RequestDoc): string {
  if (doc.name !== '') return doc.name
  return doc.url.replace(/^\w+:\/\/[^/]*/, '').split('?', 1)[0] || doc.url || 'New request'
}

export const isWebSocket = (url: string) => /^wss?:/i.test(url.trim())

const number = (value: unknown, byDefault: number) =>
  typeof value === 'number' && Number.isFinite(value) ? value : byDefault

function choice<T extends string>(value: unknown, allowed: readonly T[], byDefault: T): T {
  return allowed.includes(value as T) ? (value as T) : byDefault
}

function readRow(from: Json, read: (value: unknown) => string): Row {
  const value = read(from.value)
  const lost = from.lost === true || value === NOT_KEPT
  return {
    ...row(read(from.name), lost ? '' : value, from.on !== false),
    ...(lost && { lost }),
    ...(from.aside === true && from.on === false && { aside: true as const }),
    ...(!lost && typeof from.raw === 'string' && { raw: read(from.raw) }),
    ...(typeof from.type === 'string' && from.type !== '' && { type: from.type }),
    ...(typeof from.file === 'string' && { file: from.file }),
  }
}
