// One request of a Postman collection: URL, headers, body, authorization.

import { usedIn } from '../model/environment'
import { isSensitive } from '../model/headers'
import { type Json, list, record, records, text } from '../model/json'
import { type Row, row } from '../model/request'
import { type ImportedAuth, NO_AUTH, putAuth } from './auth'
import { putBody } from './body'
import { type Draft, headerOf, newDraft, removeHeader } from './drafts'
import { putGraphQl } from './graphql'
import { type Imported, leaveOut } from './imported'
import { multipartText, type Part } from './multipart'
import type { Inherited } from './postman'
import { fieldsOf, putQuery, putUrl } from './url'

export function draftOf(
  name: string,
  folder: string,
  request: Json,
  inherited: Inherited,
  found: Imported,
): Draft {
  const draft = newDraft(name, folder)
  draft.owner = inherited.owner
  draft.doc.method = text(request.method).toUpperCase() || 'GET'
  draft.doc.headers = headersOf(request.header)
  readUrl(request.url, draft)
  putAuth(authOf(inherited.auth), draft, found)
  tellToken(inherited.auth, draft, found)
  if (inherited.shared) draft.inherits = inherited.shared
  const body = record(request.body)
  if (body.disabled !== true) readBody(body, draft, found)
  if (Object.keys(record(request.proxy)).length > 0)
    leaveOut(found, `The proxy of “${name}”`, 'a page has no say in how the browser connects')
  if (Object.keys(record(request.certificate)).length > 0)
    leaveOut(found, `The certificate of “${name}”`, 'a page has no say in how the browser connects')
  return draft
}

/** Rows, or lines of one text. */
function headersOf(value: unknown): Row[] {
  const lines = typeof value === 'string' ? value.split(/\r?\n/) : list(value)
  return lines.flatMap((item) => {
    if (typeof item !== 'string') return text(record(item).key) === '' ? [] : [toRow(item)]
    const at = item.indexOf(':')
    return at < 1 ? [] : [row(item.slice(0, at).trim(), item.slice(at + 1).trim())]
  })
}

const toRow = (item: unknown): Row => {
  const { key, value, disabled } = record(item)
  return row(text(key), text(value), disabled !== true)
}

function readUrl(value: unknown, { doc }: Draft) {
  const url = typeof value === 'string' ? { raw: value } : record(value)
  const parts = url.host === undefined && url.path === undefined ? text(url.raw) : writtenOf(url)
  putUrl(doc, parts, 'http')
  const values = new Map(
    records(url.variable).map((item) => [text(item.key) || text(item.id), text(item.value)]),
  )
  doc.url = fieldsOf(doc.url, values, doc.variables)
  const query = records(url.query).filter(({ key, value }) => text(key) !== '' || text(value) !== '')
  if (query.length === 0) return
  doc.query = []
  for (const { key, value, disabled } of query) {
    const written = value === null || value === undefined ? text(key) : `${text(key)}=${text(value)}`
    const before = doc.query.length
    if (!putQuery(doc, written.replaceAll('&', '%26'))) {
      if (disabled !== true) doc.url += `${doc.url.includes('?') ? '&' : '?'}${written}`
    } else if (disabled === true) for (const item of doc.query.slice(before)) item.on = false
  }
}

/** Host and path as Postman stores them: strings, or lists of parts. */
function writtenOf(url: Json): string {
  const joined = (value: unknown, by: string) =>
    Array.isArray(value) ? value.map((item) => text(item) || text(record(item).value)).join(by) : text(value)
  const host = joined(url.host, '.')
  const port = text(url.port) === '' ? '' : `:${text(url.port)}`
  const path = joined(url.path, '/').replace(/^\//, '')
  const [protocol = ''] = /^[A-Za-z][\w+.-]*/.exec(text(url.protocol)) ?? []
  return `${protocol === '' ? '' : `${protocol}://`}${host}${port}${url.path === undefined ? '' : `/${path}`}`
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['xml', 'application/xml'],
  ['html', 'text/html'],
  ['javascript', 'application/javascript'],
  ['text', 'text/plain'],
])

