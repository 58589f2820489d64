// Cognito's two providers.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fromCognitoIdentity, fromCognitoIdentityPool } from 'gatesign/credentials'
import { GIVEN, refusedJson, startServices } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const POOL = 'us-east-1:11111111-2222-3333-4444-555555555555'
const LOGIN = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example'
const TOKEN = 'a-login-token'
/** The SDK reads no region from an id. */
const clientConfig = { region: 'us-east-1' }
/** Each of its own: the SDK keeps ids in memory. */
const pools = Array.from({ length: 40 }, (_, index) => `us-east-1:pool-${index}`)
const pool = (options) => {
  const identityPoolId = pools.pop()
  return ({ fromCognitoIdentityPool }) =>
    fromCognitoIdentityPool({ identityPoolId, clientConfig, ...options })
}
/** The pool's own id, kept for each of the two by itself. */
const kept = (found) => {
  const store = new Map(found && [[`aws:cognito-identity-credentials:${POOL}:ANONYMOUS`, found]])
  return {
    store,
    getItem: (key) => store.get(key) ?? null,
    setItem: (key, value) => void store.set(key, value),
    removeItem: (key) => void store.delete(key),
  }
}
const BOTH = ['GetId', 'GetCredentialsForIdentity']
const gives = GIVEN

nextToSdk('Cognito', [
  {
    name: 'an identity',
    make: ({ fromCognitoIdentity }) => fromCognitoIdentity({ identityId: 'us-east-1:a', clientConfig }),
    gives: { ...gives, identityId: 'us-east-1:a' },
    asks: ['GetCredentialsForIdentity'],
  },
  {
    name: 'an identity with a login and a role',
    make: ({ fromCognitoIdentity }) =>
      fromCognitoIdentity({
        identityId: 'us-east-1:a',
        logins: { [LOGIN]: TOKEN },
        customRoleArn: 'arn:aws:iam::123456789012:role/of-the-token',
        clientConfig,
      }),
    gives,
  },
  {
    name: 'an endpoint of its own',
    env: { AWS_ENDPOINT_URL: '' },
    make: ({ fromCognitoIdentity }, _, endpoint) =>
      fromCognitoIdentity({ identityId: 'us-east-1:a', clientConfig: { ...clientConfig, endpoint } }),
    gives,
  },
  {
    name: 'a region that is a function',
    make: ({ fromCognitoIdentity }) =>
      fromCognitoIdentity({ identityId: 'us-east-1:a', clientConfig: { region: async () => 'us-east-1' } }),
    gives,
  },
  {
    name: 'a guest of a pool',
    make: pool(),
    gives: { ...gives, identityId: 'us-east-1:an-identity' },
    asks: BOTH,
  },
  { name: 'no logins', make: pool({ logins: {} }), gives, asks: BOTH },
  { name: 'an account', make: pool({ accountId: '123456789012' }), gives, asks: BOTH },
  { name: 'a login', make: pool({ logins: { [LOGIN]: TOKEN } }), gives, asks: BOTH },
  {
    name: 'a login that is a function',
    make: pool({ logins: { [LOGIN]: async () => TOKEN } }),
    gives,
    asks: BOTH,
  },
  {
    name: 'two logins and a role',
    make: pool({
      logins: { [LOGIN]: TOKEN, 'accounts.google.com': 'another-token' },
      customRoleArn: 'arn:x',
    }),
    gives,
    asks: BOTH,
  },
  {
    name: 'a login that cannot be had',
    make: pool({ logins: { [LOGIN]: () => Promise.reject(new RangeError('no login')) } }),
    says: /^no login$/,
  },
  {
    name: "a user's own name",
    make: pool({ logins: { [LOGIN]: TOKEN }, userIdentifier: 'me' }),
    gives,
    asks: BOTH,
  },
  {
    name: 'an id that is kept',
    make: ({ fromCognitoIdentityPool }) =>
      fromCognitoIdentityPool({ identityPoolId: POOL, cache: kept('us-east-1:kept'), clientConfig }),
    gives: { ...gives, identityId: 'us-east-1:kept' },
    asks: ['GetCredentialsForIdentity'],
  },
  {
    name: 'asked twice',
    make: (providers) => {
      const provider = providers.fromCognitoIdentityPool({
        identityPoolId: POOL,
        clientConfig,
        cache: kept(),
      })
      return async () => {
        await provider()
        return provider()
      }
    },
    gives,
    asks: [...BOTH, 'GetCredentialsForIdentity'],
  },
  {
    name: 'no id in the answer',
    make: pool(),
    answers: () => ({ GetId: () => ({ body: {} }) }),
    says: /no identity id/,
    asks: ['GetId'],
  },
  {
    name: 'no credentials in the answer',
    make: pool(),
    answers: () => ({
      GetCredentialsForIdentity: () => ({ body: { Credentials: { AccessKeyId: 'ASIA' } } }),
    }),
    says: /no credentials/,
  },
  ...[
    [400, 'NotAuthorizedException'],
    [400, 'ResourceNotFoundException'],
    [400, 'InvalidIdentityPoolConfigurationException'],
    [403, 'ForbiddenException'],
    [404, 'UnknownOperationException'],
  ].map(([status, code]) => ({
    name: `${status} ${code}`,
    make: pool({ logins: { [LOGIN]: TOKEN } }),
    answers: () => ({ GetId: () => refusedJson(status, code, 'why it is refused') }),
    says: /^why it is refused$/,
    asks: ['GetId'],
  })),
  {
    name: 'refused credentials',
    make: pool(),
    answers: () => ({ GetCredentialsForIdentity: () => refusedJson(400, 'NotAuthorizedException') }),
    says: /as it is/,
    asks: BOTH,
  },
  ...[
    [400, 'TooManyRequestsException'],
    [400, 'ThrottlingException'],
    [429, 'TooManyRequestsException'],
    [500, 'InternalErrorException'],
    [503, 'ServiceUnavailable'],
  ].map(([status, code]) => ({
    name: `${status} ${code} passes`,
    make: pool(),
    answers: () => ({ GetId: [refusedJson(status, code), refusedJson(status, code)] }),
    gives,
    asks: ['GetId', 'GetId', ...BOTH],
  })),
  {
    name: '500 that does not pass',
    make: pool(),
    answers: () => ({ GetId: () => refusedJson(500, 'InternalErrorException') }),
    says: /as it is/,
    asks: ['GetId', 'GetId', 'GetId'],
  },
  {
    name: 'maxAttempts',
    make: pool({ clientConfig: { ...clientConfig, maxAttempts: 1 } }),
    answers: () => ({ GetId: () => refusedJson(500, 'InternalErrorException') }),
    says: /as it is/,
    asks: ['GetId'],
  },
])

