// Every option, once: the parser, the help and the errors read this table.
//
// Names and meanings are curl's (https://curl.se/docs/manpage.html) where curl has such an option, and awscurl's
// (https://github.com/okigan/awscurl) for its own; what differs is in docs/command.md.

import { ANSWER_OPTIONS } from './answer.ts'
import { CONNECTION_OPTIONS } from './connection.ts'
import { REQUEST_OPTIONS } from './request.ts'

export type Command =
  | 'call'
  | 'presign'
  | 'explain'
  | 'diagnose'
  | 'whoami'
  | 'serve'
  | 'run'
  | 'proxy'
  | 'types'

export interface Option {
  /** Its name in the code and, unless `written` is given, on the command line. */
  long: string
  written?: string
  short?: string
  /** What the help calls its value; without one it is a flag, which `--no-NAME` takes back. */
  value?: string
  commands: readonly Command[]
  group: Group
  /** The text in the help. An option without one exists only because other tools have it, and has no effect. */
  help?: string
  /** Only in `gatesign help COMMAND`. */
  rare?: boolean
  /** Other names of the same option. */
  also?: readonly string[]
}

export const GROUPS = [
  'Request',
  'Body',
  'Signature',
  'Connection',
  'Answer',
  'Web tester',
  'Collections',
  'Signing proxy',
] as const
export type Group = (typeof GROUPS)[number]

export const TABLE = [...REQUEST_OPTIONS, ...CONNECTION_OPTIONS, ...ANSWER_OPTIONS] as const

type Row = (typeof TABLE)[number]
/** Options that take a value. */
export type ValueName = Extract<Row, { value: string }>['long']
/** Options that take none. */
export type FlagName = Exclude<Row['long'], ValueName>
