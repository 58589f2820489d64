// Makes the call from the document, as a pure function. Everything that is sent, signed, explained and exported is made
// from the result of `callOf`.

import { type Lookup, MissingVariable, substitute } from '../model/environment'
import { isForbidden, isOfConnection, isOfSignature } from '../model/headers'
import { endpointOf } from '../model/host'
import { own } from '../model/json'
import { writtenQuery } from '../model/query'
import { isWebSocket, type RequestDoc, type Row } from '../model/request'
import { asTemplate, nameIn, variablesOf, variableValue, withoutFragment } from '../model/template'
import { type Files, MissingFile, payloadOf } from './body'

export type Signing = 'none' | 'header' | 'query'
/** For the header Authorization, if the request is not signed. */
export type Scheme = '' | 'bearer' | 'basic'

/** Everything about a call except the credentials and the time. */
export interface Call {
  method: string
  /** Scheme and authority. */
  invokeUrl: string
  pathTemplate: string
  pathParams: Record<string, string | string[]>
  query: [string, string][]
  headers: [string, string][]
  body: Uint8Array<ArrayBuffer> | null
  signing: Signing
  region: string
  /** Empty for a signature of Version 4. */
  regionSet: string
  service: string
  /** Seconds. */
  expiresIn: number
  withApiKey: boolean
  /** Lower case; x-api-key by default. */
  keyName: string
  keyPlace: 'header' | 'query'
  scheme: Scheme
  /** ms */
  timeout: number
  retries: number
  backoff: 'none' | 'exponential'
  /** ms */
  clockOffset: number
  webSocket: boolean
}

/** The call without the parts that need credentials. */
export const unsigned = (call: Call): Call => ({ ...call, signing: 'none', withApiKey: false, scheme: '' })

/** The part of the editor that a problem belongs to. */
export type Field = 'url' | 'params' | 'headers' | 'body' | 'auth' | 'options'

export class CallProblem extends Error {
  constructor(
    readonly field: Field,
    message: string,
  ) {
    super(message)
  }
}

/** The sender: a page, whose browser does not send some headers, or a program: the forwarder, `gatesign run`. */
export type Sender = 'page' | 'program'

/**
 * @param lookup values of `{{name}}`
 * @param file the bytes of the chosen file
 * @throws {CallProblem}
 */
