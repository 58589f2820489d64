// config.json beside the page: collections, environments and credentials that its owner gives away.
// Its shape is in README.md.

import type { Environment } from '../model/environment'
import { readRequest } from '../model/request'
import { given } from './collections'
import type { Collection } from './db'
import { chooseEnvironment, environmentId, environments } from './environments'
import { forwarder } from './forwarder'
import { doc, open } from './request'
import { credentials } from './secrets'
import { answerView } from './view'

type Json = Record<string, unknown>

export async function loadConfig(): Promise<void> {
  let config: Json
  try {
    const response = await fetch('config.json', { cache: 'no-store' })
    if (!response.ok) return
    config = record(await response.json())
  } catch {
    // Without one, or with one that is no JSON, the page starts empty.
    return
  }
  given.value = list(config.collections).map(collectionOf)
  const brought = list(config.environments).map(environmentOf)
  const ids = new Set(brought.map(({ id }) => id))
  environments.value = [...brought, ...environments.value.filter(({ id }) => !ids.has(id))]
  const [first] = brought
  if (first && environmentId.value === '') chooseEnvironment(first.id)
  if (config.forwarder) {
    const { hosts, token } = record(config.forwarder)
    forwarder.value = { hosts: Array.isArray(hosts) ? hosts.map(text) : [], token: text(token) }
  }
  const keys = record(config.credentials)
  if (text(keys.accessKeyId) !== '' || text(keys.apiKey) !== '') {
    credentials.value = {
      accessKeyId: text(keys.accessKeyId),
      secretAccessKey: text(keys.secretAccessKey),
      sessionToken: text(keys.sessionToken),
      apiKey: text(keys.apiKey),
      expiresAt: Date.parse(text(keys.expiration)) || 0,
    }
  }
  const all = given.value.flatMap((collection) => collection.requests.map((item) => ({ collection, item })))
  const opened = all.find(({ item }) => item.id === config.open)
  if (opened && doc.value.url === '') {
    const { collection, item } = opened
    open(item, { collectionId: collection.id, id: item.id, folder: item.folder })
    answerView.value = item.view ?? 'pretty'
  }
}

/** A collection of this format, from config.json or an exported file. */
export function collectionOf(given: Json, index: number): Collection {
  const id = text(given.id) || `given-${index}`
  const requests = list(given.requests).map((item, i) => ({
    ...readRequest(item),
    id: text(item.id) || `${id}-${i}`,
    folder: text(item.folder),
    ...(item.sendOnOpen === true && { sendOnOpen: true }),
    ...(item.view === 'table' && { view: 'table' as const }),
  }))
  return { id, name: text(given.name) || 'Collection', requests }
}

export function environmentOf(given: Json, index: number): Environment {
  const variables = list(given.variables).map((item) => ({
    name: text(item.name),
    value: text(item.value),
    secret: item.secret === true,
  }))
  return { id: text(given.id) || `given-${index}`, name: text(given.name) || 'Environment', variables }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record) : [])
