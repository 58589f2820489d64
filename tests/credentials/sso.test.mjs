// AWS SSO: the login that is kept, its renewal, and the role's credentials.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fromSSO } from 'gatesign/credentials'
import { GIVEN, ROLE, refusedJson, startServices } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const CONFIG = '.aws/config'
const URL = 'https://example.awsapps.com/start'
const cacheOf = (id) => `.aws/sso/cache/${createHash('sha1').update(id).digest('hex')}.json`
const inMinutes = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString()
const login = (more) =>
  JSON.stringify({
    startUrl: URL,
    region: 'eu-west-1',
    accessToken: 'a-login-token',
    expiresAt: inMinutes(60),
    ...more,
  })
const RENEWABLE = {
  clientId: 'a-client',
  clientSecret: 'a-client-secret-token',
  refreshToken: 'a-refresh-token',
  registrationExpiresAt: inMinutes(9999),
}

let count = 0
/** A session of its own: the SDK keeps in mind when it renewed one. */
function session(token, { profile = '', sso = '', ...rest } = {}) {
  const name = `session-${count++}`
  const files = {
    [CONFIG]: `[profile a]\nsso_session = ${name}\nsso_account_id = 123456789012\nsso_role_name = Reader\n${profile}[sso-session ${name}]\nsso_region = eu-west-1\nsso_start_url = ${URL}\n${sso}`,
    ...(token && { [cacheOf(name)]: token }),
  }
  return { files, make: ({ fromSSO }) => fromSSO({ profile: 'a' }), cache: cacheOf(name), ...rest }
}
const older = (token, rest) => ({
  files: {
    [CONFIG]: `[profile a]\nsso_start_url = ${URL}\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = Reader\n`,
    ...(token && { [cacheOf(URL)]: token }),
  },
  make: ({ fromSSO }) => fromSSO({ profile: 'a' }),
  ...rest,
})
const gives = GIVEN
const asks = ['GetRoleCredentials']
const renewed = ['CreateToken', 'GetRoleCredentials']
const ENDED = /the AWS SSO login has expired: run aws sso login --profile a$/
const options = {
  ssoStartUrl: URL,
  ssoAccountId: '123456789012',
  ssoRegion: 'eu-west-1',
  ssoRoleName: 'Reader',
}
const withFile = (given) => ({ ...given, reads: [given.cache] })

nextToSdk('AWS SSO', [
  { name: 'a session', ...session(login()), gives, asks },
  { name: 'the older form', ...older(login()), gives, asks },
  {
    name: 'fromIni: a session',
    ...session(login(), { make: ({ fromIni }) => fromIni({ profile: 'a' }) }),
    gives,
    asks,
  },
  {
    name: 'fromIni: the older form',
    ...older(login(), { make: ({ fromIni }) => fromIni({ profile: 'a' }) }),
    gives,
    asks,
  },
  {
    name: 'fromIni: the source of a role',
    ...session(login(), {
      profile: `[profile r]\nrole_arn = ${ROLE}\nsource_profile = a\nregion = us-east-1\n`,
      make: ({ fromIni }) => fromIni({ profile: 'r' }),
    }),
    gives,
    asks: ['GetRoleCredentials', 'AssumeRole'],
  },
  {
    name: 'options',
    files: { [cacheOf(URL)]: login() },
    make: ({ fromSSO }) => fromSSO(options),
    gives,
    asks,
  },
  {
    name: 'some options',
    make: ({ fromSSO }) => fromSSO({ ...options, ssoRoleName: undefined }),
    says: /ssoStartUrl, ssoAccountId, ssoRegion and ssoRoleName must be given together/,
  },
  { name: 'no login', ...session(''), says: /there is no AWS SSO login: run aws sso login --profile a$/ },
  {
    name: 'the older form: no login',
    ...older(''),
    says: /there is no AWS SSO login: run aws sso login --profile a$/,
  },
  { name: 'a login that is no JSON', ...session('a-login-token'), says: /run aws sso login --profile a$/ },
  {
    name: 'a login without a token',
    ...session('{"expiresAt":"2099-01-01T00:00:00Z"}'),
    says: /run aws sso login/,
  },
  { name: 'a login that has ended', ...session(login({ expiresAt: inMinutes(-1) })), says: ENDED },
  {
    name: 'the older form: a login that has ended',
    ...older(login({ expiresAt: inMinutes(-1) })),
    says: ENDED,
  },
  {
    name: 'the older form: a login that ends soon',
    ...older(login({ expiresAt: inMinutes(2) })),
    gives,
    asks,
  },
  {
    name: 'a login that is renewed',
    ...withFile(session(login({ ...RENEWABLE, expiresAt: inMinutes(-60) }))),
    gives,
    asks: renewed,
  },
  {
    name: 'a login that is renewed early',
    ...withFile(session(login({ ...RENEWABLE, expiresAt: inMinutes(4) }))),
    gives,
    asks: renewed,
  },
  {
    name: 'a login that cannot be renewed, but is valid',
    ...session(login({ ...RENEWABLE, expiresAt: inMinutes(4) })),
    answers: () => ({ CreateToken: () => refusedJson(400, 'InvalidGrantException') }),
    gives,
    asks: renewed,
  },
  {
    name: 'a login that cannot be renewed',
    ...session(login({ ...RENEWABLE, expiresAt: inMinutes(-1) })),
    answers: () => ({ CreateToken: () => refusedJson(400, 'InvalidGrantException') }),
    says: ENDED,
    asks: ['CreateToken'],
  },
  {
    name: 'a login that AWS SSO does not know any more',
    ...session(login()),
    answers: () => ({
      GetRoleCredentials: () =>
        refusedJson(401, 'UnauthorizedException', 'Session token not found or invalid'),
    }),
    says: ENDED,
    asks,
  },
  {
    name: 'a role that is not allowed',
    ...session(login()),
    answers: () => ({ GetRoleCredentials: () => refusedJson(403, 'ForbiddenException', 'No access') }),
    says: /returned no credentials for the role Reader of the account 123456789012: No access/,
    asks,
  },
  {
    name: 'throttled',
    ...session(login()),
    answers: () => ({ GetRoleCredentials: [refusedJson(429, 'TooManyRequestsException')] }),
    gives,
    asks: [...asks, ...asks],
  },
  {
    name: 'no credentials in the answer',
    ...session(login()),
    answers: () => ({ GetRoleCredentials: () => ({ body: { roleCredentials: { accessKeyId: 'ASIA' } } }) }),
    says: /contains no credentials/,
  },
  {
    name: 'no such profile',
    make: ({ fromSSO }) => fromSSO({ profile: 'x' }),
    says: /there is no profile "x"/,
  },
  {
    name: 'a profile without SSO',
    files: { [CONFIG]: '[profile a]\nregion = us-east-1\n' },
    make: ({ fromSSO }) => fromSSO({ profile: 'a' }),
    says: /profile "a" has no sso_… settings/,
  },
  {
    name: 'a profile without role',
    files: { [CONFIG]: `[profile a]\nsso_start_url = ${URL}\nsso_region = eu-west-1\nsso_account_id = 1\n` },
    make: ({ fromSSO }) => fromSSO({ profile: 'a' }),
    says: /profile "a" lacks sso_role_name/,
  },
])