export function callOf(
  doc: RequestDoc,
  lookup: Lookup,
  file: Uint8Array<ArrayBuffer> | null = null,
  files: Files = new Map(),
  sender: Sender = 'page',
): Call {
  const fill = (field: Field, text: string) => filled(field, text, lookup)
  const url = withoutFragment(fill('url', doc.url).trim())
  const [, invokeUrl = '', rest = ''] = /^((?:https?|wss?):\/\/[^/?#{\s]+)(.*)$/is.exec(url) ?? []
  if (url === '') throw new CallProblem('url', 'Enter a URL.')
  if (invokeUrl === '')
    throw new CallProblem('url', 'The URL must begin with https:// or http:// (or wss:// for a WebSocket).')
  const webSocket = isWebSocket(url)
  const method = webSocket ? 'GET' : doc.method
  if (!TOKEN.test(method))
    throw new CallProblem('url', `“${method}” is not a method: use letters, as in PURGE.`)
  if (/^(?:CONNECT|TRACE|TRACK)$/i.test(method))
    throw new CallProblem('url', `A browser sends no ${method.toUpperCase()} requests.`)
  const { bytes, contentType } = attempt('body', () => payloadOf(doc.body, file, lookup, files))
  if (bytes && !webSocket && (method === 'GET' || method === 'HEAD')) {
    throw new CallProblem(
      'body',
      `A browser cannot send a body with ${method}: use query parameters, or another method.`,
    )
  }
  if (doc.body.kind === 'file' && !file && !webSocket)
    throw new CallProblem('body', 'Choose the file again: its bytes are not kept.')
  const query = rowsOf('params', doc.query, fill)
  const isWritten = query.some(({ raw }) => raw !== undefined)
  const pathTemplate = asTemplate(isWritten ? writtenQuery(rest, query) : rest)
  const endpoint = endpointOf(url)
  const iam = doc.auth.kind === 'iam'
  const signing: Signing = !iam ? 'none' : webSocket ? 'query' : doc.auth.place
  const headers = webSocket ? [] : headersOf(doc, signing, fill, sender)
  const withHeader = doc.auth.kind === 'bearer' || doc.auth.kind === 'basic'
  if (withHeader && webSocket)
    throw new CallProblem('auth', 'A browser sets no headers of a WebSocket: sign it, or choose none.')
  if (withHeader && headers.some(([name]) => name.toLowerCase() === 'authorization'))
    throw new CallProblem('headers', 'authorization is set by the choice under Auth: remove it.')
  if (bytes && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['content-type', contentType])
  const region = fill('auth', doc.auth.region).trim() || endpoint.region
  const regionSet = fill('auth', doc.auth.regionSet).trim()
  if (iam && region === '' && regionSet === '') {
    throw new CallProblem('auth', 'The host does not name its region: enter it, for example us-east-1.')
  }
  return {
    method,
    invokeUrl,
    pathTemplate,
    pathParams: Object.fromEntries(
      variablesOf(pathTemplate)
        .map((name) => {
          const value = fill('params', own(doc.variables, nameIn(name, doc.variables)) ?? '')
          return [name, variableValue(pathTemplate, name, value)]
        })
        .filter(([, value]) => value !== ''),
    ),
    query: isWritten ? [] : pairsOf(query),
    headers,
    body: webSocket ? null : bytes,
    signing,
    region,
    regionSet,
    service: fill('auth', doc.auth.service).trim() || endpoint.service || 'execute-api',
    expiresIn: doc.auth.expiresIn,
    withApiKey: doc.auth.kind === 'key' || (iam && doc.auth.withApiKey),
    keyName: fill('auth', doc.auth.keyName).trim() || 'x-api-key',
    keyPlace: doc.auth.keyPlace,
    scheme: doc.auth.kind === 'bearer' || doc.auth.kind === 'basic' ? doc.auth.kind : '',
    timeout: doc.options.timeout,
    retries: doc.options.retries,
    backoff: doc.options.backoff,
    clockOffset: doc.options.clockOffset,
    webSocket,
  }
}

type Fill = (field: Field, text: string) => string

interface Filled {
  name: string
  value: string
  /** The parameter as it was written in the URL. */
  raw?: string
}

const pairsOf = (rows: Filled[]) => rows.map(({ name, value }): [string, string] => [name, value])

function rowsOf(field: Field, rows: Row[], fill: Fill): Filled[] {
  const sent = rows.filter(({ on, name, raw }) => on && (raw !== undefined || name.trim() !== ''))
  for (const { name, lost } of sent) {
    if (lost) throw new CallProblem(field, `The value of ${name.trim()} was not kept: enter it again.`)
  }
  return sent.map(({ name, value, raw }) =>
    raw === undefined
      ? { name: fill(field, name).trim(), value: fill(field, value) }
      : { name, value, raw: fill(field, raw).replace(/(?<!\{)#/g, '%23') },
  )
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/

function headersOf(doc: RequestDoc, signing: Signing, fill: Fill, sender: Sender): [string, string][] {
  const rows = doc.headers.map((item) => (item.aside && sender === 'program' ? { ...item, on: true } : item))
  const headers = pairsOf(rowsOf('headers', rows, fill))
  for (const [name, value] of headers) {
    if (!TOKEN.test(name)) throw new CallProblem('headers', `“${name}” is not a header name.`)
    if (/[\r\n\0]/.test(value))
      throw new CallProblem('headers', `The value of ${name} has a line break in it.`)
    const owned = ownedBy(name, sender)
    if (owned !== '') throw new CallProblem('headers', owned)
    if (signing !== 'none' && isOfSignature(name)) {
      throw new CallProblem(
        'headers',
        `${name} is set by the signature: remove it, or choose no authorization.`,
      )
    }
  }
  return headers
}

/** Why a header cannot be sent; empty if it can. */
export function ownedBy(name: string, sender: Sender): string {
  if (!isForbidden(name)) return ''
  if (sender === 'page') return `${name} belongs to the browser: a page cannot set it.`
  return isOfConnection(name) ? `${name} belongs to the connection, and is made from the request.` : ''
}

/** The texts that this page, the package and other tools write in place of a credential. */
const PLACEHOLDER = /\[redacted(?:: \d+ characters)?\]/i

function filled(field: Field, text: string, lookup: Lookup): string {
  const value = attempt(field, () => substitute(text, lookup))
  // A header or URL that contains such a text is refused, or replaces a good value.
  if (PLACEHOLDER.test(value))
    throw new CallProblem(field, 'There is [redacted] where a credential belongs: enter it again.')
  return value
}

function attempt<T>(field: Field, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof MissingVariable) throw new CallProblem(field, `${error.message}.`)
    if (error instanceof MissingFile) throw new CallProblem(field, error.message)
    if (error instanceof SyntaxError)
      throw new CallProblem(field, `The variables of GraphQL are not JSON: ${error.message}.`)
    throw error
  }
}
