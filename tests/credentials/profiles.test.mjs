// fromEnv and fromIni with keys: how the environment and the shared files are read.

import { nextToSdk } from './next-to-sdk.mjs'

const KEYS = 'aws_access_key_id = AKIAFILE\naws_secret_access_key = file/secret+EXAMPLE\n'
const OTHERS = 'aws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret+EXAMPLE\n'
const TOKEN = 'aws_session_token = file/token+EXAMPLE==\n'
const CONFIG = '.aws/config'
const CREDENTIALS = '.aws/credentials'
const IN_ENV = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env/secret+EXAMPLE' }

const fromEnv = ({ fromEnv }) => fromEnv()
nextToSdk('fromEnv', [
  { name: 'keys', env: IN_ENV, make: fromEnv, gives: { accessKeyId: 'AKIAENV' } },
  {
    name: 'a token and an end',
    env: {
      ...IN_ENV,
      AWS_SESSION_TOKEN: 'env/token+EXAMPLE',
      AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00Z',
    },
    make: fromEnv,
    gives: { sessionToken: 'env/token+EXAMPLE', until: '2099-01-01T00:00:00.000Z' },
  },
  { name: 'nothing', make: fromEnv, says: /AWS_ACCESS_KEY_ID is not set/ },
  {
    name: 'the key alone',
    env: { AWS_ACCESS_KEY_ID: 'AKIAENV' },
    make: fromEnv,
    says: /AWS_SECRET_ACCESS_KEY is not set/,
  },
  {
    name: 'the secret alone',
    env: { AWS_SECRET_ACCESS_KEY: 'env/secret+EXAMPLE' },
    make: fromEnv,
    says: /AWS_ACCESS_KEY_ID is not set/,
  },
])

const fromIni = ({ fromIni }) => fromIni()
const named =
  (profile) =>
  ({ fromIni }) =>
    fromIni({ profile })
const gives = { accessKeyId: 'AKIAFILE', secretAccessKey: 'file/secret+EXAMPLE' }

