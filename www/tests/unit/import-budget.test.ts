// A small text can describe a very large request: every import ends soon, with a result or a sentence.

import { describe, expect, it } from 'vitest'
import { readText } from '../../src/import/read'

/** ms, with room for a slow machine. */
const SOON = 5_000

/** An object with nine properties of its own kind: an example of it has 9^n values. */
const recursive = (names: string) => ({
  openapi: '3.0.0',
  info: { title: 'T' },
  servers: [{ url: 'https://x.example' }],
  paths: {
    '/a': {
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/N' } } } },
      },
    },
  },
  components: {
    schemas: {
      N: {
        type: 'object',
        properties: Object.fromEntries([...names].map((name) => [name, { $ref: '#/components/schemas/N' }])),
      },
    },
  },
})

/** No circle, and as large. */
const wide = () => {
  const levels = Array.from({ length: 20 }, (_, i) => [
    `L${i}`,
    {
      type: 'object',
      properties: Object.fromEntries(
        [...'abcdefghi'].map((name) => [name, { $ref: `#/components/schemas/L${i + 1}` }]),
      ),
    },
  ])
  const api = recursive('a')
  return {
    ...api,
    components: {
      schemas: {
        ...Object.fromEntries(levels),
        N: { $ref: '#/components/schemas/L0' },
        L20: { type: 'string', example: 'x'.repeat(1000) },
      },
    },
  }
}

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\n`

const TEXTS: [string, string][] = [
  ['a recursive schema', JSON.stringify(recursive('abcdefghi'))],
  ['a recursive schema with more names', JSON.stringify(recursive('abcdefghijklmnopqrst'))],
  ['a wide schema', JSON.stringify(wide())],
  [
    'a schema of allOf',
    JSON.stringify({
      ...recursive(''),
      components: { schemas: { N: { allOf: Array(9).fill({ $ref: '#/components/schemas/N' }) } } },
    }),
  ],
  [
    'references in a circle',
    JSON.stringify({
      ...recursive(''),
      components: {
        schemas: { N: { $ref: '#/components/schemas/M' }, M: { $ref: '#/components/schemas/N' } },
      },
    }),
  ],
  ['a path that is its own', JSON.stringify({ openapi: '3.0.0', paths: { '/a': { $ref: '#/paths/~1a' } } })],
  [
    'aliases of YAML',
    `openapi: 3.0.0\n${bomb}paths:\n  /a: { post: { requestBody: { content: { application/json: { example: *j } } } } }\n`,
  ],
  ['YAML nested deeply', `openapi: 3.0.0\npaths: ${'{a: '.repeat(20_000)}`],
  ['JSON nested deeply', `{"openapi":"3.0.0","paths":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  [
    'an example nested deeply',
    `{"openapi":"3.0.0","paths":{"/a":{"post":{"requestBody":{"content":{"application/json":{"example":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}}}}}`,
  ],
  [
    'folders nested deeply',
    `{"info":{"name":"x","schema":"https://schema.getpostman.com/"},"item":${'[{"name":"f","item":'.repeat(5_000)}[]${'}]'.repeat(5_000)}}`,
  ],
  ['patterns of curl', `curl 'https://x.example/${'{a,b,c,d,e,f,g,h,i}'.repeat(20)}'`],
  ['numbers of curl', `curl 'https://x.example/[1-99999999]/[1-99999999]'`],
  ['many URLs', `curl ${'https://x.example/a '.repeat(50_000)}`],
  ['expansions within expansions', `curl "${'${a:-'.repeat(20_000)}x${'}'.repeat(20_000)}"`],
  ['commands within commands', `curl "${'$('.repeat(20_000)}x${')'.repeat(20_000)}"`],
  ['JavaScript that doubles', `let a = 'x';${'a = a + a;'.repeat(60)} fetch('https://x.example/' + a)`],
  [
    'arrays that double',
    `let a = [1];${'a = [a, a, a];'.repeat(60)} fetch('https://x.example/', { method: 'POST', body: JSON.stringify(a) })`,
  ],
  [
    'an object that is its own',
    `const a = {}; a.b = a; fetch('https://x.example/', { method: 'POST', body: JSON.stringify(a) })`,
  ],
  ['calls within calls', `fetch(${'f('.repeat(5_000)}1${')'.repeat(5_000)})`],
  ['parentheses', `fetch(${'('.repeat(50_000)}1${')'.repeat(50_000)})`],
  [
    'folders that are their own parents',
    JSON.stringify({
      _type: 'export',
      resources: [
        { _id: 'a', _type: 'request_group', parentId: 'a' },
        { _id: 'b', _type: 'request', parentId: 'a', url: 'x' },
      ],
    }),
  ],
  [
    'values of Insomnia nested deeply',
    `{"_type":"export","resources":[{"_id":"r","_type":"request","url":"https://x.example/","parentId":"w"},{"_id":"e","_type":"environment","data":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}]}`,
  ],
  ['more text than is read', ' '.repeat(33_000_000)],
]

describe('ends soon', () => {
  it.each(TEXTS)('%s', { timeout: 60_000 }, async (_, text) => {
    const began = performance.now()
    const found = await readText(text).catch((error: Error) => error)
    expect(performance.now() - began).toBeLessThan(SOON)
    if (found instanceof Error) expect(found.message).not.toBe('')
    else expect(JSON.stringify(found).length).toBeLessThan(80_000_000)
  })

  it('makes an example of a recursive schema', async () => {
    const { collections } = await readText(JSON.stringify(recursive('abcdefghi')))
    expect(collections[0]?.requests[0]?.body.text).toBe('{}')
  })

  it('says what it has cut', async () => {
    const { notes } = await readText(JSON.stringify(wide()))
    expect(notes).toEqual([expect.stringContaining('Some examples were cut')])
  })
})
