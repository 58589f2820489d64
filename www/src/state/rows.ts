// Reads rows of the database. An older or newer page, or a person, may have written other forms: unreadable parts are
// set aside, and the rest works.

import type { Environment, Variable } from '../model/environment'
import { type Json, record, text } from '../model/json'
import { readRequest } from '../model/request'
import { readShared } from '../model/settings'
import type { Collection, HistoryRow, SavedRequest } from './db'

/** The readable part of a row, and the unreadable one. */
export interface Read<T> {
  value: T | undefined
  aside: unknown[]
}

const isRecord = (value: unknown): value is Json => Object.keys(record(value)).length > 0
const isId = (value: unknown): value is string => typeof value === 'string' && value !== ''

export function readCollection(json: unknown): Read<Collection> {
  const { id, name, requests } = record(json)
  if (!isId(id) || !Array.isArray(requests)) return { value: undefined, aside: [json] }
  const aside = requests.filter((item) => !isSaved(item))
  const read = requests.filter(isSaved).map(readSaved)
  const shared = readShared(record(json))
  return { value: { id, name: text(name, 'Collection'), requests: read, ...shared }, aside }
}

const isSaved = (item: unknown): item is Json =>
  isRecord(item) && isId(item.id) && (item.url === undefined || typeof item.url === 'string')

const readSaved = (item: Json): SavedRequest => ({
  ...readRequest(item),
  id: text(item.id),
  folder: text(item.folder),
  ...(item.view === 'table' && { view: 'table' as const }),
})

export function readEnvironment(json: unknown): Read<Environment> {
  const { id, name, variables, identity } = record(json)
  if (!isId(id) || !Array.isArray(variables)) return { value: undefined, aside: [json] }
  const read = variables
    .filter(isRecord)
    .map(
      (item): Variable => ({ name: text(item.name), value: text(item.value), secret: item.secret === true }),
    )
  const value = { id, name: text(name, 'Environment'), variables: read, ...(isId(identity) && { identity }) }
  return { value, aside: variables.filter((item) => !isRecord(item)) }
}

export function readHistoryRow(json: unknown): Read<HistoryRow> {
  const { id, at, name, method, url, status, took, size } = record(json)
  if (!isId(id) || typeof at !== 'number' || !Number.isFinite(at)) return { value: undefined, aside: [json] }
  const value = {
    id,
    at,
    name: text(name),
    method: text(method, 'GET'),
    url: text(url),
    status: number(status),
    took: number(took),
    size: number(size),
  }
  return { value, aside: [] }
}

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
