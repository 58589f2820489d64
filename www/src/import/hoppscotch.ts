// Hoppscotch's exports of collections, one or a list, and of environments.

import { newId } from '../model/id'
import { type Json, list, record, records, text } from '../model/json'
import { type Row, row } from '../model/request'
import { type ImportedAuth, NO_AUTH } from './auth'
import { Budget, MOST_DEPTH } from './budget'
import { type Draft, finish, gather } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { type ToolRequest, toolDraft } from './tools'

/** `<<name>>` is `{{name}}` here. */
const plain = (value: unknown) => text(value).replace(/<<([^<>]+)>>/g, '{{$1}}')

export function readHoppscotch(collections: Json[]): Imported {
  const found = nothing()
  for (const collection of collections) {
    const name = text(collection.name) || 'Hoppscotch'
    const drafts: Draft[] = []
    visit(collection, '', authOf(collection.auth, NO_AUTH), name, drafts, found, new Budget(100_000), 0)
    for (const draft of drafts) finish(draft, found)
    if (drafts.length > 0) gather(found, name, drafts, true)
  }
  if (found.collections.length === 0) throw new ImportProblem('This export of Hoppscotch has no requests.')
  return found
}

export function readHoppscotchEnvironment(data: Json): Imported {
  const found = nothing()
  const variables = records(data.variables).map((item) => ({
    name: text(item.key),
    value: plain(item.value ?? item.currentValue ?? item.initialValue),
    secret: item.secret === true,
  }))
  found.environments.push({ id: newId(), name: text(data.name) || 'Hoppscotch', variables })
  return found
}

function visit(
  of: Json,
  folder: string,
  above: ImportedAuth,
  owner: string,
  into: Draft[],
  found: Imported,
  budget: Budget,
  depth: number,
) {
  if (depth > MOST_DEPTH) throw new ImportProblem(`The folders are more than ${MOST_DEPTH} levels deep.`)
  for (const request of records(of.requests)) {
    budget.spend(1)
    const auth = authOf(request.auth, above)
    if (text(request.preRequestScript).trim() !== '' || text(request.testScript).trim() !== '')
      leaveOut(found, `A script of “${text(request.name)}”`, 'the page runs none')
    into.push(toolDraft(requestOf(request, folder, auth, auth === above ? owner : text(request.name)), found))
  }
  for (const inner of records(of.folders)) {
    budget.spend(1)
    const name = folder ? `${folder} / ${text(inner.name)}` : text(inner.name)
    const auth = authOf(inner.auth, above)
    visit(inner, name, auth, auth === above ? owner : name, into, found, budget, depth + 1)
  }
}

const rows = (value: unknown): Row[] =>
  records(value)
    .filter(({ key }) => text(key) !== '')
    .map(({ key, value, active }) => row(plain(key), plain(value), active !== false))

function requestOf(request: Json, folder: string, auth: ImportedAuth, owner: string): ToolRequest {
  const { contentType, body } = record(request.body)
  const type = text(contentType)
  const isForm = /x-www-form-urlencoded/.test(type)
  const isParts = /multipart/.test(type)
  const lines = text(body)
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(/:\s*(.*)/s))
  const fields = Array.isArray(body)
    ? rows(body)
    : lines.map(([name = '', value = '']) => row(plain(name), plain(value)))
  return {
    name: text(request.name),
    folder,
    method: text(request.method),
    url: plain(request.endpoint ?? request.url),
    headers: rows(request.headers),
    query: rows(request.params),
    path: new Map(),
    body: isForm
      ? { type, fields }
      : isParts
        ? {
            type,
            parts: records(list(body)).map((item) => ({
              name: plain(item.key),
              value: plain(item.value),
              off: item.active === false,
              ...(item.isFile === true && { file: '' }),
            })),
          }
        : { type, text: plain(body) },
    auth,
    owner,
  }
}

function authOf(value: unknown, above: ImportedAuth): ImportedAuth {
  const auth = record(value)
  const type = text(auth.authType)
  if (type === 'inherit' || type === '') return above
  if (auth.authActive === false || type === 'none') return NO_AUTH
  const values = new Map(Object.entries(auth).map(([name, value]) => [name, plain(value)]))
  const place = /query/i.test(text(auth.addTo)) ? 'query' : 'header'
  if (type === 'aws-signature') {
    values.set('accessKeyId', plain(auth.accessKey))
    values.set('secretAccessKey', plain(auth.secretKey))
    values.set('sessionToken', plain(auth.serviceToken))
    values.set('service', plain(auth.serviceName))
    return { kind: 'iam', values: values.set('place', place) }
  }
  if (type === 'api-key') return { kind: 'key', values: values.set('place', place) }
  return { kind: type, values }
}
