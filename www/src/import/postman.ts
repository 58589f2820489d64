// Postman collections of the formats 2.0 and 2.1, and environments.
//
// https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html

import type { Environment, Variable } from '../model/environment'
import { newId } from '../model/id'
import { type Json, list, record, records, text } from '../model/json'
import { putAuth } from './auth'
import { Budget, MOST_DEPTH } from './budget'
import { type Draft, finish, gather, newDraft } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { authOf, draftOf, variablesOfAuth } from './postman-request'

/** An auth block, and the name of the identity that it results in. */
export interface Inherited {
  auth: Json
  owner: string
  /** The settings of a collection or folder. */
  shared?: Draft
}

export function readPostman(json: Json): Imported {
  const data = json.collection ? record(json.collection) : json
  const found = nothing()
  const name = text(record(data.info).name) || 'Postman'
  const walk = new Walk(found)
  walk.events(data)
  walk.auth(record(data.auth))
  walk.items(list(data.item), '', walk.shared(record(data.auth), name, ''), 0)
  walk.tell()
  if (walk.drafts.length === 0) throw new ImportProblem('This Postman collection has no requests.')
  for (const draft of walk.drafts) finish(draft, found)
  gather(found, name, walk.drafts, true, walk.settings)
  const variables = [...variablesOf(data.variable, found), ...walk.variables].map((item) =>
    walk.secrets.has(item.name) ? { ...item, secret: true } : item,
  )
  if (variables.length > 0) found.environments.push({ id: newId(), name, variables })
  return found
}

/** An environment, or the globals. */
export function readPostmanEnvironment(data: Json): Imported {
  const found = nothing()
  const variables = variablesOf(data.values, found)
  const environment: Environment = { id: newId(), name: text(data.name) || 'Postman', variables }
  found.environments.push(environment)
  return found
}

function variablesOf(value: unknown, found: Imported): Variable[] {
  return records(value).flatMap((item) => {
    const name = text(item.key) || text(item.id) || text(item.name)
    if (name === '') return []
    if (item.enabled === false || item.disabled === true) {
      leaveOut(found, `The variable ${name}`, 'it is switched off')
      return []
    }
    return [{ name, value: writtenValue(item.value), secret: item.type === 'secret' }]
  })
}

/** A value that is not a string is written as JSON, as Postman does. */
const writtenValue = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value)

class Walk {
  readonly drafts: Draft[] = []
  readonly settings: Draft[] = []
  readonly variables: Variable[] = []
  /** Names of variables that are credentials, whether or not a request inherits them. */
  readonly secrets = new Set<string>()
  private readonly budget = new Budget(100_000)
  private scripts = 0
  private answers = 0
  private descriptions = 0

  constructor(private readonly found: Imported) {}

  items(items: unknown[], folder: string, inherited: Inherited, depth: number) {
    if (depth > MOST_DEPTH) throw new ImportProblem(`The folders are more than ${MOST_DEPTH} levels deep.`)
    for (const item of items.map(record)) {
      this.budget.spend(1)
      const name = text(item.name)
      this.events(item)
      if (Array.isArray(item.item)) this.folder(item, name, folder, inherited, depth)
      else if (item.request) this.request(item, name, folder, inherited)
    }
  }

  auth(block: Json) {
    for (const name of variablesOfAuth(block)) this.secrets.add(name)
  }

  /** The authorization of a collection or folder, which becomes its settings. */
  shared(auth: Json, owner: string, folder: string): Inherited {
    const { kind } = authOf(auth)
    if (text(auth.type) === '' || !['none', 'iam', 'key', 'bearer', 'basic'].includes(kind))
      return { auth, owner }
    const draft = newDraft(owner, folder)
    // The notes on the requests say which parts are left out.
    putAuth(authOf(auth), draft, nothing())
    this.settings.push(draft)
    return { auth, owner, shared: draft }
  }

  private folder(item: Json, name: string, folder: string, inherited: Inherited, depth: number) {
    const inner = folder ? `${folder} / ${name}` : name
    const own = record(item.auth)
    this.auth(own)
    this.variables.push(...variablesOf(item.variable, this.found))
    this.items(list(item.item), inner, text(own.type) ? this.shared(own, inner, inner) : inherited, depth + 1)
  }

  private request(item: Json, name: string, folder: string, inherited: Inherited) {
    const request: Json = typeof item.request === 'string' ? { url: item.request } : record(item.request)
    this.answers += list(item.response).length
    if (text(request.description) || text(record(request.description).content)) this.descriptions++
    const own = record(request.auth ?? item.auth)
    this.auth(own)
    const uses = text(own.type) && own.type !== 'inherit' ? { auth: own, owner: name } : inherited
    this.drafts.push(draftOf(name, folder, request, uses, this.found))
  }

  /** Scripts before and after a request. */
  events(of: Json) {
    for (const event of records(of.event)) {
      const { exec } = record(event.script)
      const lines = Array.isArray(exec) ? exec.map((line) => text(line)) : [text(exec)]
      if (lines.some((line) => line.trim() !== '')) this.scripts++
    }
    if (text(of.description) || text(record(of.description).content)) this.descriptions++
  }

  tell() {
    const say = (count: number, one: string, many: string, reason: string) => {
      if (count > 0)
        this.found.notes.push(`${count} ${count === 1 ? `${one} was` : `${many} were`} left out: ${reason}.`)
    }
    say(this.scripts, 'script', 'scripts', 'the page runs no scripts before a request, and no tests after it')
    say(this.answers, 'example of an answer', 'examples of answers', 'the page shows what the API answers')
    say(this.descriptions, 'description', 'descriptions', 'the page has no place for them')
  }
}
