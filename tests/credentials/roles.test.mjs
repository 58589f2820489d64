// AWS STS: fromTemporaryCredentials, fromWebToken and fromTokenFile.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fromTemporaryCredentials, fromWebToken } from 'gatesign/credentials'
import { GIVEN, ROLE, refusedXml, startServices } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const MASTER = { accessKeyId: 'AKIAMASTER', secretAccessKey: 'master/secret+EXAMPLE' }
const IN_ENV = { AWS_ACCESS_KEY_ID: MASTER.accessKeyId, AWS_SECRET_ACCESS_KEY: MASTER.secretAccessKey }
const TOKEN = 'a-web-token'
const clientConfig = { region: 'eu-west-1' }
const gives = GIVEN

const assume =
  (options) =>
  ({ fromTemporaryCredentials }) =>
    fromTemporaryCredentials({
      masterCredentials: MASTER,
      clientConfig,
      params: { RoleArn: ROLE },
      ...options,
    })
const params = (given) => assume({ params: { RoleArn: ROLE, ...given } })

nextToSdk('fromTemporaryCredentials', [
  { name: 'a role', make: assume(), gives, asks: ['AssumeRole'] },
  { name: 'a name and a duration', make: params({ RoleSessionName: 'me', DurationSeconds: 900 }), gives },
  {
    name: 'all kinds of parameters',
    make: params({
      RoleSessionName: 'me',
      ExternalId: 'x&y=z ä',
      Policy: '{"Version":"2012-10-17"}',
      PolicyArns: [{ arn: 'arn:a' }, { arn: 'arn:b' }],
      Tags: [{ Key: 'k', Value: 'v w' }],
      TransitiveTagKeys: ['k', 'l'],
      SourceIdentity: 'source',
      ProvidedContexts: [{ ProviderArn: 'arn:p', ContextAssertion: 'c' }],
    }),
    gives,
  },
  {
    name: 'a master with a token',
    make: assume({ masterCredentials: { ...MASTER, sessionToken: 'm+t' } }),
    gives,
  },
  { name: 'a master that is a provider', make: assume({ masterCredentials: async () => MASTER }), gives },
  {
    name: 'a role for a role',
    make: (providers) => assume({ masterCredentials: assume()(providers) })(providers),
    gives,
    asks: ['AssumeRole', 'AssumeRole'],
  },
  {
    name: 'credentials of clientConfig',
    make: assume({ masterCredentials: undefined, clientConfig: { ...clientConfig, credentials: MASTER } }),
    gives,
  },
  { name: 'those of the environment', env: IN_ENV, make: assume({ masterCredentials: undefined }), gives },
  { name: 'no region', make: assume({ clientConfig: undefined }), gives },
  { name: 'AWS_REGION', env: { AWS_REGION: 'ap-south-1' }, make: assume({ clientConfig: undefined }), gives },
  {
    name: "the profile's region",
    files: { '.aws/config': '[profile a]\nregion = sa-east-1\n' },
    env: { AWS_PROFILE: 'a' },
    make: assume({ clientConfig: undefined }),
    gives,
  },
  {
    name: 'the region of the client that calls',
    make: (providers) => {
      const provider = assume({ clientConfig: undefined })(providers)
      return () => provider({ callerClientConfig: { region: async () => 'us-west-2' } })
    },
    gives,
  },
  {
    name: 'MFA',
    make: assume({
      params: { RoleArn: ROLE, SerialNumber: 'arn:mfa' },
      mfaCodeProvider: async () => '123456',
    }),
    gives,
  },
  {
    name: 'MFA without a code',
    make: params({ SerialNumber: 'arn:mfa' }),
    says: /mfaCodeProvider must be given/,
  },
  {
    name: 'no answer that has credentials',
    make: assume(),
    answers: () => ({ AssumeRole: () => ({ body: '<a/>' }) }),
    says: /no credentials/,
  },
  ...[
    [403, 'AccessDenied'],
    [403, 'InvalidClientTokenId'],
    [400, 'ValidationError'],
    [400, 'MalformedPolicyDocument'],
    [403, 'RegionDisabledException'],
  ].map(([status, code]) => ({
    name: `${status} ${code}`,
    make: assume(),
    answers: () => ({
      AssumeRole: () => refusedXml(status, code, 'User: arn:x is not &quot;allowed&quot; &#38; so on'),
    }),
    says: /^User: arn:x is not "allowed" & so on$/,
    asks: ['AssumeRole'],
  })),
  {
    name: '503 that passes',
    make: assume(),
    answers: () => ({ AssumeRole: [refusedXml(503, 'ServiceUnavailable')] }),
    gives,
    asks: ['AssumeRole', 'AssumeRole'],
  },
])

