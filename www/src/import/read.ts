// Finds out what a text is, and reads it. Each reader is loaded when it is needed.

import { record } from '../model/json'
import { type Imported, ImportProblem } from './imported'

export async function readText(given: string): Promise<Imported> {
  const source = given.replace(/^\ufeff/, '').trim()
  if (source === '') throw new ImportProblem('There is nothing to import.')
  if (/^\$?\s*(?:aws)?curl\s/i.test(source)) return (await import('./curl')).readCurl(source)
  const data = record(await parsed(source))
  if (data.format === 'gatesign-tester') return (await import('./native')).readNative(data)
  if (/getpostman\.com/.test(String(record(data.info).schema)))
    return (await import('./postman')).readPostman(data)
  if (typeof data.openapi === 'string') return (await import('./openapi')).readOpenApi(data)
  if (data.swagger !== undefined)
    throw new ImportProblem('This is Swagger 2.0: export the API as OpenAPI 3 and import that.')
  throw new ImportProblem(
    'This is neither curl, OpenAPI 3, a Postman collection (v2.1) nor an export of this page.',
  )
}

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
