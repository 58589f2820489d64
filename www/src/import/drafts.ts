// Cleans imported requests: moves their credentials to the credentials form, and sets headers of an old signature or of
// a browser aside.

import type { Credentials, Identity } from '../model/credentials'
import { isForbidden, isOfConnection } from '../model/headers'
import { newId } from '../model/id'
import { emptyRequest, type RequestDoc, type Row, row } from '../model/request'
import type { Collection, SavedRequest } from '../state/db'
import { inherited } from './auth'
import { type Imported, leaveOut } from './imported'

export interface Draft {
  doc: RequestDoc
  credentials: Partial<Credentials>
  /** `A / B`; empty at the top. */
  folder: string
  /** The name of the identity that only this request, or its folder, uses. */
  owner: string
  /** The collection or folder that defines its authorization, which is not copied into the request. */
  inherits?: Draft
}

export function newDraft(name = '', folder = ''): Draft {
  const doc = emptyRequest()
  doc.name = name
  doc.auth.kind = 'none'
  return { doc, credentials: {}, folder, owner: folder || name }
}

export const headerOf = (doc: RequestDoc, header: string): Row | undefined =>
  doc.headers.find(({ name }) => name.trim().toLowerCase() === header)

export function removeHeader(doc: RequestDoc, header: string) {
  doc.headers = doc.headers.filter(({ name }) => name.trim().toLowerCase() !== header)
}

/** Moves the parts of a draft to their places in the page. */
export function finish(draft: Draft, found: Imported) {
  if (isSigned(draft.doc)) found.signed.push(structuredClone(draft.doc))
  takeUserInfo(draft)
  takeSignedUrl(draft, found)
  takeAuthorization(draft, found)
  takeSignature(draft, found)
  takeApiKey(draft)
  setAside(draft.doc, found)
}

const isSigned = (doc: RequestDoc) =>
  headerOf(doc, 'authorization')?.value.trim().startsWith('AWS4-') === true ||
  [...doc.query.map(({ name }) => `?${name}=`), doc.url].some((text) => /[?&]X-Amz-Algorithm=/i.test(text))

