// `gatesign call --profile` and `gatesign whoami`, in a folder with nothing but the AWS CLI's files.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { GIVEN, ROLE, refusedXml, startServices } from '../lib/credential-services.mjs'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { KEYS, startTerminal } from '../lib/terminal.mjs'

const { folder, gatesign, gateway, movies } = await startTerminal()
const services = await startServices()
after(() => services.stop())

const CONFIG = '.aws/config'
const CREDENTIALS = '.aws/credentials'
const OWN_KEYS = `aws_access_key_id = ${LONG_LIVED.accessKey}\naws_secret_access_key=${LONG_LIVED.secretKey}\n`
const LOGIN = `.aws/sso/cache/${createHash('sha1').update('login').digest('hex')}.json`
const SSO = `[profile sso-profile]\nsso_session = login\nsso_account_id = 123456789012\nsso_role_name = Reader\nregion = ${REGION}\n[sso-session login]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n`
const token = (expiresAt) => JSON.stringify({ accessToken: 'a-login-token', expiresAt })

function put(files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
const env = (more) => ({ AWS_ENDPOINT_URL: services.url, AWS_EC2_METADATA_DISABLED: 'true', ...more })
const call = (args, more) => gatesign(['call', ...args, movies], { env: env(more) })

beforeEach(async () => {
  rmSync(join(folder, '.aws'), { recursive: true, force: true })
  services.reset()
  await gateway.identity(GIVEN)
})

describe('a profile', () => {
  /** Name, files, arguments and variables of a call that the gateway takes. */
  const TAKEN = [
    [
      'keys, with the region',
      {
        [CREDENTIALS]: `[default]\naws_access_key_id = no\n[work]\n${OWN_KEYS}`,
        [CONFIG]: `[profile work]\n# region = eu-west-1\nregion = ${REGION} # where we are\n`,
      },
      ['--profile', 'work'],
    ],
    [
      'AWS_PROFILE',
      { [CREDENTIALS]: `[work]\n${OWN_KEYS}region = ${REGION}\n` },
      [],
      { AWS_PROFILE: 'work' },
    ],
    [
      'AWS_DEFAULT_PROFILE',
      { [CREDENTIALS]: `[work]\n${OWN_KEYS}region = ${REGION}\n` },
      [],
      { AWS_DEFAULT_PROFILE: 'work' },
    ],
    [
      '--profile before the environment',
      { [CREDENTIALS]: `[work]\n${OWN_KEYS}` },
      ['--profile', 'work'],
      { ...KEYS, AWS_ACCESS_KEY_ID: 'AKIANOT' },
    ],
    [
      'the environment before AWS_PROFILE',
      { [CREDENTIALS]: '[work]\naws_access_key_id = no\naws_secret_access_key = no\n' },
      [],
      { ...KEYS, AWS_PROFILE: 'work' },
    ],
    ['[profile default]', { [CONFIG]: `[profile default]\n${OWN_KEYS}region = ${REGION}\n` }, []],
    ['a byte order mark', { [CREDENTIALS]: `\ufeff[default]\n${OWN_KEYS}region = ${REGION}\n` }, []],
    [
      'lines of Windows',
      { [CREDENTIALS]: `[default]\n${OWN_KEYS}region = ${REGION}\n`.replaceAll('\n', '\r\n') },
      [],
    ],
    ['AWS SSO', { [CONFIG]: SSO, [LOGIN]: token('2099-01-01T00:00:00Z') }, ['--profile', 'sso-profile']],
    [
      'a role',
      {
        [CONFIG]: `[profile r]\nrole_arn = ${ROLE}\nsource_profile = work\nregion = ${REGION}\n`,
        [CREDENTIALS]: `[work]\n${OWN_KEYS}`,
      },
      ['--profile', 'r'],
    ],
    [
      'a program',
      {
        [CONFIG]: `[profile p]\ncredential_process = cat "${folder}/.aws/printed"\nregion = ${REGION}\n`,
        '.aws/printed': JSON.stringify({
          Version: 1,
          AccessKeyId: GIVEN.accessKeyId,
          SecretAccessKey: GIVEN.secretAccessKey,
          SessionToken: GIVEN.sessionToken,
        }),
      },
      ['--profile', 'p'],
    ],
    [
      'a web identity',
      { '.aws/token': 'a-web-token' },
      [],
      { AWS_REGION: REGION, AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, '.aws/token') },
    ],
  ]
  for (const [name, files, args, more] of TAKEN) {
    test(name, async () => {
      put(files)
      const { code, out, error } = await call(args, more)
      assert.equal(code, 0, error)
      assert.ok(JSON.parse(out).Items, out)
      assert.equal(error, '')
    })
  }

  test('-v says which source it was, and shows no secret', async () => {
    put({ [CONFIG]: SSO, [LOGIN]: token('2099-01-01T00:00:00Z') })
    for (const command of ['call', 'presign', 'explain']) {
      const args = [command, '-v', '--profile', 'sso-profile', movies]
      const { code, error } = await gatesign(args, { env: env() })
      assert.equal(code, 0, error)
      assert.match(error, /^\* credentials of the role Reader of the account 123456789012: AWS SSO$/m)
      for (const secret of [GIVEN.secretAccessKey, GIVEN.sessionToken]) assert.ok(!error.includes(secret))
    }
  })

  test('a login that the AWS CLI reads', async () => {
    const printed = {
      Version: 1,
      AccessKeyId: GIVEN.accessKeyId,
      SecretAccessKey: GIVEN.secretAccessKey,
      SessionToken: GIVEN.sessionToken,
    }
    put({
      [CONFIG]: `[profile new]\nlogin_session = arn\nregion = ${REGION}\n`,
      '.aws/bin/aws': `#!/bin/sh\necho '${JSON.stringify(printed)}'\n`,
    })
    chmodSync(join(folder, '.aws/bin/aws'), 0o755)
    const { code, error } = await call(['--profile', 'new'], { PATH: join(folder, '.aws/bin') })
    assert.equal(code, 0, error)
  })

  const REFUSED = [
    [
      'one that is not there',
      { [CREDENTIALS]: `[work]\n${OWN_KEYS}`, [CONFIG]: '[default]\n' },
      'wrk',
      /^gatesign: no credentials of the profile "wrk": it is neither in \S+config nor in \S+credentials; the profiles are default, work$/,
    ],
    [
      'a login that has ended',
      { [CONFIG]: SSO, [LOGIN]: token('2020-01-01T00:00:00Z') },
      'sso-profile',
      /the AWS SSO login has expired: run aws sso login --profile sso-profile$/,
    ],
    [
      'no login',
      { [CONFIG]: SSO },
      'sso-profile',
      /there is no AWS SSO login: run aws sso login --profile sso-profile$/,
    ],
    [
      'a program that fails',
      { [CONFIG]: '[profile p]\ncredential_process = echo log in >&2; exit 3\n' },
      'p',
      /credential_process of the profile "p" exited with 3: log in$/,
    ],
    [
      'MFA, and nobody to ask',
      { [CONFIG]: `[profile r]\nrole_arn = ${ROLE}\nsource_profile = r\nmfa_serial = arn:mfa\n${OWN_KEYS}` },
      'r',
      /a code from the MFA device arn:mfa is needed, but there is no terminal/,
    ],
  ]
  for (const [name, files, profile, says] of REFUSED) {
    test(name, async () => {
      put(files)
      const { code, error } = await call(['--region', REGION, '--profile', profile])
      assert.equal(code, 1)
      assert.match(error.trim(), says)
      assert.deepEqual(await gateway.requests(), [])
    })
  }

  test('none at all: says what was looked at, and what to do', async () => {
    const { code, error } = await call(['--region', REGION])
    assert.equal(code, 1)
    assert.match(
      error,
      /AWS_ACCESS_KEY_ID is not set in the environment; there is no profile "default"; set AWS_ACCESS/,
    )
    assert.deepEqual(await gateway.requests(), [])
  })

  test('nothing of a folder above is loaded', async () => {
    put({
      [CREDENTIALS]: `[work]\n${OWN_KEYS}`,
      'node_modules/@aws-sdk/credential-providers/package.json': '{"main":"index.js"}',
      'node_modules/@aws-sdk/credential-providers/index.js': `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'loaded'))}, '')`,
      'project/package.json': '{}',
    })
    const cwd = join(folder, 'project')
    const args = ['call', '--profile', 'work', '--region', REGION, movies]
    const { code, error } = await gatesign(args, { env: env(), cwd })
    assert.equal(code, 0, error)
    assert.ok(!existsSync(join(folder, 'loaded')))
  })
})

