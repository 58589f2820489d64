// Reads bodies of GraphQL requests.
//
// https://graphql.github.io/graphql-over-http/draft/#sec-JSON-Encoding

import { type Json, record, text } from '../model/json'
import type { RequestDoc } from '../model/request'
import { removeHeader } from './drafts'

/** @param body a query, with or without variables, as an object or as JSON that may contain `{{name}}` */
export function putGraphQl(doc: RequestDoc, body: unknown) {
  const { query, variables, operationName }: Json = typeof body === 'string' ? { query: body } : record(body)
  const written =
    typeof variables === 'string' ? variables.trim() : variables ? JSON.stringify(variables, null, 2) : ''
  removeHeader(doc, 'content-type')
  if (text(operationName) === '') {
    doc.body = { ...doc.body, kind: 'graphql', text: text(query), variables: written }
    return
  }
  const fields = [
    `"query": ${JSON.stringify(text(query))}`,
    `"operationName": ${JSON.stringify(text(operationName))}`,
  ]
  if (written !== '') fields.push(`"variables": ${written}`)
  doc.body = { ...doc.body, kind: 'json', text: `{ ${fields.join(', ')} }` }
}

/** Some tools store the whole JSON of a request as one string. */
export function graphQlIn(written: string): unknown {
  try {
    const data = record(JSON.parse(written))
    return typeof data.query === 'string' ? data : written
  } catch {
    return written
  }
}
