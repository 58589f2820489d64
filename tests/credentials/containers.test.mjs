// Containers: which addresses are asked, with which token, and what happens if they fail.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { fromContainerMetadata, fromHttp } from 'gatesign/credentials'
import { GIVEN, startServices } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const RELATIVE = 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'
const FULL = 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
const TOKEN = 'AWS_CONTAINER_AUTHORIZATION_TOKEN'
const FILE = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'
const gives = GIVEN
const quiet = { debug() {}, warn() {} }
/** Of one attempt, which a busy machine has time for. */
const http =
  (options) =>
  ({ fromHttp }) =>
    fromHttp({ timeout: 10_000, maxRetries: 0, logger: quiet, ...options })
const metadata =
  (options) =>
  ({ fromContainerMetadata }) =>
    fromContainerMetadata(options)

const PLACES = [
  { name: 'ECS', env: { [RELATIVE]: '/v2/credentials/some-id?x=1' } },
  { name: 'ECS with a token', env: { [RELATIVE]: '/v2/credentials', [TOKEN]: 'a-token' } },
  { name: 'this machine', env: { [FULL]: 'SERVICES/credentials?x=1', [TOKEN]: 'a-token' } },
]

nextToSdk('containers', [
  ...PLACES.map((place) => ({
    ...place,
    name: `fromHttp: ${place.name}`,
    make: http(),
    gives,
    asks: ['container'],
  })),
  ...PLACES.map((place) => ({
    ...place,
    name: `fromContainerMetadata: ${place.name}`,
    make: metadata(),
    gives,
    asks: ['container'],
  })),
  {
    name: 'fromHttp: EKS Pod Identity',
    files: { token: 'a-pod-token' },
    env: { [FULL]: 'http://169.254.170.23/v1/credentials', [FILE]: 'HOME/token' },
    make: http(),
    gives,
    asks: ['container'],
  },
  {
    name: 'fromHttp: EKS Pod Identity, IPv6',
    files: { token: 'a-pod-token' },
    env: { [FULL]: 'http://[fd00:ec2::23]/v1/credentials', [FILE]: 'HOME/token' },
    make: http(),
    gives,
  },
  {
    name: 'fromHttp: both paths',
    env: { [RELATIVE]: '/relative', [FULL]: 'SERVICES/full' },
    make: http(),
    gives,
  },
  {
    name: 'fromHttp: both tokens',
    files: { token: 'a-pod-token' },
    env: { [RELATIVE]: '/relative', [TOKEN]: 'a-token', [FILE]: 'HOME/token' },
    make: http(),
    gives,
  },
  {
    name: 'fromHttp: options',
    make: (providers, _, url) =>
      http({ awsContainerCredentialsFullUri: `${url}/own`, awsContainerAuthorizationToken: 'a-token' })(
        providers,
      ),
    gives,
  },
  { name: 'fromHttp: nothing', make: http(), says: /neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor/ },
  {
    name: 'fromContainerMetadata: nothing',
    make: metadata(),
    says: /neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor/,
  },
  ...['http://example.com/', 'http://169.254.169.254/', 'http://10.0.0.1/', 'http://128.0.0.1/'].flatMap(
    (address) => [
      {
        name: `fromHttp: ${address}`,
        env: { [FULL]: address },
        make: http(),
        says: /must use https:, be on this machine/,
        asks: [],
      },
      {
        name: `fromContainerMetadata: ${address}`,
        env: { [FULL]: address },
        make: metadata(),
        says: /must use https:, be on this machine/,
        asks: [],
      },
    ],
  ),
  {
    name: 'fromContainerMetadata: no URL',
    env: { [FULL]: 'nonsense' },
    make: metadata(),
    says: /got no URL/,
  },
  {
    name: 'fromHttp: a token with line breaks',
    env: { [RELATIVE]: '/x', [TOKEN]: 'a-secret-token\r\nx: y' },
    make: http(),
    says: /contains line breaks/,
    asks: [],
  },
  ...[
    ['403', { status: 403, body: { Code: 'AccessDenied', Message: 'no' } }, /answered 403/],
    ['500', { status: 500, body: '' }, /answered 500/],
    ['a redirect', { status: 302, headers: { location: 'http://example.com/' }, body: '' }, /answered 302/],
    [
      'a field that is missing',
      { body: { AccessKeyId: 'a', SecretAccessKey: 'b', Token: 'c' } },
      /must be \{ AccessKeyId/,
    ],
  ].flatMap(([name, answer, says]) => [
    {
      name: `fromHttp: ${name}`,
      env: { [RELATIVE]: '/x' },
      make: http(),
      answers: () => ({ container: () => answer }),
      says,
      asks: ['container'],
    },
    {
      name: `fromContainerMetadata: ${name}`,
      env: { [RELATIVE]: '/x' },
      make: metadata(),
      answers: () => ({ container: () => answer }),
      says,
      asks: ['container'],
    },
  ]),
  {
    name: 'fromHttp: again',
    env: { [RELATIVE]: '/x' },
    make: http({ maxRetries: 2, timeout: 500 }),
    answers: () => ({
      container: [
        { status: 401, body: '' },
        { status: 503, body: '' },
      ],
    }),
    gives,
    asks: ['container', 'container', 'container'],
  },
  {
    name: 'fromContainerMetadata: again',
    env: { [RELATIVE]: '/x' },
    make: metadata({ maxRetries: 2 }),
    answers: () => ({
      container: [
        { status: 401, body: '' },
        { status: 503, body: '' },
      ],
    }),
    gives,
    asks: ['container', 'container', 'container'],
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

test('EKS by fromContainerMetadata, which the SDK has in fromHttp only', async () => {
  await writeFile(join(folder, 'token'), 'a-pod-token\n')
  Object.assign(process.env, {
    [FULL]: 'http://169.254.170.23/v1/credentials',
    [FILE]: join(folder, 'token'),
  })
  assert.equal((await fromContainerMetadata()()).sessionToken, GIVEN.sessionToken)
  const [{ host, parameters }] = services.state.asked
  assert.deepEqual(
    { host, ...parameters },
    { host: '169.254.170.23', url: '/v1/credentials', token: 'a-pod-token' },
  )
})

test('a token file that was changed is read again: 401, then 200', async () => {
  const file = join(folder, 'token')
  await writeFile(file, 'an-old-token')
  Object.assign(process.env, { [FULL]: 'http://169.254.170.23/v1/credentials', [FILE]: file })
  services.state.answers.container = async ({ parameters }) => {
    if (parameters.token === 'a-new-token') return undefined
    await writeFile(file, 'a-new-token')
    return { status: 401, body: '' }
  }
  assert.equal((await fromHttp({ timeout: 500, logger: quiet })()).accessKeyId, GIVEN.accessKeyId)
  assert.deepEqual(
    services.state.asked.map(({ parameters }) => parameters.token),
    ['an-old-token', 'a-new-token'],
  )
})

test('no proxy is asked', async () => {
  const proxy = 'http://127.0.0.1:9'
  Object.assign(process.env, {
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    NODE_USE_ENV_PROXY: '1',
    [RELATIVE]: '/x',
  })
  assert.equal((await fromHttp()()).accessKeyId, GIVEN.accessKeyId)
})
