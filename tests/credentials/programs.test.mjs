// Credentials that a program prints, and the AWS CLI as such a program.

import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fromIni } from 'gatesign/credentials'
import { nextToSdk } from './next-to-sdk.mjs'

const KEYS = 'aws_access_key_id = AKIAFILE\naws_secret_access_key = file/secret+EXAMPLE\n'
const files = (config) => ({ '.aws/config': config, '.aws/credentials': `[base]\n${KEYS}` })
const named =
  (profile) =>
  ({ fromIni }) =>
    fromIni({ profile })
const PRINTED = { Version: 1, AccessKeyId: 'ASIAPROCESS', SecretAccessKey: 'process/secret+EXAMPLE' }
const LATER = { SessionToken: 'process/token+EXAMPLE', Expiration: '2099-01-01T00:00:00Z' }
const process_ = (command, text, rest) => ({
  files: {
    ...files(`[profile a]\ncredential_process = ${command}\n`),
    printed: typeof text === 'string' ? text : JSON.stringify(text),
  },
  ...rest,
})
const CAT = 'cat HOME/printed'
const programs = [
  { name: 'keys', ...process_(CAT, PRINTED), gives: { accessKeyId: 'ASIAPROCESS' } },
  {
    name: 'a token and an end',
    ...process_(CAT, { ...PRINTED, ...LATER, AccountId: '123456789012' }),
    gives: { sessionToken: 'process/token+EXAMPLE', until: '2099-01-01T00:00:00.000Z' },
  },
  {
    name: 'a pipe and quotes',
    ...process_(`cat "HOME/printed" | tr A A`, PRINTED),
    gives: { accessKeyId: 'ASIAPROCESS' },
  },
  {
    name: 'white space around',
    ...process_(CAT, `\n\n ${JSON.stringify(PRINTED)}\n`),
    gives: { accessKeyId: 'ASIAPROCESS' },
  },
  {
    name: 'credentials that have ended',
    ...process_(CAT, { ...PRINTED, ...LATER, Expiration: '2020-01-01T00:00:00Z' }),
    says: /expired at 2020-01-01/,
  },
  {
    name: 'another version',
    ...process_(CAT, { ...PRINTED, Version: 2 }),
    says: /did not print "Version": 1/,
  },
  {
    name: 'a version that is a text',
    ...process_(CAT, { ...PRINTED, Version: '1' }),
    says: /did not print "Version": 1/,
  },
  { name: 'no keys', ...process_(CAT, { Version: 1 }), says: /printed no AccessKeyId/ },
  { name: 'no JSON', ...process_(CAT, 'process/secret+EXAMPLE'), says: /printed no JSON/ },
  { name: 'nothing', ...process_('true', ''), says: /printed no JSON/ },
  {
    name: 'a failure',
    ...process_('echo log in first >&2; exit 3', ''),
    says: /exited with 3: log in first$/,
  },
  {
    name: 'a secret in its command line',
    ...process_('false process/secret+EXAMPLE', ''),
    says: /exited with 1$/,
  },
  { name: 'no such program', ...process_('gatesign-no-such-program', ''), says: /exited with 127/ },
]
nextToSdk('programs', [
  ...programs.map((given) => ({ ...given, make: named('a') })),
  ...programs.map(({ name, ...given }) => ({
    name: `fromProcess: ${name}`,
    ...given,
    make: ({ fromProcess }) => fromProcess({ profile: 'a' }),
  })),
  {
    name: 'fromProcess: no program',
    files: files(''),
    make: ({ fromProcess }) => fromProcess({ profile: 'base' }),
    says: /"base" has no credential_process/,
  },
  {
    name: 'fromProcess: no profile',
    make: ({ fromProcess }) => fromProcess({ profile: 'a' }),
    says: /no profile "a"/,
  },
])

/** The AWS CLI as far as it is asked here. */
async function withCli(script, act) {
  const home = await mkdtemp(join(tmpdir(), 'gatesign-cli-'))
  const saved = { ...process.env }
  try {
    await mkdir(join(home, '.aws'))
    await writeFile(
      join(home, '.aws/config'),
      '[profile new]\nlogin_session = arn:aws:iam::123456789012:user/me\n',
    )
    if (script) {
      await writeFile(join(home, 'aws'), `#!/bin/sh\n${script}`)
      await chmod(join(home, 'aws'), 0o755)
    }
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
    Object.assign(process.env, { HOME: home, PATH: `${home}:/bin:/usr/bin` })
    return await act()
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name]
    Object.assign(process.env, saved)
    await rm(home, { recursive: true })
  }
}

test('a login that is not read here: the AWS CLI is asked', async () => {
  const text = JSON.stringify({ ...PRINTED, ...LATER })
  const script = `[ "$*" = "configure export-credentials --profile new --format process" ] && echo '${text}'`
  const identity = await withCli(script, fromIni({ profile: 'new' }))
  assert.equal(identity.sessionToken, LATER.SessionToken)
})

test('a login that is not read here, and the AWS CLI fails', async () => {
  const script = 'echo "Your session has expired. Please reauthenticate using aws login." >&2; exit 255'
  await assert.rejects(withCli(script, fromIni({ profile: 'new' })), {
    name: 'CredentialsProviderError',
    message:
      /profile "new" exited with 255: Your session has expired\. Please reauthenticate using aws login\.$/,
  })
})

test('a login that is not read here, and no AWS CLI', async () => {
  await assert.rejects(withCli('', fromIni({ profile: 'new' })), {
    name: 'CredentialsProviderError',
    message: 'the profile "new" has login_session, which only the AWS CLI reads: install it',
  })
})
