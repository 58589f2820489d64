// The real providers of @aws-sdk/credential-providers, as they are, in config.credentials.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import {
  fromCognitoIdentity,
  fromCognitoIdentityPool,
  fromEnv,
  fromHttp,
  fromIni,
  fromNodeProviderChain,
  fromProcess,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
} from '@aws-sdk/credential-providers'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { startIdentityStub } from './identity-stub.mjs'

const TEMPORARY = {
  accessKeyId: 'ASIAPROVIDED',
  secretAccessKey: 'provided/secret+EXAMPLE',
  sessionToken: 'provided/token+EXAMPLE==',
  expiration: new Date(Date.now() + 3_600_000),
}
const ROLE = 'arn:aws:iam::123456789012:role/example'

let gateway
let stub
let folder
const environment = { ...process.env }

before(async () => {
  gateway = await startGateway()
  stub = await startIdentityStub(TEMPORARY)
  folder = await mkdtemp(join(tmpdir(), 'gatesign-credentials-'))
  await writeFile(
    join(folder, 'credentials'),
    [
      `[default]\naws_access_key_id = ${LONG_LIVED.accessKey}\naws_secret_access_key = ${LONG_LIVED.secretKey}`,
      `[temporary]\naws_access_key_id = ${TEMPORARY.accessKeyId}\naws_secret_access_key = ${TEMPORARY.secretAccessKey}\naws_session_token = ${TEMPORARY.sessionToken}`,
      `[process]\ncredential_process = "${process.execPath}" "${join(folder, 'process.cjs')}"`,
    ].join('\n\n'),
  )
  await writeFile(join(folder, 'config'), '')
  await writeFile(join(folder, 'token'), 'a.web.token')
  const printed = {
    Version: 1,
    AccessKeyId: TEMPORARY.accessKeyId,
    SecretAccessKey: TEMPORARY.secretAccessKey,
    SessionToken: TEMPORARY.sessionToken,
    Expiration: TEMPORARY.expiration,
  }
  await writeFile(
    join(folder, 'process.cjs'),
    `process.stdout.write(${JSON.stringify(JSON.stringify(printed))})`,
  )
})
after(async () => {
  gateway?.stop()
  stub?.stop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await gateway.reset()
  await gateway.identity({ ...TEMPORARY, expiration: undefined, expiresAtMs: TEMPORARY.expiration.getTime() })
  stub.asked.length = 0
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  process.env.AWS_CONFIG_FILE = join(folder, 'config')
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials')
  process.env.AWS_EC2_METADATA_DISABLED = 'true'
})
afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, environment)
})

const clientConfig = () => ({ endpoint: stub.url, region: REGION })
const setEnvironment = ({ accessKeyId, secretAccessKey, sessionToken, expiration }) =>
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken
      ? { AWS_SESSION_TOKEN: sessionToken, AWS_CREDENTIAL_EXPIRATION: expiration.toISOString() }
      : {}),
  })
const longLived = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }

/** Name, how the provider is made, whose credentials it gives, what it asks for. */
const PROVIDERS = [
  ['fromEnv', () => setEnvironment(longLived) && fromEnv(), longLived, []],
  ['fromEnv with a token', () => setEnvironment(TEMPORARY) && fromEnv(), TEMPORARY, []],
  ['fromIni', () => fromIni(), longLived, []],
  ['fromIni of a profile', () => fromIni({ profile: 'temporary' }), TEMPORARY, []],
  ['fromProcess', () => fromProcess({ profile: 'process' }), TEMPORARY, []],
  ['fromNodeProviderChain', () => setEnvironment(TEMPORARY) && fromNodeProviderChain(), TEMPORARY, []],
  [
    'fromWebToken',
    () => fromWebToken({ roleArn: ROLE, webIdentityToken: 'a.web.token', clientConfig: clientConfig() }),
    TEMPORARY,
    ['AssumeRoleWithWebIdentity'],
  ],
  [
    'fromTokenFile',
    () =>
      fromTokenFile({
        roleArn: ROLE,
        webIdentityTokenFile: join(folder, 'token'),
        clientConfig: clientConfig(),
      }),
    TEMPORARY,
    ['AssumeRoleWithWebIdentity'],
  ],
  [
    'fromTemporaryCredentials',
    () =>
      fromTemporaryCredentials({
        masterCredentials: longLived,
        params: { RoleArn: ROLE, RoleSessionName: 'test' },
        clientConfig: clientConfig(),
      }),
    TEMPORARY,
    ['AssumeRole'],
  ],
  [
    'fromCognitoIdentity',
    () => fromCognitoIdentity({ identityId: 'us-east-1:example', clientConfig: clientConfig() }),
    TEMPORARY,
    ['GetCredentialsForIdentity'],
  ],
  [
    'fromCognitoIdentityPool',
    () => fromCognitoIdentityPool({ identityPoolId: 'us-east-1:pool', clientConfig: clientConfig() }),
    TEMPORARY,
    ['GetId', 'GetCredentialsForIdentity'],
  ],
  [
    'fromHttp',
    () => fromHttp({ awsContainerCredentialsFullUri: `${stub.url}/container` }),
    TEMPORARY,
    ['container'],
  ],
]

describe('the gateway verifies what is signed with', () => {
  for (const [name, make, { accessKeyId, sessionToken }, asked] of PROVIDERS) {
    test(name, async () => {
      const api = newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, credentials: make() })
      const results = await Promise.all(
        Array.from({ length: 5 }, () => api.invokeApi({}, '/echo', 'POST', {}, { a: 1 })),
      )
      assert.ok(results.every(({ data }) => data.accessKeyId === accessKeyId))
      for (const { verdict } of await gateway.requests()) {
        assert.equal(verdict.ok, true)
        assert.equal(verdict.sessionTokenSigned, sessionToken ? true : null)
      }
      assert.deepEqual(
        stub.asked.map(({ action }) => action),
        asked,
        'asked once for all calls',
      )
    })
  }
})

test('an expired token makes a chain read again what it would keep', async () => {
  // As a tool writes it that logs in: without an end, so that the chain keeps it for ever.
  const file = join(folder, 'login')
  const write = ({ accessKeyId, secretAccessKey, sessionToken }) =>
    writeFile(
      file,
      `[login]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
    )
  const expired = { accessKeyId: 'ASIAOLD', secretAccessKey: 'old/secret', sessionToken: 'old+token' }
  await gateway.identity(expired)
  process.env.AWS_SHARED_CREDENTIALS_FILE = file
  await write(expired)
  const credentials = fromNodeProviderChain({ profile: 'login', ignoreCache: true })
  const api = newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, credentials })
  const whose = async () => (await api.invokeApi({}, '/echo', 'GET')).data.accessKeyId
  assert.equal(await whose(), 'ASIAOLD')
  await gateway.identity({ ...expired, expiresAtMs: 1 })
  await write(TEMPORARY)
  assert.equal((await credentials()).accessKeyId, 'ASIAOLD', 'the chain keeps what it has read')
  assert.equal(await whose(), TEMPORARY.accessKeyId)
})

test("a provider's own error reaches the caller as it is", async () => {
  const api = newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, credentials: fromEnv() })
  await assert.rejects(api.invokeApi({}, '/echo', 'GET'), { name: 'CredentialsProviderError' })
  assert.deepEqual(await gateway.requests(), [])
})