/** Name, text of a file, and whose keys are found, of `[default]` in the credentials file if nothing else is said. */
const TEXTS = [
  [
    'white space',
    '[default]\n  aws_access_key_id=AKIAFILE\n\taws_secret_access_key\t=\tfile/secret+EXAMPLE  \n',
  ],
  ['no white space', '[default]\naws_access_key_id=AKIAFILE\naws_secret_access_key=file/secret+EXAMPLE'],
  ['lines of Windows', `[default]\n${KEYS}`.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\ufeff[default]\n${KEYS}`],
  ['comments', `# [other]\n; a=b\n[default] ; here\n#aws_access_key_id = AKIANOT\n${KEYS}`],
  ['a comment behind a value', `[default]\n${KEYS.replaceAll('\n', ' # why\n')}`],
  ['a setting before any section', `aws_access_key_id = AKIANOT\n[default]\n${KEYS}`],
  ['a setting without value', `[default]\nregion =\n${KEYS}`],
  ['a line that is none', `[default]\nnonsense\n= nothing\n${KEYS}`],
  [
    'settings in settings',
    `[default]\n${KEYS}s3 =\n  aws_access_key_id = AKIANOT\n  max = 1\nregion = us-east-1\n`,
  ],
  [
    'a section twice',
    `[default]\naws_access_key_id = AKIAFILE\n[x]\na=b\n[default]\naws_secret_access_key = file/secret+EXAMPLE\n`,
  ],
  ['a setting twice', `[default]\naws_access_key_id = AKIANOT\n${KEYS}`],
  ['other sections', `[a]\n${OTHERS}[default]\n${KEYS}[b]\n${OTHERS}`],
]

nextToSdk('fromIni with keys', [
  ...TEXTS.map(([name, text]) => ({ name, files: { [CREDENTIALS]: text }, make: fromIni, gives })),
  { name: 'a token', files: { [CREDENTIALS]: `[default]\n${KEYS}${TOKEN}` }, make: fromIni, gives },
  {
    name: 'an equals sign in a value',
    files: { [CREDENTIALS]: `[default]\n${KEYS}aws_session_token = a==b=\n` },
    make: fromIni,
    gives: { sessionToken: 'a==b=' },
  },
  { name: '[default] of the config file', files: { [CONFIG]: `[default]\n${KEYS}` }, make: fromIni, gives },
  { name: '[profile default]', files: { [CONFIG]: `[profile default]\n${KEYS}` }, make: fromIni, gives },
  {
    name: '[profile default] before [default]',
    files: { [CONFIG]: `[profile default]\n${KEYS}[default]\n${OTHERS}${TOKEN}` },
    make: fromIni,
    gives: { ...gives, sessionToken: undefined },
  },
  {
    name: 'a profile of the config file',
    files: { [CONFIG]: `[profile a]\n${KEYS}` },
    make: named('a'),
    gives,
  },
  {
    name: 'a profile in quotes',
    files: { [CONFIG]: `[profile "a-b"]\n${KEYS}[profile 'c']\n${OTHERS}` },
    make: named('a-b'),
    gives,
  },
  {
    name: 'a section of the config file without the word profile',
    files: { [CONFIG]: `[a]\n${KEYS}` },
    make: named('a'),
    says: /there is no profile "a"/,
  },
  {
    name: 'a profile of the credentials file',
    files: { [CREDENTIALS]: `[a]\n${KEYS}` },
    make: named('a'),
    gives,
  },
  {
    name: 'signs in a name',
    files: { [CONFIG]: `[profile a.b@c+d:e/f%1_2]\n${KEYS}` },
    make: named('a.b@c+d:e/f%1_2'),
    gives,
  },
  {
    name: 'the credentials file wins',
    files: { [CONFIG]: `[profile a]\n${OTHERS}`, [CREDENTIALS]: `[a]\n${KEYS}` },
    make: named('a'),
    gives,
  },
  {
    name: 'one setting in each file',
    files: {
      [CONFIG]: '[profile a]\naws_access_key_id = AKIAFILE\n',
      [CREDENTIALS]: '[a]\naws_secret_access_key = file/secret+EXAMPLE\n',
    },
    make: named('a'),
    gives,
  },
  {
    name: 'AWS_PROFILE',
    files: { [CREDENTIALS]: `[a]\n${KEYS}[default]\n${OTHERS}` },
    env: { AWS_PROFILE: 'a' },
    make: fromIni,
    gives,
  },
  {
    name: 'the option before AWS_PROFILE',
    files: { [CREDENTIALS]: `[a]\n${KEYS}[b]\n${OTHERS}` },
    env: { AWS_PROFILE: 'b' },
    make: named('a'),
    gives,
  },
  {
    name: 'the environment is not asked',
    files: { [CREDENTIALS]: `[default]\n${KEYS}` },
    env: IN_ENV,
    make: fromIni,
    gives,
  },
  {
    name: 'AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE',
    files: { 'one/config': `[profile a]\n${OTHERS}`, 'two/credentials': `[a]\n${KEYS}` },
    env: { AWS_CONFIG_FILE: 'HOME/one/config', AWS_SHARED_CREDENTIALS_FILE: 'HOME/two/credentials' },
    make: named('a'),
    gives,
  },
  {
    name: 'a path that begins with ~',
    files: { 'two/credentials': `[default]\n${KEYS}` },
    env: { AWS_SHARED_CREDENTIALS_FILE: '~/two/credentials' },
    make: fromIni,
    gives,
  },
  {
    name: 'filepath and configFilepath',
    files: {
      one: `[profile a]\naws_access_key_id = AKIAFILE\n`,
      two: '[a]\naws_secret_access_key = file/secret+EXAMPLE\n',
    },
    make: ({ fromIni }, home) =>
      fromIni({ profile: 'a', filepath: `${home}/two`, configFilepath: `${home}/one` }),
    gives,
  },
  { name: 'no files', make: fromIni, says: /there is no profile "default"/ },
  {
    name: 'no such profile',
    files: { [CONFIG]: `[profile a]\n${KEYS}` },
    make: named('b'),
    says: /no profile "b"/,
  },
  {
    name: 'a name of Object',
    files: { [CONFIG]: `[profile a]\n${KEYS}` },
    make: named('constructor'),
    says: /no profile/,
  },
  {
    name: '__proto__',
    files: { [CREDENTIALS]: `[a]\n${KEYS}` },
    make: named('__proto__'),
    says: /no profile/,
  },
  {
    name: 'an empty profile',
    files: { [CONFIG]: '[profile a]\n' },
    make: named('a'),
    says: /profile "a" has no credentials/,
  },
  {
    name: 'a region alone',
    files: { [CONFIG]: '[profile a]\nregion = us-east-1\n' },
    make: named('a'),
    says: /profile "a" has no credentials/,
  },
  {
    name: 'the key alone',
    files: { [CREDENTIALS]: '[default]\naws_access_key_id = AKIAFILE\n' },
    make: fromIni,
    says: /profile "default" has no credentials/,
  },
  {
    name: 'the secret alone',
    files: { [CREDENTIALS]: '[default]\naws_secret_access_key = file/secret+EXAMPLE\n' },
    make: fromIni,
    says: /profile "default" has no credentials/,
  },
  {
    name: 'a folder in place of a file',
    files: { '.aws/credentials/x': '' },
    make: fromIni,
    says: /no profile/,
  },
])
