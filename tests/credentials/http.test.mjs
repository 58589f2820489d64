// Credentials from an HTTP endpoint, as pages ask for them; Node's are in container.test.mjs.

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { GIVEN, startServices } from '../lib/credential-services.mjs'

const { fromHttp } = await import('../../pkg/credentials-web.mjs')

let services
before(async () => {
  services = await startServices()
})
after(() => services?.stop())
beforeEach(() => services.reset())

const from = (options) =>
  fromHttp({ credentialsFullUri: `${services.url}/credentials?x=1`, timeout: 1, ...options })()

test('what it answers, with a token', async () => {
  const { expiration, ...identity } = await from({ authorizationToken: 'a-token' })
  assert.deepEqual(identity, GIVEN)
  assert.ok(expiration > new Date())
  const [{ parameters }] = services.state.asked
  assert.deepEqual(parameters, { url: '/credentials?x=1', token: 'a-token' })
})

test('what fails is asked for again', async () => {
  services.state.answers.container = [{ status: 401 }, { status: 500 }, { status: 200, body: 'nonsense' }]
  assert.equal((await from()).accessKeyId, GIVEN.accessKeyId)
  assert.equal(services.state.asked.length, 4)
})

for (const [name, answer, says] of [
  ['a refusal', { status: 403, body: { Code: 'x' } }, /answered 403/],
  ['no JSON', { body: '<html>' }, /must be \{ AccessKeyId/],
  ['null', { body: 'null' }, /must be \{ AccessKeyId/],
  [
    'a field that is missing',
    { body: { AccessKeyId: 'a', SecretAccessKey: 'b', Token: 'c' } },
    /must be \{ AccessKeyId/,
  ],
  [
    'a field that is no text',
    { body: { AccessKeyId: 'a', SecretAccessKey: 'b', Token: 1, Expiration: 'c' } },
    /must be/,
  ],
]) {
  test(name, async () => {
    services.state.answers.container = () => answer
    await assert.rejects(from({ maxRetries: 1 }), { name: 'CredentialsProviderError', message: says })
    assert.equal(services.state.asked.length, 2)
  })
}

for (const address of [
  'http://example.com/',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://169.254.169.254/',
  'ftp://localhost/',
  'file:///etc/passwd',
  'nonsense',
  '',
]) {
  test(`${JSON.stringify(address)} is not asked`, async () => {
    const fetch = () => assert.fail('asked')
    await assert.rejects(from({ credentialsFullUri: address, fetch }), { name: 'CredentialsProviderError' })
  })
}

for (const address of [
  'https://example.com/',
  'http://127.9.8.7/',
  'http://[::1]:1/',
  'http://169.254.170.2/x',
]) {
  test(`${address} is asked`, async () => {
    const fetch = async () =>
      new Response(
        JSON.stringify({
          AccessKeyId: 'a',
          SecretAccessKey: 'b',
          Token: 'c',
          Expiration: '2099-01-01T00:00:00Z',
        }),
      )
    assert.equal((await from({ credentialsFullUri: address, fetch })).accessKeyId, 'a')
  })
}

test('a token that is no header is not shown', async () => {
  await assert.rejects(from({ authorizationToken: 'a-secret\r\nx: y' }), (error) => {
    assert.doesNotMatch(`${error.message} ${error.stack}`, /a-secret/)
    return error.name === 'CredentialsProviderError'
  })
})
