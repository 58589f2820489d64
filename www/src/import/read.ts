// Finds out what a text is, and reads it. Each reader is loaded when it is needed.

import { type Json, record, text } from '../model/json'
import { MOST_TEXT, tooLong } from './budget'
import { type Imported, ImportProblem } from './imported'
import { looksLikeCurl } from './kinds'

export async function readText(given: string): Promise<Imported> {
  if (given.length > MOST_TEXT) throw new ImportProblem(tooLong)
  const source = given.replace(/^\ufeff/, '').trim()
  if (source === '') throw new ImportProblem('There is nothing to import.')
  if (looksLikeCurl(source)) return (await import('./curl')).readCurl(source)
  const found = await readData(record(await parsed(source)))
  if (found) return found
  throw new ImportProblem('This is neither curl, OpenAPI, a Postman collection nor an export of this page.')
}

async function readData(data: Json): Promise<Imported | undefined> {
  if (data.format === 'gatesign-tester') return (await import('./native')).readNative(data)
  if (isPostman(data) || isPostman(record(data.collection)))
    return (await import('./postman')).readPostman(data)
  if (isPostmanEnvironment(data)) return (await import('./postman')).readPostmanEnvironment(data)
  // Without quotes, YAML takes 3.0 for a number.
  if (text(data.openapi).startsWith('3')) return (await import('./openapi')).readOpenApi(data)
  if (text(data.swagger).startsWith('2')) {
    const [{ readOpenApi }, { fromSwagger }] = await Promise.all([import('./openapi'), import('./swagger')])
    return readOpenApi(fromSwagger(data))
  }
  if (data.openapi !== undefined || data.swagger !== undefined)
    throw new ImportProblem(
      `This is OpenAPI ${text(data.openapi ?? data.swagger)}: versions 2.0, 3.0 and 3.1 can be imported.`,
    )
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

/** JSON, or YAML, of which the reader is loaded only then. */
async function parsed(source: string): Promise<unknown> {
  if (/^[[{]/.test(source)) {
    try {
      return JSON.parse(source)
    } catch (error) {
      throw new ImportProblem(`This is not valid JSON: ${(error as Error).message}`)
    }
  }
  const { parse } = await import('yaml')
  try {
    return parse(source)
  } catch (error) {
    throw new ImportProblem(`This is not valid YAML: ${(error as Error).message.split(/:?\n/, 1)[0]}`)
  }
}
