// A page whose Content-Security-Policy forbids WebAssembly: the error names the directive that is enough. The
// browsers' own texts name the broader 'unsafe-eval'.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSigner, newClient } from 'gatesign'

const TEXTS = {
  'Chrome 120':
    "WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script in the following Content Security Policy directive: \"script-src 'self'\"",
  'Chrome 97':
    "WebAssembly.Module(): Wasm code generation disallowed by embedder: Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script",
  Firefox: 'call to WebAssembly.Module() blocked by CSP',
  Safari:
    "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script",
}
const OPTIONS = { accessKeyId: 'A', secretAccessKey: 'b', region: 'r', service: 's' }

/** Calls with an engine that refuses every module. */
function refusing(text, call) {
  const { Module } = WebAssembly
  const cause = new WebAssembly.CompileError(text)
  WebAssembly.Module = class {
    constructor() {
      throw cause
    }
  }
  try {
    return call(cause)
  } finally {
    WebAssembly.Module = Module
  }
}

for (const [browser, text] of Object.entries(TEXTS)) {
  test(browser, () => {
    refusing(text, (cause) => {
      for (const make of [() => createSigner(OPTIONS), () => newClient({ invokeUrl: 'https://h.example' })]) {
        assert.throws(make, (error) => {
          assert.match(
            error.message,
            /Content-Security-Policy forbids it\): add 'wasm-unsafe-eval' to its script-src$/,
          )
          assert.equal(error.cause, cause)
          return true
        })
      }
    })
  })
}

test('another failure keeps its own text, and the next call works', () => {
  refusing('expected magic word', (cause) => assert.throws(() => createSigner(OPTIONS), cause))
  assert.match(createSigner(OPTIONS).signString('x'), /^[0-9a-f]{64}$/)
})
