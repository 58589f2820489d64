// destroy() of a signer of Signature Version 4A: nothing of its private key is left in the module's memory, in any form
// that the key has there.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moduleBytes } from './module-memory.mjs'

const { createSigner } = await import('gatesign/v4a')

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
// Of that secret and AKIDEXAMPLE: the official suite has the public half, and the crate's tests hold both together.
const PRIVATE = 0x7efc8c0e65a324242818c5a50c891c6060b6a00717b7ba3cbe3c5d765be9259cn
/** The digits of the curve's arithmetic (crates/sigv4/src/v4a/digits.rs). */
const DIGITS = Array.from({ length: 9 }, (_, place) => Number((PRIVATE >> BigInt(29 * place)) & 0x1fff_ffffn))
const FORMS = {
  secret: Buffer.from(SECRET),
  bytes: Buffer.from(PRIVATE.toString(16), 'hex'),
  // A part of each is enough to be found.
  digits: Buffer.from(Int32Array.from(DIGITS).buffer).subarray(4, 20),
  'wide digits': Buffer.from(BigInt64Array.from(DIGITS, BigInt).buffer).subarray(8, 40),
}

function found() {
  const bytes = moduleBytes()
  return Object.keys(FORMS).filter((form) => bytes.includes(FORMS[form]))
}

for (const [what, use] of [
  ['that signed nothing', () => {}],
  [
    'that signed in headers, in the query and a text',
    (signer) => {
      for (const path of ['a', 'b']) signer.sign({ url: `https://example.com/${path}` })
      signer.presign({ url: 'https://example.com/', expiresIn: 60 })
      signer.explain({ url: 'https://example.com/' })
      signer.signString('text')
    },
  ],
])
  test(`of a signer ${what}`, () => {
    const identity = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET }
    const signer = createSigner({ ...identity, region: 'us-east-1', service: 'service', regionSet: ['*'] })
    use(signer)
    assert.deepEqual(
      found().filter((form) => form === 'secret' || form === 'digits'),
      ['secret', 'digits'],
      'both are there to be found',
    )
    signer.destroy()
    assert.deepEqual(found(), [])
  })
