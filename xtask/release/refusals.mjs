// Writes the catalogue of docs/refusals.md: every rule of diagnose with a real text, from its rules and the rows of its
// tests. --check writes nothing and fails if the document differs.

import { readFileSync, writeFileSync } from 'node:fs'
import { problemOf, ROWS } from '../../tests/diagnose/rows.mjs'

const root = new URL('../../', import.meta.url)
const { diagnose } = await import(new URL('pkg/node.mjs', root))
const DOCUMENT = new URL('docs/refusals.md', root)
const [BEGIN, END] = ['<!-- catalogue -->', '<!-- /catalogue -->']

const rules = readFileSync(new URL('src/diagnose/rules.txt', root), 'utf8')
  .trimEnd()
  .split('\n\n')
  .map((rule) => {
    const [kind, , summary, hint] = rule.split('\n')
    return { kind, summary, hint }
  })

/** The first row to which a rule applies. The summary of a denial is AWS's own sentence, but the hint is the rule's. */
function exampleOf({ kind, summary, hint }) {
  const row = ROWS.find((row) => {
    const told = diagnose(problemOf(row))
    const isHint = told.hint.startsWith(hint.split('{action}')[0])
    return told.kind === kind && (told.summary === summary || (kind === 'AccessDenied' && isHint))
  })
  if (!row) throw new Error(`${kind} has no row in tests/diagnose/rows.mjs: ${summary}`)
  const [, status, type, message, code] = row
  const parts = [status > 1 ? String(status) : '', type, code, message]
  return parts
    .filter(Boolean)
    .map((part) => `\`${part.replaceAll('|', '\\|')}\``)
    .join(' ')
}

const lines = rules.map((rule) => {
  const cells = [
    `\`${rule.kind}\``,
    exampleOf(rule),
    rule.summary,
    rule.hint.replace('{action}', 'the action'),
  ]
  return `| ${cells.join(' | ')} |`
})
const catalogue = [
  BEGIN,
  '',
  '| kind | an example: status, type, code, text | what it means | what to do |',
  '| --- | --- | --- | --- |',
  ...lines,
  '',
  END,
].join('\n')

const document = readFileSync(DOCUMENT, 'utf8')
const [before, rest] = document.split(BEGIN)
const after = rest?.split(END)[1]
if (after === undefined) throw new Error('docs/refusals.md has no place for the catalogue')
const written = `${before}${catalogue}${after}`
if (process.argv.includes('--check')) {
  if (written !== document) {
    console.error('docs/refusals.md is not what the rules say: node xtask/release/refusals.mjs')
    process.exitCode = 1
  }
} else {
  writeFileSync(DOCUMENT, written)
}
