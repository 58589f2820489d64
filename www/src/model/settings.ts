// What the requests of a collection have in common, kept once: the base URL, headers, authorization. It has
// the form of a request, so whatever reads, cleans and sends requests knows it already.

import { emptyRequest, type RequestDoc } from './request'

export type Settings = Pick<RequestDoc, 'url' | 'headers' | 'auth'>

export function emptySettings(): RequestDoc {
  const base = emptyRequest()
  return { ...base, auth: { ...base.auth, kind: 'none' } }
}

export const hasSettings = ({ url, headers, auth }: Settings) =>
  url !== '' || headers.length > 0 || auth.kind !== 'none' || auth.region !== '' || auth.identity !== ''

/** The request as it is sent: what it does not say itself, its collection says. */
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

/** Only a path belongs to the base URL. */
function joined(base: string, url: string): string {
  return base !== '' && /^\s*[/?]/.test(url) ? base.trim().replace(/\/$/, '') + url.trim() : url
}

function authOf(own: RequestDoc['auth'], shared: RequestDoc['auth']): RequestDoc['auth'] {
  const identity = own.identity || shared.identity
  if (own.kind === 'inherit') return { ...shared, identity }
  return {
    ...own,
    identity,
    region: own.region || shared.region,
    service: own.service || shared.service,
    keyName: own.keyName || shared.keyName,
  }
}
