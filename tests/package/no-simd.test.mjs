// The module without SIMD, in a Node that has none: every case of the official suite, and bodies next to
// Node's own hash.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { WITHOUT_SIMD } from '../lib/switches.mjs'

const node = (...given) => execFileSync(process.execPath, [WITHOUT_SIMD, ...given], options)
const options = {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  encoding: 'utf8',
  // Without what Node's test runner tells its children: the suite is to print its own results.
  env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  maxBuffer: 2 ** 26,
}
const pathOf = (name) => fileURLToPath(new URL(`../../pkg/${name}`, import.meta.url))
const takes = (name) =>
  node('-p', `WebAssembly.validate(require('node:fs').readFileSync(${JSON.stringify(pathOf(name))}))`).trim()

test('this Node has no SIMD: it takes one module and not the other', () => {
  assert.deepEqual(
    { usual: takes('gatesign.wasm'), other: takes('gatesign-nosimd.wasm') },
    { usual: 'false', other: 'true' },
    `${WITHOUT_SIMD} must turn SIMD off: on an x64 processor it does`,
  )
})

test('the two modules have the same exports and no imports, so the same scripts serve both', () => {
  const [usual, other] = ['gatesign.wasm', 'gatesign-nosimd.wasm'].map((name) => {
    const module = new WebAssembly.Module(readFileSync(pathOf(name)))
    return { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module) }
  })
  assert.deepEqual(other, usual)
  assert.deepEqual(usual.imports, [])
  assert.ok(usual.exports.some(({ name }) => name === 'call'))
})

test('the official suite', () => {
  const printed = node('../signer/vectors.test.mjs')
  const counted = /^(?:# )?counted: official suite through the package: (.*)$/m.exec(printed)
  assert.ok(counted, printed)
  assert.match(printed, /^# fail 0$|^ℹ fail 0$/m)
  console.log(`counted: official suite through the module without SIMD: ${counted[1]}`)
})

test('bodies of 0 to 300 bytes and of a million have the hash that Node gives them', () => {
  // The browser's entry: Node's own has longer bodies hashed by Node.
  const script = `
    import { createHash } from 'node:crypto'
    import { readFileSync } from 'node:fs'
    import { createSigner, init } from ${JSON.stringify(pathToFileURL(pathOf('slim.mjs')).href)}
    await init(readFileSync(${JSON.stringify(pathOf('gatesign-nosimd.wasm'))}))
    const signer = createSigner({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'EXAMPLE', region: 'us-east-1', service: 's3' })
    const lengths = [...Array(301).keys(), 1_000_003]
    const wrong = lengths.filter((length) => {
      const body = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256)
      const { headers } = signer.sign({ method: 'PUT', url: 'https://bucket.example/key', body })
      return headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')
    })
    console.log(JSON.stringify({ signed: lengths.length, wrong }))`
  assert.deepEqual(JSON.parse(node('--input-type=module', '-e', script)), { signed: 302, wrong: [] })
})
