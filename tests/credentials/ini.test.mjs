// Profiles with a role or a web identity.

import { GIVEN, ROLE, refusedXml } from '../lib/credential-services.mjs'
import { nextToSdk } from './next-to-sdk.mjs'

const CONFIG = '.aws/config'
const CREDENTIALS = '.aws/credentials'
const KEYS = 'aws_access_key_id = AKIAFILE\naws_secret_access_key = file/secret+EXAMPLE\n'
const OTHER = 'arn:aws:iam::123456789012:role/other'
const named =
  (profile, options) =>
  ({ fromIni }) =>
    fromIni({ profile, ...options })
const base = `[base]\n${KEYS}`
const role = (more = '') =>
  `[profile a]\nrole_arn = ${ROLE}\nsource_profile = base\nregion = eu-west-1\n${more}`
const files = (config, credentials = base) => ({ [CONFIG]: config, [CREDENTIALS]: credentials })
const gives = GIVEN
const ofFile = { accessKeyId: 'AKIAFILE', secretAccessKey: 'file/secret+EXAMPLE' }
const IN_ENV = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env/secret+EXAMPLE' }

nextToSdk('fromIni with a role', [
  { name: 'source_profile', files: files(role()), make: named('a'), gives, asks: ['AssumeRole'] },
  {
    name: 'external_id, duration_seconds, role_session_name',
    files: files(role('external_id = e&f\nduration_seconds = 900\nrole_session_name = me\n')),
    make: named('a'),
    gives,
  },
  {
    name: 'keys of its own',
    files: files(`[profile a]\nrole_arn = ${ROLE}\nsource_profile = a\nregion = us-east-1\n${KEYS}`),
    make: named('a'),
    gives,
    asks: ['AssumeRole'],
  },
  {
    name: 'a role for a role',
    files: files(
      `${role().replace('= base', '= b')}[profile b]\nrole_arn = ${OTHER}\nsource_profile = base\n`,
    ),
    make: named('a'),
    gives,
    asks: ['AssumeRole', 'AssumeRole'],
  },
  {
    name: 'a source that has keys too',
    files: files(
      `${role().replace('= base', '= b')}[profile b]\nrole_arn = ${OTHER}\nsource_profile = base\n${KEYS}`,
    ),
    make: named('a'),
    gives,
    asks: ['AssumeRole'],
  },
  {
    name: 'a circle',
    files: files(
      `[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\nrole_arn = ${OTHER}\nsource_profile = a\n`,
    ),
    make: named('a'),
    says: /is circular: b, a, b/,
    asks: [],
  },
  {
    name: 'a source that is not there',
    files: files(role().replace('= base', '= b')),
    make: named('a'),
    says: /there is no profile "b"/,
  },
  {
    name: 'credential_source Environment',
    files: files(`[profile a]\nrole_arn = ${ROLE}\ncredential_source = Environment\nregion = us-east-1\n`),
    env: IN_ENV,
    make: named('a'),
    gives,
    asks: ['AssumeRole'],
  },
  {
    name: 'credential_source EcsContainer',
    files: files(`[profile a]\nrole_arn = ${ROLE}\ncredential_source = EcsContainer\nregion = us-east-1\n`),
    env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials' },
    make: named('a'),
    gives,
    asks: ['container', 'AssumeRole'],
  },
  {
    name: 'credential_source Ec2InstanceMetadata',
    files: files(
      `[profile a]\nrole_arn = ${ROLE}\ncredential_source = Ec2InstanceMetadata\nregion = us-east-1\n`,
    ),
    make: named('a'),
    gives,
    asks: ['imds-token', 'imds-role', 'imds-credentials', 'AssumeRole'],
  },
  {
    name: 'credential_source without role in a source',
    files: files(
      `[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\nregion = us-east-1\n[profile b]\ncredential_source = Environment\n`,
    ),
    env: IN_ENV,
    make: named('a'),
    gives,
    asks: ['AssumeRole'],
  },
  {
    name: 'a credential_source that is none',
    files: files(`[profile a]\nrole_arn = ${ROLE}\ncredential_source = Nowhere\n`),
    make: named('a'),
    says: /credential_source of the profile "a" must be Environment, .*; got Nowhere/,
  },
  {
    name: 'both kinds of source',
    files: files(role('credential_source = Environment\n')),
    env: IN_ENV,
    make: named('a'),
    says: /profile "a" has no credentials/,
  },
  {
    name: 'no source',
    files: files(`[profile a]\nrole_arn = ${ROLE}\n`),
    make: named('a'),
    says: /has no credentials/,
  },
  {
    name: 'MFA without a code',
    files: files(role('mfa_serial = arn:mfa\n')),
    make: named('a'),
    says: /needs a code from the MFA device arn:mfa: set mfaCodeProvider/,
    asks: [],
  },
  {
    name: 'MFA',
    files: files(role('mfa_serial = arn:mfa\n')),
    make: named('a', { mfaCodeProvider: async (serial) => (serial === 'arn:mfa' ? '123456' : '') }),
    gives,
  },
  {
    name: 'a role assumer of its own',
    files: files(role('external_id = x\n')),
    make: named('a', {
      roleAssumer: async (source, { ExternalId }) => ({ ...source, sessionToken: ExternalId }),
    }),
    gives: { ...ofFile, sessionToken: 'x' },
    asks: [],
  },
  {
    name: 'the region of clientConfig',
    files: files(role()),
    make: named('a', { clientConfig: { region: 'ap-south-1' } }),
    gives,
  },
  {
    name: 'AWS_REGION',
    files: files(role().replace(/region.*\n/, '')),
    env: { AWS_REGION: 'sa-east-1' },
    make: named('a'),
    gives,
  },
  ...['AccessDenied', 'ExpiredToken', 'InvalidClientTokenId'].map((code) => ({
    name: code,
    files: files(role()),
    make: named('a'),
    answers: () => ({ AssumeRole: () => refusedXml(403, code, 'why') }),
    says: /^why$/,
    asks: ['AssumeRole'],
  })),
  {
    name: 'a program as the source',
    files: {
      ...files(`${role().replace('= base', '= b')}[profile b]\ncredential_process = cat HOME/printed\n`),
      printed: '{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"process/secret+EXAMPLE"}',
    },
    make: named('a'),
    gives,
    asks: ['AssumeRole'],
  },
])

const web = `[profile a]\nrole_arn = ${ROLE}\nweb_identity_token_file = HOME/token\nregion = eu-west-1\n`
nextToSdk('fromIni with a web identity', [
  {
    name: 'a token',
    files: { ...files(web), token: 'a-web-token' },
    make: named('a', { clientConfig: { region: 'eu-west-1' } }),
    gives,
    asks: ['AssumeRoleWithWebIdentity'],
  },
  { name: 'no such file', files: files(web), make: named('a'), says: /ENOENT/ },
  {
    name: 'a refusal',
    files: { ...files(`${web}role_session_name = me\n`), token: 'a-web-token' },
    make: named('a'),
    answers: () => ({ AssumeRoleWithWebIdentity: () => refusedXml(400, 'InvalidIdentityToken', 'why') }),
    says: /^why$/,
  },
])
