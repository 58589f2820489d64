// A module that ended in the middle of a job, as it does when the engine's stack or memory is full there: the
// call that met it says so, what the instance held is lost, and whatever is made afterwards is on another
// instance. The engine's collection of what was lost ends no process.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Whether the next call ends the instance. */
let ends = false
let instances = 0
const { Instance } = WebAssembly
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports)
    const { exports } = this
    instances += 1
    let ended = false
    const call =
      (name) =>
      (...args) => {
        assert.ok(!ended, 'an instance that ended is left alone')
        ended = ends
        ends = false
        if (ended) throw new WebAssembly.RuntimeError('unreachable')
        return exports[name](...args)
      }
    const value = { ...exports, input: call('input'), call: call('call') }
    Object.defineProperty(this, 'exports', { value })
  }
}
const { createSigner, newClient } = await import('gatesign')

const OPTIONS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', region: 'us-east-1', service: 's3' }

const SIGNED = createSigner(OPTIONS).signString('text', '20150830T123600Z')

test('the call says so, what was made before is lost, and new ones work', async () => {
  const client = newClient({
    invokeUrl: 'https://a.b/prod',
    region: 'us-east-1',
    accessKey: 'A',
    secretKey: 's',
  })
  const signer = createSigner(OPTIONS)
  const before = instances
  ends = true
  assert.throws(
    () => signer.signString('text'),
    (error) => {
      assert.match(error.message, /^gatesign's module crashed in this call \(RuntimeError: unreachable\)/)
      assert.ok(error.cause instanceof WebAssembly.RuntimeError)
      return true
    },
  )
  assert.throws(() => signer.signString('text'), /^Error: this signer is lost: gatesign's module crashed/)
  await assert.rejects(client.sign({}), /^Error: this client is lost/)
  signer.destroy()
  client.destroy()
  assert.throws(() => signer.signString('text'), /^TypeError: this signer was destroyed/)
  assert.equal(createSigner(OPTIONS).signString('text', '20150830T123600Z'), SIGNED)
  assert.equal(instances, before + 1)
})

test('signers that are collected afterwards throw nothing, and leave others alone', async () => {
  const uncaught = []
  process.on('uncaughtException', (error) => uncaught.push(error))
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  let collected = 0
  const registry = new FinalizationRegistry(() => {
    collected += 1
  })
  // A function of its own, so that nothing of it is on the stack any more.
  const use = () => {
    const signer = createSigner(OPTIONS)
    signer.signString('text')
    registry.register(signer)
  }
  for (let i = 0; i < 21; i += 1) use()
  ends = true
  assert.throws(() => createSigner(OPTIONS), /module crashed/)
  const kept = Array.from({ length: 30 }, () => createSigner(OPTIONS))
  for (let i = 0; i < 500 && collected < 20; i += 1) {
    collect()
    await sleep(20)
  }
  assert.ok(collected >= 20, 'all were collected')
  await sleep(20)
  assert.deepEqual(uncaught, [])
  for (const signer of kept) assert.equal(signer.signString('text', '20150830T123600Z'), SIGNED)
})
