// Recipes show parts of projects that step integrations builds and calls: each stands in one of them as it is printed.
// (Snippets in JavaScript are run themselves.)

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { split } from './markdown.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const OF_PROJECTS = ['jsx', 'ts', 'tsx', 'svelte', 'vue', 'astro', 'html']

const tracked = (...patterns) =>
  execFileSync('git', ['ls-files', ...patterns], { cwd: ROOT, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }))

const sources = tracked('tests/integrations').filter(({ name }) =>
  /\.(astro|html|jsx?|tsx?|svelte|vue)$/.test(name),
)
const parts = tracked('docs/recipes').flatMap(({ name, text }) =>
  split(text)
    .blocks.filter(({ language }) => OF_PROJECTS.includes(language))
    .map((block) => ({ name, ...block })),
)

test('there are some', () => assert.ok(parts.length > 10, `${parts.length}`))

for (const { name, line, text } of parts) {
  test(`${name}, line ${line}: stands in a project of the tests`, () => {
    assert.ok(
      sources.some((source) => source.text.includes(text.trimEnd())),
      text,
    )
  })
}
