// A command line as its words, whatever shell it was copied for.

import { parse } from 'shell-quote'
import { quoted } from '../model/shell'
import { ImportProblem } from './imported'

export function words(command: string): string[] {
  const line = command
    .replace(/^\s*\$\s+/, '')
    // Lines that go on: \ of shells, ^ of cmd, ` of PowerShell.
    .replace(/(?:\\|\^|`)\r?\n\s*/g, ' ')
    // A word that is there only if the variable is: taken as there.
    .replace(/\$\{\w+:\+("[^"]*")\}/g, '$1')
    .replace(/\$'((?:[^'\\]|\\.)*)'/gs, (_, inner: string) => quoted(ansi(inner)))
  const found: string[] = []
  for (const entry of parse(line, (name) => `$${name}`)) {
    if (typeof entry === 'string') found.push(entry)
    else if ('pattern' in entry) found.push(entry.pattern)
    // Of a pipe or a second command only the beginning is of interest.
    else if ('op' in entry) break
  }
  if (found.length < 2) throw new ImportProblem('The command has no arguments.')
  return found
}

/** What bash makes of `$'…'`. */
function ansi(text: string): string {
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' }
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (all, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (plain[code] ?? all),
  )
}
