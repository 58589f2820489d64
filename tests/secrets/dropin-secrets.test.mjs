// No secret is in what a caller, a log or a debugger can see of results, errors and clients.

import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { createSigner, diagnose, newClient } from 'gatesign'
import { FACTORIES, TEMPORARY } from '../dropin/dropin.mjs'
import { headersOf } from '../dropin/rows.mjs'
import { answer, startScripted } from '../dropin/scripted.mjs'
import { views } from '../dropin/views.mjs'
import { API_KEY, REGION, startGateway } from '../lib/gateway.mjs'

const gateway = await startGateway()
const scripted = await startScripted()
const gone = await startScripted()
gone.stop()
after(() => {
  gateway.stop()
  scripted.stop()
})
beforeEach(async () => {
  await gateway.reset()
  const { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken } = TEMPORARY
  await gateway.identity({ accessKeyId, secretAccessKey, sessionToken })
})

const host = new URL(gateway.url).host
const base = { invokeUrl: `${gateway.url}/stage/both`, region: REGION, apiKey: API_KEY, ...TEMPORARY }
const call = (config = {}, additional = {}, body = { a: 1 }, method = 'POST') =>
  newClient({ ...base, ...config }).invokeApi({}, '/echo/e', method, additional, body)
const fault = (action) => gateway.fault({ action })

/** A call that meets a fault. */
async function failing(action, config, additional) {
  await fault(action)
  return call(config, additional)
}

/** The outcome of a call, whichever it is. */
async function outcome(promise) {
  const [{ status, value, reason }] = await Promise.allSettled([promise])
  return status === 'fulfilled' ? value : reason
}

/** The gateway's record has the signatures that were sent. */
async function assertNoSecret(value) {
  const signatures = (await gateway.requests()).map(
    (request) => /Signature=(\w+)/.exec(headersOf(request).authorization ?? '')?.[1],
  )
  const token = TEMPORARY.sessionToken
  const known = [TEMPORARY.secretKey, token, encodeURIComponent(token), API_KEY]
  const secrets = [...known, ...signatures.filter(Boolean)]
  for (const view of views(value)) {
    for (const secret of secrets)
      assert.ok(!view.includes(secret), `${secret.slice(0, 6)}… is in ${view.slice(0, 300)}`)
  }
}

