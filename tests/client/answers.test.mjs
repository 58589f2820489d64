// Answers whose JSON is none that a gateway writes: the call ends as its status says, whatever they hold.

import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { diagnose, newClient } from 'gatesign'
import { answer, startScripted } from '../dropin/scripted.mjs'

const server = await startScripted()
after(() => server.stop())
beforeEach(() => server.reset())

const config = {
  invokeUrl: server.url,
  region: 'us-east-1',
  credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
  retries: 1,
}
/** Values that cannot become a text, and others that are none. */
const VALUES = [
  '{"toString":1,"valueOf":1}',
  '[{"toString":null}]',
  '{"toString":{"toString":1}}',
  '{"__proto__":null,"toString":1}',
  '[[[[]]]]',
  'null',
  'true',
  '1e999',
  '"\\ud800"',
  '"\\u0000"',
  '""',
]
const BODIES = [
  ...VALUES,
  ...['message', 'Message', '__type', 'code', 'errorMessage'].flatMap((name) =>
    VALUES.map((value) => `{"${name}":${value}}`),
  ),
]

for (const status of [400, 403, 429, 500]) {
  describe(`${status}`, () => {
    for (const body of BODIES) {
      test(body, async () => {
        server.answer([answer(status, [['x-amzn-errortype', '']], body), answer(status, [], body)])
        const error = await newClient(config)
          .invokeApi({}, '/x', 'GET')
          .catch((error) => error)
        assert.equal(error.message, `Request failed with status code ${status}`)
        assert.deepEqual(error.response.data, JSON.parse(body))
        assert.equal(server.requests().length, status < 429 ? 1 : 2)
        assert.equal(typeof diagnose(error).summary, 'string')
        server.answer([answer(status, [], body)])
        const response = await newClient(config).fetch('/x')
        assert.deepEqual([response.status, await response.text()], [status, body])
      })
    }
  })
}
