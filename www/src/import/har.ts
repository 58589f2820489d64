// Reads HAR files of browsers and proxies: a request for each entry.
//
// http://www.softwareishard.com/blog/har-12-spec/

import { type Json, record, records, text } from '../model/json'
import { percentEncoded } from '../model/percent'
import { row } from '../model/request'
import { putBody } from './body'
import { type Draft, finish, gather, headerOf, newDraft } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { multipartText } from './multipart'
import { putQuery, putUrl } from './url'

const MOST = 2_000

/** The browsers' names for resources that a page itself loads. */
const OF_PAGE =
  /^(?:document|stylesheet|script|image|font|media|texttrack|manifest|preflight|ping|cspviolationreport|other)$/i

export function readHar(data: Json): Imported {
  const found = nothing()
  const entries = records(record(data.log).entries)
  const own = entries.filter(({ _resourceType: type }) => !OF_PAGE.test(text(type)))
  const chosen = own.length > 0 ? own : entries
  if (chosen.length === 0) throw new ImportProblem('This HAR file has no entries.')
  if (chosen.length > MOST)
    throw new ImportProblem(`This HAR file has more than ${MOST} requests: save fewer.`)
  if (chosen.length < entries.length)
    leaveOut(
      found,
      `What the page loads for itself (${entries.length - chosen.length} entries)`,
      'only calls of APIs are taken',
    )
  const drafts = chosen.map(({ request }) => draftOf(record(request), found))
  for (const draft of drafts) finish(draft, found)
  return gather(found, text(record(record(data.log).creator).name) || 'HAR', drafts)
}

function draftOf(request: Json, found: Imported): Draft {
  const draft = newDraft()
  const { doc } = draft
  doc.method = text(request.method).toUpperCase() || 'GET'
  putUrl(doc, text(request.url))
  // The URL already contains the query, unless a tool writes it separately.
  if (doc.query.length === 0 && !doc.url.includes('?'))
    for (const { name, value } of records(request.queryString)) putQuery(doc, `${text(name)}=${text(value)}`)
  doc.headers = records(request.headers).map(({ name, value }) => row(text(name), text(value)))
  readData(record(request.postData), draft, found)
  return draft
}

function readData(data: Json, { doc }: Draft, found: Imported) {
  const type = text(data.mimeType)
  const params = records(data.params)
  if (/^multipart\//i.test(type) && params.length > 0) {
    doc.headers = doc.headers.filter(({ name }) => !/^content-type$/i.test(name))
    const parts = params.map((item) => {
      const part = { name: text(item.name), value: text(item.value) }
      const contentType = text(item.contentType)
      if (text(item.fileName) === '') return { ...part, ...(contentType !== '' && { contentType }) }
      leaveOut(found, `The file of the field ${part.name}`, 'a page cannot open it: choose it under Body')
      return { ...part, file: text(item.fileName) }
    })
    multipartText(doc, parts)
    return
  }
  const written = text(data.text)
  const body =
    written !== '' ? written : params.map(({ name, value }) => `${pair(name)}=${pair(value)}`).join('&')
  if (type !== '' && !headerOf(doc, 'content-type') && body !== '')
    doc.headers.push(row('Content-Type', type))
  putBody(doc, body, 'text/plain')
}

/** Browsers write the parameters of a form in encoded form. */
const pair = (value: unknown) =>
  /%[0-9A-F]{2}/i.test(text(value)) ? text(value) : percentEncoded(text(value))