/** `https://user:password@host/` */
function takeUserInfo({ doc, credentials }: Draft) {
  const [whole, scheme = '', user = ''] = /^(\w+:\/\/)([^/?#@{}]*)@/.exec(doc.url) ?? []
  if (whole === undefined) return
  doc.url = scheme + doc.url.slice(whole.length)
  const [username = '', password = ''] = user.split(/:(.*)/s)
  if (user === '' || doc.auth.kind !== 'none' || headerOf(doc, 'authorization')) return
  doc.auth.kind = 'basic'
  credentials.username = decoded(username)
  credentials.password = decoded(password)
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const AGAIN = 'the signature is made again with the credentials under Auth'

/** A presigned URL: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function takeSignedUrl({ doc }: Draft, found: Imported) {
  const paramOf = (param: string) =>
    doc.query.find(({ on, name }) => on && name.toLowerCase() === param)?.value ?? ''
  if (!/^AWS4-(?:HMAC|ECDSA)/.test(paramOf('x-amz-algorithm')) || paramOf('x-amz-credential') === '') return
  const scope = scopeOf(paramOf('x-amz-credential'), paramOf('x-amz-region-set'))
  const expiresIn = Number(paramOf('x-amz-expires')) || doc.auth.expiresIn
  doc.auth = { ...doc.auth, kind: 'iam', place: 'query', ...scope, expiresIn }
  doc.query = doc.query.filter(
    ({ name }) =>
      !/^x-amz-(?:algorithm|credential|date|expires|region-set|signedheaders|signature|security-token)$/i.test(
        name,
      ),
  )
  leaveOut(found, 'The signature in the URL', AGAIN)
}

/**
 * The parts of a credential: key id, day, region, service. A credential of Version 4A has no region, but a separate set
 * of regions.
 */
function scopeOf(credential: string, regionSet: string) {
  const parts = credential.split('/')
  const service = parts.at(-2) ?? ''
  return regionSet === ''
    ? { region: parts[2] ?? '', regionSet, service: parts[3] ?? '' }
    : { region: '', regionSet, service }
}

/** The header Authorization: a signature, a token, or user and password. */
function takeAuthorization({ doc, credentials }: Draft, found: Imported) {
  const header = headerOf(doc, 'authorization')
  if (!header?.on) return
  const value = header.value.trim()
  if (/^AWS4-(?:HMAC|ECDSA-P256)-SHA256/.test(value)) {
    const [, credential = ''] = /Credential=([^,\s]+)/.exec(value) ?? []
    const regionSet = headerOf(doc, 'x-amz-region-set')?.value.trim() ?? ''
    if (doc.auth.kind !== 'iam') doc.auth = { ...doc.auth, kind: 'iam', ...scopeOf(credential, regionSet) }
    removeHeader(doc, 'x-amz-region-set')
    removeHeader(doc, 'authorization')
    leaveOut(found, 'The old signature (Authorization)', AGAIN)
  } else if (doc.auth.kind === 'iam' || doc.auth.kind === 'bearer' || doc.auth.kind === 'basic') {
    removeHeader(doc, 'authorization')
    leaveOut(found, 'The header Authorization', 'the authorization that is chosen writes it')
  } else if (doc.auth.kind === 'none') takePlain(value, doc, credentials)
}

function takePlain(value: string, doc: RequestDoc, credentials: Partial<Credentials>) {
  const [, scheme = '', rest = ''] = /^(bearer|basic)\s+(\S.*)$/i.exec(value) ?? []
  if (/^bearer$/i.test(scheme)) {
    doc.auth.kind = 'bearer'
    credentials.bearerToken = rest
    removeHeader(doc, 'authorization')
  } else if (/^basic$/i.test(scheme)) {
    const user = fromBase64(rest)
    if (user === undefined || !user.includes(':')) return
    const [username = '', password = ''] = user.split(/:(.*)/s)
    doc.auth.kind = 'basic'
    Object.assign(credentials, { username, password })
    removeHeader(doc, 'authorization')
  }
}

function fromBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Headers that the signature writes itself. */
function takeSignature({ doc, credentials }: Draft, found: Imported) {
  if (doc.auth.kind !== 'iam') return
  const token = headerOf(doc, 'x-amz-security-token')
  if (token?.on && token.value !== '' && credentials.accessKeyId && !credentials.sessionToken)
    credentials.sessionToken = token.value
  for (const name of ['x-amz-security-token', 'x-amz-date']) {
    if (!headerOf(doc, name)) continue
    removeHeader(doc, name)
    if (name === 'x-amz-date') leaveOut(found, 'X-Amz-Date', 'the signature writes it')
  }
  // A hash belongs to the old body; a word such as UNSIGNED-PAYLOAD is intended.
  const hash = headerOf(doc, 'x-amz-content-sha256')
  if (hash && /^[0-9a-f]{64}$/i.test(hash.value.trim())) removeHeader(doc, 'x-amz-content-sha256')
}

function takeApiKey({ doc, credentials }: Draft) {
  const header = headerOf(doc, 'x-api-key')
  if (!header?.on) return
  removeHeader(doc, 'x-api-key')
  if (header.value !== '') credentials.apiKey = header.value
  if (doc.auth.kind === 'iam') doc.auth.withApiKey = true
  else if (doc.auth.kind === 'none') doc.auth.kind = 'key'
  // If there is a token too, the key stays a header.
  else doc.headers.push(row(header.name, header.value))
}

/** Headers that only a browser or the forwarder can send are kept but set aside: they are sent by the forwarder. */
function setAside(doc: RequestDoc, found: Imported) {
  const aside: string[] = []
  doc.headers = doc.headers.flatMap((item) => {
    const name = item.name.trim()
    if (name.startsWith(':') || (item.on && isOfConnection(name))) return []
    if (!item.on || !isForbidden(name)) return [item]
    aside.push(name.toLowerCase())
    // An answer in an encoding that the forwarder does not support could not be read.
    return [{ ...item, on: false, ...(name.toLowerCase() !== 'accept-encoding' && { aside: true as const }) }]
  })
  if (aside.length > 0)
    leaveOut(
      found,
      [...new Set(aside)].sort().join(', '),
      'the browser writes its own, or none; the forwarder sends them',
    )
}

/** A single request is opened; several become a collection. */
export function gather(
  found: Imported,
  name: string,
  drafts: Draft[],
  keepOne = false,
  shared: Draft[] = [],
): Imported {
  identify([...drafts, ...shared], found)
  for (const { doc, inherits } of drafts) if (inherits) doc.auth = inherited(doc.auth, inherits.doc.auth)
  const [first] = drafts
  if (first && drafts.length === 1 && !keepOne) found.request = first.doc
  else {
    const requests = drafts.map(({ doc, folder }): SavedRequest => ({ ...doc, id: newId(), folder }))
    found.collections.push({ id: newId(), name, requests, ...sharedOf(shared) })
  }
  return found
}

/** Settings of a collection and of its folders, from drafts that contain only an authorization. */
function sharedOf(drafts: Draft[]): Pick<Collection, 'settings' | 'folders'> {
  const settings = drafts.find(({ folder }) => folder === '')?.doc
  const folders = drafts.flatMap(({ doc, folder }) =>
    folder === '' ? [] : [{ path: folder, settings: { ...doc, name: '' } }],
  )
  return {
    ...(settings && { settings: { ...settings, name: '' } }),
    ...(folders.length > 0 && { folders }),
  }
}

/** Equal credentials become one identity; if all are equal, they need no name. */
function identify(drafts: Draft[], found: Imported) {
  const sets = new Map<string, { identity: Identity; drafts: Draft[] }>()
  for (const draft of drafts) {
    if (Object.values(draft.credentials).every((value) => !value)) continue
    const key = JSON.stringify(Object.entries(draft.credentials).sort())
    const set = sets.get(key) ?? {
      identity: { name: draft.owner, credentials: draft.credentials },
      drafts: [],
    }
    set.drafts.push(draft)
    sets.set(key, set)
  }
  const all = [...sets.values()]
  if (all.length === 1 && all[0]) found.credentials = all[0].identity.credentials
  if (all.length < 2) return
  const names = new Set<string>()
  for (const { identity, drafts } of all) {
    identity.name = freeName(identity.name || 'Imported', names)
    for (const { doc } of drafts) doc.auth.identity = identity.name
    found.identities.push(identity)
  }
}

function freeName(base: string, names: Set<string>): string {
  let name = base
  for (let i = 2; names.has(name); i++) name = `${base} ${i}`
  names.add(name)
  return name
}
