// What any bundler, minifier or page may do with the package's scripts: read them as another charset, put them
// into HTML, or write them for older engines.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { codes, decode } from '../../src/js/ascii.js'

const PACKAGE = new URL('../../pkg/', import.meta.url)
const read = (name) => readFileSync(new URL(name, PACKAGE))

const scripts = readdirSync(PACKAGE)
  .filter((name) => /\.(js|mjs|cjs)$/.test(name))
  .map((name) => ({ name, text: read(name).toString('latin1') }))
/** The modules that scripts have in them as text, by the script's name; node.cjs has it in base64. */
const embedded = Object.fromEntries(
  scripts.flatMap(({ name, text }) => {
    const [, literal] = /"([ !#-~]{10000,})"/.exec(text) ?? []
    return literal && !/^[\w+/=]+$/.test(literal) ? [[name, literal]] : []
  }),
)

function textOf(bytes) {
  const list = codes()
  return Array.from(bytes, (byte) => list[byte]).join('')
}

/** Pairs of bytes in every order. */
function allPairs() {
  const bytes = []
  for (let first = 0; first < 256; first += 1) {
    for (let second = 0; second < 256; second += 1) bytes.push(first, second)
  }
  return Uint8Array.from(bytes)
}

test('a module as text: every byte comes back, next to every other one', () => {
  const bytes = allPairs()
  assert.deepEqual(decode(textOf(bytes)), bytes)
  assert.deepEqual(decode(''), new Uint8Array(0))
  for (let byte = 0; byte < 256; byte += 1) {
    assert.deepEqual([...decode(textOf([byte]))], [byte])
  }
})

test('a module as text: no byte or pair of bytes ends or escapes anything', () => {
  const text = textOf(allPairs())
  assert.match(text, /^[ -~]+$/)
  // The ends of literals, what begins an escape, a placeholder, a tag or a comment of HTML.
  for (const bad of ['"', '`', '\\', '$', '<']) assert.ok(!text.includes(bad), bad)
})

test('the scripts that embed a module have it as that text', () => {
  const names = ['client.mjs', 'global.js', 'signer.mjs', 'v4a-web.cjs', 'v4a.mjs', 'web.cjs']
  assert.deepEqual(Object.keys(embedded).sort(), names)
  const whole = read('gatesign.wasm')
  const exports = (bytes) => WebAssembly.Module.exports(new WebAssembly.Module(bytes))
  for (const [name, text] of Object.entries(embedded)) {
    const bytes = decode(text)
    assert.equal(textOf(bytes), text, name)
    assert.deepEqual(exports(bytes), exports(whole), name)
    if (name.startsWith('v4a')) assert.deepEqual(Buffer.from(bytes), read('gatesign-v4a.wasm'), name)
    else if (name !== 'signer.mjs') assert.deepEqual(Buffer.from(bytes), whole, name)
    else assert.ok(bytes.length < 0.9 * whole.length, `${name} has less in it`)
  }
})

test('the entry for browsers signs with it', async () => {
  const { createSigner } = await import(new URL('web.mjs', PACKAGE))
  const signer = createSigner({
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  })
  // get-vanilla of the official suite.
  const { signature } = signer.explain({ url: 'https://example.amazonaws.com/', date: '20150830T123600Z' })
  assert.equal(signature, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31')
})

test('without WebAssembly, as in React Native, the entries load and the first use says so', () => {
  for (const name of ['web.cjs', 'node.cjs']) {
    const script = `
      delete globalThis.WebAssembly
      const { createSigner } = require(${JSON.stringify(fileURLToPath(new URL(name, PACKAGE)))})
      try {
        createSigner({ accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' })
      } catch ({ message }) {
        console.log(message)
      }`
    assert.match(
      execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }),
      /^gatesign needs WebAssembly, which this runtime does not have .*React Native/,
    )
  }
})

test('every script is ASCII', () => {
  assert.ok(scripts.length > 10)
  for (const { name, text } of scripts) assert.ok(/^[\n\t -~]*$/.test(text), name)
})

test('no script for browsers has an escape of which a minifier would make a character beyond ASCII', () => {
  for (const { name, text } of scripts) {
    if (
      !/^(web|client|signer|diagnose|reason|slim|slim-client|workerd|\w+-(web|workerd))\.[cm]js$|^global\.js$/.test(
        name,
      )
    )
      continue
    const found = /\\u[0-9a-fA-F{]|\\x[89a-fA-F]/.exec(text)
    assert.equal(found, null, `${name}: ${text.slice(found?.index - 40, found?.index + 20)}`)
  }
})

test('what tools without `exports` get is ES2018', () => {
  // The field `module`: webpack 4, whose parser knows nothing later. An optional catch is the first thing after it.
  assert.throws(() => parse('try { } catch { }', { ecmaVersion: 2018 }), SyntaxError)
  for (const name of ['web.cjs', 'smithy-web.cjs', 'credentials-web.cjs']) {
    assert.doesNotThrow(() => parse(read(name).toString(), { ecmaVersion: 2018 }), name)
  }
  assert.match(JSON.parse(read('package.json')).module, /^\.\/module\.js$/)
  assert.match(read('module.js').toString(), /from '\.\/web\.cjs'/)
})

test('where an entry can be imported it can be required', () => {
  const { exports } = JSON.parse(read('package.json'))
  const check = (name, conditions) => {
    if (typeof conditions !== 'object') return
    assert.equal('import' in conditions, 'require' in conditions, `${name}: ${Object.keys(conditions)}`)
    for (const [condition, inner] of Object.entries(conditions)) check(`${name}, ${condition}`, inner)
  }
  for (const [name, conditions] of Object.entries(exports)) check(name, conditions)
  // Workers have no CommonJS of their own: what bundles for them takes one script for both.
  for (const { browser, node } of [
    exports['.'],
    exports['./slim'],
    exports['./smithy'],
    exports['./credentials'],
  ]) {
    assert.ok('require' in browser && 'require' in node)
  }
})

test('no script declares a parameter again', () => {
  assert.deepEqual(redeclared('async (e) => { var e = 1 }'), ['e'])
  assert.deepEqual(redeclared('function f({ a, b: [c] }) { for (var c of a) { } }'), ['c'])
  for (const { name, text } of scripts) assert.deepEqual(redeclared(text), [], name)
})

/** The names of parameters that are declared again as a variable in their function. */
function redeclared(text) {
  const found = []
  const visit = (node, parameters) => {
    if (typeof node?.type !== 'string') return
    if (/Function/.test(node.type)) {
      const own = new Set(node.params.flatMap(namesIn))
      for (const parameter of node.params) visit(parameter, parameters)
      return visit(node.body, own)
    }
    if (node.type === 'VariableDeclaration' && node.kind === 'var') {
      const names = node.declarations.flatMap(({ id }) => namesIn(id))
      found.push(...names.filter((name) => parameters.has(name)))
    }
    for (const child of Object.values(node).flat()) visit(child, parameters)
  }
  visit(parse(text, { ecmaVersion: 2022, sourceType: 'module', allowHashBang: true }), new Set())
  return found
}

/** The names that a pattern binds. */
function namesIn(pattern) {
  if (pattern?.type === 'Identifier') return [pattern.name]
  if (pattern?.type === 'ObjectPattern')
    return pattern.properties.flatMap(({ value, argument }) => namesIn(value ?? argument))
  if (pattern?.type === 'ArrayPattern') return pattern.elements.flatMap(namesIn)
  if (pattern?.type === 'AssignmentPattern') return namesIn(pattern.left)
  if (pattern?.type === 'RestElement') return namesIn(pattern.argument)
  return []
}
