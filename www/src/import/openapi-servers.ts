// The servers of an OpenAPI document: of the document, of a path, of an operation. A single complete URL is written
// into the requests; several, or an incomplete one, become the variable `{{baseUrl}}`.
//
// https://spec.openapis.org/oas/v3.1.1.html#server-object

import type { Environment } from '../model/environment'
import { newId } from '../model/id'
import { type Json, list, record, records, text } from '../model/json'
import type { Imported } from './imported'

const BASE = 'baseUrl'

interface Server {
  url: string
  name: string
  /** Variables of its URL without a value. */
  open: string[]
}

export class Servers {
  private readonly all: Server[]
  private usesBase = false
  private readonly open = new Set<string>()

  constructor(root: Json) {
    this.all = records(root.servers).map(serverOf)
    // A document without servers is at `/`.
    if (this.all.length === 0) this.all = [{ url: '', name: '', open: [] }]
  }

  baseOf(item: Json, operation: Json): string {
    const [own] = [...list(operation.servers), ...list(item.servers)]
    const server = own === undefined ? this.all[0] : serverOf(record(own))
    if (!server) return ''
    if (own === undefined && this.all.length > 1) return this.base()
    for (const name of server.open) this.open.add(name)
    if (isWhole(server.url)) return server.url
    return own === undefined ? this.base() : this.base() + server.url
  }

  private base(): string {
    this.usesBase = true
    return `{{${BASE}}}`
  }

  /** An environment for each server of the document, or one for the variables without a value. */
  putEnvironments(found: Imported, name: string, region: boolean) {
    const others = [...this.open].map((variable) => ({ name: variable, value: '', secret: false }))
    const variables = [...others, ...(region ? [{ name: 'region', value: '', secret: false }] : [])]
    if (!this.usesBase && variables.length === 0) return
    const servers = this.usesBase ? this.all : this.all.slice(0, 1)
    for (const server of servers) {
      const environment: Environment = {
        id: newId(),
        name: servers.length > 1 ? `${name}: ${server.name}` : name,
        variables: this.usesBase
          ? [{ name: BASE, value: server.url, secret: false }, ...variables]
          : variables,
      }
      found.environments.push(environment)
    }
    const [first] = this.all
    if (this.usesBase && first && !isWhole(first.url))
      found.notes.push(
        `The document does not name its host: enter the API’s URL as {{${BASE}}} under Environments.`,
      )
    for (const variable of this.open)
      found.notes.push(`Enter a value for {{${variable}}} under Environments.`)
  }
}

const isWhole = (url: string) => /^(?:https?|wss?):\/\/[^/]/.test(url)

function serverOf(server: Json): Server {
  const open: string[] = []
  const variables = record(server.variables)
  const filled = text(server.url).replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const { default: byDefault, enum: values } = record(
      Object.hasOwn(variables, name) ? variables[name] : undefined,
    )
    const value = text(byDefault) || text(list(values)[0])
    // A base path of '/' means none.
    if (value !== '' || byDefault !== undefined) return value.replace(/^\//, '')
    open.push(name)
    return `{{${name}}}`
  })
  const url = filled.replace(/(^|[^:/])\/{2,}/g, '$1/').replace(/\/$/, '')
  return { url, name: text(server.description).slice(0, 60) || url || '/', open }
}
