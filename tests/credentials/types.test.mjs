// The declarations of gatesign/credentials say what there is, and what happens if an option is absent.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import * as node from 'gatesign/credentials'
import * as page from '../../pkg/credentials-web.mjs'

const read = (file) => readFileSync(new URL(`../../pkg-template/${file}`, import.meta.url), 'utf8')
const SOURCES = {
  'credentials-web.d.ts': read('credentials-web.d.ts'),
  'credentials.d.ts': read('credentials.d.ts'),
}
const functionsOf = (source) =>
  Array.from(
    source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport function (\w+)/g),
    ([, comment, name]) => ({
      comment,
      name,
    }),
  )

test('pages and Workers have the same providers, Node has more', async () => {
  const ofPage = functionsOf(SOURCES['credentials-web.d.ts']).map(({ name }) => name)
  const ofNode = functionsOf(SOURCES['credentials.d.ts']).map(({ name }) => name)
  assert.deepEqual(Object.keys(page).sort(), ofPage.sort())
  assert.deepEqual(Object.keys(node).sort(), [...new Set([...ofPage, ...ofNode])].sort())
  const required = createRequire(import.meta.url)('../../pkg/credentials-web.cjs')
  assert.deepEqual(Object.keys(required).sort(), ofPage.sort())
  const worker = readFileSync(new URL('../../pkg/credentials-workerd.mjs', import.meta.url), 'utf8')
  for (const name of ofPage) assert.ok(worker.includes(`as ${name}`), name)
})

for (const [file, source] of Object.entries(SOURCES)) {
  describe(file, () => {
    for (const [, name, body] of source.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)) {
      test(`${name}: each member has a comment, and a default if it may be absent`, () => {
        const member = /(?:^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^ {2}(?:readonly )?(\w+)(\??)[:(]/gm
        for (const [, comment, field, optional] of body.matchAll(member)) {
          assert.ok(comment, `${field} has none`)
          if (optional) assert.match(comment, /\bdefault\b/i, field)
        }
      })
    }
    test('each function has an example and says what it throws', () => {
      for (const { comment, name } of functionsOf(source)) {
        assert.match(comment, new RegExp(`\`\`\`(?:js|ts)[^]*${name}\\(`), `${name} has no example`)
        assert.match(comment, /@throws/, `${name} does not say what it throws`)
      }
    })
  })
}

test('what pages load names no module of Node, and does nothing when it is loaded', () => {
  for (const file of ['credentials-web.mjs', 'credentials-workerd.mjs']) {
    const text = readFileSync(new URL(`../../pkg/${file}`, import.meta.url), 'utf8')
    assert.doesNotMatch(text, /node:|require|process\.env/)
    assert.deepEqual(
      Array.from(text.matchAll(/from ?"([^"]+)"/g), ([, from]) => from),
      [file === 'credentials-web.mjs' ? './client.mjs' : './workerd.mjs'],
    )
  }
})
