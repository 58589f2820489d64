// OpenAPI 3 as API Gateway exports it: a request for each operation, with its IAM or API key security.

import { isOfSignature } from '../model/headers'
import { type Json, list, record, text } from '../model/json'
import { emptyRequest, type RequestDoc, row } from '../model/request'
import { newId, type SavedRequest } from '../state/db'
import { type Imported, ImportProblem, nothing } from './imported'
import { exampleOf, refs } from './schema'

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

/** API Gateway's own: one integration for every method. */
const ANY = 'x-amazon-apigateway-any-method'

export function readOpenApi(api: Json): Imported {
  const found = nothing()
  const resolve = refs(api)
  const base = baseUrl(api)
  const requests: SavedRequest[] = []
  for (const [path, given] of Object.entries(record(api.paths))) {
    const item = record(resolve(given))
    for (const method of [...METHODS, ANY]) {
      // CORS preflights are the browser's.
      if (!item[method] || (method === 'options' && isMock(record(item[method])))) continue
      const operation = record(item[method])
      const doc = requestOf(api, base, path, method === ANY ? 'get' : method, item, operation, resolve)
      if (method === ANY) doc.name = `ANY ${path}`
      requests.push({ ...doc, id: newId(), folder: text(list(operation.tags)[0]) })
    }
  }
  if (requests.length === 0) throw new ImportProblem('This OpenAPI document has no operations under “paths”.')
  if (base === '') found.notes.push('The document names no server: enter the host in the URLs.')
  found.collections.push({ id: newId(), name: text(record(api.info).title) || 'API', requests })
  return found
}

type Resolve = (value: unknown) => unknown

function requestOf(
  api: Json,
  base: string,
  path: string,
  method: string,
  item: Json,
  operation: Json,
  resolve: Resolve,
): RequestDoc {
  const doc = emptyRequest()
  doc.name = text(operation.summary) || text(operation.operationId) || `${method.toUpperCase()} ${path}`
  doc.method = method.toUpperCase()
  // API Gateway's greedy `{proxy+}` keeps its slashes.
  doc.url = base + path.replace(/\{(\w+)\+\}/g, '{+$1}')
  for (const given of [...list(item.parameters), ...list(operation.parameters)]) {
    const parameter = record(resolve(given))
    const name = text(parameter.name)
    const example = text(parameter.example ?? exampleOf(parameter.schema, resolve))
    if (parameter.in === 'path') doc.variables[name] = example
    else if (parameter.in === 'query') doc.query.push(row(name, example, parameter.required === true))
    else if (parameter.in === 'header' && !isOfSignature(name) && name.toLowerCase() !== 'x-api-key') {
      doc.headers.push(row(name, example, parameter.required === true))
    }
  }
  readBody(record(resolve(operation.requestBody)), doc, resolve)
  readSecurity(api, operation, doc, resolve)
  return doc
}

function readBody(body: Json, doc: RequestDoc, resolve: Resolve) {
  const contents = record(body.content)
  const type = Object.keys(contents).find((name) => /json/.test(name)) ?? Object.keys(contents)[0]
  if (type === undefined) return
  const content = record(contents[type])
  const [firstExample] = Object.values(record(content.examples)).map((item) => record(resolve(item)).value)
  const example = content.example ?? firstExample ?? exampleOf(content.schema, resolve)
  if (/json/.test(type)) {
    doc.body = { ...doc.body, kind: 'json', text: JSON.stringify(example ?? {}, null, 2) }
    if (type !== 'application/json') doc.headers.push(row('content-type', type))
  } else if (/form/.test(type)) {
    const form = Object.entries(record(example)).map(([name, value]) => row(name, text(value)))
    doc.body = {
      ...doc.body,
      kind: 'form',
      encoding: type.includes('multipart') ? 'multipart' : 'urlencoded',
      form,
    }
  } else doc.body = { ...doc.body, kind: 'text', text: text(example), contentType: type }
}

/** The first alternative of `security` whose schemes are known. */
function readSecurity(api: Json, operation: Json, doc: RequestDoc, resolve: Resolve) {
  const schemes = record(record(api.components).securitySchemes)
  const alternatives = list(operation.security ?? api.security).map(record)
  const names = Object.keys(alternatives[0] ?? {})
  const kinds = names.map((name) => kindOf(record(resolve(schemes[name]))))
  const authType = text(record(operation['x-amazon-apigateway-auth']).type)
  const iam = kinds.includes('iam') || authType.toUpperCase() === 'AWS_IAM'
  const key = kinds.includes('key')
  doc.auth = { ...doc.auth, kind: iam ? 'iam' : key ? 'key' : 'none', withApiKey: iam && key }
  if (kinds.includes('bearer')) doc.headers.push(row('authorization', 'Bearer {{token}}'))
}

function kindOf(scheme: Json): 'iam' | 'key' | 'bearer' | '' {
  if (text(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4') return 'iam'
  if (scheme.type === 'apiKey' && text(scheme.name).toLowerCase() === 'x-api-key') return 'key'
  const isToken = scheme.type === 'http' || scheme.type === 'oauth2' || scheme.type === 'openIdConnect'
  return isToken || text(scheme.name).toLowerCase() === 'authorization' ? 'bearer' : ''
}

const isMock = (operation: Json) =>
  text(record(operation['x-amazon-apigateway-integration']).type).toLowerCase() === 'mock'

function baseUrl(api: Json): string {
  const server = record(list(api.servers)[0])
  const variables = record(server.variables)
  return text(server.url)
    .replace(/\{([\w-]+)\}/g, (_, name: string) => text(record(variables[name]).default))
    .replace(/([^:])\/{2,}/g, '$1/')
    .replace(/\/$/, '')
}