let services
before(async () => {
  services = await startServices()
})
after(() => services?.stop())

const own = () => {
  services.reset()
  return { endpoint: services.url }
}

test('the region is read from the id, and no other host is asked', async () => {
  const urls = []
  const fetch = async (url) => {
    urls.push(String(url))
    throw new Error('not sent')
  }
  const clientConfig = { fetch, maxAttempts: 1 }
  for (const id of ['eu-west-3:x', 'us-gov-west-1:x', 'cn-north-1:x']) {
    await assert.rejects(fromCognitoIdentity({ identityId: id, clientConfig })(), /not sent/)
    await assert.rejects(fromCognitoIdentityPool({ identityPoolId: id, clientConfig })(), /not sent/)
  }
  assert.deepEqual(
    [...new Set(urls)],
    [
      'https://cognito-identity.eu-west-3.amazonaws.com/',
      'https://cognito-identity.us-gov-west-1.amazonaws.com/',
      'https://cognito-identity.cn-north-1.amazonaws.com.cn/',
    ],
  )
  for (const id of ['', 'evil.example/#:x', 'a b:x', '@host:x']) {
    await assert.rejects(fromCognitoIdentity({ identityId: id, clientConfig })(), /region must be/)
  }
  assert.equal(urls.length, 6)
})

test('an endpoint elsewhere has to be https', async () => {
  for (const endpoint of ['http://example.com', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1/']) {
    const options = { identityId: 'us-east-1:x', clientConfig: { endpoint } }
    await assert.rejects(fromCognitoIdentity(options)(), {
      name: 'TypeError',
      message: /endpoint must use https/,
    })
  }
})

test('an identity that is refused is asked for again; one that was not reached is kept', async () => {
  const clientConfig = { ...own(), maxAttempts: 1 }
  const cache = kept('us-east-1:deleted')
  const provider = fromCognitoIdentityPool({ identityPoolId: POOL, cache, clientConfig })
  services.state.answers.GetCredentialsForIdentity = [
    refusedJson(500, 'InternalErrorException'),
    refusedJson(400, 'ResourceNotFoundException', "Identity 'us-east-1:deleted' not found."),
  ]
  await assert.rejects(provider(), { name: 'InternalErrorException' })
  assert.deepEqual([...cache.store.values()], ['us-east-1:deleted'])
  await assert.rejects(provider(), { name: 'ResourceNotFoundException', message: /not found/ })
  assert.deepEqual([...cache.store.values()], [])
  assert.equal((await provider()).identityId, 'us-east-1:an-identity')
  assert.deepEqual([...cache.store.values()], ['us-east-1:an-identity'])
})

test('a cache that fails makes another guest, and no error', async () => {
  const fails = () => {
    throw new Error('the storage is full')
  }
  const cache = { getItem: fails, setItem: async () => fails(), removeItem: fails }
  const provider = fromCognitoIdentityPool({ identityPoolId: POOL, cache, clientConfig: own() })
  assert.equal((await provider()).identityId, 'us-east-1:an-identity')
})

test('an answer that is a web page, or no JSON', async () => {
  const options = { identityId: 'us-east-1:x', clientConfig: own() }
  services.state.answers.GetCredentialsForIdentity = () => ({ status: 403, body: '<html>no</html>' })
  await assert.rejects(fromCognitoIdentity(options)(), { name: 'Status403', message: /answered 403/ })
  services.state.answers.GetCredentialsForIdentity = () => ({ status: 200, body: 'nonsense' })
  await assert.rejects(fromCognitoIdentity(options)(), /JSON/)
})

test('a redirect is not followed', async () => {
  const options = { identityId: 'us-east-1:x', clientConfig: { ...own(), maxAttempts: 1 } }
  const headers = { location: `${services.url}/elsewhere` }
  services.state.answers.GetCredentialsForIdentity = () => ({ status: 307, headers, body: '' })
  await assert.rejects(fromCognitoIdentity(options)(), { name: 'TypeError' })
  assert.equal(services.state.asked.length, 1)
})
