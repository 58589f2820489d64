// No name that comes from elsewhere is looked up in an object with a prototype: `constructor` and `__proto__` would
// be found there. Every such place of the sources is found in their syntax trees, and has to ask for own names
// only: a Map, an object without a prototype, or Object.hasOwn before the look.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join, relative } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { diagnose } from '../../pkg/node.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const tools = createRequire(join(ROOT, 'xtask/package.json'))
const { parse } = tools('acorn')
const { transformSync } = tools('esbuild')

/**
 * Where the name is one of a few that the code itself writes, by file and object, and which those are.
 */
const OWN_NAMES = new Map([
  ['src/cli/writeout.ts: to', 'out and error'],
  ['src/credentials/endpoint.ts: DOMAINS', 'what its regular expression lets through'],
  ['src/diagnose/redact.ts: shown', 'names of headers, of which none is __proto__'],
  // Names of headers: __proto__ is refused (headers must not have one named so), others are written before they are read.
  ['src/js/jobs.ts: headers', 'from the module, which got no __proto__'],
  ['src/js/signer.ts: headers', 'without __proto__'],
  ['src/js/smithy.ts: headers', 'without __proto__'],
  ['src/js/smithy/request.ts: query', 'its own keys'],
  ['src/sdk/sigv4client.ts: written', 'names of headers that were signed, of which none is __proto__'],
  ['src/streams/checksums.ts: ALGORITHMS', 'names of checksums, checked before'],
  ['src/streams/multipart-options.ts: TAKES', 'kinds of requests'],
  ['www/src/app.tsx: DIALOGS', 'names of dialogs'],
  ['www/src/import/identities.ts: filled', 'fields of credentials'],
  ['www/src/import/identities.ts: full', 'fields of credentials'],
  ['www/src/model/credentials.ts: found', 'fields of credentials'],
  ['www/src/model/credentials.ts: filled', 'fields of credentials'],
  ['www/src/panels/ended.tsx: NAMES', 'kinds of ends'],
  ['www/src/panels/forwarder.tsx: WAYS', 'kinds of ends'],
  ['www/src/panels/socket.tsx: STATES', 'states of a socket'],
  ['www/src/panels/socket.tsx: SIGNS', 'kinds of lines'],
  ['www/src/panels/socket.tsx: NAMES', 'kinds of lines'],
  ['www/src/panels/top-bar.tsx: THEME_ICONS', 'themes'],
  ['www/src/state/credentials.ts: identity', 'fields of credentials'],
  ['www/src/state/connect.ts: CODES', 'a number'],
  ['www/src/ui/icons.tsx: PATHS', 'names of icons'],
  ['www/src/viewers/table-view.tsx: WAYS', 'ways to sort'],
  ['www/src/viewers/viewer.tsx: VIEWS', 'names of views'],
  ['www/src/viewers/viewer.tsx: LABELS', 'names of views'],
  ['www/src/viewers/worker.ts: tasks', 'tasks of the page itself'],
])

/** Every place in a module where an object literal is looked into by a name that is computed. */
export function lookupsIn(source, loader = 'ts') {
  const { code } = transformSync(source, { loader, target: 'esnext', jsx: 'automatic' })
  const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
  const tables = new Set()
  const guarded = new Set()
  const found = []
  visit(tree, (node) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return
    if (isWithPrototype(node.init)) tables.add(node.id.name)
  })
  visit(tree, (node, parents) => {
    const name = tableOf(node)
    if (!name || !tables.has(name)) return
    const around = parents.findLast(({ type }) => /Function/.test(type)) ?? tree
    if (guards(around, name)) guarded.add(name)
    else found.push(name)
  })
  return [...new Set(found)]
}

const isWithPrototype = (init) =>
  (init?.type === 'ObjectExpression' &&
    !init.properties.some(({ key, value }) => key?.name === '__proto__' && value.value === null)) ||
  (init?.type === 'CallExpression' &&
    init.callee.type === 'MemberExpression' &&
    init.callee.object.name === 'Object' &&
    init.callee.property.name === 'fromEntries')

/** The object of `NAME[computed]`, or of `computed in NAME`. */
function tableOf(node) {
  if (node.type === 'BinaryExpression' && node.operator === 'in' && node.left.type !== 'Literal')
    return node.right.name
  if (node.type !== 'MemberExpression' || !node.computed || node.object.type !== 'Identifier')
    return undefined
  const isWritten = node.property.type === 'Literal' || node.property.type === 'UpdateExpression'
  return isWritten ? undefined : node.object.name
}

/** Whether the function asks for own names: Object.hasOwn(NAME, …), or walks over the object's own keys. */
function guards(around, name) {
  let does = false
  visit(around, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return
    const { object, property } = node.callee
    const asks = object.name === 'Object' && ['hasOwn', 'keys', 'entries'].includes(property.name)
    if (asks && node.arguments[0]?.name === name) does = true
  })
  return does
}

function visit(node, each, parents = []) {
  if (typeof node?.type !== 'string') return
  each(node, parents)
  const inner = [...parents, node]
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null) visit(child, each, inner)
    }
  }
}

const LOADERS = new Map([
  ['.ts', 'ts'],
  ['.tsx', 'tsx'],
  ['.js', 'js'],
  ['.mjs', 'js'],
])

const files = ['src', 'www/src', 'pkg-template'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && LOADERS.has(extname(entry.name)) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name)),
)

test('there are sources to search', () => assert.ok(files.length > 100))

test('no source looks a foreign name up in an object with a prototype', () => {
  const seen = new Set()
  const found = files.flatMap((file) =>
    lookupsIn(readFileSync(file, 'utf8'), LOADERS.get(extname(file)))
      .map((name) => `${relative(ROOT, file)}: ${name}`)
      .filter((place) => {
        seen.add(place)
        return !OWN_NAMES.has(place)
      }),
  )
  assert.deepEqual(found, [], 'use a Map, or Object.hasOwn')
})

test('an error that is named as a property of every object is one that is not known', () => {
  const of = (name) => diagnose(Object.assign(new Error('fetch failed'), { name, cause: { code: name } }))
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    assert.deepEqual(of(name), of('Another'), name)
  }
})

describe('the search', () => {
  for (const [source, expected] of [
    ['const T = { a: 1 }; f(T[name])', ['T']],
    ['const T: Record<string, string> = { a: "1" }; export const f = (n: string) => T[n] ?? ""', ['T']],
    ['const T = {}; T[name] = 1', ['T']],
    ['const T = Object.fromEntries(x); T[name.toLowerCase()]', ['T']],
    ['const T = { a: 1 }; if (name in T) f()', ['T']],
    ['const T = { a: 1 }; T["x-" + name]', ['T']],
    ['const T = { a: 1 }; const f = (n) => (Object.hasOwn(T, n) ? T[n] : 0)', []],
    ['const T = { __proto__: null, a: 1 }; T[name]', []],
    ['const T = Object.create(null); T[name] = 1', []],
    ['const T = new Map([["a", 1]]); T.get(name)', []],
    ['const T = { a: 1 }; T["a"]; T.a', []],
    ['const T = [1, 2]; T[i]', []],
    ['const T = { a: 1 }; for (const n of Object.keys(T)) f(T[n])', []],
  ]) {
    test(source, () => assert.deepEqual(lookupsIn(source), expected))
  }
})
