// The common part of the exports of Insomnia, Bruno and Hoppscotch: one request of a tool, in the page's terms.

import type { RequestDoc, Row } from '../model/request'
import { type ImportedAuth, putAuth } from './auth'
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
  auth: ImportedAuth
  /** The name of the identity that the authorization results in. */
  owner: string
}

export function toolDraft(request: ToolRequest, found: Imported): Draft {
  const draft = newDraft(request.name, request.folder)
  draft.owner = request.owner
  const { doc } = draft
  doc.method = request.method.toUpperCase() || 'GET'
  putUrl(doc, request.url)
  doc.url = fieldsOf(doc.url, request.path, doc.variables)
  for (const [name, value] of request.path) setOwn(doc.variables, name, value)
  // Some tools that also store a table write its rows into the URL, others do not.
  const inTable = new Set(request.query.map(({ name }) => name))
  doc.query = [...doc.query.filter(({ name }) => !inTable.has(name)), ...request.query]
  doc.headers = request.headers.filter(({ name }) => name !== '')
  putContent(request, doc, found)
  putAuth(request.auth, draft, found)
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
