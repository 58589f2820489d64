// Collections, run by Postman's own runner (Newman), and documents that openapi-to-postmanv2 makes into collections:
// a local server receives the same from their import.

import { readdirSync, readFileSync } from 'node:fs'
import newman from 'newman'
import converter from 'openapi-to-postmanv2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readText } from '../../src/import/read'
import { type Received, recorder } from './lib/recorder'
import { sendAll } from './lib/sent'

const FOLDER = new URL('../corpus/files/', import.meta.url)
const HOST = '127.0.0.1:9480'

let server: Awaited<ReturnType<typeof recorder>>
beforeAll(async () => {
  server = await recorder()
})
afterAll(() => server.close())

const textOf = (name: string) =>
  readFileSync(new URL(name, FOLDER), 'utf8')
    .replaceAll(HOST, server.base.replace('http://', ''))
    .replaceAll('"9480"', `"${new URL(server.base).port}"`)

const run = (collection: object) =>
  new Promise<void>((resolve, reject) => {
    newman.run({ collection, reporters: [] }, (error: Error | null) => (error ? reject(error) : resolve()))
  })

/** Values that are made again each time, and what only one of the two can know. */
const APART: Record<string, string> = {
  'postman-dynamic-variables.json': 'the values are random',
  'postman-environment.json': 'it has no requests',
  'postman-hyphen-path-variable.json': 'Newman takes no URL from raw alone',
  'postman-apikey-auth-kept.json': 'Newman takes no URL from raw alone',
  'postman-credential-variables.json': 'Newman takes no URL from raw alone',
  'postman-graphql.json': 'Newman takes no URL from raw alone',
  'postman-redacted-is-sent.json': 'Newman takes no URL from raw alone',
  'postman-stale-signature-headers.json': 'Newman takes no URL from raw alone',
  'postman-two-identities.json': 'Newman takes no URL from raw alone',
  'postman-variable-with-space.json': 'Newman takes no URL from raw alone',
}

const names = readdirSync(FOLDER)

describe('Newman sends the same', () => {
  it.each(names.filter((name) => name.startsWith('postman-') && !(name in APART)))(
    '%s',
    { timeout: 60_000 },
    async (name) => {
      const data = JSON.parse(textOf(name))
      await run(data.collection ?? data)
      const expected = server.take()
      expect(expected.length).toBeGreaterThan(0)
      await sendAll(await readText(textOf(name)))
      expect(server.take().map(loosely)).toEqual(expected.map(loosely))
    },
  )
})

/** JSON by its value: tools lay it out in lines of their own. */
function loosely({ method, path, query, headers, body }: Received) {
  let value = body
  try {
    value = JSON.parse(String(body))
  } catch {
    // It is no JSON.
  }
  // A header of the signature, which Newman writes and the page does not need.
  const { 'x-amz-content-sha256': _, ...others } = headers
  return { method, path, query, headers: others, body: value }
}

describe('openapi-to-postmanv2 describes the same', () => {
  // Servers of a path are not known to it.
  const chosen = names.filter((name) => /^openapi-(?:parameters|bodies|hyphen|3\.1)/.test(name))
  it.each(chosen)('%s', { timeout: 60_000 }, async (name) => {
    const data = name.endsWith('.yaml')
      ? { ...parse(textOf(name)), openapi: '3.1.0' }
      : JSON.parse(textOf(name))
    const options = {
      requestParametersResolution: 'Example',
      exampleParametersResolution: 'Example',
      parametersResolution: 'Example',
      folderStrategy: 'Tags',
    }
    const made = await new Promise<{ output: { data: object }[] }>((resolve, reject) => {
      converter.convertV2({ type: 'json', data }, options, (error: Error | null, result: never) =>
        error ? reject(error) : resolve(result),
      )
    })
    await run(made.output[0]?.data ?? {})
    const expected = server.take()
    expect(expected.length).toBeGreaterThan(0)
    await sendAll(await readText(textOf(name)))
    const byPath = (all: Received[]) => all.map(({ method, path }) => `${method} ${path}`).sort()
    expect(byPath(server.take())).toEqual(byPath(expected))
  })
})
