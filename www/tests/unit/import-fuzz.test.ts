// Texts that nobody has written: every importer ends, with a result or with a sentence that is meant for people, and
// what it makes is a request that the page can hold. Seeded; FUZZ_SECONDS says for how long.

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCredentials } from '../../src/import/credentials'
import { ImportProblem } from '../../src/import/imported'
import { readText } from '../../src/import/read'
import { readRequest } from '../../src/model/request'
import { CallProblem, callOf } from '../../src/sign/call'
import { fuzzed, TIMEOUT } from './lib/fuzzed'
import { docsOf } from './lib/sent'

const entries = (name: string) =>
  readFileSync(new URL(`../corpus/${name}`, import.meta.url), 'utf8')
    .split(/^=== .*\n/m)
    .slice(1)
    .map((entry) => entry.split(/^--- /m)[0] ?? '')

const FILES = new URL('../corpus/files/', import.meta.url)
const CORPUS = [
  ...entries('curl.txt'),
  ...entries('texts.txt'),
  ...entries('found.txt'),
  ...readdirSync(FILES).map((name) => readFileSync(new URL(name, FILES), 'utf8')),
]

/** Parts that mean something to one of the readers. */
const SIGNS = [
  '\ud800',
  '\\udc00',
  "'",
  '"',
  '`',
  '\\',
  '^',
  '$',
  '${',
  '$(',
  '{{',
  '}}',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '#',
  '###',
  '&',
  '|',
  ';',
  '<',
  '<<EOF',
  '<<<',
  '>',
  '@',
  '--',
  '-H',
  '-d',
  '-F',
  '-u',
  '-X',
  '--aws-sigv4',
  ': ',
  '=',
  '%',
  '%20',
  '%FF',
  '%E4',
  '?',
  '/',
  '//',
  '/:id',
  '{+a}',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '\ufeff',
  '“',
  '0',
  '1e999',
  'null',
  'true',
  'http://x.example/',
  'Authorization: AWS4-HMAC-SHA256 Credential=',
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a',
  '$ref',
  '#/',
  'allOf',
  'example',
]

/** A text of the corpus, with parts cut out, doubled, and signs put in. */
const changed = fc
  .tuple(
    fc.constantFrom(...CORPUS),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(200), fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 8 }))),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((now, [at, cut, put]) => {
      const from = at % (now.length + 1)
      return now.slice(0, from) + put + now.slice(from + (cut % 7 === 0 ? cut : cut % 3))
    }, text),
  )

const made = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 6 })), { maxLength: 60 })
  .map((parts) => parts.join(''))

/** Values of any type in every place of a document. */
const odd = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom<unknown>(...SIGNS),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      'info',
      'item',
      'request',
      'url',
      'raw',
      'header',
      'body',
      'mode',
      'auth',
      'type',
      'awsv4',
      'key',
      'value',
      'name',
      'paths',
      '/a/{b}',
      'get',
      'post',
      'parameters',
      'in',
      'schema',
      'requestBody',
      'content',
      'application/json',
      'components',
      'servers',
      'security',
      'log',
      'entries',
      'resources',
      'collection',
      'children',
      'items',
      'requests',
      'folders',
      'http',
      '$ref',
      'allOf',
      'properties',
      '__proto__',
    ),
    tie('value'),
    { maxKeys: 5 },
  ),
})).object

const KINDS = [
  { openapi: '3.0.0' },
  { swagger: '2.0' },
  { info: { schema: 'https://schema.getpostman.com/' } },
  { log: { entries: [] } },
  { _type: 'export', resources: [] },
  { type: 'collection.insomnia.rest/5.0' },
  { version: '1', items: [] },
  { v: 2, requests: [], folders: [] },
  { format: 'gatesign-tester' },
]

const documents = fc
  .tuple(fc.constantFrom<object>(...KINDS), odd)
  .map(([kind, rest]) => JSON.stringify({ ...rest, ...kind }))

async function ends(text: string) {
  const found = await readText(text).catch((error: unknown) => {
    if (error instanceof ImportProblem && error.message.length > 10) return undefined
    throw error
  })
  for (const doc of found ? docsOf(found) : []) {
    // Kept and read again it is the same, and the page can say what stands in the way of sending it.
    expect(readRequest(JSON.parse(JSON.stringify(doc)))).toMatchObject({
      url: doc.url,
      headers: doc.headers,
      query: doc.query,
    })
    try {
      callOf(doc, new Map())
    } catch (error) {
      if (!(error instanceof CallProblem)) throw error
    }
  }
}

describe('every text ends', () => {
  it.each([
    ['texts of the corpus, changed', changed],
    ['signs', made],
    ['curl and signs', made.map((text) => `curl ${text}`)],
    ['JavaScript and signs', made.map((text) => `fetch('https://x.example/' ${text})`)],
    ['documents', documents],
  ])('%s', { timeout: TIMEOUT }, async (_, texts) => {
    await fuzzed(fc.asyncProperty(texts, ends), 6)
  })

  it('blocks of credentials', { timeout: TIMEOUT }, async () => {
    const names = fc.constantFrom(
      'aws_access_key_id',
      'AccessKeyId',
      'secretKey',
      'token',
      '[a]',
      'Region',
      'AKIAEXAMPLEEXAMPLE',
      '[None]:',
      '|',
      ...SIGNS,
    )
    const blocks = fc
      .array(fc.oneof(names, fc.string({ maxLength: 20 })), { maxLength: 40 })
      .map((parts) => parts.join(''))
    const property = fc.property(blocks, (text) => {
      for (const { accessKeyId, secretAccessKey } of findCredentials(text))
        expect(accessKeyId + secretAccessKey).not.toBe('')
    })
    await fuzzed(property, 6)
  })
})
