// Reads the file of `gatesign run`: an export of the web tester, or a collection or environment of Postman.

import { readFileSync } from 'node:fs'
import { readPostman, readPostmanEnvironment } from '../../../www/src/import/postman.ts'
import type { Credentials, Identity } from '../../../www/src/model/credentials.ts'
import { type Json, record, records, text } from '../../../www/src/model/json.ts'
import { type RequestDoc, readRequest } from '../../../www/src/model/request.ts'
import { readShared, settingsIn, withSettings } from '../../../www/src/model/settings.ts'
import { Usage } from '../options/usage.ts'

export interface Item {
  /** `FOLDER / NAME` */
  title: string
  doc: RequestDoc
}

export interface Loaded {
  name: string
  items: Item[]
  environments: Map<string, Map<string, string>>
  /** Credentials in a Postman collection. */
  credentials: Partial<Credentials>
  identities: Identity[]
  notes: string[]
}

/** @throws {Usage} */
export function loadCollection(file: string): Loaded {
  const data = readJson(file)
  if (data.format === 'gatesign-tester') return readNative(data)
  if (Array.isArray(data.item) || Array.isArray(record(data.collection).item)) {
    const found = readPostman(data)
    const [collection] = found.collections
    return {
      name: collection?.name ?? file,
      items: (collection?.requests ?? []).map((doc) =>
        itemOf(withSettings(doc, collection && settingsIn(collection, doc.folder)), doc.folder),
      ),
      environments: new Map(found.environments.map(({ name, variables }) => [name, valuesOf(variables)])),
      credentials: found.credentials,
      identities: found.identities,
      notes: found.notes,
    }
  }
  throw new Usage(`${file} is neither an export of the web tester nor a Postman collection (v2.0 or v2.1)`)
}

function readNative(data: Json): Loaded {
  const collections = records(data.collections)
  const items = collections.flatMap((collection) => {
    const shared = readShared(collection)
    return records(collection.requests).map((request) => {
      const folder = text(request.folder)
      const of = collections.length > 1 ? [text(collection.name), folder].filter(Boolean).join(' / ') : folder
      return itemOf(withSettings(readRequest(request), settingsIn(shared, folder)), of)
    })
  })
  const environments = records(data.environments).map((item) => nativeEnvironment(item))
  return {
    name: collections.map(({ name }) => text(name)).join(', ') || 'Collection',
    items,
    environments: new Map(environments),
    credentials: {},
    identities: [],
    notes: [],
  }
}

function itemOf(doc: RequestDoc, folder: string): Item {
  const name = doc.name || `${doc.method} ${doc.url}`
  return { title: folder ? `${folder} / ${name}` : name, doc }
}

const nativeEnvironment = (item: Json): [string, Map<string, string>] => [
  text(item.name) || 'Environment',
  valuesOf(
    records(item.variables).map(({ name, value, secret }) => ({
      name: text(name),
      value: text(value),
      secret: secret === true,
    })),
  ),
]

/** A secret variable without a value counts as missing: exports do not contain secrets. */
const valuesOf = (variables: { name: string; value: string; secret: boolean }[]) =>
  new Map(
    variables
      .filter(({ name, value, secret }) => name && (value || !secret))
      .map(({ name, value }) => [name, value]),
  )

/**
 * The values of `--env`: a name in the collection's file, or a file (an export, a Postman environment, or an object
 * of names and values).
 *
 * @throws {Usage}
 */
export function loadEnvironment(loaded: Loaded, name: string | undefined): Map<string, string> {
  const { environments } = loaded
  if (name === undefined) return environments.size === 1 ? new Map([...environments.values()][0]) : new Map()
  const environment = environments.get(name)
  if (environment) return new Map(environment)
  let data: Json
  try {
    data = readJson(name)
  } catch (error) {
    const names = [...environments.keys()].join(', ') || 'none'
    throw new Usage(
      `--env: the collection has no environment ${JSON.stringify(name)} (there is ${names}), and as a file: ${(error as Error).message}`,
    )
  }
  if (Array.isArray(data.values))
    return valuesOf(readPostmanEnvironment(data).environments.flatMap(({ variables }) => variables))
  if (Array.isArray(data.environments))
    return new Map(records(data.environments).flatMap((item) => [...nativeEnvironment(item)[1]]))
  return new Map(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : text(value),
    ]),
  )
}

function readJson(file: string): Json {
  let content: string
  try {
    content = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    throw new Usage((error as Error).message)
  }
  try {
    return record(JSON.parse(content))
  } catch {
    throw new Usage(`${file} is not JSON`)
  }
}
