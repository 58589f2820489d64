// Instances: tokens of IMDSv2, the first version, and credentials that cannot be renewed.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { fromInstanceMetadata } from 'gatesign/credentials'
import { GIVEN, startServices } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const gives = GIVEN
const quiet = { debug() {}, warn() {} }
const instance =
  (options) =>
  ({ fromInstanceMetadata }) =>
    fromInstanceMetadata({ logger: quiet, ...options })
const V2 = ['imds-token', 'imds-role', 'imds-credentials']
const refused = (status) => () => ({ status, body: '' })

nextToSdk('instances', [
  { name: 'IMDSv2', make: instance(), gives, asks: V2 },
  {
    name: 'the address of EC2',
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: '' },
    make: instance(),
    gives,
    asks: V2,
  },
  {
    name: 'IPv6',
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: '', AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6' },
    make: instance(),
    gives,
    asks: V2,
  },
  {
    name: 'a mode that is none',
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: '', AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv5' },
    make: instance(),
    says: /must be IPv4 or IPv6; got IPv5/,
  },
  {
    name: "the profile's address",
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: '' },
    files: { '.aws/config': '[default]\nec2_metadata_service_endpoint_mode = IPv6\n' },
    make: instance(),
    gives,
  },
  ...[403, 404, 405, 500].map((status) => ({
    name: `${status}: no token, so none is sent`,
    make: instance(),
    answers: () => ({ 'imds-token': refused(status) }),
    gives,
    asks: V2,
  })),
  {
    name: '400',
    make: instance(),
    answers: () => ({ 'imds-token': refused(400) }),
    says: /answered 400/,
    asks: ['imds-token'],
  },
  ...[
    ['the option', { make: instance({ ec2MetadataV1Disabled: true }) }],
    ['the environment', { make: instance(), env: { AWS_EC2_METADATA_V1_DISABLED: 'true' } }],
    [
      'the profile',
      { make: instance(), files: { '.aws/config': '[default]\nec2_metadata_v1_disabled = true\n' } },
    ],
  ].map(([name, given]) => ({
    name: `IMDSv1 is disabled by ${name}`,
    ...given,
    answers: () => ({ 'imds-token': refused(404) }),
    says: /\(IMDSv1\) are disabled/,
    asks: ['imds-token'],
  })),
  {
    name: 'IMDSv1 is not disabled by false',
    env: { AWS_EC2_METADATA_V1_DISABLED: 'false' },
    make: instance(),
    answers: () => ({ 'imds-token': refused(404) }),
    gives,
  },
  {
    name: 'no role',
    make: instance(),
    answers: () => ({ 'imds-role': refused(404) }),
    says: /answered 404 to GET/,
  },
  {
    name: '500 for credentials',
    make: instance(),
    answers: () => ({ 'imds-credentials': refused(500) }),
    says: /answered 500/,
  },
  {
    name: 'again',
    make: instance({ maxRetries: 2 }),
    answers: () => ({ 'imds-role': [refused(500)()], 'imds-credentials': [refused(503)(), refused(503)()] }),
    gives,
    asks: ['imds-token', 'imds-role', 'imds-role', ...Array(3).fill('imds-credentials')],
  },
  {
    name: 'a failure without credentials',
    make: instance(),
    answers: () => ({
      'imds-credentials': () => ({ body: { Code: 'AssumeRoleUnauthorizedAccess', Message: 'no trust' } }),
    }),
    says: /must be \{ AccessKeyId/,
  },
])

let services
let folder
const environment = { ...process.env }
before(async () => {
  services = await startServices()
  folder = await mkdtemp(join(tmpdir(), 'gatesign-metadata-'))
})
after(async () => {
  services?.stop()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  services.reset()
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment, {
    HOME: folder,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: services.url,
  })
})

test('a token of IMDSv2 that has ended is asked for again: 401, then 200', async () => {
  let tokens = 0
  services.state.answers['imds-token'] = () => ({ body: `token-${++tokens}` })
  services.state.answers['imds-credentials'] = ({ parameters }) =>
    parameters.token === 'token-2' ? undefined : { status: 401, body: '' }
  assert.equal((await fromInstanceMetadata()()).accessKeyId, GIVEN.accessKeyId)
  assert.deepEqual(
    services.state.asked.map(({ action, parameters }) => [action, parameters.token]),
    [
      ['imds-token', undefined],
      ['imds-role', 'token-1'],
      ['imds-credentials', 'token-1'],
      ['imds-token', undefined],
      ['imds-credentials', 'token-2'],
    ],
  )
})

test('a service without tokens is not asked for one again', async () => {
  services.state.answers['imds-token'] = refused(404)
  const provider = fromInstanceMetadata()
  await provider()
  await provider()
  assert.equal(services.state.asked.filter(({ action }) => action === 'imds-token').length, 1)
})

test('credentials that cannot be renewed are used for some minutes longer, with a warning', async () => {
  const warnings = []
  const provider = fromInstanceMetadata({ logger: { warn: (text) => warnings.push(text) } })
  await provider()
  services.state.answers['imds-role'] = refused(500)
  const { accessKeyId, expiration } = await provider()
  assert.equal(accessKeyId, GIVEN.accessKeyId)
  const minutes = (expiration.getTime() - Date.now()) / 60_000
  assert.ok(minutes > 4.9 && minutes <= 10, `${minutes} minutes`)
  assert.equal(warnings.length, 1)
  assert.doesNotMatch(warnings[0], /given/)
})

test('a service that says nothing is given up', async () => {
  services.state.answers['imds-token'] = () => new Promise(() => {})
  services.state.answers['imds-role'] = () => new Promise(() => {})
  const quick = fromInstanceMetadata({ timeout: 50 })
  await assert.rejects(quick(), { name: 'CredentialsProviderError', message: /no answer within 50 ms/ })
})

test('no proxy is asked', async () => {
  const proxy = 'http://127.0.0.1:9'
  Object.assign(process.env, { HTTP_PROXY: proxy, http_proxy: proxy, NODE_USE_ENV_PROXY: '1' })
  assert.equal((await fromInstanceMetadata()()).accessKeyId, GIVEN.accessKeyId)
})
