// Where STS, AWS SSO and Cognito are asked: in each region by botocore's list of partitions, and elsewhere if told so.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { fromCognitoIdentity, fromSSO, fromTemporaryCredentials, fromWebToken } from 'gatesign/credentials'

const python = 'import botocore.loaders as l, json; print(json.dumps(l.Loader().load_data("partitions")))'
const { partitions } = JSON.parse(execFileSync(process.env.PYTHON, ['-c', python], { encoding: 'utf8' }))
const web = { roleArn: 'arn:x', webIdentityToken: 'a.b.c' }

let home
const environment = { ...process.env }
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatesign-endpoints-'))
  await mkdir(join(home, '.aws/sso/cache'), { recursive: true })
})
after(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  await rm(home, { recursive: true })
})
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  process.env.HOME = home
  await writeFile(join(home, '.aws/config'), '')
})

/** The address that a provider asks, which answers nothing. */
async function asked(make, clientConfig) {
  const urls = []
  const fetch = async (url) => {
    urls.push(String(url))
    throw new Error('not sent')
  }
  await assert.rejects(make({ ...clientConfig, fetch, maxAttempts: 1 })())
  return urls[0]
}
const sts = (clientConfig) => fromWebToken({ ...web, clientConfig })

test('each region of each partition', async () => {
  let count = 0
  for (const { outputs, regions } of partitions) {
    for (const region of Object.keys(regions)) {
      // A partition's own name for no region at all.
      if (region.includes('global')) continue
      const { dnsSuffix } = outputs
      assert.equal(await asked(sts, { region }), `https://sts.${region}.${dnsSuffix}/`)
      const cognito = (clientConfig) => fromCognitoIdentity({ identityId: `${region}:x`, clientConfig })
      assert.equal(await asked(cognito), `https://cognito-identity.${region}.${dnsSuffix}/`)
      count += 1
    }
  }
  assert.ok(count > 30)
  console.log(`counted: ${count} regions of ${partitions.length} partitions`)
})

test('no region', async () => {
  assert.equal(await asked(sts), 'https://sts.us-east-1.amazonaws.com/')
  assert.equal(await asked(sts, { region: 'aws-global' }), 'https://sts.us-east-1.amazonaws.com/')
})

for (const region of ['evil.example/', 'us-east-1.evil.example', 'a@b', 'a b', '#', '']) {
  test(`${JSON.stringify(region)} is no region`, async () => {
    const url = await asked(sts, { region })
    assert.equal(url, region === '' ? 'https://sts.us-east-1.amazonaws.com/' : undefined)
  })
}

const CONFIG = `[default]
services = mine
endpoint_url = https://all.example/base/
[services mine]
sts =
  endpoint_url = https://sts.example
[profile plain]
endpoint_url = https://plain.example/
`
for (const [name, env, expected] of [
  ['the services of a profile', {}, 'https://sts.example/'],
  ['endpoint_url of a profile', { AWS_PROFILE: 'plain' }, 'https://plain.example/'],
  ['AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: 'https://env.example' }, 'https://env.example/'],
  [
    'AWS_ENDPOINT_URL_STS',
    { AWS_ENDPOINT_URL: 'https://env.example', AWS_ENDPOINT_URL_STS: 'https://sts-env.example' },
    'https://sts-env.example/',
  ],
  [
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    { AWS_ENDPOINT_URL: 'https://env.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    'https://sts.us-east-1.amazonaws.com/',
  ],
]) {
  test(name, async () => {
    await writeFile(join(home, '.aws/config'), CONFIG)
    Object.assign(process.env, env)
    assert.equal(await asked(sts), expected)
    const masterCredentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
    const role = (clientConfig) =>
      fromTemporaryCredentials({ masterCredentials, params: { RoleArn: 'arn:x' }, clientConfig })
    assert.equal(await asked(role), expected)
    assert.equal(await asked(sts, { endpoint: 'https://given.example' }), 'https://given.example/')
  })
}

test('an address that is not safe is not asked, wherever it comes from', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://evil.example'
  assert.equal(await asked(sts), undefined)
  assert.equal(await asked(sts, { endpoint: 'http://localhost:1' }), 'http://localhost:1/')
})

test('AWS SSO keeps the path of an endpoint', async () => {
  const token = { accessToken: 'a-token', expiresAt: '2099-01-01T00:00:00Z' }
  // sha1 of https://start.example
  await writeFile(
    join(home, '.aws/sso/cache/1c5a689b7bb92284d0c514c4b1c1e1ce96d9621f.json'),
    JSON.stringify(token),
  )
  const options = {
    ssoStartUrl: 'https://start.example',
    ssoAccountId: '1',
    ssoRegion: 'cn-north-1',
    ssoRoleName: 'r+w',
  }
  const sso = (clientConfig) => fromSSO({ ...options, clientConfig })
  const query = '?role_name=r%2Bw&account_id=1'
  assert.equal(
    await asked(sso),
    `https://portal.sso.cn-north-1.amazonaws.com.cn/federation/credentials${query}`,
  )
  const endpoint = 'https://proxy.example/sso/'
  assert.equal(await asked(sso, { endpoint }), `https://proxy.example/sso/federation/credentials${query}`)
})
