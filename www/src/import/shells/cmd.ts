// Parses lines of cmd.exe: first carets, as cmd reads them, then quotes, as Windows programs read their arguments.
//
// https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments

import { type Command, Script, unknown } from './command'

/** Marks the end of a command; no text contains it. */
const END = '\ue000'

export function readCmd(text: string): Command[] {
  return commandsOf(withoutCarets(text.replaceAll(END, '')))
}

/** Percent signs of a URL, as in `%E4%BD%`, are not variables. */
const VARIABLE = /%([A-Za-z_][A-Za-z0-9_]{2,})(?=%)/y
const isVariable = (name: string) => name.includes('_') || !/^[0-9A-Fa-f]{2}/.test(name)

function withoutCarets(text: string): string {
  // Older versions of Chrome wrote carets inside plain quotes, where cmd does not read them; here they are read as
  // intended.
  const everywhere = text.includes('^\\^"') || /"\^[{[]/.test(text)
  let out = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    if (c === '^' && (!quoted || everywhere)) {
      const next = text.charAt(++i)
      if (next === '\r' && text.charAt(i + 1) === '\n') i++
      if (next !== '\r' && next !== '\n') out += next
      else {
        // The character after the end of the line is literal.
        const after = text.charAt(i + 1)
        if (after === '\r' || after === '\n' || after === '&' || after === '|') {
          out += after === '\r' ? '\n' : after
          i += after === '\r' && text.charAt(i + 2) === '\n' ? 2 : 1
        }
      }
      continue
    }
    if (c === '"' && !everywhere) quoted = !quoted
    if (c === '%') {
      VARIABLE.lastIndex = i
      const name = VARIABLE.exec(text)?.[1]
      if (name !== undefined && isVariable(name)) {
        out += unknown(name)
        i += name.length + 1
        continue
      }
    }
    const ends = !quoted && (c === '\n' || c === '\r' || c === '&' || c === '|')
    out += ends && !(everywhere && (c === '&' || c === '|')) ? END : c
  }
  return out
}

function commandsOf(line: string): Command[] {
  const script = new Script()
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i)
    if (c === END) {
      quoted = false
      script.endCommand()
    } else if (c === '\\') {
      let end = i
      while (line.charAt(end) === '\\') end++
      const count = end - i
      if (line.charAt(end) !== '"') script.add('\\'.repeat(count))
      else {
        script.add('\\'.repeat(count >> 1))
        if (count % 2 === 1) {
          script.add('"')
          end++
        }
      }
      i = end - 1
    } else if (c === '"') {
      script.add('')
      if (quoted && line.charAt(i + 1) === '"') {
        script.add('"')
        i++
      } else quoted = !quoted
    } else if (!quoted && (c === ' ' || c === '\t')) script.endWord()
    else script.add(c)
  }
  script.endCommand()
  return script.commands
}
