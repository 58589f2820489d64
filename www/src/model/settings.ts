// The shared settings of a collection's requests, stored once in the collection or in a folder: the base URL, headers,
// authorization. They have the form of a request, so the same code reads, cleans and sends them.

import { type Json, records, text } from './json'
import { emptyRequest, type RequestDoc, readRequest } from './request'
import { isWithin } from './tree'

export type Settings = Pick<RequestDoc, 'url' | 'headers' | 'auth'>

/** A folder with settings, or one that is listed although it is empty. */
export interface FolderRow {
  /** The path in its requests: `A / B`. */
  path: string
  settings?: RequestDoc
}

/** A collection with settings for its requests. */
export interface Shared {
  settings?: RequestDoc | undefined
  folders?: readonly FolderRow[] | undefined
}

/** @param kind `none` for a collection, `inherit` for a folder */
export function emptySettings(kind: 'none' | 'inherit' = 'none'): RequestDoc {
  const base = emptyRequest()
  return { ...base, auth: { ...base.auth, kind } }
}

/** @param json a collection of the database, of config.json or of a file */
export function readShared(json: Json): { settings?: RequestDoc; folders?: FolderRow[] } {
  const settingsIn = (of: Json) =>
    Object.keys(Object(of.settings)).length > 0 && { settings: readRequest(of.settings) }
  const folders = records(json.folders)
    .map((item) => ({ path: text(item.path), ...settingsIn(item) }))
    .filter(({ path }) => path !== '')
  return { ...settingsIn(json), ...(folders.length > 0 && { folders }) }
}

/** Everything in a collection that has the form of a request. */
export const docsOf = <T extends RequestDoc>(of: Shared & { requests: readonly T[] }): RequestDoc[] => [
  ...of.requests,
  ...(of.settings ? [of.settings] : []),
  ...(of.folders ?? []).flatMap(({ settings }) => settings ?? []),
]

/** The levels with settings, outermost first: the collection (with an empty path), then the nested folders. */
export function sourcesOf(of: Shared, folder: string): { path: string; settings: RequestDoc }[] {
  const inner = (of.folders ?? [])
    .flatMap(({ path, settings }) => (settings && isWithin(folder, path) ? [{ path, settings }] : []))
    .sort((a, b) => a.path.length - b.path.length)
  if (!of.settings && inner.length === 0) return []
  return [{ path: '', settings: of.settings ?? emptySettings() }, ...inner]
}

/** The settings of a folder's requests: its own, and those of the levels around it. */
export function settingsIn(of: Shared, folder: string): RequestDoc | undefined {
  let all: RequestDoc | undefined
  for (const { settings } of sourcesOf(of, folder)) {
    const url = settings.url.trim() === '' && all ? all.url : joined(all?.url ?? '', settings.url)
    all = { ...withSettings(settings, all), url }
  }
  return all
}

/** The request as it is sent: settings that it does not have itself come from its folders and its collection. */
export function withSettings(doc: RequestDoc, settings: Settings | undefined): RequestDoc {
  if (!settings) return doc.auth.kind === 'inherit' ? { ...doc, auth: { ...doc.auth, kind: 'none' } } : doc
  const own = new Set(doc.headers.filter(({ on }) => on).map(({ name }) => name.trim().toLowerCase()))
  return {
    ...doc,
    url: joined(settings.url, doc.url),
    headers: [
      ...settings.headers.filter(({ on, name }) => on && !own.has(name.trim().toLowerCase())),
      ...doc.headers,
    ],
    auth: authOf(doc.auth, settings.auth),
  }
}

/** Only a path is appended to the base URL. */
function joined(base: string, url: string): string {
  return base !== '' && /^\s*[/?]/.test(url) ? base.trim().replace(/\/$/, '') + url.trim() : url
}

function authOf(own: RequestDoc['auth'], shared: RequestDoc['auth']): RequestDoc['auth'] {
  return {
    ...(own.kind === 'inherit' ? shared : own),
    identity: own.identity || shared.identity,
    region: own.region || shared.region,
    regionSet: own.regionSet || shared.regionSet,
    service: own.service || shared.service,
    keyName: own.keyName || shared.keyName,
  }
}

/** The name of the level, for a sentence. */
export const saidBy = (path: string): string => (path === '' ? 'the collection' : `the folder ${path}`)

/** The nearest level with a setting; undefined: none. */
export const nearest = (of: Shared, folder: string, says: (settings: RequestDoc) => boolean) =>
  sourcesOf(of, folder)
    .filter(({ settings }) => says(settings))
    .at(-1)?.path
