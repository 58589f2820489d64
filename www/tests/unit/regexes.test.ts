// Every regular expression of the page, the package and the command runs in time that grows with its input.
//
// recheck (https://makenowjust-labs.github.io/recheck/) finds those that do not, by automata and by attacks.

import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { check } from 'recheck'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import { EXPRESSION } from '../../src/model/template'

const { version } = createRequire(import.meta.url)('recheck/package.json')
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesIn(path)
    return /\.(?:[cm]?[jt]s|tsx)$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })

interface Expression {
  file: string
  source: string
  flags: string
}

const found: Expression[] = []
const made: string[] = []

function visit(node: unknown, file: string) {
  if (typeof node !== 'object' || node === null) return
  const { type, regex, callee } = node as Record<string, { pattern: string; flags: string; name: string }> & {
    type?: unknown
  }
  if (type === ('Literal' as unknown) && regex)
    found.push({ file, source: regex.pattern, flags: regex.flags })
  if (type === ('NewExpression' as unknown) && callee?.name === 'RegExp') made.push(file)
  for (const child of Object.values(node)) visit(child, file)
}

for (const path of [...filesIn(join(ROOT, 'www/src')), ...filesIn(join(ROOT, 'src'))]) {
  const file = relative(ROOT, path)
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'))
  if (errors.length > 0) throw new Error(`${file} could not be parsed`)
  visit(program, file)
}

it('finds them', () => expect(found.length).toBeGreaterThan(200))

const unique = [...new Map(found.map((item) => [`${item.source}/${item.flags}`, item])).values()]

/**
 * What was found safe before stays so, as long as the checker is the same: a run looks at new ones only. With
 * RECHECK_ALL all are looked at again, as `cargo xtask test --long` does.
 */
const KNOWN = join(ROOT, 'target/recheck', `${version}.txt`)
const known = new Set(
  !process.env.RECHECK_ALL && existsSync(KNOWN) ? readFileSync(KNOWN, 'utf8').split('\n') : [],
)
/**
 * recheck takes an input for an attack that took longer than so many ms, which on a busy machine any does; without them
 * it counts steps.
 */
const BY_STEPS = { incubationTimeout: null, attackTimeout: null, seedingTimeout: null }

const keyOf = ({ source, flags }: Expression) =>
  createHash('sha256').update(`${flags}/${source}`).digest('hex')

describe.concurrent('none is slow', () => {
  it.each(unique)('$file: /$source/$flags', { timeout: 300_000 }, async (item) => {
    const key = keyOf(item)
    if (known.has(key)) return
    const { status } = await check(item.source, item.flags, { ...BY_STEPS, timeout: 200_000 })
    expect(status).toBe('safe')
    mkdirSync(dirname(KNOWN), { recursive: true })
    appendFileSync(KNOWN, `${key}\n`)
  })
})

/** Each is safe for a reason that the checker cannot see. */
const MADE: Record<string, string> = {
  'src/cli/http/options.ts': 'two classes without colons, between colons, from the beginning to the end',
  'src/diagnose/redact.ts': 'names that the code gives, then a class up to the character that it has not',
  'src/js/xml.ts': 'an element’s name that the code gives, and text without <',
  'www/src/model/template.ts': 'checked below',
  'www/src/viewers/document.ts': 'a text that is searched for, with all its signs escaped',
}

it('makes none of parts but these', () => {
  expect([...new Set(made)].sort()).toEqual(Object.keys(MADE).sort())
})

it('finds the expressions of a template in time', { timeout: 120_000 }, async () => {
  const { status } = await check(EXPRESSION.source, 'g', { ...BY_STEPS, timeout: 60_000 })
  expect(status).toBe('safe')
})
