// Finds the commands in a pasted text, for any shell.

import { readCmd } from './shells/cmd'
import { type Command, Unfinished } from './shells/command'
import { readPowerShell } from './shells/powershell'
import { readSh } from './shells/sh'

/** A terminal's prompt at the start of a line. */
const PROMPT =
  /^[ \t]*(?:[$%❯➜]|[\w.@:~/-]{1,80}[$%#]|PS [^\n>]{0,200}>|[A-Za-z]:\\[^\n>]{0,200}>)[ \t]+(?=\S)/
const SECOND_PROMPT = /^[ \t]*>+[ \t]+/gm

/** @throws {Unfinished} */
export function commandsOf(pasted: string): Command[] {
  const text = straight(withoutPrompts(withoutReturns(pasted)))
  if (isCmd(text)) return readCmd(text)
  if (isPowerShell(text)) return readPowerShell(text)
  try {
    return readSh(text)
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error
    try {
      // In fish \' is an escape between single quotes.
      return readSh(text, true)
    } catch {
      throw error
    }
  }
}

/** A file of Windows ends every line with CR LF; if only some lines have a CR, it is part of the text. */
const withoutReturns = (text: string) => (/(?<!\r)\n/.test(text) ? text : text.replaceAll('\r\n', '\n'))

function withoutPrompts(text: string): string {
  const lines = text.split('\n')
  if (!lines.some((line) => PROMPT.test(line))) return text
  return lines
    .map((line) => line.replace(PROMPT, ''))
    .join('\n')
    .replace(SECOND_PROMPT, '')
}

/** Typographic quotes of word processors: a shell would read them as letters. */
function straight(text: string): string {
  return /[\s=][“”‘’]/.test(text) ? text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'") : text
}

/** Carets before quotes or at ends of lines, or %NAME%. */
function isCmd(text: string): boolean {
  if (/\s\^"|\^\\\^"|"\^[{[]/.test(text) || /\s\^[ \t\r]*$/m.test(text)) return true
  return !text.includes("'") && (text.match(/%[A-Za-z]\w{0,99}%/g) ?? []).some((name) => name.includes('_'))
}

function isPowerShell(text: string): boolean {
  return /\s`[ \t\r]*$/m.test(text) || /\$env:/i.test(text) || /(?:^|[\s;])curl\.exe\s/.test(text)
}

/** Programs that run another one. */
const RUNNERS =
  /^(?:sudo|time|env|command|exec|nohup|nice|builtin|watch|noglob|doas|call|start|then|do|if|while|!|&)$/
const ASSIGNED = /^([A-Za-z_]\w*)=(.*)$/s

export interface Program {
  /** In lower case, without folders and `.exe`. */
  name: string
  args: string[]
  /** The variables that the shell sets for it: `AWS_PROFILE=dev curl …`. */
  environment: Map<string, string>
}

/** The program that a command runs, without assignments and programs that only run others. */
export function programOf({ words }: Command): Program {
  const environment = new Map<string, string>()
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    const [, name, value = ''] = ASSIGNED.exec(word) ?? []
    if (name) environment.set(name, value)
    else if (word === 'timeout') at += /^-/.test(words[at + 1] ?? '') ? 0 : 1
    else if (!RUNNERS.test(word) && !(at > 0 && /^-\w+$/.test(word))) break
  }
  const name = (words[at] ?? '').toLowerCase()
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  return { name: base.replace(/\.exe$/, ''), args: words.slice(at + 1), environment }
}

/** The output of a command, if it is known from the text: `echo '{}' | curl …`, `cat <<EOF | curl …`. */
export function outputOf(command: Command): string | undefined {
  const { name, args } = programOf(command)
  if (name === 'cat' && args.length === 0) return command.stdin
  if (name === 'printf' && (args.length === 1 || (args.length === 2 && /^%s(\\n)?$/.test(args[0] ?? ''))))
    return args.at(-1)
  if (name !== 'echo' && name !== 'write-output') return undefined
  const [first = '', ...rest] = args
  return /^-[neE]+$/.test(first) ? rest.join(' ') + (first.includes('n') ? '' : '\n') : `${args.join(' ')}\n`
}
