// Bodies for which there is no memory, where nothing but the module hashes them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moduleMemory } from '../secrets/module-memory.mjs'

const { createSigner } = await import(new URL('./web.mjs', import.meta.resolve('gatesign')))

const OPTIONS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 's3',
  date: '20150830T123600Z',
}
const request = (size) => ({
  url: 'https://a.s3.amazonaws.com/key',
  method: 'PUT',
  body: new Uint8Array(size),
})
const signer = createSigner(OPTIONS)
const before = signer.sign(request(300_000))

function isRefused(size) {
  const large = request(size)
  assert.throws(() => signer.sign(large), { name: 'RangeError', message: /^body must fit into .* bodyHash/ })
  const bodyHash = 'UNSIGNED-PAYLOAD'
  assert.equal(signer.sign({ ...large, bodyHash }).headers['x-amz-content-sha256'], bodyHash)
  for (const next of [signer, createSigner(OPTIONS)]) assert.deepEqual(next.sign(request(300_000)), before)
}

// The system has no page of it before something is written there.
test('more bytes than an address can count are refused, and signers go on', () => isRefused(2 ** 31))

test('bytes that the engine has no memory for are refused, and signers go on', () => {
  for (let pages = 2 ** 15; pages >= 1; pages /= 2) {
    try {
      for (;;) moduleMemory().grow(pages)
    } catch {
      // The next try asks for less.
    }
  }
  isRefused(2_000_000)
})
