// Bruno: a request of its own language (.bru), a collection as JSON, and OpenCollection YAML.
//
// https://docs.usebruno.com/bru-lang/overview

import { newId } from '../model/id'
import { type Json, list, record, records, text } from '../model/json'
import { type Row, row } from '../model/request'
import { type ImportedAuth, NO_AUTH } from './auth'
import { bruBlocks, dictionary } from './bru'
import { Budget, MOST_DEPTH } from './budget'
import { type Draft, finish, gather } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import type { Part } from './multipart'
import { type ToolRequest, toolDraft } from './tools'

/** One file: a request, or an environment. */
export function readBru(source: string): Imported {
  const found = nothing()
  const blocks = bruBlocks(source)
  const request = requestOfBlocks(blocks, found)
  const variables = dictionary(blocks.get('vars') ?? '').map(({ name, value }) => ({
    name,
    value,
    secret: false,
  }))
  const secrets = (blocks.get('vars:secret') ?? '').split(/[\s,]+/).filter(Boolean)
  for (const name of secrets) variables.push({ name: name.replace(/^~/, ''), value: '', secret: true })
  if (variables.length > 0) found.environments.push({ id: newId(), name: 'Bruno', variables })
  if (!request && variables.length > 0) return found
  if (!request) throw new ImportProblem('This .bru file has no request.')
  const draft = toolDraft(request, found)
  finish(draft, found)
  return gather(found, 'Bruno', [draft])
}

const METHOD = /^(?:get|post|put|patch|delete|head|options|trace|connect|http|graphql)$/

function requestOfBlocks(blocks: ReadonlyMap<string, string>, found: Imported): ToolRequest | undefined {
  const name = [...blocks.keys()].find((key) => METHOD.test(key))
  if (name === undefined) return undefined
  const of = (block: string) => dictionary(blocks.get(block) ?? '')
  const get = (block: string, key: string) => of(block).find((item) => item.name === key)?.value ?? ''
  const rows = (block: string) => of(block).map((item) => row(item.name, item.value, item.on))
  for (const key of blocks.keys())
    if (/^(?:script|tests|assert|vars:p)/.test(key))
      leaveOut(found, `The block “${key}”`, 'the page runs no scripts and tests')
  const mode = get(name, 'body')
  const auth = get(name, 'auth')
  return {
    name: get('meta', 'name'),
    folder: '',
    method: name === 'http' || name === 'graphql' ? get(name, 'method') || 'POST' : name,
    url: get(name, 'url'),
    headers: rows('headers'),
    query: rows(blocks.has('params:query') ? 'params:query' : 'query'),
    path: new Map(of('params:path').map((item) => [item.name, item.value])),
    body: bodyOf(mode, {
      text: blocks.get(`body:${mode}`) ?? blocks.get('body') ?? '',
      fields: rows(
        mode === 'formUrlEncoded' || mode === 'form-urlencoded'
          ? 'body:form-urlencoded'
          : 'body:multipart-form',
      ),
      graphql: { query: blocks.get('body:graphql') ?? '', variables: blocks.get('body:graphql:vars') ?? '' },
    }),
    auth: authOf(auth, new Map(of(`auth:${auth}`).map((item) => [item.name, item.value])), NO_AUTH),
    owner: get('meta', 'name'),
  }
}

interface Contents {
  text: string
  fields: Row[]
  graphql: Json
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['xml', 'application/xml'],
  ['text', 'text/plain'],
  ['sparql', 'application/sparql-query'],
])

function bodyOf(mode: string, { text: written, fields, graphql }: Contents): ToolRequest['body'] {
  if (mode === 'graphql') return { type: '', graphql }
  if (/^form-?urlencoded$/i.test(mode)) return { type: '', fields }
  if (/^multipart-?form$/i.test(mode)) return { type: '', parts: fields.map(partOf) }
  if (mode === 'file') return { type: '', file: written }
  if (mode === '' || mode === 'none') return { type: '', text: '' }
  return { type: TYPES.get(mode) ?? 'text/plain', text: written }
}

/** `@file(path)`, and `@contentType(type)` after a value. */
function partOf({ name, value, on }: Row): Part {
  const at = value.lastIndexOf('@contentType(')
  const typed = at !== -1 && value.trimEnd().endsWith(')')
  const contentType = typed ? value.trimEnd().slice(at + '@contentType('.length, -1) : undefined
  const plain = typed ? value.slice(0, at).trimEnd() : value
  const [, file] = /^@file\((.*)\)$/.exec(plain) ?? []
  const part: Part = { name, value: file === undefined ? plain : '', off: !on }
  return { ...part, ...(contentType !== undefined && { contentType }), ...(file !== undefined && { file }) }
}

