// Cognito and STS of moto, which checks signatures and permissions with botocore; and what they gave, used.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { fromCognitoIdentityPool, fromTemporaryCredentials, fromWebToken } from 'gatesign/credentials'
import { startMoto } from '../lib/moto.mjs'

let moto
let open
let clientConfig
before(async () => {
  moto = await startMoto()
  open = await startMoto({ checks: false })
  clientConfig = { region: moto.region, endpoint: moto.url }
})
after(async () => {
  await moto?.stop()
  await open?.stop()
})

/** Who moto takes the caller for. */
async function whoAmI(credentials, { url } = moto) {
  const client = newClient({ invokeUrl: url, region: moto.region, service: 'sts', credentials })
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await client.fetch('/', { method: 'POST', headers, body })
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return /<Arn>(.*?)<\/Arn>/.exec(text)[1]
}

test('a role, for keys whose signature is checked', async () => {
  const credentials = fromTemporaryCredentials({
    masterCredentials: moto.credentials,
    params: {
      RoleArn: moto.roleArn,
      RoleSessionName: 'tests',
      Policy: '{"Version":"2012-10-17"}',
      DurationSeconds: 900,
    },
    clientConfig,
  })
  assert.match(await whoAmI(credentials), /:assumed-role\/tests\/tests$/)
  const { expiration, sessionToken } = await credentials()
  assert.ok(sessionToken.length > 50)
  const left = (expiration.getTime() - Date.now()) / 1000
  assert.ok(left > 800 && left <= 901, `${left} s`)
})

test('a role for a role', async () => {
  const params = (name) => ({ RoleArn: moto.roleArn, RoleSessionName: name })
  const first = fromTemporaryCredentials({
    masterCredentials: moto.credentials,
    params: params('first'),
    clientConfig,
  })
  const second = fromTemporaryCredentials({
    masterCredentials: first,
    params: params('second'),
    clientConfig,
  })
  assert.match(await whoAmI(second), /:assumed-role\/tests\/second$/)
})

test('a wrong secret is refused', async () => {
  const masterCredentials = { ...moto.credentials, secretAccessKey: 'not-the-right-secret' }
  const credentials = fromTemporaryCredentials({
    masterCredentials,
    params: { RoleArn: moto.roleArn },
    clientConfig,
  })
  await assert.rejects(credentials(), { name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } })
})

test('a role for a web identity', async () => {
  const credentials = fromWebToken({
    roleArn: open.roleArn,
    roleSessionName: 'web',
    webIdentityToken: 'a.web.token',
    clientConfig: { ...clientConfig, endpoint: open.url },
  })
  assert.match(await whoAmI(credentials, open), /:assumed-role\/tests\/web$/)
})

test('a guest of an identity pool, and a user', async () => {
  const signer = createSigner({ ...open.credentials, region: open.region, service: 'cognito-identity' })
  const ask = async (action, parameters) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityService.${action}`,
    }
    const request = signer.sign({
      method: 'POST',
      url: `${open.url}/`,
      headers,
      body: JSON.stringify(parameters),
    })
    const response = await fetch(request.url, request)
    const answer = await response.json()
    assert.equal(response.status, 200, JSON.stringify(answer))
    return answer
  }
  const { IdentityPoolId: identityPoolId } = await ask('CreateIdentityPool', {
    IdentityPoolName: 'tests',
    AllowUnauthenticatedIdentities: true,
  })
  for (const options of [{}, { logins: { 'accounts.google.com': async () => 'a.web.token' } }]) {
    const { accessKeyId, sessionToken, identityId, expiration } = await fromCognitoIdentityPool({
      identityPoolId,
      clientConfig: { endpoint: open.url },
      ...options,
    })()
    assert.match(accessKeyId, /^\w+$/)
    assert.match(sessionToken, /^\w+$/)
    assert.match(identityId, /^us-east-1:[\w-]+$/)
    assert.ok(expiration > new Date())
  }
  const endpoint = { clientConfig: { endpoint: open.url } }
  assert.equal(
    (await fromCognitoIdentityPool({ identityPoolId, ...endpoint })()).identityId.split(':')[0],
    'us-east-1',
  )
})