describe('no secret is in what the caller gets', () => {
  const cases = {
    'a result': () => call(),
    'a result of retries': async () => {
      await gateway.fault({ times: 1, action: { type: 'status', status: 500 } })
      return call({ retries: 2, retryCondition: () => true })
    },
    'each responseType': async () =>
      Promise.all(
        ['text', 'arraybuffer', 'blob', 'stream'].map(async (responseType) => ({
          ...(await call({}, { responseType })),
          data: undefined,
        })),
      ),
    'status 400': () => failing({ type: 'status', status: 400, body: { message: 'no' } }),
    'status 500 after retries': () =>
      failing({ type: 'status', status: 500 }, { retries: 2, retryCondition: () => true }),
    throttling: () => failing({ type: 'throttle' }),
    'a redirect': () => failing({ type: 'redirect', location: '/elsewhere' }),
    'a timeout': () => failing({ type: 'stall' }, {}, { timeout: 50 }),
    'an abort before': () => call({}, { signal: AbortSignal.abort() }),
    'an abort': () => failing({ type: 'stall' }, {}, { signal: AbortSignal.timeout(50) }),
    'a reset': () => failing({ type: 'resetBeforeHeaders' }),
    'a closed connection with retries': () => failing({ type: 'closeBeforeHeaders' }, { retries: 1 }),
    'a truncated body': () => failing({ type: 'truncateBody' }),
    'bytes that are not HTTP': () => failing({ type: 'garbage' }),
    'a refused connection': () => call({ invokeUrl: gone.url }),
    'a fetch that fails with its options in the error': () =>
      call({ fetch: async () => Promise.reject(new TypeError('Failed to fetch')) }),
    'an unknown access key': () => call({ accessKey: 'AKIDUNKNOWN' }),
    'a wrong region': () => call({ region: 'eu-west-1' }),
    'an argument that is refused': () => call({}, { headers: { 'x-a': 'a\nb' } }),
    'the client': async () => newClient(base),
    'the signer': async () =>
      createSigner({
        accessKeyId: TEMPORARY.accessKey,
        secretAccessKey: TEMPORARY.secretKey,
        sessionToken: TEMPORARY.sessionToken,
        region: REGION,
        service: 'execute-api',
      }),
    'an explanation': () => newClient(base).explain({ pathTemplate: '/echo/e' }),
  }
  for (const [name, make] of Object.entries(cases)) {
    test(name, async () => {
      const got = await outcome(make())
      // The echo route repeats what it got, secrets and all; that is the server's.
      if (got?.status === 200) got.data = undefined
      await assertNoSecret(got)
    })
  }

  test('a mismatch, in which the gateway repeats the canonical request', async () => {
    const wrong = { secretKey: 'wrong/SECRET' }
    const error = await outcome(call(wrong))
    assert.equal(error.response.status, 403)
    const { message } = error.response.data
    assert.match(message, /The Canonical String/)
    const { length } = TEMPORARY.sessionToken
    assert.ok(message.includes(`\nx-amz-security-token:[redacted: ${length} characters]\n`), message)
    await assertNoSecret(error)
    const request = { pathTemplate: '/echo/e', method: 'POST', body: { a: 1 } }
    const { canonicalRequest } = await newClient({ ...base, ...wrong }).explain(request)
    const { kind, hint, diff } = diagnose(error, { canonicalRequest })
    assert.equal(kind, 'SignatureDoesNotMatch')
    // In other words once a second has passed between the call and the explanation.
    assert.match(hint, /so the secret key does not belong to this access key|except for the time.*secret key/)
    assert.equal(diff, undefined)
    const response = await newClient({ ...base, ...wrong }).fetch('/stage/both/echo/e')
    assert.ok((await response.text()).includes(API_KEY), 'a Response is the platform’s own')
  })

  const repeated = `${TEMPORARY.sessionToken} ${API_KEY} ${encodeURIComponent(TEMPORARY.sessionToken)}`
  for (const [name, body, headers] of [
    ['a text', `<Code>No</Code>${repeated}`],
    ['nested JSON', JSON.stringify({ a: [{ b: repeated }], c: null, d: 12345678 })],
    ['JSON with escapes', `{"a":"${repeated.replaceAll('/', '\\/').replaceAll('+', '\\u002b')}"}`],
    ['a text in quotes', JSON.stringify(repeated)],
    ['a header', '', { 'x-echo': repeated, 'set-cookie': API_KEY }],
    ['a redirect', '', { location: `/login?t=${encodeURIComponent(TEMPORARY.sessionToken)}` }],
  ]) {
    test(`a refusal that repeats them: ${name}`, async () => {
      assert.match(TEMPORARY.sessionToken, /[+/]/)
      const status = headers?.location ? 302 : 418
      scripted.answer([answer(status, Object.entries(headers ?? {}), body)])
      const error = await outcome(call({ invokeUrl: scripted.url }))
      assert.equal(error.response.status, status)
      assert.match(inspect(error, { depth: null }), /\[redacted: \d+ characters\]/)
      await assertNoSecret(error)
    })
  }

  test('a short value is left in what is said', async () => {
    const headers = { Cookie: 'a=1', Authorization: 'Basic e' }
    await fault({ type: 'status', status: 400, body: { message: 'a=1 is no Basic e' } })
    const client = newClient({ invokeUrl: `${gateway.url}/stage/open` })
    const error = await outcome(client.invokeApi({}, '/echo/e', 'GET', { headers }))
    assert.equal(error.response.data.message, 'a=1 is no Basic e')
  })

  test('the walk finds a secret that is there', async () => {
    for (const value of [
      { a: { b: TEMPORARY.secretKey } },
      new Error(API_KEY),
      [new Headers({ a: API_KEY })],
      Object.defineProperty({}, 'x', { get: () => API_KEY }),
    ]) {
      await assert.rejects(assertNoSecret(value))
    }
  })

  test('the old package shows them', async () => {
    await fault({ type: 'status', status: 500 })
    const client = FACTORIES.old.newClient({ ...base, host, retries: 1, retryCondition: () => false })
    const error = await outcome(client.invokeApi({}, '/echo/e', 'POST', {}, { a: 1 }))
    const text = JSON.stringify(error)
    for (const secret of [TEMPORARY.secretKey, TEMPORARY.sessionToken, API_KEY])
      assert.ok(text.includes(secret))
  })

  test('nor the caller’s own credentials', async () => {
    const headers = {
      Authorization: 'Bearer canary-1',
      Cookie: 'session=canary-2',
      'Proxy-Authorization': 'Basic canary-3',
      'X-Api-Key': 'canary-4',
    }
    const client = newClient({ invokeUrl: `${gateway.url}/stage/open` })
    await fault({ type: 'status', status: 400 })
    const error = await outcome(client.invokeApi({}, '/echo/e', 'GET', { headers }))
    assert.equal(error.response.status, 400)
    const [request] = await gateway.requests()
    assert.equal(headersOf(request).authorization, 'Bearer canary-1', 'it was sent')
    for (const view of views(error)) assert.doesNotMatch(view, /canary/)
  })
})

