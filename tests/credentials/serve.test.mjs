// `gatesign serve --profile`: the page's temporary credentials, and who else may not have them.

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { GIVEN, refusedXml, startServices } from '../lib/credential-services.mjs'
import { ask, startServe } from '../lib/served.mjs'
import { startTerminal } from '../lib/terminal.mjs'

const LONG_LIVED = { accessKeyId: 'AKIALONGLIVED', secretAccessKey: 'long-lived/secret+EXAMPLE' }
const LOGIN = `.aws/sso/cache/${createHash('sha1').update('https://example.awsapps.com/start').digest('hex')}.json`
const FILES = {
  '.aws/config':
    '[profile work]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = Reader\nregion = eu-central-1\n[profile bare]\nregion = eu-west-1\n',
  '.aws/credentials': `[keys]\naws_access_key_id = ${LONG_LIVED.accessKeyId}\naws_secret_access_key = ${LONG_LIVED.secretAccessKey}\n[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret\n`,
  [LOGIN]: JSON.stringify({ accessToken: 'a-login-token', expiresAt: '2099-01-01T00:00:00Z' }),
}

let services
let home
let site
let headers
before(async () => {
  services = await startServices()
  home = mkdtempSync(join(tmpdir(), 'gatesign-serve-'))
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const env = { HOME: home, AWS_ENDPOINT_URL: services.url, AWS_EC2_METADATA_DISABLED: 'true' }
  site = await startServe(['--profile', 'work,keys', '--profile', 'bare'], env)
  const { profiles } = JSON.parse((await ask(site.url, { path: '/config.json' })).body)
  assert.deepEqual(profiles.names, ['work', 'keys', 'bare'])
  headers = { origin: site.url, 'sec-fetch-site': 'same-origin', 'x-gatesign-token': profiles.token }
})
after(async () => {
  await site?.stop()
  services?.stop()
  rmSync(home, { recursive: true })
})
beforeEach(() => services.reset())

/** What the page is answered. */
async function page(
  what,
  profile,
  { changed = {}, method = 'POST', body = JSON.stringify({ profile }) } = {},
) {
  const all = Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== undefined)
  const options = { method, path: `/profiles/${what}`, headers: Object.fromEntries(all), body }
  const { status, headers: got, body: text } = await ask(site.url, options)
  return { status, headers: got, ...JSON.parse(text) }
}

describe('the page', () => {
  test('gets temporary credentials, with region and end; nothing is kept', async () => {
    const answer = await page('credentials', 'work')
    assert.equal(answer.status, 200)
    const { expiration, region, profile, accessKeyId, secretAccessKey, sessionToken } = answer
    assert.deepEqual({ accessKeyId, secretAccessKey, sessionToken }, GIVEN)
    assert.deepEqual([profile, region], ['work', 'eu-central-1'])
    assert.ok(Date.parse(expiration) > Date.now())
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
  })

  test('asks again, and gets new ones', async () => {
    await page('credentials', 'work')
    await page('credentials', 'work')
    assert.equal(services.state.asked.length, 2)
  })

  test('gets no long-lived key, but what STS gives for one', async () => {
    services.state.answers.GetSessionToken = () => ({
      body: '<a><Credentials><AccessKeyId>ASIAEXCHANGED</AccessKeyId><SecretAccessKey>exchanged</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></a>',
    })
    const answer = await page('credentials', 'keys')
    assert.deepEqual([answer.accessKeyId, answer.expiration], ['ASIAEXCHANGED', '2099-01-01T00:00:00.000Z'])
    assert.ok(!JSON.stringify(answer).includes(LONG_LIVED.secretAccessKey))
    const [{ scope, parameters }] = services.state.asked
    assert.deepEqual([scope, parameters.DurationSeconds], ['us-east-1/sts/aws4_request', '3600'])
  })

  test('is told why there are none', async () => {
    services.state.answers.GetSessionToken = () => refusedXml(403, 'AccessDenied', 'not allowed')
    const { status, error } = await page('credentials', 'keys')
    assert.equal(status, 502)
    assert.match(
      error.message,
      /long-lived key, which a page never gets, .* for it: AccessDenied: not allowed$/,
    )
    const bare = await page('credentials', 'bare')
    assert.match(bare.error.message, /profile "bare" has no credentials/)
  })

  test('is told when a login has ended', async () => {
    rmSync(join(home, LOGIN))
    const { status, error } = await page('credentials', 'work')
    writeFileSync(join(home, LOGIN), FILES[LOGIN])
    assert.equal(status, 502)
    assert.match(error.message, /run aws sso login --profile work$/)
  })

  test('asks who it is', async () => {
    services.state.answers.GetCallerIdentity = () => ({
      body: '<a><Arn>arn:aws:sts::123456789012:assumed-role/Reader/me</Arn><UserId>AROA:me</UserId><Account>123456789012</Account></a>',
    })
    await page('credentials', 'work')
    const { account, arn } = await page('caller', 'work')
    assert.deepEqual([account, arn], ['123456789012', 'arn:aws:sts::123456789012:assumed-role/Reader/me'])
    assert.equal(services.state.asked.at(-1).scope, 'eu-central-1/sts/aws4_request')
  })
})

describe('nobody else', () => {
  for (const [name, changed] of [
    ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['an opaque origin', { origin: 'null' }],
    ['no origin', { origin: undefined }],
    ['a browser that says it is another site', { 'sec-fetch-site': 'cross-site' }],
    ['no token', { 'x-gatesign-token': undefined }],
    ['another token', { 'x-gatesign-token': randomBytes(32).toString('base64url') }],
    ['another name in Host', { host: 'evil.example' }],
  ]) {
    for (const what of ['credentials', 'caller']) {
      test(`${name}: ${what}`, async () => {
        const { status } = await page(what, 'work', { changed })
        assert.equal(status, name.includes('Host') ? 421 : 403)
        assert.deepEqual(services.state.asked, [])
      })
    }
  }

  test('a profile that was not named', async () => {
    const { status, error } = await page('credentials', 'other')
    assert.equal(status, 403)
    assert.match(error.message, /"other" is not on the list/)
  })

  for (const [name, given, status] of [
    ['GET', { method: 'GET', body: '' }, 405],
    ['no JSON', { body: 'work' }, 400],
    ['no name', { body: '{}' }, 400],
    ['a name that is none', { body: '{"profile":["work"]}' }, 400],
    ['too much', { body: JSON.stringify({ profile: 'x'.repeat(10_000) }) }, 413],
  ]) {
    test(name, async () => assert.equal((await page('credentials', '', given)).status, status))
  }

  test('another path', async () => assert.equal((await page('x', 'work')).status, 404))
})

test('without --profile there is nothing', async () => {
  const other = await startServe([], { HOME: home })
  try {
    const config = JSON.parse((await ask(other.url, { path: '/config.json' })).body)
    assert.deepEqual(config.profiles, { names: [] })
    const options = {
      method: 'POST',
      path: '/profiles/credentials',
      headers: { ...headers, origin: other.url },
    }
    assert.equal((await ask(other.url, options)).status, 404)
  } finally {
    await other.stop()
  }
})

test('a profile that is not there: the command says so', async () => {
  const { gatesign } = await startTerminal()
  const { code, error } = await gatesign(['serve', '--port', '0', '--profile', 'work,gone'], {
    env: { HOME: home },
  })
  assert.equal(code, 1)
  assert.match(
    error,
    /no credentials of the profile "gone": it is neither in .*; the profiles are work, bare, keys, other/,
  )
})
