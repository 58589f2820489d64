// Time grows in proportion to the input at every public entry, and what would be absurd is refused before work
// begins: benches/growth.mjs has the inputs.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { least, MOST_IN_TESTS } from '../../benches/growing.mjs'
import { CASES } from '../../benches/growth.mjs'

describe('growth', () => {
  for (const growing of CASES) {
    test(growing.name, async () => {
      const { exponent, times } = await least(growing)
      assert.ok(
        exponent <= MOST_IN_TESTS,
        `exponent ${exponent.toFixed(2)}, ${times.map((ms) => ms.toFixed(0))} ms`,
      )
    })
  }
})

test('arguments that are absurdly long are refused, and the next call works', async () => {
  const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
  const signer = createSigner({
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    region: 'us-east-1',
    service: 'execute-api',
  })
  const client = newClient({ invokeUrl: url, accessKey: 'AKIDEXAMPLE', secretKey: 'secret' })
  const query = 'a'.repeat(300_000_000)
  const refused = { name: 'TypeError', message: /^the arguments must be shorter than 16 MB/ }
  assert.throws(() => signer.sign({ url: { host: 'a.b', path: '/', query } }), refused)
  await assert.rejects(client.sign({ additionalParams: { queryParams: { query } } }), refused)
  // Each item of an exploded list repeats the variable's name.
  const name = 'n'.repeat(100_000)
  const list = Array.from({ length: 100_000 }, () => '')
  await assert.rejects(
    client.sign({ pathTemplate: `{?${name}*}`, pathParams: { [name]: list } }),
    refused,
    'what a template expands to is bounded too',
  )
  assert.equal(signer.sign({ url }).method, 'GET')
  assert.match((await client.sign({})).headers.authorization, /^AWS4/)
})
