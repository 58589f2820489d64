// The reason that errors of invokeApi have with them: in their message, as error.diagnosis, and in what is printed.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { diagnose, newClient } from 'gatesign'
import { bundled } from '../../xtask/added.mjs'
import { checked, client, gateway, rejection, TEMPORARY } from './diagnose.mjs'

const API = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const KEYS = { accessKey: 'AKIDEXAMPLE', secretKey: 'a-secret-canary' }
const answering = (status, body, headers) => async () => new Response(body, { status, headers })
const failing = (make, fetch, path = '/x') =>
  rejection(make({ invokeUrl: API, ...KEYS, fetch }).invokeApi({}, path, 'GET'))

const FORBIDDEN = answering(403, '{"message":"Forbidden"}', { 'x-amzn-errortype': 'ForbiddenException' })
const NO_ROUTE = answering(403, '{"message":"Missing Authentication Token"}')

describe('an answer that says why', () => {
  test('the message goes on with it', async () => {
    const error = await failing(newClient, FORBIDDEN)
    assert.equal(
      error.message,
      'Request failed with status code 403: Forbidden: the API key is missing or wrong, or the host does not belong to this API.',
    )
    assert.match(error.stack, /^Error: Request failed with status code 403: Forbidden/)
  })

  test('diagnosis is what diagnose says, and is printed', async () => {
    const error = await failing(newClient, NO_ROUTE, '/movie//x')
    assert.deepEqual(error.diagnosis, diagnose(error))
    assert.match(error.diagnosis.summary, /a variable was empty/)
    const printed = inspect(error)
    for (const text of ["kind: 'MissingAuthenticationToken'", 'Check stage, path and method first']) {
      assert.ok(printed.includes(text), printed)
    }
    assert.ok(Object.keys(error).includes('diagnosis'))
    assert.ok(!printed.includes('canary'))
  })

  test('a wrong secret key is named: the client knows what it has signed', async () => {
    const error = await rejection(client({ secretKey: 'wrong' }).invokeApi({}, '/echo', 'GET'))
    assert.match(error.message, /^Request failed with status code 403: .*the secret key does not belong/)
    assert.equal(checked(error.diagnosis).diff, undefined)
    // Nor is a body of more than a few KB, which the platform hashes.
    const body = { text: 'a'.repeat(50_000) }
    const posted = await rejection(client({ secretKey: 'wrong' }).invokeApi({}, '/echo', 'POST', {}, body))
    assert.match(posted.message, /the secret key does not belong/)
  })

  test('what was changed on the way is named', async () => {
    const change = (url, init) => fetch(url.replace('q=1', 'q=2'), init)
    const error = await rejection(
      client({ fetch: change }).invokeApi({}, '/echo', 'GET', { queryParams: { q: '1' } }),
    )
    assert.equal(error.diagnosis.diff.part, 'query')
    assert.match(error.message, /the query differs\.$/)
  })

  test('no token and no key is in it', async () => {
    await gateway.identity(TEMPORARY)
    const credentials = { ...TEMPORARY, secretAccessKey: 'wrong' }
    const api = client({ accessKey: undefined, secretKey: undefined, credentials })
    const error = await rejection(api.invokeApi({}, '/echo', 'GET'))
    checked(error.diagnosis)
    assert.ok(!inspect(error, { depth: 9 }).includes(TEMPORARY.sessionToken))
  })

  test('after destroy it is not compared, and says what it can', async () => {
    const change = (url, init) => {
      made.destroy()
      return fetch(url, init)
    }
    const made = client({ secretKey: 'wrong', fetch: change })
    const error = await rejection(made.invokeApi({}, '/echo', 'GET'))
    assert.equal(error.diagnosis.kind, 'SignatureDoesNotMatch')
    assert.equal(error.diagnosis.diff, undefined)
  })
})

describe('messages that stay as axios has them', () => {
  for (const [status, body, kind] of [
    [404, '{"message":"no such movie"}', 'NotFound'],
    [409, '{"message":"conflict"}', 'Unknown'],
    [500, '{}', 'InternalServerError'],
  ]) {
    test(`${status}: the status alone is all that is known`, async () => {
      const error = await failing(newClient, answering(status, body))
      assert.equal(error.message, `Request failed with status code ${status}`)
      assert.equal(error.diagnosis.kind, kind)
    })
  }

  const cause = (code, message) => ({ cause: Object.assign(new Error(message), { code }) })
  for (const [kind, message, thrown] of [
    [
      'ConnectionRefused',
      'connect ECONNREFUSED 127.0.0.1:1',
      new TypeError('fetch failed', cause('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1')),
    ],
    [
      'HostNotFound',
      'getaddrinfo ENOTFOUND a',
      new TypeError('fetch failed', cause('ENOTFOUND', 'getaddrinfo ENOTFOUND a')),
    ],
    ['NetworkError', 'Network Error', new TypeError('Failed to fetch')],
  ]) {
    test(`no answer: ${kind}`, async () => {
      const error = await failing(newClient, () => Promise.reject(thrown))
      assert.equal(error.message, message)
      assert.deepEqual([error.diagnosis.kind, error.diagnosis], [kind, diagnose(error)])
    })
  }

  test('a timeout and a signal', async () => {
    const never = (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const call = (given) =>
      rejection(newClient({ invokeUrl: API, ...KEYS, fetch: never }).invokeApi({}, '/x', 'GET', given))
    const late = await call({ timeout: 20 })
    assert.deepEqual([late.message, late.diagnosis.kind], ['timeout of 20ms exceeded', 'Timeout'])
    const stopped = await call({ signal: AbortSignal.timeout(20) })
    assert.deepEqual([stopped.message, stopped.diagnosis.kind], ['canceled', 'Canceled'])
  })
})

test('a long page of the API’s own takes no time', async () => {
  const begun = process.cpuUsage()
  const error = await failing(newClient, answering(403, `Forbidden ${'a'.repeat(8_000_000)}`))
  assert.equal(error.diagnosis.kind, 'ApiKey')
  // Of the processor, in µs: a busy machine takes longer.
  assert.ok(process.cpuUsage(begun).user < 2_000_000)
})

describe('in a bundle for browsers', () => {
  const folder = fileURLToPath(new URL('../../pkg/', import.meta.url))
  async function entryOf(names) {
    const text = Buffer.from(await bundled(`export { ${names} } from './web.mjs'`, folder)).toString('base64')
    return import(`data:text/javascript;base64,${text}`)
  }

  test('newClient alone has the kind and the sentence', async () => {
    const { newClient } = await entryOf('newClient')
    const error = await failing(newClient, FORBIDDEN)
    const { summary } = diagnose(error)
    assert.equal(error.message, `Request failed with status code 403: ${summary}`)
    assert.deepEqual(error.diagnosis, { kind: 'ApiKey', summary, hint: 'diagnose(error) says what to do.' })
  })

  test('with diagnose in it, all of it', async () => {
    const made = await entryOf('newClient, diagnose')
    const error = await failing(made.newClient, NO_ROUTE)
    assert.deepEqual(error.diagnosis, diagnose(error))
    assert.deepEqual(error.diagnosis, made.diagnose(error))
  })
})

test('a stack in Node has the names of functions', async () => {
  const error = await failing(newClient, FORBIDDEN)
  for (const name of ['statusError', 'exchange', 'attempt', 'send']) {
    assert.match(error.stack, new RegExp(`at (?:async )?(?:\\w+\\.)?${name} `), error.stack)
  }
  try {
    newClient({ invokeUrl: 7 })
  } catch (refused) {
    assert.match(refused.stack, /at readConfig .*node\.cjs/)
  }
})
