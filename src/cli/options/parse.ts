// The arguments of a command, read as curl reads them: short options together (-sSo FILE), a value in the same
// argument or the next, whatever that begins with, and options after the URL too.

import { INSTEAD } from './instead.ts'
import { type Command, type FlagName, type Option, TABLE, type ValueName } from './table.ts'
import { Usage } from './usage.ts'

/** Commands that take one argument besides the options, and its name. */
const ARGUMENT = new Map<Command, string>([
  ['call', 'URL'],
  ['presign', 'URL'],
  ['explain', 'URL'],
  ['run', 'FILE'],
  ['types', 'FILE'],
])

const ROWS: readonly Option[] = TABLE

/** The parsed arguments, in order: an option given twice is there twice. */
export class Arguments {
  readonly #entries: readonly { name: string; value: string }[]
  /** The argument that is not an option. */
  readonly argument: string

  constructor(entries: readonly { name: string; value: string }[], argument: string) {
    this.#entries = entries
    this.argument = argument
  }

  /** For a flag the last one counts: `--silent --no-silent` is off. */
  has(name: FlagName | ValueName): boolean {
    const last = this.#entries.findLast((entry) => entry.name === name)
    return last !== undefined && last.value !== OFF
  }

  /** The last value, which wins. */
  text(name: ValueName): string | undefined {
    return this.#entries.findLast((entry) => entry.name === name)?.value
  }

  /** Every value of these options, in the order in which they were given. */
  all(...names: ValueName[]): { name: string; value: string }[] {
    return this.#entries.filter(({ name }) => (names as string[]).includes(name))
  }

  /** Seconds as curl takes them (2.5), converted to whole ms; undefined if the option is absent. */
  milliseconds(name: ValueName): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const seconds = Number(text)
    if (!/^[\d.]/.test(text) || !Number.isFinite(seconds)) {
      throw new Usage(`--${name} takes seconds, not ${JSON.stringify(text)}`)
    }
    return Math.ceil(seconds * 1000)
  }

  /** A whole number; undefined if the option is absent. */
  count(name: ValueName, most: number): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const count = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (!(count <= most)) throw new Usage(`--${name} takes 0 to ${most}, not ${JSON.stringify(text)}`)
    return count
  }
}

/** The value of a flag that was switched off again; no argument can have it. */
const OFF = '\0off'

/** @returns undefined if the help is asked for */
export function parse(command: Command, args: readonly string[]): Arguments | undefined {
  const rows = ROWS.filter(({ commands }) => commands.includes(command))
  const entries: { name: string; value: string }[] = []
  const rest: string[] = []
  // In reverse order, because pop takes the same time however many arguments there are.
  const remaining = [...args].reverse()
  const readValue = (option: Option, shown: string, inline: string | undefined) => {
    if (inline !== undefined) return inline
    const next = remaining.pop()
    if (next === undefined) throw new Usage(`${shown} needs ${option.value}`)
    return next
  }
  for (let arg = remaining.pop(); arg !== undefined; arg = remaining.pop()) {
    if (arg === '--') {
      for (const word of remaining.reverse()) rest.push(word)
      break
    }
    if (arg === '--help' || arg === '-h') return undefined
    if (arg.startsWith('--')) {
      const [, name = '', inline] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(arg) ?? []
      const option = rows.find((row) => spellings(row).includes(name))
      if (!option) {
        const flag = rows.find((row) => !row.value && name === `no-${row.written ?? row.long}`)
        if (!flag || inline !== undefined) throw unknown(command, `--${name}`, name)
        entries.push({ name: flag.long, value: OFF })
      } else if (option.value === undefined) {
        if (inline !== undefined) throw new Usage(`--${name} takes no value`)
        entries.push({ name: option.long, value: '' })
      } else if (option.long === 'data-binary' && inline === undefined && isOption(rows, remaining.at(-1))) {
        // awscurl's --data-binary is a flag: -d is sent unchanged.
        entries.push({ name: 'data-unchanged', value: '' })
      } else entries.push({ name: option.long, value: readValue(option, `--${name}`, inline) })
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let at = 1; at < arg.length; at++) {
        const short = arg[at]
        const option = rows.find((row) => row.short === short)
        if (!option) throw unknown(command, `-${short}`, '')
        if (option.value === undefined) {
          entries.push({ name: option.long, value: '' })
          continue
        }
        const inline = at + 1 < arg.length ? arg.slice(at + 1) : undefined
        entries.push({ name: option.long, value: readValue(option, `-${short}`, inline) })
        break
      }
    } else rest.push(arg)
  }
  return new Arguments(entries, argumentOf(command, entries, rest))
}

const spellings = ({ long, written = long, also = [] }: Option): readonly string[] => [written, ...also]

/** Whether this argument is an option of the command and nothing else. */
const isOption = (rows: readonly Option[], arg: string | undefined) =>
  arg !== undefined &&
  rows.some((row) => arg === `-${row.short}` || spellings(row).some((name) => arg === `--${name}`))

/** The error does not show what follows `=`, which may be a secret. */
function unknown(command: Command, shown: string, name: string): Usage {
  const other = ROWS.find((row) => spellings(row).includes(name) || `-${row.short}` === shown)
  if (other)
    return new Usage(`Unknown option '${shown}' of ${command}: it is one of ${other.commands.join(', ')}`)
  const instead = INSTEAD.get(name)
  return new Usage(`Unknown option '${shown}'${instead ? `: ${instead}` : ''}`)
}

function argumentOf(command: Command, entries: { name: string; value: string }[], rest: string[]): string {
  const argument = ARGUMENT.get(command)
  const positionals = [...entries.filter(({ name }) => name === 'url').map(({ value }) => value), ...rest]
  if (!argument && positionals.length > 0) throw new Usage(`${command} takes no argument`)
  if (argument && positionals.length !== 1)
    throw new Usage(`${command} takes one ${argument}, not ${positionals.length}`)
  return positionals[0] ?? ''
}
