// The shape of results and errors that users of the old package know. dropin-secrets.test.mjs asserts
// that no secret is in them.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, beforeEach, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { newClient } from 'gatesign'
import { FACTORIES, TEMPORARY } from '../dropin/dropin.mjs'
import { startScripted } from '../dropin/scripted.mjs'
import { API_KEY, REGION, startGateway } from '../lib/gateway.mjs'

const gateway = await startGateway()
const gone = await startScripted()
gone.stop()
after(() => gateway.stop())
beforeEach(async () => {
  await gateway.reset()
  const { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken } = TEMPORARY
  await gateway.identity({ accessKeyId, secretAccessKey, sessionToken })
})

const base = { invokeUrl: `${gateway.url}/stage/both`, region: REGION, apiKey: API_KEY, ...TEMPORARY }
const call = (config = {}, additional = {}, body = { a: 1 }, method = 'POST') =>
  newClient({ ...base, ...config }).invokeApi({}, '/echo/e', method, additional, body)
const fault = (action) => gateway.fault({ action })

/** The outcome of a call, whichever it is. */
async function outcome(promise) {
  const [{ status, value, reason }] = await Promise.allSettled([promise])
  return status === 'fulfilled' ? value : reason
}

describe('results', () => {
  test('own keys, values and the request', async () => {
    const result = await call()
    assert.deepEqual(Object.keys(result).sort(), [
      'config',
      'data',
      'headers',
      'request',
      'status',
      'statusText',
    ])
    assert.equal(Object.getPrototypeOf(result), Object.prototype)
    assert.deepEqual([result.status, result.statusText], [200, 'OK'])
    assert.deepEqual(Object.keys(result.config).sort(), ['data', 'headers', 'method', 'timeout', 'url'])
    assert.equal(result.config.url, `${gateway.url}/stage/both/echo/e`)
    assert.deepEqual(
      [result.config.method, result.config.data, result.config.timeout],
      ['post', '{"a":1}', 0],
    )
    assert.ok(result.request instanceof Request)
    assert.equal(result.request, result.request, 'it is made once')
    assert.deepEqual([result.request.url, result.request.method], [result.config.url, 'POST'])
    assert.equal(await result.request.text(), '{"a":1}')
  })

  test('credentials are redacted where they are named', async () => {
    const { config, request } = await call()
    for (const name of ['authorization', 'x-amz-security-token', 'x-api-key']) {
      assert.equal(config.headers[name], '[redacted]')
      assert.equal(request.headers.get(name), '[redacted]')
    }
    assert.match(config.headers['x-amz-date'], /^\d{8}T\d{6}Z$/)
    assert.equal(config.headers['content-type'], 'application/json')
  })

  test('a result can be written as JSON and its parts cloned', async () => {
    const result = await call()
    const { data, status, headers, config } = JSON.parse(JSON.stringify(result))
    assert.deepEqual(
      { data, status, headers },
      { data: result.data, status: result.status, headers: result.headers },
    )
    assert.equal(config.url, result.config.url)
    const { request, ...rest } = result
    assert.deepEqual(structuredClone(rest), rest)
    assert.ok(request)
  })

  test('config repeats the call', async () => {
    const { config } = await newClient({ invokeUrl: `${gateway.url}/stage/open` }).invokeApi(
      { id: 'a b' },
      '/echo/{id}',
      'PUT',
      { queryParams: { q: 'é' } },
      { a: 1 },
    )
    const { url, method, headers, data } = config
    const answer = await (await fetch(url, { method, headers, body: data })).json()
    assert.deepEqual([answer.target, answer.method], ['/stage/open/echo/a%20b?q=%C3%A9', 'PUT'])
  })

  test('the request of a GET, of bytes and of a stream', async () => {
    const open = newClient({ invokeUrl: `${gateway.url}/stage/open` })
    const get = await open.invokeApi({}, '/echo', 'GET')
    assert.equal(get.request.method, 'GET')
    const bytes = await open.invokeApi({}, '/echo', 'POST', {}, new Uint8Array([1, 2]))
    assert.deepEqual(new Uint8Array(await bytes.request.arrayBuffer()), new Uint8Array([1, 2]))
    const stream = await open.invokeApi({}, '/echo', 'POST', {}, new Response('text').body)
    assert.equal(stream.request.method, 'POST')
  })
})

