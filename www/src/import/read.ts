// Detects the kind of a text, and reads it. Each reader is loaded when it is needed.

import { type Json, record, records, text } from '../model/json'
import { emptyRequest } from '../model/request'
import { MOST_TEXT, tooLong } from './budget'
import { type Imported, ImportProblem, nothing } from './imported'
import { foreignText, kindOf } from './kinds'
import { isNestedDeeply } from './nested'

export async function readText(given: string): Promise<Imported> {
  if (given.length > MOST_TEXT) throw new ImportProblem(tooLong)
  const source = given.replace(/^\ufeff/, '').trim()
  if (source === '') throw new ImportProblem('There is nothing to import.')
  switch (kindOf(source)) {
    case 'curl':
      return (await import('./curl')).readCurl(source)
    case 'code':
      return (await import('./code')).readCode(source)
    case 'bru':
      return (await import('./bruno')).readBru(source)
    case 'http':
      return (await import('./http-file')).readHttpFile(source)
    case 'aws':
      return (await import('./aws-cli')).readAwsCli(source)
    case 'url':
      return readUrl(source)
    case 'data':
      return readData(source)
  }
}

/** Only a URL. */
async function readUrl(source: string): Promise<Imported> {
  const [{ finish }, { putUrl }] = await Promise.all([import('./drafts'), import('./url')])
  const found = nothing()
  const draft = { doc: emptyRequest(), credentials: {}, folder: '', owner: '' }
  putUrl(draft.doc, source)
  finish(draft, found)
  return { ...found, request: draft.doc, credentials: draft.credentials }
}

async function readData(source: string): Promise<Imported> {
  const foreign = foreignText(source)
  if (foreign !== '') throw new ImportProblem(`This is ${foreign}.`)
  const data = await parsed(source)
  const found = Array.isArray(data) ? await readList(records(data)) : await readObject(record(data))
  if (found) return found
  const name = foreignData(record(data))
  throw new ImportProblem(
    name === ''
      ? 'This is not a format that the page reads: it is neither curl, OpenAPI, HAR, JavaScript, a .http file, a collection of Postman, Insomnia, Bruno or Hoppscotch, nor an export of this page.'
      : `This is ${name}.`,
  )
}

async function readList(data: Json[]): Promise<Imported | undefined> {
  return data.length > 0 && data.every(isHoppscotch)
    ? (await import('./hoppscotch')).readHoppscotch(data)
    : undefined
}

async function readObject(data: Json): Promise<Imported | undefined> {
  if (data.format === 'gatesign-tester') return (await import('./native')).readNative(data)
  if (record(data.log).entries !== undefined) return (await import('./har')).readHar(data)
  if (isPostman(data) || isPostman(record(data.collection)))
    return (await import('./postman')).readPostman(data)
  if (isInsomnia(data)) return (await import('./insomnia')).readInsomnia(data)
  if (isBruno(data)) return (await import('./bruno')).readBruno(data)
  if (isHoppscotch(data)) return (await import('./hoppscotch')).readHoppscotch([data])
  if (isPostmanEnvironment(data)) return (await import('./postman')).readPostmanEnvironment(data)
  if (
    Array.isArray(data.variables) &&
    records(data.variables).every(({ key }) => key !== undefined) &&
    data.variables.length > 0
  )
    return (await import('./hoppscotch')).readHoppscotchEnvironment(data)
  // In YAML, 3.0 without quotes is a number.
  if (text(data.openapi).startsWith('3')) return (await import('./openapi')).readOpenApi(data)
  if (text(data.swagger).startsWith('2')) {
    const [{ readOpenApi }, { fromSwagger }] = await Promise.all([import('./openapi'), import('./swagger')])
    return readOpenApi(fromSwagger(data))
  }
  return undefined
}

const isPostman = (data: Json) =>
  /schema\.(?:get)?postman\.com/.test(text(record(data.info).schema)) ||
  (Array.isArray(data.item) &&
    (text(record(data.info).name) !== '' || text(record(data.info)._postman_id) !== ''))

const isPostmanEnvironment = (data: Json) =>
  Array.isArray(data.values) &&
  (data._postman_variable_scope !== undefined ||
    data._postman_exported_at !== undefined ||
    text(data.name) !== '')

const isInsomnia = (data: Json) =>
  (data._type === 'export' && Array.isArray(data.resources)) ||
  /^collection\.insomnia\.rest/.test(text(data.type))

const isBruno = (data: Json) =>
  (Array.isArray(data.items) &&
    (data.version !== undefined || data.opencollection !== undefined || data.environments !== undefined)) ||
  (data.http !== undefined && data.info !== undefined)

const isHoppscotch = (data: Json) =>
  Array.isArray(data.requests) && (Array.isArray(data.folders) || data.v !== undefined)

/** Describes an object that no reader supports. */
function foreignData(data: Json): string {
  const version = data.openapi ?? data.swagger
  if (version !== undefined) return `OpenAPI ${text(version)}: versions 2.0, 3.0 and 3.1 can be imported`
  if (data.asyncapi !== undefined) return 'AsyncAPI, which describes messages'
  if (Array.isArray(data.requests) && Array.isArray(data.order))
    return 'a Postman collection of format 1: export it as v2.1'
  if (text(data.clientName) !== '' || text(data.client).includes('Thunder'))
    return 'an export of Thunder Client: export it as a Postman collection'
  if (data.yaakVersion !== undefined)
    return 'an export of Yaak: export it as a Postman collection, or copy requests as curl'
  if (data.AccessKeyId !== undefined || record(data.Credentials).AccessKeyId !== undefined)
    return 'a block of credentials: paste it under Auth, “Paste a block”'
  if (
    data.Resources !== undefined &&
    (data.AWSTemplateFormatVersion !== undefined || data.Transform !== undefined)
  )
    return 'a template of CloudFormation: export the API as OpenAPI (aws apigateway get-export)'
  return ''
}

/** JSON, or YAML, whose parser is loaded only when needed. */
async function parsed(source: string): Promise<unknown> {
  if (/^[[{]/.test(source)) {
    try {
      return JSON.parse(source)
    } catch (error) {
      throw new ImportProblem(`This is not valid JSON: ${(error as Error).message}`)
    }
  }
  if (isNestedDeeply(source)) throw new ImportProblem('This YAML is nested too deeply to be read.')
  const { parse } = await import('yaml')
  try {
    return parse(source, { maxAliasCount: 1000, logLevel: 'error' })
  } catch (error) {
    throw new ImportProblem(`This is not valid YAML: ${(error as Error).message.split(/:?\n/, 1)[0]}`)
  }
}
