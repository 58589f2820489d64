// Reads JavaScript that sends requests: `fetch(…)` as browsers copy it, `newClient` and `apigClientFactory`, the
// signers of the AWS SDK and of this package, axios.

import { type Json, list, record, text } from '../model/json'
import { row } from '../model/request'
import { putBody } from './body'
import { type Draft, finish, gather, headerOf, newDraft } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { type Called, callsOf, plain, shown, Unknown } from './javascript'
import { putQuery, putUrl, setOwn } from './url'

/** What the code defines before its calls: keys, a region. */
interface Setting {
  client: Json
  signer: Json
}

export function readCode(source: string): Imported {
  const found = nothing()
  const calls = callsOf(source)
  const setting: Setting = { client: {}, signer: {} }
  const drafts: Draft[] = []
  for (const call of calls) {
    const [first] = call.args
    if (call.name === 'newClient') setting.client = record(first)
    else if (/^(?:createSigner|SignatureV4|AwsClient|SigV4)$/.test(call.name)) setting.signer = record(first)
    const draft = draftOf(call, setting, found)
    if (draft) drafts.push(draft)
  }
  if (drafts.length === 0)
    throw new ImportProblem(
      'This is JavaScript without a request that the page can read: fetch(…), invokeApi(…), axios(…), new HttpRequest(…).',
    )
  for (const draft of drafts) finish(draft, found)
  return gather(found, 'JavaScript', drafts)
}

function draftOf(call: Called, setting: Setting, found: Imported): Draft | undefined {
  const { name, on, args } = call
  if (name === 'invokeApi') return invoked(args, setting, found)
  if (name === 'HttpRequest') return sdkRequest(record(args[0]), setting, found)
  const isFetch = name === 'fetch' || (name === 'Request' && typeof args[0] === 'string')
  if (
    isFetch ||
    ((name === 'sign' || name === 'presign') &&
      (typeof args[0] === 'string' || record(args[0]).url !== undefined))
  )
    return fetched(call, setting, found)
  if (name === 'axios' || on === 'axios') return fetched({ ...call, name: 'axios' }, setting, found, name)
  return undefined
}

/**
 * `fetch(url, options)`, `fetch({ url, … })`. A signed request that is passed to fetch was read at the call that signs
 * it.
 */
function fetched({ name, args }: Called, setting: Setting, found: Imported, verb = ''): Draft | undefined {
  const [first, second, third] = args
  const asObject =
    typeof first === 'object' && first !== null && !(first instanceof Unknown) && !(first instanceof URL)
  const isData = /^(?:post|put|patch)$/i.test(verb)
  const options = record(asObject ? first : isData ? third : second)
  const url = asObject ? options.url : first
  // A signed request was read at the call that signs it.
  if (url === undefined || url instanceof Unknown) return undefined
  if (second instanceof Unknown && /^(?:pre)?sign$/.test(second.name)) return undefined
  const draft = newDraft()
  const { doc } = draft
  putUrl(doc, plain(url))
  if (name === 'axios' && /^[a-z]+$/i.test(verb) && verb !== 'axios' && verb !== 'request')
    doc.method = verb.toUpperCase()
  else doc.method = (plain(options.method) || 'GET').toUpperCase()
  putHeaders(draft, options.headers)
  for (const [key, value] of pairs(options.params)) doc.query.push(row(key, value))
  const body = isData ? second : (options.body ?? options.data)
  putContent(draft, body, name === 'axios', found)
  if (name === 'sign' || name === 'presign') {
    putSigner(draft, setting.signer, name === 'presign' ? 'query' : 'header')
    if (Number(options.expiresIn) > 0) doc.auth.expiresIn = Number(options.expiresIn)
  } else if (Object.keys(setting.signer).length > 0 && setting.signer.accessKeyId !== undefined)
    putSigner(draft, setting.signer, 'header')
  return draft
}

/** `new HttpRequest({ protocol, hostname, port, path, query, method, headers, body })` of the AWS SDK. */
function sdkRequest(request: Json, setting: Setting, found: Imported): Draft {
  const draft = newDraft()
  const { doc } = draft
  const port = request.port === undefined ? '' : `:${plain(request.port)}`
  const protocol = plain(request.protocol ?? 'https:').replace(/:?$/, ':')
  const host = plain(request.hostname ?? request.host ?? record(request.headers).host)
  putUrl(doc, `${protocol}//${host}${port}${plain(request.path ?? '/')}`)
  doc.method = (plain(request.method) || 'GET').toUpperCase()
  putHeaders(draft, request.headers)
  for (const [key, value] of pairs(request.query)) doc.query.push(row(key, value))
  putContent(draft, request.body, false, found)
  putSigner(draft, setting.signer, 'header')
  return draft
}