let services
let home
const environment = { ...process.env }
before(async () => {
  services = await startServices()
  home = await mkdtemp(join(tmpdir(), 'gatesign-sso-'))
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, { HOME: home, AWS_ENDPOINT_URL: services.url })
})
after(async () => {
  services?.stop()
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  await rm(home, { recursive: true })
})

async function put({ files }) {
  services.reset()
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(home, path, '..'), { recursive: true })
    await writeFile(join(home, path), text, { mode: 0o600 })
  }
}

test('a session that is not there is named', async () => {
  await put({
    files: { [CONFIG]: '[profile a]\nsso_session = gone\nsso_account_id = 1\nsso_role_name = r\n' },
  })
  await assert.rejects(fromSSO({ profile: 'a' })(), {
    name: 'CredentialsProviderError',
    message: 'there is no section [sso-session gone], which the profile "a" names',
  })
})

test('without a refresh token a login is used until it ends', async () => {
  await put(session(login({ expiresAt: inMinutes(2) })))
  assert.equal((await fromSSO({ profile: 'a' })()).accessKeyId, GIVEN.accessKeyId)
})

test('a login is renewed once for concurrent calls, and its file stays private', async () => {
  const given = session(login({ ...RENEWABLE, expiresAt: inMinutes(-1) }))
  await put(given)
  await Promise.all(Array.from({ length: 10 }, () => fromSSO({ profile: 'a' })()))
  assert.equal(services.state.asked.filter(({ action }) => action === 'CreateToken').length, 1)
  assert.equal((await stat(join(home, given.cache))).mode & 0o777, 0o600)
})

test('a new login is seen at once', async () => {
  const given = session(login({ expiresAt: inMinutes(-1) }))
  await put(given)
  const provider = fromSSO({ profile: 'a' })
  await assert.rejects(provider(), ENDED)
  await writeFile(join(home, given.cache), login())
  assert.equal((await provider()).accessKeyId, GIVEN.accessKeyId)
})

test('a token that is no header is not sent and not shown', async () => {
  await put(session(login({ accessToken: 'a-secret\r\nx: y' })))
  await assert.rejects(fromSSO({ profile: 'a' })(), (error) => {
    assert.doesNotMatch(`${error.message} ${error.stack}`, /a-secret/)
    return /run aws sso login/.test(error.message)
  })
})

test('the command that helps can be pasted', async () => {
  const config = `[profile "my work's"]\nsso_start_url = ${URL}\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = r\n`
  await put({ files: { [CONFIG]: config } })
  await rm(join(home, '.aws/sso'), { recursive: true, force: true })
  await assert.rejects(fromSSO({ profile: "my work's" })(), {
    message: /aws sso login --profile 'my work'\\''s'$/,
  })
})
