// Options whose names are nearly right: a credential or an address is refused, of the rest the console is told, and
// names that mean nothing here stay silent, because code for other packages passes them.

import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { newClient } from 'gatesign'

const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

/** What the console is told meanwhile. */
async function warned(run) {
  const warn = mock.method(console, 'warn', () => {})
  try {
    await run()
    return warn.mock.calls.map(({ arguments: [text] }) => text)
  } finally {
    warn.mock.restore()
  }
}

describe('of newClient', () => {
  for (const [wrong, right, value] of [
    ['accessKeyId', 'accessKey', 'AKIDEXAMPLE'],
    ['access_key', 'accessKey', 'AKIDEXAMPLE'],
    ['secretAccessKey', 'secretKey', keys.secretKey],
    ['secret-key', 'secretKey', keys.secretKey],
    ['session_token', 'sessionToken', 'token'],
    ['SessionToken', 'sessionToken', 'token'],
  ])
    test(`${wrong} is refused, and ${right} named`, () => {
      const { [right]: _, ...others } = keys
      assert.throws(
        () => newClient({ invokeUrl, ...others, [wrong]: value }),
        (error) => {
          assert.equal(error.name, 'TypeError')
          assert.match(error.message, new RegExp(`^${wrong} is not an option of .*: it is called ${right}$`))
          assert.doesNotMatch(error.message, /wJalr/)
          return true
        },
      )
    })

  test('invokeURL is refused', () => {
    assert.throws(
      () => newClient({ invokeURL: invokeUrl, ...keys }),
      /invokeURL is not an option of .*: it is called invokeUrl/,
    )
  })

  test('of retry and Headers the console is told', async () => {
    const told = await warned(() => newClient({ invokeUrl, ...keys, retry: 3, Headers: {} }))
    assert.equal(told.length, 2)
    assert.match(told[0], /retry is not an option of .*: it is called retries/)
    assert.match(told[1], /Headers is not an option of .*: it is called headers/)
  })

  test('unknown names, and both names of one, are silent', async () => {
    const told = await warned(() =>
      newClient({ invokeUrl, ...keys, accessKeyId: 'other', systemClock: 1, foo: 2 }),
    )
    assert.deepEqual(told, [])
  })
})

describe('of additionalParams', () => {
  const client = newClient({ invokeUrl, ...keys, fetch: async () => new Response('{}') })
  const call = (additionalParams) => client.invokeApi({}, '/movies', 'GET', additionalParams)

  for (const [wrong, right, value] of [
    ['queryParam', 'queryParams', { a: 1 }],
    ['queryparams', 'queryParams', { a: 1 }],
    ['query_params', 'queryParams', { a: 1 }],
    ['header', 'headers', { a: '1' }],
    ['Headers', 'headers', { a: '1' }],
    ['timeOut', 'timeout', 1000],
    ['response_type', 'responseType', 'text'],
  ])
    test(`of ${wrong} the console is told ${right}`, async () => {
      const [text, ...others] = await warned(() => call({ [wrong]: value }))
      assert.match(text, new RegExp(`^gatesign: ${wrong} is not an option of .*: it is called ${right}$`))
      assert.deepEqual(others, [])
    })

  test('what axios takes, and what is right, is silent', async () => {
    const params = { headers: { a: '1' }, queryParams: { a: 1 }, withCredentials: true, maxRedirects: 0 }
    assert.deepEqual(await warned(() => call(params)), [])
  })
})
