// `gatesign help`, from the table of options.

import { type Command, GROUPS, type Option, TABLE } from './options/table.ts'

const COMMANDS: readonly [Command, string, string][] = [
  ['call', 'call URL', "send a signed request and print the answer; options are curl's"],
  ['presign', 'presign URL', 'print a URL that carries the signature'],
  ['explain', 'explain URL', 'print what would be signed; nothing is sent'],
  ['diagnose', 'diagnose', "read a gateway's error from standard input and say what it means"],
  ['run', 'run FILE', 'run a saved collection and check its answers, for CI'],
  [
    'whoami',
    'whoami',
    'print whose credentials are used, where they come from, and whether the clock is right',
  ],
  [
    'types',
    'types FILE',
    'write the types of an API, from its OpenAPI document (JSON or YAML), for TypeScript',
  ],
  ['proxy', 'proxy --host HOST', 'sign the requests of other programs and forward them'],
  ['serve', 'serve', 'serve the web tester on this machine, at http://127.0.0.1:8082/'],
]

const CREDENTIALS = `\
Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, unless --profile is
given; then from the profile: keys, a role, AWS SSO after 'aws sso login', credential_process, and what else the
AWS CLI knows, if it is installed; then from a web identity, a container or an instance.
An API key comes from GATESIGN_API_KEY, --api-key-file or -H 'x-api-key: KEY'; the last one shows in \`ps\`.`

const EXITS = `\
Exit codes: 0 an answer came (run: all held), 1 nothing could be signed or served (run: a check
failed), 2 usage, and curl's: 5 unknown proxy, 6 unknown host, 7 no connection, 18 a part of the answer, 22 refused with -f, 23 the
output cannot be written, 26 a file cannot be read, 28 timeout, 35 no TLS, 47 too many redirects, 52 no answer,
56 the connection broke, 58 the client certificate, 60 a certificate that does not verify, 77 no CA file.`

/** All commands with their common options, or one command with all of its options. */
export function help(command?: Command): string {
  const commands = COMMANDS.filter(([name]) => !command || name === command)
  const width = Math.max(...COMMANDS.map(([, usage]) => usage.length)) + 3
  const usage = commands.map(([, usage, summary]) => `  gatesign ${usage.padEnd(width)}${summary}`)
  if (!command) usage.push(`  gatesign ${'help COMMAND'.padEnd(width)}all options of one command`)
  const sections = GROUPS.map((group) => section(group, command)).filter((text) => text !== '')
  return [
    'Sign requests to AWS API Gateway, and to any AWS service.',
    usage.join('\n'),
    ...sections,
    CREDENTIALS,
    EXITS,
  ].join('\n\n')
}

function section(group: string, command: Command | undefined): string {
  const rows: readonly Option[] = TABLE
  const shown = rows.filter(
    (row) => row.group === group && row.help && (command ? row.commands.includes(command) : !row.rare),
  )
  if (shown.length === 0) return ''
  return [group, ...shown.map((row) => line(row, command))].join('\n')
}

function line(row: Option, command: Command | undefined): string {
  const { long, written = long, short, value, commands, help = '' } = row
  const name = `  ${short ? `-${short}, ` : ''}--${written}${value ? ` ${value}` : ''}`
  const only = command || commands.includes('call') ? '' : `(${commands.join(', ')}) `
  return `${name.padEnd(28)} ${only}${help}`
}
