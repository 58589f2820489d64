// The ways in which users of the old package get at newClient, and what they get.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import byDefault, * as namespace from 'gatesign'
import { apigClientFactory, newClient } from 'gatesign'

const require = createRequire(import.meta.url)
const config = { invokeUrl: 'http://127.0.0.1:1/stage' }

test('an error that nobody catches is short: Node shows the line in which it was thrown', async () => {
  const script =
    "require('gatesign').default.newClient({ invokeUrl: 'https://example.com', accessKey: 'a', secretKey: 'b' })"
  const { code, stderr } = await new Promise((resolve) => {
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    execFile(process.execPath, ['-e', script], { cwd }, (error, _, stderr) =>
      resolve({ code: error.code, stderr }),
    )
  })
  assert.equal(code, 1)
  assert.match(stderr, /TypeError: region must be specified/)
  assert.ok(stderr.length < 3000, `${stderr.length} characters`)
})

describe('newClient', () => {
  for (const [name, found] of Object.entries({
    "require('…').default.newClient": require('gatesign').default.newClient,
    "require('…').newClient": require('gatesign').newClient,
    'import x; x.newClient': byDefault.newClient,
    // What Node gives for the old package, which is CommonJS: users write it so.
    'import x; x.default.newClient': byDefault.default?.newClient,
    'import { newClient }': newClient,
    'import { apigClientFactory }': apigClientFactory.newClient,
    'import * as x; x.default.newClient': namespace.default.newClient,
    'a bundler’s interop': (require('gatesign').__esModule ? require('gatesign').default : undefined)
      ?.newClient,
  })) {
    test(name, () => {
      assert.equal(typeof found, 'function')
      assert.equal(found, newClient, 'one function, one instance of the module')
    })
  }

  test('the old package in Node’s ES modules', async () => {
    const { default: old } = await import('aws-api-gateway-client')
    assert.deepEqual([typeof old.default.newClient, typeof old.newClient], ['function', 'undefined'])
  })

  test('the factory shows newClient alone', () => {
    assert.deepEqual(Object.keys(byDefault), Object.keys(require('aws-api-gateway-client').default))
  })
})

describe('the client', () => {
  test('it is made synchronously and can be taken apart', async () => {
    const { invokeApi } = newClient(config)
    const promise = invokeApi({}, '/x', 'GET', { signal: AbortSignal.abort() })
    assert.ok(promise instanceof Promise)
    await assert.rejects(promise, { code: 'ERR_CANCELED' })
  })

  test('clients do not share what they were given', async () => {
    const names = ['one', 'two']
    const seen = []
    const clients = names.map((name) =>
      newClient({
        ...config,
        apiKey: name,
        fetch: async (_, { headers }) => seen.push(headers['x-api-key']) && new Response(),
      }),
    )
    for (const client of clients) await client.invokeApi({}, '/x', 'GET')
    assert.deepEqual(seen, names)
  })

  test('what the config becomes later does not matter', async () => {
    let sent
    const given = {
      ...config,
      apiKey: 'before',
      headers: { 'x-a': 'before' },
      fetch: async (_, init) => {
        sent = init
        return new Response()
      },
    }
    const client = newClient(given)
    given.apiKey = given.headers['x-a'] = 'after'
    await client.invokeApi({}, '/x', 'GET')
    assert.deepEqual([sent.headers['x-api-key'], sent.headers['x-a']], ['before', 'before'])
  })

  test('arguments that are missing reject, none is thrown', async () => {
    const { invokeApi } = newClient(config)
    for (const args of [[], [{}], [{}, '/x'], [{}, '/x', null], [{}, null, 'GET']]) {
      await assert.rejects(invokeApi(...args), {
        name: 'TypeError',
        message: /^(method|pathTemplate) must be a string; got (undefined|null)$/,
      })
    }
  })
})