describe('errors', () => {
  const TO_JSON = [
    'message',
    'name',
    'description',
    'number',
    'fileName',
    'lineNumber',
    'columnNumber',
    'stack',
    'config',
    'code',
  ]

  /** The same failure through both packages. */
  async function both(action, additional = {}) {
    const config = { invokeUrl: `${gateway.url}/stage/open` }
    const errors = {}
    for (const [which, factory] of Object.entries(FACTORIES)) {
      await gateway.reset()
      await fault(action)
      errors[which] = await outcome(
        factory.newClient(config).invokeApi({}, '/echo', 'POST', additional, { a: 1 }),
      )
    }
    return errors
  }

  for (const [name, action, additional] of [
    ['status 500', { type: 'status', status: 500, body: { message: 'no' } }],
    ['status 404', { type: 'status', status: 404, body: 'text' }],
    ['a reset', { type: 'resetBeforeHeaders' }],
    ['a closed connection', { type: 'closeBeforeHeaders' }],
    ['a truncated body', { type: 'truncateBody' }],
    ['a timeout', { type: 'stall' }, { timeout: 60 }],
  ]) {
    test(`${name}: the same shape`, async () => {
      const { old, ours } = await both(action, additional)
      // errno, syscall and the like are on the cause.
      const keys = (error) =>
        Object.keys(error)
          .filter((key) => !['errno', 'syscall'].includes(key))
          .sort()
      assert.deepEqual(keys(ours), [...keys(old), 'diagnosis'].sort())
      assert.deepEqual(
        [ours.name, ours.message, ours.code, String(ours)],
        [old.name, old.message, old.code, String(old)],
      )
      assert.equal(ours.constructor, Error)
      assert.equal(ours.isAxiosError, true)
      assert.equal('response' in ours, true)
      assert.deepEqual(Object.keys(ours.toJSON()), TO_JSON)
      assert.deepEqual(Object.keys(ours.toJSON()), Object.keys(old.toJSON()))
      const written = ([error, ...others]) => [
        Object.keys(JSON.parse(JSON.stringify(error))).sort(),
        ...others,
      ]
      assert.deepEqual(written([ours]), written([old]))
      if (old.response) {
        assert.deepEqual(Object.keys(ours.response).sort(), Object.keys(old.response).sort())
        assert.deepEqual(
          [ours.response.status, ours.response.statusText, ours.response.data],
          [old.response.status, old.response.statusText, old.response.data],
        )
        assert.equal(ours.response.config, ours.config)
        assert.equal(ours.response.request, ours.request)
      }
    })
  }

  test('an error can be cloned, inspected and written', async () => {
    await fault({ type: 'status', status: 500, body: { message: 'no' } })
    const error = await outcome(call())
    const clone = structuredClone(error)
    assert.deepEqual([clone.name, clone.message], ['Error', 'Request failed with status code 500'])
    assert.match(inspect(error), /Request failed with status code 500/)
    assert.match(inspect(error), /\[redacted\]/)
    const { config, ...rest } = JSON.parse(JSON.stringify(error))
    assert.equal(config.headers.authorization, '[redacted]')
    assert.equal(rest.message, 'Request failed with status code 500')
    assert.equal(error.request.headers.get('authorization'), '[redacted]')
    assert.match(error.stack, /errors\.test\.mjs|node\.cjs/)
  })

  test('the cause is the platform’s own error', async () => {
    const error = await outcome(call({ invokeUrl: gone.url }))
    assert.equal(error.code, 'ECONNREFUSED')
    assert.match(error.message, /^connect ECONNREFUSED 127\.0\.0\.1:\d+$/)
    assert.equal(error.cause.message, 'fetch failed')
  })

  test('the reason of an abort is its cause', async () => {
    const reason = new RangeError('mine')
    const error = await outcome(call({}, { signal: AbortSignal.abort(reason) }))
    assert.deepEqual([error.message, error.code, error.cause], ['canceled', 'ERR_CANCELED', reason])
    assert.deepEqual(Object.keys(error.toJSON()), TO_JSON)
    assert.equal('request' in error && 'config' in error && 'response' in error, true)
  })

  for (const [name, thrown, expected] of [
    ['a browser', new TypeError('Failed to fetch'), ['Network Error', undefined]],
    [
      'another browser',
      new TypeError('NetworkError when attempting to fetch resource.'),
      ['Network Error', undefined],
    ],
    [
      'Node, refused',
      failed(coded('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')),
      ['connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'],
    ],
    [
      'Node, unknown name',
      failed(coded('getaddrinfo ENOTFOUND x.invalid', 'ENOTFOUND')),
      ['getaddrinfo ENOTFOUND x.invalid', 'ENOTFOUND'],
    ],
    [
      'Node, certificate',
      failed(coded('certificate has expired', 'CERT_HAS_EXPIRED')),
      ['certificate has expired', 'CERT_HAS_EXPIRED'],
    ],
    ['Node, closed', failed(coded('other side closed', 'UND_ERR_SOCKET')), ['socket hang up', 'ECONNRESET']],
    [
      'Node, cut off',
      failed(coded('other side closed', 'UND_ERR_SOCKET'), 'terminated'),
      ['aborted', 'ECONNRESET'],
    ],
    [
      'Node, garbage',
      failed(coded('Expected HTTP/', 'HPE_INVALID_CONSTANT')),
      ['Parse Error: Expected HTTP/', 'HPE_INVALID_CONSTANT'],
    ],
    [
      'Node, garbage without a code',
      failed(Object.assign(new Error('Expected HTTP/'), { name: 'HTTPParserError', code: undefined })),
      ['Parse Error: Expected HTTP/', 'HPE_INVALID_CONSTANT'],
    ],
    [
      'Node, too many redirects',
      failed(new Error('redirect count exceeded')),
      ['Maximum number of redirects exceeded', 'ERR_FR_TOO_MANY_REDIRECTS'],
    ],
    [
      'Node, both address families',
      failed(
        Object.assign(
          new AggregateError([
            coded('connect ECONNREFUSED ::1:1', 'ECONNREFUSED'),
            coded('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
          ]),
          { code: 'ECONNREFUSED' },
        ),
      ),
      ['connect ECONNREFUSED ::1:1', 'ECONNREFUSED'],
    ],
    [
      'Bun, refused',
      coded('Unable to connect. Is the computer able to access the url?', 'ConnectionRefused'),
      [/./, 'ECONNREFUSED'],
    ],
    [
      'Bun, closed',
      coded('The socket connection was closed unexpectedly.', 'ConnectionClosed'),
      [/./, 'ECONNRESET'],
    ],
  ]) {
    test(`network: ${name}`, async () => {
      const error = await outcome(call({ fetch: () => Promise.reject(thrown) }))
      const [message, code] = expected
      if (message instanceof RegExp) assert.match(error.message, message)
      else assert.equal(error.message, message)
      assert.equal(error.code, code)
      assert.equal(Object.hasOwn(error, 'code'), code !== undefined)
      assert.deepEqual([error.isAxiosError, error.response, error.cause], [true, undefined, thrown])
    })
  }

  function coded(message, code) {
    return Object.assign(new Error(message), { code })
  }
  function failed(cause, message = 'fetch failed') {
    return new TypeError(message, { cause })
  }

  test('a refusal whose long text is cut within a character', async () => {
    const data = `${'a'.repeat(4095)}😀`
    const error = await outcome(call({ fetch: async () => new Response(data, { status: 403 }) }))
    assert.equal(error.message, 'Request failed with status code 403')
    assert.equal(error.response.data, data)
  })

  test('a fetch that throws at once', async () => {
    const error = await outcome(
      call({
        fetch() {
          throw new TypeError('Failed to fetch')
        },
      }),
    )
    assert.deepEqual([error.message, error.isAxiosError], ['Network Error', true])
  })
})

describe('nothing is left behind', () => {
  const script = (which, additional) => `
    import { createRequire } from 'node:module'
    const factory = createRequire(${JSON.stringify(import.meta.url)})(${JSON.stringify(which)}).default
    const client = factory.newClient({ invokeUrl: ${JSON.stringify(`${gateway.url}/stage/open`)} })
    const [{ status, reason }] = await Promise.allSettled([client.invokeApi({}, '/echo', 'GET', ${additional})])
    console.log(status, reason?.name, process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)
  `
  const child = (which, additional) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script(which, additional)], {
      encoding: 'utf8',
      timeout: 30_000,
    })

  test('a negative timeout ends the old package’s process, ours rejects', () => {
    const old = child('aws-api-gateway-client', '{ timeout: -5 }')
    assert.notEqual(old.status, 0)
    assert.match(old.stderr, /ERR_OUT_OF_RANGE/)
    const ours = child('gatesign', '{ timeout: -5 }')
    assert.deepEqual([ours.status, ours.stdout.trim()], [0, 'rejected TypeError 0'])
  })

  test('no timer after a call that had time left', () => {
    const { status, stdout } = child('gatesign', '{ timeout: 600000 }')
    assert.equal(status, 0)
    assert.match(stdout, /^fulfilled undefined/)
  })

  test('no listener on the caller’s signal', async () => {
    const controller = new AbortController()
    const { signal } = controller
    let listeners = 0
    for (const [method, step] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ]) {
      const real = signal[method].bind(signal)
      signal[method] = (...args) => {
        listeners += step
        return real(...args)
      }
    }
    // What fetch itself adds it takes away when the request is collected; ours must balance.
    const quiet = async () => new Response('{}')
    for (let i = 0; i < 5; i += 1) await call({ fetch: quiet }, { signal, timeout: 5000 })
    assert.equal(listeners, 0)
  })
})
