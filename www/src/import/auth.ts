// Reads authorizations: translates each tool's terms into the page's. No other file does.

import { endpointOf } from '../model/host'
import { emptyRequest, type RequestDoc } from '../model/request'
import type { Draft } from './drafts'
import { type Imported, leaveOut } from './imported'

export interface ImportedAuth {
  /** `none`, `iam`, `key`, `bearer`, `basic`; a note names any other kind. */
  kind: string
  /**
   * Of iam: `accessKeyId`, `secretAccessKey`, `sessionToken`, `region`, `service`, `place`, `profile`; of key: `key`,
   * `value`, `place`; of bearer: `token`; of basic: `username`, `password`.
   */
  values: ReadonlyMap<string, string>
}

export const NO_AUTH: ImportedAuth = { kind: 'none', values: new Map() }

export function putAuth({ kind, values }: ImportedAuth, { doc, credentials }: Draft, found: Imported) {
  const get = (name: string) => values.get(name) ?? ''
  const place = get('place') === 'query' ? ('query' as const) : ('header' as const)
  switch (kind) {
    case 'none':
      return
    case 'iam': {
      const byDefault = doc.url !== '' && endpointOf(doc.url).region === '' ? 'us-east-1' : ''
      const region = get('region') || byDefault
      doc.auth = { ...doc.auth, kind: 'iam', place, region, service: get('service') }
      Object.assign(credentials, {
        accessKeyId: get('accessKeyId'),
        secretAccessKey: get('secretAccessKey'),
        sessionToken: get('sessionToken'),
      })
      if (get('profile') !== '')
        leaveOut(found, `The profile ${get('profile')}`, 'a page cannot read the files of the AWS CLI')
      return
    }
    case 'key': {
      const name = get('key')
      const keyName = /^x-api-key$/i.test(name) ? '' : name
      doc.auth = { ...doc.auth, kind: 'key', keyName, keyPlace: place }
      credentials.apiKey = get('value')
      return
    }
    case 'bearer':
      doc.auth.kind = 'bearer'
      credentials.bearerToken = get('token')
      return
    case 'basic':
      doc.auth.kind = 'basic'
      Object.assign(credentials, { username: get('username'), password: get('password') })
      return
    default:
      leaveOut(
        found,
        `The authorization “${kind}” of “${doc.name}”`,
        'the page signs with AWS keys, and sends keys, tokens and passwords',
      )
  }
}

/** For an inherited authorization the request keeps only its own settings. */
export function inherited(own: RequestDoc['auth'], shared: RequestDoc['auth']): RequestDoc['auth'] {
  const names = ['kind', 'identity', 'place', 'withApiKey', 'keyName', 'keyPlace'] as const
  if (names.some((name) => own[name] !== shared[name])) return own
  const rest = (name: 'region' | 'service') => (own[name] === shared[name] ? '' : own[name])
  return { ...emptyRequest().auth, kind: 'inherit', region: rest('region'), service: rest('service') }
}