function readBody(body: Json, { doc }: Draft, found: Imported) {
  switch (body.mode) {
    case 'raw':
      putBody(doc, text(body.raw), TYPES.get(text(record(record(body.options).raw).language)) ?? 'text/plain')
      return
    case 'graphql':
      putGraphQl(doc, body.graphql)
      return
    case 'urlencoded':
      removeHeader(doc, 'content-type')
      doc.body = { ...doc.body, kind: 'form', form: rowsOf(body.urlencoded).map(toRow) }
      return
    case 'formdata':
      removeHeader(doc, 'content-type')
      multipartText(
        doc,
        rowsOf(body.formdata).map((item) => partOf(record(item), doc.name, found)),
      )
      return
    case 'file': {
      const name = text(record(body.file).src)
      const contentType = headerOf(doc, 'content-type')?.value ?? ''
      removeHeader(doc, 'content-type')
      doc.body = { ...doc.body, kind: 'file', fileName: name, contentType }
      leaveOut(found, `The file of “${doc.name}”`, 'a page cannot open it: choose it under Body')
    }
  }
}

/** Rows; format 2.0 also allows a single text. */
const rowsOf = (value: unknown): unknown[] =>
  typeof value === 'string'
    ? [...new URLSearchParams(value)].map(([key, value]) => ({ key, value }))
    : list(value).filter((item) => text(record(item).key) !== '')

function partOf(item: Json, name: string, found: Imported): Part {
  const part: Part = { name: text(item.key), value: text(item.value), off: item.disabled === true }
  if (text(item.contentType) !== '') part.contentType = text(item.contentType)
  if (item.type !== 'file') return part
  part.file = text(item.src) || text(list(item.src)[0])
  leaveOut(
    found,
    `The file of the field ${part.name} of “${name}”`,
    'a page cannot open it: choose it under Body',
  )
  return part
}

function pairsOf(auth: Json): [string, string][] {
  const parameters = auth[text(auth.type)]
  return Array.isArray(parameters)
    ? parameters.map(record).map(({ key, value }) => [text(key), text(value)])
    : Object.entries(record(parameters)).map(([key, value]) => [key, text(value)])
}

/** Names of the settings of an auth block whose values are credentials, whatever its type. */
const CREDENTIAL = /^(?:value|user|username|access_?key|auth_?key|token|jwt.*|private_?key)$|token$/i

/** The variables that an auth block uses as credentials, even if no request uses the block. */
export const variablesOfAuth = (auth: Json): string[] =>
  pairsOf(auth).flatMap(([key, value]) => (CREDENTIAL.test(key) || isSensitive(key) ? usedIn(value) : []))

/** Postman's names for an authorization. */
export function authOf(auth: Json): ImportedAuth {
  const type = text(auth.type)
  const pairs = new Map(pairsOf(auth))
  const get = (name: string) => pairs.get(name) ?? ''
  const authOfKind = (kind: string, values: Record<string, string>) => ({
    kind,
    values: new Map(Object.entries(values)),
  })
  switch (type) {
    case '':
    case 'noauth':
      return NO_AUTH
    case 'awsv4':
      return authOfKind('iam', {
        accessKeyId: get('accessKey'),
        secretAccessKey: get('secretKey'),
        sessionToken: get('sessionToken'),
        region: get('region'),
        service: get('service') || 'execute-api',
        place: get('addAuthDataToQuery') === 'true' ? 'query' : 'header',
      })
    case 'apikey':
      return authOfKind('key', { key: get('key'), value: get('value'), place: get('in') })
    case 'bearer':
      return authOfKind('bearer', { token: get('token') })
    case 'basic':
      return authOfKind('basic', { username: get('username'), password: get('password') })
    // OAuth 2: the token that Postman fetched last.
    case 'oauth2':
      return get('addTokenTo') === 'queryParams'
        ? authOfKind('key', { key: 'access_token', value: get('accessToken'), place: 'query' })
        : authOfKind('bearer', { token: get('accessToken') })
    default:
      return { kind: type, values: new Map() }
  }
}

/** The parts of OAuth 2 that the page does not support. */
function tellToken(auth: Json, { doc }: Draft, found: Imported) {
  if (auth.type !== 'oauth2') return
  const pairs = new Map(pairsOf(auth))
  const prefix = (pairs.get('headerPrefix') || 'Bearer').trim()
  if (pairs.get('addTokenTo') !== 'queryParams' && prefix !== 'Bearer')
    leaveOut(found, `The prefix “${prefix}” of the token of “${doc.name}”`, 'the page writes Bearer')
  if (!pairs.get('accessToken'))
    leaveOut(found, `The way to a token (OAuth 2) of “${doc.name}”`, 'get a token and enter it under Auth')
}