/** `client.invokeApi(pathParams, pathTemplate, method, additionalParams, body)` */
function invoked(args: unknown[], setting: Setting, found: Imported): Draft {
  const [pathParams, pathTemplate, method, additional, body] = args
  const config = setting.client
  const draft = newDraft()
  const { doc, credentials } = draft
  putUrl(doc, plain(config.invokeUrl) || '{{invokeUrl}}')
  // The template may contain a query.
  const [path = '', query = ''] = plain(pathTemplate).split(/\?(.*)/s)
  doc.url = doc.url.replace(/\/$/, '') + (path === '' || path.startsWith('/') ? '' : '/') + path
  if (query !== '' && !putQuery(doc, query)) doc.url += `?${query}`
  for (const [key, value] of pairs(pathParams)) setOwn(doc.variables, key, value)
  doc.method = (plain(method) || 'GET').toUpperCase()
  putHeaders(draft, { ...record(config.headers), ...record(record(additional).headers) })
  for (const [key, value] of pairs(record(additional).queryParams)) doc.query.push(row(key, value))
  if (Number(record(additional).timeout) > 0) doc.options.timeout = Number(record(additional).timeout)
  if (Number(config.retries) > 0) doc.options.retries = Math.min(Number(config.retries), 100)
  const isEmpty = typeof body === 'object' && body !== null && Object.keys(body).length === 0
  if (!isEmpty) putContent(draft, body, true, found)
  if (config.accessKey !== undefined || config.secretKey !== undefined || config.credentials !== undefined) {
    doc.auth = {
      ...doc.auth,
      kind: 'iam',
      region: literalOf(config.region),
      service: literalOf(config.service),
    }
    Object.assign(
      credentials,
      written({
        accessKeyId: config.accessKey,
        secretAccessKey: config.secretKey,
        sessionToken: config.sessionToken,
      }),
    )
  }
  if (config.apiKey !== undefined && config.apiKey !== '') {
    doc.auth.withApiKey = doc.auth.kind === 'iam'
    if (doc.auth.kind === 'none') doc.auth.kind = 'key'
    Object.assign(credentials, written({ apiKey: config.apiKey }))
  }
  return draft
}

const literalOf = (value: unknown) => (value instanceof Unknown ? '' : text(value))

/** Only values in the text itself: the environment of the program is not known here. */
function written(values: Record<string, unknown>): Record<string, string> {
  const all = Object.entries(values).filter(
    ([, value]) => value !== undefined && !(value instanceof Unknown) && value !== '',
  )
  return Object.fromEntries(all.map(([name, value]) => [name, plain(value)]))
}

function putSigner(draft: Draft, signer: Json, place: 'header' | 'query') {
  const keys = record(signer.credentials)
  const { accessKeyId, secretAccessKey, sessionToken } = Object.keys(keys).length > 0 ? keys : signer
  draft.doc.auth = {
    ...draft.doc.auth,
    kind: 'iam',
    place,
    region: literalOf(signer.region),
    service: literalOf(signer.service),
  }
  Object.assign(draft.credentials, written({ accessKeyId, secretAccessKey, sessionToken }))
}

/** An object, or a list of pairs. */
function pairs(value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.map((item) => [plain(list(item)[0]), plain(list(item)[1])])
  return Object.entries(record(value)).flatMap(([name, value]): [string, string][] =>
    Array.isArray(value) ? value.map((item) => [name, plain(item)]) : [[name, plain(value)]],
  )
}

function putHeaders({ doc }: Draft, headers: unknown) {
  for (const [name, value] of pairs(headers)) if (!/^host$/i.test(name)) doc.headers.push(row(name, value))
}

/** @param asJson whether the library writes objects as JSON */
function putContent({ doc }: Draft, body: unknown, asJson: boolean, found: Imported) {
  if (body === undefined || body === null) return
  if (body instanceof Unknown) {
    leaveOut(found, `The body (${body.name})`, 'only a run of the program would tell it')
    return
  }
  const isText = typeof body === 'string'
  if (!isText && !asJson) {
    leaveOut(found, 'The body', 'only a run of the program would tell it')
    return
  }
  if (!isText && !headerOf(doc, 'content-type')) doc.headers.push(row('Content-Type', 'application/json'))
  putBody(doc, isText ? body : JSON.stringify(shown(body)), 'text/plain;charset=UTF-8')
}
