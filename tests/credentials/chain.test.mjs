// fromNodeProviderChain: the order of the sources, and what is kept.

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { newClient } from 'gatesign'
import { fromNodeProviderChain } from 'gatesign/credentials'
import { GIVEN, ROLE, startServices } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const CONFIG = '.aws/config'
const CREDENTIALS = '.aws/credentials'
const KEYS = 'aws_access_key_id = AKIAFILE\naws_secret_access_key = file/secret+EXAMPLE\n'
const IN_ENV = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env/secret+EXAMPLE' }
const WEB = { AWS_WEB_IDENTITY_TOKEN_FILE: 'HOME/token', AWS_ROLE_ARN: ROLE, AWS_REGION: 'us-east-1' }
const ECS = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }
const quiet = { debug() {}, warn() {} }
const chain =
  (options) =>
  ({ fromNodeProviderChain }) =>
    fromNodeProviderChain({ logger: quiet, ...options })
const FILE = { [CREDENTIALS]: `[default]\n${KEYS}` }
const EVERYTHING = { files: { ...FILE, token: 'a-web-token' }, env: { ...IN_ENV, ...WEB, ...ECS } }
const without = ({ files, env }, ...names) => ({
  files: Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name))),
  env: Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name))),
})
const NO_ENV = Object.keys(IN_ENV)
const gives = GIVEN
const ofFile = { accessKeyId: 'AKIAFILE' }

nextToSdk('fromNodeProviderChain', [
  { name: 'the environment', ...EVERYTHING, make: chain(), gives: { accessKeyId: 'AKIAENV' }, asks: [] },
  { name: 'then the files', ...without(EVERYTHING, ...NO_ENV), make: chain(), gives: ofFile, asks: [] },
  {
    name: 'then a web identity',
    ...without(EVERYTHING, ...NO_ENV, CREDENTIALS),
    make: chain(),
    gives,
    asks: ['AssumeRoleWithWebIdentity'],
  },
  {
    name: 'then a container',
    ...without(EVERYTHING, ...NO_ENV, CREDENTIALS, 'AWS_ROLE_ARN'),
    make: chain(),
    gives,
    asks: ['container'],
  },
  { name: 'then an instance', make: chain(), gives, asks: ['imds-token', 'imds-role', 'imds-credentials'] },
  {
    name: 'nothing',
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
    make: chain(),
    says: /there are no credentials: AWS_ACCESS_KEY_ID is not set in the environment; there is no profile "default"$/,
  },
  { name: 'IMDS that is not disabled', env: { AWS_EC2_METADATA_DISABLED: 'false' }, make: chain(), gives },
  {
    name: 'a profile before the environment',
    ...EVERYTHING,
    files: { [CREDENTIALS]: `[a]\n${KEYS}` },
    make: chain({ profile: 'a' }),
    gives: ofFile,
  },
  {
    name: 'AWS_PROFILE before the environment',
    files: { [CREDENTIALS]: `[a]\n${KEYS}` },
    env: { ...IN_ENV, AWS_PROFILE: 'a' },
    make: chain(),
    gives: ofFile,
  },
  {
    name: 'a profile that is not there: what follows',
    env: { ...IN_ENV, ...ECS, AWS_PROFILE: 'gone' },
    make: chain(),
    gives,
    asks: ['container'],
  },
  {
    name: 'a profile that is not there: nothing',
    env: { AWS_EC2_METADATA_DISABLED: 'true' },
    make: chain({ profile: 'gone' }),
    says: /there are no credentials: there is no profile "gone"$/,
  },
  {
    name: 'a profile without credentials',
    files: { [CONFIG]: '[default]\nregion = us-east-1\n' },
    env: ECS,
    make: chain(),
    gives,
  },
  {
    name: 'a program that fails: what follows',
    files: { [CONFIG]: '[default]\ncredential_process = false\n' },
    env: ECS,
    make: chain(),
    gives,
    asks: ['container'],
  },
  {
    name: 'a login that is needed: no further',
    files: {
      [CONFIG]:
        '[default]\nsso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = r\n',
    },
    env: ECS,
    make: chain(),
    says: /run aws sso login$/,
    asks: [],
  },
  {
    name: 'options that name SSO',
    env: { AWS_PROFILE: 'a' },
    files: { [CREDENTIALS]: `[a]\n${KEYS}` },
    make: chain({ ssoStartUrl: 'https://x' }),
    says: /must be given together/,
  },
  {
    name: 'asked again: what was kept',
    env: ECS,
    make: (providers) => {
      const provider = chain()(providers)
      return async () => {
        await Promise.all([provider(), provider()])
        return provider()
      }
    },
    gives,
    asks: ['container'],
  },
  {
    name: 'forceRefresh',
    env: ECS,
    make: (providers) => {
      const provider = chain()(providers)
      return async () => {
        await provider()
        return provider({ forceRefresh: true })
      }
    },
    gives,
    asks: ['container', 'container'],
  },
])

let services
let folder
const environment = { ...process.env }
before(async () => {
  services = await startServices()
  folder = await mkdtemp(join(tmpdir(), 'gatesign-chain-'))
  await mkdir(join(folder, '.aws'))
})
after(async () => {
  services?.stop()
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  services.reset()
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment, { HOME: folder, ...ECS })
})

test('soon before the end nobody waits; after it everybody does', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  services.state.expiration = new Date(Date.now() + 3_600_000)
  const provider = fromNodeProviderChain()
  await provider()
  t.mock.timers.tick(3_600_000 - 60_000)
  services.state.answers.container = () => ({ status: 500, body: '' })
  assert.equal((await provider()).accessKeyId, GIVEN.accessKeyId, 'the renewal that fails is not heard of')
  t.mock.timers.tick(61_000)
  services.state.answers = {}
  services.state.expiration = new Date(Date.now() + 3_600_000)
  assert.deepEqual((await provider()).expiration, services.state.expiration)
})

test('the logger is told which source it was, and no secret', async () => {
  const lines = []
  await writeFile(join(folder, '.aws/credentials'), `[a]\n${KEYS}`)
  await fromNodeProviderChain({ profile: 'a', logger: { debug: (line) => lines.push(line) } })()
  assert.deepEqual(lines, ['credentials of the profile "a": aws_access_key_id'])
})

test('newClient renews what the gateway calls expired', async () => {
  const provider = fromNodeProviderChain()
  let refused = 0
  const fetch = async () => {
    if (refused++ === 0) {
      const headers = { 'x-amzn-errortype': 'ExpiredTokenException' }
      return new Response('{"message":"The security token included in the request is expired"}', {
        status: 403,
        headers,
      })
    }
    return new Response('{}')
  }
  const client = newClient({
    invokeUrl: 'https://api.example/',
    region: 'us-east-1',
    credentials: provider,
    fetch,
  })
  assert.equal((await client.invokeApi({}, '', 'GET')).status, 200)
  assert.equal(services.state.asked.length, 2, 'once, and once more by force')
})