describe('no secret is in a refusal of newClient or createSigner', () => {
  const canary = 'canary/SECRET'
  const cases = {
    'secretKey alone': () => newClient({ invokeUrl: gateway.url, secretKey: canary }),
    'secretKey with a line break': () => newClient({ ...base, secretKey: `${canary}\n` }),
    'accessKey with a space': () => newClient({ ...base, accessKey: `${canary} ` }),
    'sessionToken with a line break': () => newClient({ ...base, sessionToken: `${canary}\r\n` }),
    'apiKey with a line break': () => newClient({ ...base, apiKey: `${canary}\n` }),
    'apiKey that is not ASCII': () => newClient({ ...base, apiKey: `${canary}é` }),
    'secretKey that is an object': () => newClient({ ...base, secretKey: { value: canary } }),
    'apiKey that is an array': () => newClient({ ...base, apiKey: [canary] }),
    'credentials that are a text': () =>
      newClient({ invokeUrl: gateway.url, region: REGION, credentials: canary }),
    'credentials without a secret': () =>
      newClient({ invokeUrl: gateway.url, region: REGION, credentials: { accessKeyId: canary } }),
    'a password in invokeUrl': () =>
      newClient({ invokeUrl: `https://user:${encodeURIComponent(canary)}canary@host/x` }),
    'a secret in the query of invokeUrl': () => newClient({ invokeUrl: `ftp://host/x?key=${canary}` }),
    'a secret in config.headers': () => newClient({ ...base, headers: { 'X-Secret': `${canary}\n` } }),
    'createSigner: secretAccessKey with a line break': () =>
      createSigner({ accessKeyId: 'AK', secretAccessKey: `${canary}\n`, region: REGION, service: 's3' }),
    'createSigner: secretAccessKey that is an object': () =>
      createSigner({ accessKeyId: 'AK', secretAccessKey: { canary }, region: REGION, service: 's3' }),
    'createSigner: a password in the URL': () =>
      createSigner({ accessKeyId: 'AK', secretAccessKey: 'SK', region: REGION, service: 's3' }).sign({
        url: 'https://u:canary@h/',
      }),
  }
  for (const [name, make] of Object.entries(cases)) {
    test(name, () => {
      assert.throws(make, (error) => {
        assert.ok(error instanceof TypeError, String(error))
        for (const view of views(error)) assert.doesNotMatch(view.replaceAll(import.meta.url, ''), /canary/)
        return true
      })
    })
  }

  test('a secret in a header of the call', async () => {
    for (const value of ['canary\n', { canary: 1 }, 'canary日']) {
      const error = await outcome(call({}, { headers: { 'X-Secret': value } }))
      assert.ok(error instanceof TypeError)
      assert.match(error.message, /X-Secret/i)
      for (const view of views(error)) assert.doesNotMatch(view, /canary/)
    }
  })
})
