// Postman collections, format 2.1, with their AWS authorization.

import { type Json, list, record, text } from '../model/json'
import { emptyRequest, type RequestDoc, type Row, row } from '../model/request'
import { newId, type SavedRequest } from '../state/db'
import { type Imported, nothing } from './imported'

export function readPostman(data: Json): Imported {
  const found = nothing()
  const name = text(record(data.info).name) || 'Postman'
  const requests: SavedRequest[] = []
  visit(list(data.item), '', record(data.auth), requests, found)
  found.collections.push({ id: newId(), name, requests })
  const variables = list(data.variable)
    .map(record)
    .map(({ key, value, type }) => {
      const secret = type === 'secret' || /secret|token|password|access.?key/i.test(text(key))
      return { name: text(key), value: text(value), secret }
    })
  if (variables.length > 0) found.environments.push({ id: newId(), name, variables })
  return found
}

function visit(items: unknown[], folder: string, inherited: Json, into: SavedRequest[], found: Imported) {
  for (const item of items.map(record)) {
    const name = text(item.name)
    const auth = item.auth ? record(item.auth) : inherited
    if (Array.isArray(item.item)) visit(item.item, folder ? `${folder} / ${name}` : name, auth, into, found)
    else if (item.request) into.push({ ...readItem(name, item.request, auth, found), id: newId(), folder })
  }
}

function readItem(name: string, given: unknown, inherited: Json, found: Imported): RequestDoc {
  const from = typeof given === 'string' ? { url: given } : record(given)
  const doc = emptyRequest()
  doc.name = name
  doc.method = text(from.method).toUpperCase() || 'GET'
  readUrl(from.url, doc)
  doc.headers = list(from.header).map(toRow)
  readBody(record(from.body), doc, found)
  const own = record(from.auth)
  readAuth(own.type ? own : inherited, doc, found)
  return doc
}

const toRow = (item: unknown): Row => {
  const { key, value, disabled } = record(item)
  return row(text(key), text(value), disabled !== true)
}

function readUrl(given: unknown, doc: RequestDoc) {
  const url = typeof given === 'string' ? { raw: given } : record(given)
  const [base = ''] = text(url.raw).split('?')
  // `:name` in the path is a variable of its own.
  doc.url = base.replace(/\/:([A-Za-z_]\w*)/g, '/{$1}')
  if (!/^(?:\w+:\/\/|\{\{)/.test(doc.url)) doc.url = `https://${doc.url}`
  for (const { key, value } of list(url.variable).map(record)) doc.variables[text(key)] = text(value)
  const query = list(url.query)
  const written = [...new URLSearchParams(text(url.raw).split('?')[1] ?? '')].map(([name, value]) =>
    row(name, value),
  )
  doc.query = query.length > 0 ? query.map(toRow) : written
}

function readBody(body: Json, doc: RequestDoc, found: Imported) {
  const raw = text(body.raw)
  switch (body.mode) {
    case 'raw': {
      const language = text(record(record(body.options).raw).language)
      const typed = doc.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
      const isJson = language === 'json' || /json/.test(typed) || (language === '' && /^\s*[[{]/.test(raw))
      if (raw !== '') doc.body = { ...doc.body, kind: isJson ? 'json' : 'text', text: raw }
      return
    }
    case 'urlencoded':
      doc.body = { ...doc.body, kind: 'form', form: list(body.urlencoded).map(toRow) }
      return
    case 'formdata': {
      const fields = list(body.formdata).map(record)
      const files = fields.filter(({ type }) => type === 'file')
      if (files.length > 0) found.notes.push(`Files in the form of “${doc.name}” were left out.`)
      const form = fields.filter(({ type }) => type !== 'file').map(toRow)
      doc.body = { ...doc.body, kind: 'form', encoding: 'multipart', form }
      return
    }
    case 'file':
      doc.body = { ...doc.body, kind: 'file' }
      found.notes.push(`Choose the file of “${doc.name}” under Body.`)
  }
}

function readAuth(auth: Json, doc: RequestDoc, found: Imported) {
  const type = text(auth.type)
  const given = auth[type]
  const pairs = Array.isArray(given)
    ? Object.fromEntries(given.map(record).map(({ key, value }) => [text(key), text(value)]))
    : Object.fromEntries(Object.entries(record(given)).map(([key, value]) => [key, text(value)]))
  const literal = (value: string | undefined) => (value && !value.includes('{{') ? value : '')
  doc.auth.kind = 'none'
  if (type === 'awsv4') {
    const place = pairs.addAuthDataToQuery === 'true' ? 'query' : 'header'
    doc.auth = { ...doc.auth, kind: 'iam', place, region: pairs.region ?? '', service: pairs.service ?? '' }
    if (literal(pairs.accessKey) && literal(pairs.secretKey)) {
      found.credentials = {
        accessKeyId: literal(pairs.accessKey),
        secretAccessKey: literal(pairs.secretKey),
        sessionToken: literal(pairs.sessionToken),
        expiresAt: 0,
      }
    }
  } else if (type === 'apikey') {
    if (pairs.in === 'query') doc.query.push(row(pairs.key ?? '', pairs.value ?? ''))
    else if (pairs.key?.toLowerCase() === 'x-api-key') {
      doc.auth.kind = 'key'
      if (literal(pairs.value)) found.credentials.apiKey = literal(pairs.value)
    } else doc.headers.push(row(pairs.key ?? '', pairs.value ?? ''))
  } else if (type === 'bearer') doc.headers.push(row('authorization', `Bearer ${pairs.token ?? ''}`))
  else if (type === 'basic') {
    const user = `${pairs.username ?? ''}:${pairs.password ?? ''}`
    if (!user.includes('{{')) doc.headers.push(row('authorization', `Basic ${btoa(user)}`))
  } else if (type !== '' && type !== 'noauth')
    found.notes.push(`The authorization “${type}” of “${doc.name}” was left out.`)
}
