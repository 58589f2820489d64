// Insomnia's exports: format 4 (JSON or YAML, a flat list) and 5 (YAML, a tree).

import type { Environment } from '../model/environment'
import { newId } from '../model/id'
import { type Json, list, record, records, text } from '../model/json'
import { type Row, row } from '../model/request'
import { type ImportedAuth, NO_AUTH } from './auth'
import { Budget, MOST_DEPTH } from './budget'
import { type Draft, finish, gather } from './drafts'
import { graphQlIn } from './graphql'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { type ToolRequest, toolDraft } from './tools'

/** `{{ _.name }}` is `{{name}}` here. */
const plain = (value: unknown) =>
  text(value).replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => `{{${name.trim().replace(/^_\./, '')}}}`)

export function readInsomnia(data: Json): Imported {
  const found = nothing()
  const tree = Array.isArray(data.resources) ? treeOf(records(data.resources)) : fileTree(data)
  const walk = new Walk(found)
  walk.items(tree.items, '', NO_AUTH, tree.name, 0)
  if (walk.drafts.length === 0) throw new ImportProblem('This export of Insomnia has no requests.')
  for (const draft of walk.drafts) finish(draft, found)
  gather(found, tree.name, walk.drafts, true)
  for (const { name, data: values } of tree.environments) {
    const variables = flat(values, '').map(([key, value]) => ({
      name: key,
      value: plain(value),
      secret: false,
    }))
    if (variables.length > 0) found.environments.push({ id: newId(), name, variables } satisfies Environment)
  }
  return found
}

interface Tree {
  name: string
  items: Json[]
  environments: { name: string; data: Json }[]
}

/** Format 4: each item names its parent. */
function treeOf(resources: Json[]): Tree {
  const of = (type: string) => resources.filter(({ _type }) => _type === type)
  const [workspace] = of('workspace')
  const children = new Map<string, Json[]>()
  for (const item of [...of('request_group'), ...of('request'), ...of('websocket_request')]) {
    const parent = text(item.parentId)
    children.set(parent, [...(children.get(parent) ?? []), item])
  }
  const seen = new Set<string>()
  const below = (id: string): Json[] => {
    // A folder that is its own parent is left out.
    if (seen.has(id)) return []
    seen.add(id)
    return (children.get(id) ?? []).map((item) =>
      item._type === 'request_group' ? { ...item, children: below(text(item._id)) } : item,
    )
  }
  const ids = new Set(resources.map(({ _id }) => text(_id)))
  const roots = [...children.keys()].filter((id) => !ids.has(id) || id === text(workspace?._id))
  const environments = of('environment').map(({ name, data }) => ({
    name: text(name) || 'Environment',
    data: record(data),
  }))
  return { name: text(workspace?.name) || 'Insomnia', items: roots.flatMap(below), environments }
}

/** Format 5. */
function fileTree(data: Json): Tree {
  const base = record(data.environments)
  const own = { name: text(base.name) || 'Base', data: record(base.data) }
  const others = records(base.subEnvironments).map(({ name, data: values }) => ({
    name: text(name) || 'Environment',
    data: { ...own.data, ...record(values) },
  }))
  return {
    name: text(data.name) || 'Insomnia',
    items: records(data.collection),
    environments: others.length > 0 ? others : [own],
  }
}

function flat(values: Json, before: string, depth = 0): [string, unknown][] {
  return Object.entries(values).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && depth < 20
      ? flat(value as Json, `${before}${key}.`, depth + 1)
      : [[before + key, Array.isArray(value) ? JSON.stringify(value) : value]],
  )
}

class Walk {
  readonly drafts: Draft[] = []
  private readonly budget = new Budget(100_000)

  constructor(private readonly found: Imported) {}

  items(items: Json[], folder: string, above: ImportedAuth, owner: string, depth: number) {
    if (depth > MOST_DEPTH) throw new ImportProblem(`The folders are more than ${MOST_DEPTH} levels deep.`)
    for (const item of items) {
      this.budget.spend(1)
      const name = text(item.name)
      this.scripts(item)
      const own = authOf(item.authentication, above)
      if (Array.isArray(item.children)) {
        const inner = folder ? `${folder} / ${name}` : name
        this.items(records(item.children), inner, own, own === above ? owner : inner, depth + 1)
      } else if (text(item.url) !== '' || item.method)
        this.drafts.push(
          toolDraft(this.request(item, name, folder, own, own === above ? owner : name), this.found),
        )
    }
  }

  private request(item: Json, name: string, folder: string, auth: ImportedAuth, owner: string): ToolRequest {
    const url = plain(item.url)
    if (/\{%/.test(JSON.stringify(item)))
      leaveOut(this.found, `The template tags ({% … %}) of “${name}”`, 'the page fills in variables only')
    return {
      name,
      folder,
      method: text(item.method),
      url,
      headers: rows(item.headers),
      query: rows(item.parameters),
      path: new Map(records(item.pathParameters).map((one) => [text(one.name), plain(one.value)])),
      body: bodyOf(record(item.body)),
      auth,
      owner,
    }
  }

  private scripts(item: Json) {
    const { preRequestScript, afterResponseScript, scripts } = item
    const all = [preRequestScript, afterResponseScript, ...Object.values(record(scripts))]
    if (all.some((script) => text(script).trim() !== ''))
      leaveOut(this.found, `A script of “${text(item.name)}”`, 'the page runs none')
  }
}

const rows = (value: unknown): Row[] =>
  records(value)
    .filter(({ name }) => text(name) !== '')
    .map(({ name, value, disabled }) => row(plain(name), plain(value), disabled !== true))

function bodyOf(body: Json): ToolRequest['body'] {
  const type = text(body.mimeType)
  const params = list(body.params)
  if (/graphql/.test(type)) return { type: '', graphql: graphQlIn(plain(body.text)) }
  if (/x-www-form-urlencoded/.test(type)) return { type, fields: rows(params) }
  if (/multipart/.test(type))
    return {
      type,
      parts: records(params).map(({ name, value, type: kind, fileName, disabled }) => ({
        name: plain(name),
        value: plain(value),
        off: disabled === true,
        ...(kind === 'file' && { file: text(fileName) }),
      })),
    }
  if (text(body.fileName) !== '')
    return { type: /octet-stream/.test(type) ? '' : type, file: text(body.fileName) }
  return { type, text: plain(body.text) }
}

function authOf(value: unknown, above: ImportedAuth): ImportedAuth {
  const auth = record(value)
  const type = text(auth.type)
  if (type === '') return above
  if (auth.disabled === true || type === 'none') return NO_AUTH
  const values = new Map(Object.entries(auth).map(([name, value]) => [name, plain(value)]))
  if (type === 'iam') return { kind: 'iam', values }
  if (type === 'apikey') {
    values.set('place', /query/i.test(text(auth.addTo)) ? 'query' : 'header')
    return { kind: 'key', values }
  }
  return { kind: type, values }
}
