// The time of each importer, formatter and paste box grows in proportion to its text, as that of the package's entries
// does (benches/growth.mjs, whose measure this is).

import { describe, expect, it } from 'vitest'
import { least, MOST_IN_TESTS } from '../../../benches/growing.mjs'
import { findCredentials, MOST_BLOCK } from '../../src/import/credentials'
import { readText } from '../../src/import/read'
import { formatted } from '../../src/model/json-format'

const range = <T>(n: number, item: (number: number) => T): T[] =>
  Array.from({ length: n }, (_, number) => item(number))

/** A reader's refusal is an answer too. */
const read = async (text: string) => await readText(text).catch((error: Error) => error)

/** What n parts of a text are, by the reader that takes them. */
const TEXTS: [name: string, parts: number, text: (n: number) => string][] = [
  ['curl: headers', 64_000, (n) => `curl https://a.example/ ${range(n, (i) => `-H 'x-h${i}: v'`).join(' ')}`],
  ['curl: data', 128_000, (n) => `curl https://a.example/ ${range(n, (i) => `-d k${i}=v`).join(' ')}`],
  ['curl: a long word in quotes', 4_000_000, (n) => `curl https://a.example/ -d '${'%\\"'.repeat(n / 3)}'`],
  ['curl: quotes that open', 2_000_000, (n) => `curl https://a.example/ ${`"$'`.repeat(n / 3)}`],
  ['curl: continued lines', 1_000_000, (n) => `curl https://a.example/ ${'\\\n'.repeat(n)} -v`],
  ['curl: many lines', 32_000, (n) => range(n, (i) => `curl https://a.example/${i}`).join('\n')],
  ['curl: cmd', 1_000_000, (n) => `curl ^"https://a.example/^" ${'-H ^"a: ^%^"^"\n '.repeat(n / 16)}`],
  ['PowerShell', 200_000, (n) => `curl.exe https://a.example/ ${'-H `"a: b`" `\n'.repeat(n / 4)}`],
  [
    'fetch: headers',
    16_000,
    (n) => `fetch("https://a.example/", { headers: { ${range(n, (i) => `"x${i}": "v",`).join(' ')} } })`,
  ],
  ['JavaScript: brackets', 2_000_000, (n) => `client.invokeApi(${'['.repeat(n)}`],
  ['JavaScript: comments', 4_000_000, (n) => `fetch(${'/*'.repeat(n / 2)}`],
  [
    'HAR',
    4_000,
    (n) =>
      JSON.stringify({
        log: {
          entries: range(n, (i) => ({
            request: { method: 'GET', url: `https://a.example/${i}`, headers: [{ name: 'a', value: 'b' }] },
          })),
        },
      }),
  ],
  [
    'OpenAPI: paths',
    8_000,
    (n) =>
      JSON.stringify({
        openapi: '3.0.0',
        info: { title: 'T' },
        servers: [{ url: 'https://a.example' }],
        paths: Object.fromEntries(
          range(n, (i) => [
            `/p${i}/{id}`,
            { get: { parameters: [{ in: 'query', name: 'q', schema: { type: 'string' } }] } },
          ]),
        ),
      }),
  ],
  [
    'OpenAPI: YAML',
    2_000,
    (n) =>
      `openapi: 3.0.0\ninfo: {title: T}\nservers: [{url: https://a.example}]\npaths:\n${range(n, (i) => `  /p${i}:\n    get:\n      responses: {}\n`).join('')}`,
  ],
  [
    'Postman',
    8_000,
    (n) =>
      JSON.stringify({
        info: { name: 'P', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: range(n, (i) => ({ name: `r${i}`, request: { method: 'GET', url: `https://a.example/${i}` } })),
      }),
  ],
  ['.http', 1_500, (n) => range(n, (i) => `### r${i}\nGET https://a.example/${i}\nx-a: b\n\n`).join('')],
  [
    'Bruno',
    64_000,
    (n) =>
      `meta {\n  name: a\n}\n\nget {\n  url: https://a.example/\n}\n\nheaders {\n${range(n, (i) => `  x${i}: v\n`).join('')}}\n`,
  ],
  ['a URL with parameters', 200_000, (n) => `https://a.example/?${range(n, (i) => `k${i}=v`).join('&')}`],
  ['no known text', 8_000_000, (n) => `${' \t'.repeat(n / 4)}x${'\n'.repeat(n / 2)}`],
]

const CASES = [
  ...TEXTS.map(([name, items, text]) => ({
    ...{ name, items },
    make: (n: number) => {
      const made = text(n)
      return () => read(made)
    },
  })),
  {
    name: 'a block of credentials',
    items: MOST_BLOCK,
    make: (n: number) => {
      const block = `[profile ${' '.repeat(n / 4)}\n${'aws_access_key_id = A\n'.repeat(n / 44)}${'='.repeat(n / 4)}`
      return () => findCredentials(block.slice(0, MOST_BLOCK))
    },
  },
  {
    name: 'the JSON formatter',
    items: 400_000,
    make: (n: number) => {
      const text = `[${'{"a":[1,"\\u0000"]},'.repeat(n / 20)}null]`
      return () => formatted(text)
    },
  },
]

describe('growth', () => {
  it.each(CASES)('$name', { timeout: 120_000 }, async (growing) => {
    const { exponent, times } = await least(growing)
    expect(exponent, `${times.map((ms) => ms.toFixed(0))} ms`).toBeLessThanOrEqual(MOST_IN_TESTS)
  })
})
