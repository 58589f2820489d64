// What the exports of Insomnia, Bruno and Hoppscotch have in common: one request of a tool, in the page's words.

import { endpointOf } from '../model/host'
import type { RequestDoc, Row } from '../model/request'
import { putBody } from './body'
import { type Draft, newDraft, removeHeader } from './drafts'
import { putGraphQl } from './graphql'
import { type Imported, leaveOut } from './imported'
import { multipartText, type Part } from './multipart'
import { fieldsOf, putUrl, setOwn } from './url'

export interface ToolRequest {
  name: string
  folder: string
  method: string
  url: string
  headers: Row[]
  query: Row[]
  path: ReadonlyMap<string, string>
  body: { type: string; text?: string; fields?: Row[]; parts?: Part[]; file?: string; graphql?: unknown }
  auth: ToolAuth
  /** What an identity is called that the authorization makes. */
  owner: string
}

export interface ToolAuth {
  /** `none`, `iam`, `key`, `bearer`, `basic`; anything else is named in a note. */
  kind: string
  values: ReadonlyMap<string, string>
}

export const NO_AUTH: ToolAuth = { kind: 'none', values: new Map() }

export function toolDraft(given: ToolRequest, found: Imported): Draft {
  const draft = newDraft(given.name, given.folder)
  draft.owner = given.owner
  const { doc } = draft
  doc.method = given.method.toUpperCase() || 'GET'
  putUrl(doc, given.url)
  doc.url = fieldsOf(doc.url, given.path, doc.variables)
  for (const [name, value] of given.path) setOwn(doc.variables, name, value)
  // Tools that keep a table as well write its rows into the URL, or not.
  const inTable = new Set(given.query.map(({ name }) => name))
  doc.query = [...doc.query.filter(({ name }) => !inTable.has(name)), ...given.query]
  doc.headers = given.headers.filter(({ name }) => name !== '')
  putContent(given, doc, found)
  putAuth(given.auth, draft, found)
  return draft
}

function putContent({ body, name }: ToolRequest, doc: RequestDoc, found: Imported) {
  const { type, text, fields, parts, file } = body
  if (body.graphql !== undefined) putGraphQl(doc, body.graphql)
  else if (file !== undefined) {
    removeHeader(doc, 'content-type')
    doc.body = { ...doc.body, kind: 'file', fileName: file, contentType: type }
    leaveOut(found, `The file of “${name}”`, 'a page cannot open it: choose it under Body')
  } else if (parts) {
    removeHeader(doc, 'content-type')
    for (const part of parts)
      if (part.file !== undefined)
        leaveOut(
          found,
          `The file of the field ${part.name} of “${name}”`,
          'a page cannot open it: choose it under Body',
        )
    multipartText(doc, parts)
  } else if (fields) {
    removeHeader(doc, 'content-type')
    doc.body = { ...doc.body, kind: 'form', form: fields }
  } else putBody(doc, text ?? '', type || 'text/plain')
}

function putAuth({ kind, values }: ToolAuth, { doc, credentials }: Draft, found: Imported) {
  const get = (name: string) => values.get(name) ?? ''
  switch (kind) {
    case 'none':
      return
    case 'iam': {
      const region = get('region') || (endpointOf(doc.url).region === '' ? 'us-east-1' : '')
      const place = get('place') === 'query' ? 'query' : 'header'
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
      doc.auth = {
        ...doc.auth,
        kind: 'key',
        keyName: /^x-api-key$/i.test(name) ? '' : name,
        keyPlace: get('place') === 'query' ? 'query' : 'header',
      }
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