function authOf(mode: string, values: Map<string, string>, above: ImportedAuth): ImportedAuth {
  if (mode === 'inherit') return above
  if (mode === '' || mode === 'none') return NO_AUTH
  if (mode === 'awsv4') {
    values.set('profile', values.get('profileName') ?? values.get('profile') ?? '')
    return { kind: 'iam', values }
  }
  if (mode === 'apikey') {
    values.set('place', /query/i.test(values.get('placement') ?? '') ? 'query' : 'header')
    return { kind: 'key', values }
  }
  return { kind: mode, values }
}

/** A collection as JSON, or OpenCollection. */
export function readBruno(data: Json): Imported {
  const found = nothing()
  const name = text(data.name) || text(record(data.info).name) || 'Bruno'
  const walk = new Walk(found)
  if (data.http && !Array.isArray(data.items)) walk.items([data], '', NO_AUTH, name, 0)
  else
    walk.items(
      records(data.items),
      '',
      walk.authIn(record(record(data.root).request ?? data.request), NO_AUTH),
      name,
      0,
    )
  if (walk.drafts.length === 0) throw new ImportProblem('This collection of Bruno has no requests.')
  for (const draft of walk.drafts) finish(draft, found)
  gather(found, name, walk.drafts, !data.http)
  for (const environment of records(data.environments ?? record(data.config).environments)) {
    const variables = records(environment.variables)
      .filter(({ enabled, disabled }) => enabled !== false && disabled !== true)
      .map((item) => ({ name: text(item.name), value: text(item.value), secret: item.secret === true }))
    found.environments.push({ id: newId(), name: text(environment.name) || 'Environment', variables })
  }
  return found
}

const isOn = ({ enabled, disabled }: Json) => enabled !== false && disabled !== true
const rowsOf = (values: unknown): Row[] =>
  records(values).map((item) =>
    row(
      text(item.name),
      Array.isArray(item.value) ? item.value.map((one) => text(one)).join(',') : text(item.value),
      isOn(item),
    ),
  )

class Walk {
  readonly drafts: Draft[] = []
  private readonly budget = new Budget(100_000)

  constructor(private readonly found: Imported) {}

  items(items: Json[], folder: string, above: ImportedAuth, owner: string, depth: number) {
    if (depth > MOST_DEPTH) throw new ImportProblem(`The folders are more than ${MOST_DEPTH} levels deep.`)
    for (const item of items) {
      this.budget.spend(1)
      const name = text(item.name) || text(record(item.info).name)
      if (Array.isArray(item.items)) {
        const inner = folder ? `${folder} / ${name}` : name
        const own = this.authIn(record(record(item.root).request ?? item.request), above)
        this.items(records(item.items), inner, own, own === above ? owner : inner, depth + 1)
      } else if (item.request || item.http) this.request(item, name, folder, above, owner)
    }
  }

  authIn(request: Json, above: ImportedAuth): ImportedAuth {
    if (request.auth === 'inherit') return above
    const auth = record(request.auth)
    const mode = text(auth.mode) || text(auth.type)
    if (mode === '') return above
    const values = Object.entries({ ...record(auth[mode]), ...(auth.mode ? {} : auth) })
    return authOf(mode, new Map(values.map(([key, value]) => [key, text(value)])), above)
  }

  private request(item: Json, name: string, folder: string, above: ImportedAuth, owner: string) {
    const request = record(item.http ?? item.request)
    const params = records(request.params)
    const auth = this.authIn(request, above)
    for (const key of ['script', 'tests', 'assertions'])
      if (JSON.stringify(request[key] ?? '').length > 20)
        leaveOut(this.found, `${key} of “${name}”`, 'the page runs no scripts and tests')
    const body = record(request.body)
    const mode = text(body.mode) || text(body.type)
    const fields = body.formUrlEncoded ?? body.multipartForm ?? body.data
    this.drafts.push(
      toolDraft(
        {
          name,
          folder,
          method: text(request.method),
          url: text(request.url),
          headers: rowsOf(request.headers),
          query: rowsOf(params.filter(({ type }) => type !== 'path')),
          path: new Map(
            params.filter(({ type }) => type === 'path').map((one) => [text(one.name), text(one.value)]),
          ),
          body: bodyOf(mode, {
            text: text(body[mode]) || text(body.data),
            fields: mode === 'multipartForm' ? rowsOf(body.multipartForm) : rowsOf(list(fields)),
            graphql: record(body.graphql ?? body.data),
          }),
          auth,
          owner: auth === above ? owner : name,
        },
        this.found,
      ),
    )
  }
}
