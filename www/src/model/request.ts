// The request as a document that a person edits. It contains no credentials.

import { type Json, record, records, text } from './json'
import { markKept, NOT_KEPT } from './not-kept'

export interface Row {
  on: boolean
  name: string
  value: string
  /** The value was a credential and is not kept: it is empty, has to be entered again, and is not sent. */
  lost?: true
  /** Of a header that belongs to the browser: it is off, and goes out where something else than a page sends. */
  aside?: true
  /** Of a parameter: how it was written in the URL, and goes out. */
  raw?: string
  /** Of a part of a form: its Content-Type. */
  type?: string
  /** Of a part that is a file: where its bytes are in memory; its name is the value. */
  file?: string
}

export type BodyKind = 'none' | 'json' | 'text' | 'form' | 'graphql' | 'file'
export type FormEncoding = 'urlencoded' | 'multipart'

export interface Body {
  kind: BodyKind
  /** Of the kinds json and text; of graphql the query. */
  text: string
  /** Of graphql: its variables, as JSON. */
  variables: string
  /** Of the kinds text and file; the others have their own. */
  contentType: string
  form: Row[]
  encoding: FormEncoding
  /** The name of the chosen file; its bytes stay in memory. */
  fileName: string
}

/** `inherit`: what the collection says. */
export type AuthKind = 'inherit' | 'none' | 'key' | 'iam' | 'bearer' | 'basic'

/** How a request proves who calls. The credentials themselves are in memory, under the identity's name. */
export interface Auth {
  kind: AuthKind
  /** Whose credentials; empty: those of the environment, or else the default ones. */
  identity: string
  /** Where the signature goes. */
  place: 'header' | 'query'
  /** Empty: read from the host. */
  region: string
  /** Signature Version 4A, for these regions: `us-east-1,eu-west-1`, or `*`. Empty: Version 4, for one region. */
  regionSet: string
  /** Empty: read from the host, otherwise execute-api. */
  service: string
  /** Seconds; of a signature in the query. */
  expiresIn: number
  /** Whether the API key is sent next to the signature. */
  withApiKey: boolean
  /** The name that the API key goes under; empty: x-api-key. */
  keyName: string
  keyPlace: 'header' | 'query'
}

export interface Options {
  /** ms; 0 is none. */
  timeout: number
  retries: number
  backoff: 'none' | 'exponential'
  /** ms added to the clock. */
  clockOffset: number
}

/** What `readRequest` reads; 1 wrote `[redacted]` where a credential had been. */
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
  /** What `gatesign run` expects of the answer, and what it takes from it (docs/command.md); kept as it is. */
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

/** A request from a file or the database: what is missing or of another type becomes the default. */
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
