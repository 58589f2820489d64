// Security of an operation: AWS IAM, keys, tokens, passwords.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html

import { type Json, list, record, text } from '../model/json'
import { row } from '../model/request'
import type { Draft } from './drafts'
import { leaveOut } from './imported'
import type { Api } from './openapi'

interface Scheme {
  kind: 'iam' | 'key' | 'bearer' | 'basic' | ''
  /** The name and place of a key. */
  name: string
  place: 'header' | 'query'
}

/** The first alternative of `security` that the page supports. */
export function readSecurity(api: Api, { doc }: Draft, operation: Json) {
  const { root, resolve, found } = api
  const schemes = record(record(root.components).securitySchemes)
  const alternatives = list(operation.security ?? root.security).map((item) => Object.keys(record(item)))
  const read = alternatives.map((names) =>
    names.map((name) => schemeOf(record(resolve(Object.hasOwn(schemes, name) ? schemes[name] : undefined)))),
  )
  const supported = read.filter((all) => all.every(({ kind }) => kind !== ''))
  const chosen = supported.find((all) => all.length > 0) ?? supported[0] ?? []
  if (alternatives.length > 0 && supported.length === 0) {
    const names = [...new Set(alternatives.flat())].join(', ')
    leaveOut(
      found,
      `The security of “${doc.name}” (${names})`,
      'the page signs with AWS keys, and sends keys, tokens and passwords',
    )
  }
  const authType = text(record(operation['x-amazon-apigateway-auth']).type).toUpperCase()
  const has = (kind: Scheme['kind']) => chosen.some((scheme) => scheme.kind === kind)
  const [key, ...otherKeys] = chosen.filter(({ kind }) => kind === 'key')
  if (has('iam') || authType === 'AWS_IAM')
    doc.auth = { ...doc.auth, kind: 'iam', withApiKey: key !== undefined }
  else if (has('bearer')) doc.auth.kind = 'bearer'
  else if (has('basic')) doc.auth.kind = 'basic'
  else if (key) doc.auth.kind = 'key'
  const isApart = doc.auth.kind === 'bearer' || doc.auth.kind === 'basic'
  if (key && !isApart) {
    doc.auth.keyName = /^x-api-key$/i.test(key.name) ? '' : key.name
    doc.auth.keyPlace = key.place
  }
  // A scheme that does not fit under Auth becomes a row with a variable.
  for (const { name, place } of isApart && key ? [key, ...otherKeys] : otherKeys)
    (place === 'query' ? doc.query : doc.headers).push(row(name, `{{${name}}}`))
}

function schemeOf(scheme: Json): Scheme {
  const name = text(scheme.name)
  const place = scheme.in === 'query' ? 'query' : 'header'
  if (text(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4')
    return { kind: 'iam', name, place }
  if (scheme.type === 'apiKey')
    return { kind: scheme.in === 'cookie' || name === '' ? '' : 'key', name, place }
  if (scheme.type === 'oauth2' || scheme.type === 'openIdConnect') return { kind: 'bearer', name, place }
  const http = scheme.type === 'http' ? text(scheme.scheme).toLowerCase() : ''
  return { kind: http === 'bearer' || http === 'basic' ? http : '', name, place }
}