describe('whoami', () => {
  const answer = (headers) => ({
    headers: { 'content-type': 'text/xml', ...headers },
    body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Reader/me</Arn><UserId>AROAEXAMPLE:me</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  })

  test('account, ARN, source, end and clock', async () => {
    put({ [CONFIG]: SSO, [LOGIN]: token('2099-01-01T00:00:00Z') })
    services.state.answers.GetCallerIdentity = [answer()]
    const { code, out, error } = await gatesign(['whoami', '--profile', 'sso-profile'], { env: env() })
    assert.equal(code, 0, error)
    assert.match(
      out,
      /^Account {3}123456789012\nARN {7}arn:aws:sts::123456789012:assumed-role\/Reader\/me\nUser id {3}AROAEXAMPLE:me\n/,
    )
    assert.match(out, /\nKey {7}ASIAGIVEN\nSource {4}the role Reader of the account 123456789012: AWS SSO\n/)
    assert.match(out, /\nExpires {3}\S+Z, in (59 min|1 h 0 min)\n/)
    assert.match(out, /\nClock {5}right to the second\n$/)
    assert.equal(services.state.asked.at(-1).scope, `${REGION}/sts/aws4_request`)
    for (const secret of [GIVEN.secretAccessKey, GIVEN.sessionToken])
      assert.ok(!(out + error).includes(secret))
  })

  test('as JSON, of the environment, with a clock that is wrong', async () => {
    services.state.answers.GetCallerIdentity = [answer({ date: new Date(Date.now() + 90_000).toUTCString() })]
    const { code, out, error } = await gatesign(['whoami', '--json'], { env: env(KEYS) })
    assert.equal(code, 0, error)
    const { account, source, accessKeyId, clockAhead } = JSON.parse(out)
    assert.deepEqual(
      [account, source, accessKeyId],
      ['123456789012', 'the environment: AWS_ACCESS_KEY_ID', LONG_LIVED.accessKey],
    )
    assert.ok(Math.abs(clockAhead + 90_000) <= 1000, `${clockAhead} ms`)
  })

  test('a refusal', async () => {
    services.state.answers.GetCallerIdentity = () =>
      refusedXml(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.')
    const { code, error } = await gatesign(['whoami'], { env: env(KEYS) })
    assert.equal(code, 1)
    assert.equal(
      error,
      'gatesign: STS refused credentials of the environment: AWS_ACCESS_KEY_ID: InvalidClientTokenId: The security token included in the request is invalid.\n',
    )
  })

  test('an argument', async () => {
    const { code, error } = await gatesign(['whoami', 'me'], { env: env(KEYS) })
    assert.equal(code, 2)
    assert.match(error, /whoami takes no argument/)
  })
})
