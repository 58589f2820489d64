// `gatesign types FILE`: writes the types of an API from its OpenAPI document.

import { readFileSync, writeFileSync } from 'node:fs'
import { isNestedDeeply } from '../../www/src/import/nested.ts'
import { readApi } from '../sdk/operations.ts'
import { Failure } from './files.ts'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'
import { NOT_WRITTEN } from './output.ts'
import { shown } from './shown.ts'
import { declarations } from './types/declarations.ts'

/** The maximum size of a document in bytes. */
const LONGEST = 32_000_000

export async function types(args: Arguments): Promise<number> {
  const from = args.argument
  const document = await parsed(from, contentOf(from))
  const { file, elsewhere } = declarations(apiOf(from, document))
  if (elsewhere.length > 0)
    console.error(
      `gatesign: written as unknown, because it is in another file: ${elsewhere.slice(0, 5).map(shown).join(', ')}`,
    )
  const to = args.text('output') ?? '-'
  if (to === '-') process.stdout.write(file)
  else {
    try {
      writeFileSync(to, file)
    } catch (error) {
      throw new Failure(NOT_WRITTEN, (error as Error).message)
    }
  }
  return 0
}

function contentOf(file: string): string {
  let content: Buffer
  try {
    content = readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    throw new Usage((error as Error).message)
  }
  if (content.length > LONGEST) throw new Usage(`${file} is larger than ${LONGEST / 1e6} MB`)
  return content.toString().replace(/^\ufeff/, '')
}

function apiOf(file: string, document: unknown) {
  try {
    return readApi(document)
  } catch (error) {
    // The message names the document as a function's argument.
    throw new Usage(`${file}${(error as Error).message.slice('api'.length)}`)
  }
}

/** JSON, or YAML, whose parser is loaded only when needed. */
async function parsed(file: string, content: string): Promise<unknown> {
  if (/^\s*[[{]/.test(content)) {
    try {
      return JSON.parse(content)
    } catch (error) {
      throw new Usage(`${file} is not valid JSON: ${(error as Error).message}`)
    }
  }
  if (isNestedDeeply(content)) throw new Usage(`${file} is nested too deeply to be read`)
  const { parse } = await import('gatesign-yaml')
  try {
    return parse(content, { maxAliasCount: 1000, logLevel: 'error' })
  } catch (error) {
    throw new Usage(`${file} is not valid YAML: ${(error as Error).message.split(/:?\n/, 1)[0]}`)
  }
}
