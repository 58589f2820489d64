// What every error has to be, whatever was given.

import assert from 'node:assert/strict'

export function assertSaysSomething(error) {
  assert.ok(error instanceof Error, `threw ${typeof error}`)
  assert.ok(!(error instanceof WebAssembly.RuntimeError), `the module crashed: ${error.stack}`)
  assert.ok(error.message.length > 3 && error.message.length < 2000, `a message of ${error.message.length}`)
  assert.doesNotMatch(error.message, /unreachable|null pointer|recursive use|is not a function$/i)
}
