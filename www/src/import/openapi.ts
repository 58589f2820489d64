// Reads OpenAPI 3.0 and 3.1, which API Gateway exports too: a request for each operation.
//
// https://spec.openapis.org/oas/v3.1.1.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html

import { endpointOf } from '../model/host'
import { type Json, list, record, text } from '../model/json'
import { Budget } from './budget'
import { type Draft, finish, gather, newDraft } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { readContent } from './openapi-body'
import { parametersOf, readParameters } from './openapi-parameters'
import { readSecurity } from './openapi-security'
import { Servers } from './openapi-servers'
import { Examples, type Resolve, refs } from './schema'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'query']

/** API Gateway's extension: one integration for every method. */
const ANY = 'x-amazon-apigateway-any-method'

/** The parts of the document that the readers of an operation need. */
export interface Api {
  root: Json
  resolve: Resolve
  examples: Examples
  found: Imported
}

export function readOpenApi(root: Json): Imported {
  const found = nothing()
  const resolve = refs(root, (ref) =>
    leaveOut(found, `What is in ${ref.split('#', 1)[0] || ref}`, 'it is in another file'),
  )
  const budget = new Budget()
  const api: Api = { root, resolve, examples: new Examples(resolve, budget), found }
  const servers = new Servers(root)
  const drafts: Draft[] = []
  for (const [path, value] of Object.entries(record(root.paths))) {
    if (path.startsWith('x-')) continue
    const item = record(resolve(value))
    if (item.trace) leaveOut(found, `TRACE ${path}`, 'a browser sends no such requests')
    for (const method of [...METHODS, ANY]) {
      if (!item[method]) continue
      budget.spend(1)
      const operation = record(item[method])
      // The browser sends CORS preflights itself.
      if (method === 'options' && isMock(operation)) continue
      drafts.push(draftOf(api, servers, path, method, item, operation))
    }
  }
  if (drafts.length === 0)
    throw new ImportProblem('This is an OpenAPI document without operations under “paths”.')
  const count = Object.keys(record(root.webhooks)).length
  if (count > 0)
    leaveOut(found, `What is under “webhooks” (${count})`, 'the API calls these, not its clients')
  if (api.examples.cut)
    found.notes.push('Some examples were cut: their schemas describe more than fits into one.')
  for (const draft of drafts) finish(draft, found)
  const name = text(record(root.info).title) || 'API'
  gather(found, name, drafts, true)
  servers.putEnvironments(found, name, needsRegion(drafts))
  return found
}

function draftOf(
  api: Api,
  servers: Servers,
  path: string,
  method: string,
  item: Json,
  operation: Json,
): Draft {
  const any = method === ANY
  const title = text(operation.summary) || text(operation.operationId)
  const draft = newDraft(
    any ? `ANY ${path}` : title || `${method.toUpperCase()} ${path}`,
    text(list(operation.tags)[0]),
  )
  const { doc } = draft
  doc.method = any ? 'GET' : method.toUpperCase()
  // API Gateway's greedy `{proxy+}` keeps its slashes.
  const template = path.replace(/\{([^{}/+]+)\+\}/g, '{+$1}')
  doc.url = servers.baseOf(item, operation) + template
  readParameters(api, draft, parametersOf(api, item, operation))
  const body = record(api.resolve(operation.requestBody))
  readContent(api, draft, record(body.content))
  readSecurity(api, draft, operation)
  return draft
}

/** Signed requests whose host does not contain a region share a variable for it. */
function needsRegion(drafts: Draft[]): boolean {
  const without = drafts.filter(
    ({ doc }) => doc.auth.kind === 'iam' && doc.auth.region === '' && endpointOf(doc.url).region === '',
  )
  const open = without.filter(({ doc }) => !doc.url.startsWith('{{'))
  for (const { doc } of open) doc.auth.region = '{{region}}'
  return open.length > 0
}

const isMock = (operation: Json) =>
  text(record(operation['x-amazon-apigateway-integration']).type).toLowerCase() === 'mock'