const web =
  (options) =>
  ({ fromWebToken }) =>
    fromWebToken({ roleArn: ROLE, webIdentityToken: TOKEN, clientConfig, ...options })
const file =
  (options) =>
  ({ fromTokenFile }) =>
    fromTokenFile({ clientConfig, ...options })
const FILE = {
  files: { token: TOKEN },
  env: { AWS_WEB_IDENTITY_TOKEN_FILE: 'HOME/token', AWS_ROLE_ARN: ROLE },
}

nextToSdk('web identities', [
  { name: 'a token', make: web(), gives, asks: ['AssumeRoleWithWebIdentity'] },
  {
    name: 'all options',
    make: web({
      roleSessionName: 'me',
      providerId: 'www.amazon.com',
      policyArns: [{ arn: 'arn:a' }],
      policy: '{}',
      durationSeconds: 1234,
    }),
    gives,
  },
  { name: 'AWS_REGION', env: { AWS_REGION: 'ap-south-1' }, make: web({ clientConfig: undefined }), gives },
  {
    name: 'a role assumer of its own',
    make: web({
      roleAssumerWithWebIdentity: async ({ WebIdentityToken }) => ({
        ...MASTER,
        sessionToken: WebIdentityToken,
      }),
    }),
    gives: { accessKeyId: 'AKIAMASTER', sessionToken: TOKEN },
    asks: [],
  },
  ...['InvalidIdentityToken', 'ExpiredTokenException', 'IDPRejectedClaim', 'PackedPolicyTooLarge'].map(
    (code) => ({
      name: code,
      make: web(),
      answers: () => ({ AssumeRoleWithWebIdentity: () => refusedXml(400, code, 'why') }),
      says: /^why$/,
      asks: ['AssumeRoleWithWebIdentity'],
    }),
  ),
  {
    name: 'IDPCommunicationError passes',
    make: web(),
    answers: () => ({ AssumeRoleWithWebIdentity: [refusedXml(400, 'IDPCommunicationError')] }),
    gives,
    asks: ['AssumeRoleWithWebIdentity', 'AssumeRoleWithWebIdentity'],
  },
  { name: 'a file', ...FILE, make: file(), gives, asks: ['AssumeRoleWithWebIdentity'] },
  {
    name: 'a file and a name',
    ...FILE,
    env: { ...FILE.env, AWS_ROLE_SESSION_NAME: 'me' },
    make: file(),
    gives,
  },
  {
    name: 'a file by options',
    files: { token: TOKEN },
    make: ({ fromTokenFile }, home) =>
      fromTokenFile({ webIdentityTokenFile: `${home}/token`, roleArn: ROLE, clientConfig }),
    gives,
  },
  { name: 'nothing', make: file(), says: /AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not set/ },
  { name: 'no role', env: { AWS_WEB_IDENTITY_TOKEN_FILE: 'HOME/token' }, make: file(), says: /AWS_ROLE_ARN/ },
  { name: 'no such file', env: FILE.env, make: file(), says: /ENOENT/ },
])

let services
before(async () => {
  services = await startServices()
})
after(() => services?.stop())

test('a clock that is wrong is corrected by what STS says', async (t) => {
  services.reset()
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() - 3_600_000 })
  const now = new Date(Date.now() + 3_600_000).toISOString().replace(/[-:]|\.\d+/g, '')
  services.state.answers.AssumeRole = [
    {
      ...refusedXml(
        403,
        'SignatureDoesNotMatch',
        `Signature expired: 20200101T000000Z is now earlier than 20200101T000500Z (${now} - 15 min.)`,
      ),
    },
  ]
  const config = { region: 'us-east-1', endpoint: services.url }
  const provider = fromTemporaryCredentials({
    masterCredentials: MASTER,
    params: { RoleArn: ROLE },
    clientConfig: config,
  })
  assert.equal((await provider()).accessKeyId, GIVEN.accessKeyId)
  assert.equal(services.state.asked.length, 2)
})

test('web identities are not signed, roles are', async () => {
  services.reset()
  const clientConfig = { region: 'us-gov-west-1', endpoint: services.url }
  await fromWebToken({ roleArn: ROLE, webIdentityToken: TOKEN, clientConfig })()
  await fromTemporaryCredentials({ masterCredentials: MASTER, params: { RoleArn: ROLE }, clientConfig })()
  assert.deepEqual(
    services.state.asked.map(({ scope }) => scope),
    [undefined, 'us-gov-west-1/sts/aws4_request'],
  )
})
