// A module that ended in the middle of a job, as it does when the engine's stack is full there: every later
// call is refused, and the engine's collection of what it held ends no process.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let ended = false
let refused = 0
const { Instance } = WebAssembly
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports)
    const { exports } = this
    const core_input = (...args) => {
      if (!ended) return exports.core_input(...args)
      refused += 1
      throw new WebAssembly.RuntimeError('unreachable')
    }
    Object.defineProperty(this, 'exports', { value: { ...exports, core_input } })
  }
}
const { createSigner } = await import('gatesign')

const OPTIONS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', region: 'us-east-1', service: 's3' }

test('signers that are collected afterwards throw nothing', async () => {
  const uncaught = []
  process.on('uncaughtException', (error) => uncaught.push(error))
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const kept = createSigner(OPTIONS)
  for (let i = 0; i < 20; i += 1) createSigner(OPTIONS).signString('text')
  ended = true
  for (let i = 0; i < 500 && refused < 20; i += 1) {
    collect()
    await sleep(20)
  }
  assert.equal(refused, 20, 'all were collected')
  assert.deepEqual(uncaught, [])
  assert.throws(() => kept.signString('text'), WebAssembly.RuntimeError)
})
