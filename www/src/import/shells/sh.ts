// Parses the part of sh, bash, zsh and fish that copied commands use: quotes, variables, comments, continued lines,
// here-documents, redirections.
//
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html

import { ansiQuoted } from './ansi'
import { type Command, Script, Unfinished, unknown } from './command'

const NAME = /[A-Za-z_]\w*/y
const ASSIGNED = /^([A-Za-z_]\w*)=/

const MOST_DEPTH = 8

/** @param fish whether `\'` and `\\` are escapes in single quotes */
export function readSh(text: string, fish = false, depth = 0): Command[] {
  return new Reader(text, fish, depth).read()
}

class Reader {
  private at = 0
  private readonly script = new Script()
  /** The variables that the script sets. */
  private readonly variables = new Map<string, string>()
  /** Here-documents whose text starts on the next line. */
  private waiting: { end: string; plain: boolean; tabs: boolean }[] = []
  /** How many commands are complete. */
  private ended = 0

  constructor(
    private readonly text: string,
    private readonly fish: boolean,
    private readonly depth: number,
  ) {}

  read(): Command[] {
    while (this.at < this.text.length) this.step()
    this.endCommand()
    return this.script.commands
  }

  private step() {
    const { script } = this
    const c = this.text.charAt(this.at++)
    switch (c) {
      case ' ':
      case '\t':
        script.endWord()
        break
      case '\r':
        // In a file from Windows the line ends with the next character.
        if (this.text.charAt(this.at) !== '\n') script.add(c)
        break
      case '\n':
        this.endLine()
        break
      case '#':
        if (script.between) this.at = this.endOf('\n')
        else script.add(c)
        break
      case ';':
      case '(':
      case ')':
        this.endCommand()
        break
      case '&':
        if (this.text.charAt(this.at) === '>') this.redirect()
        else this.endCommand()
        break
      case '|':
        this.endCommand(this.text.charAt(this.at) !== '|')
        if (this.text.charAt(this.at) === '|' || this.text.charAt(this.at) === '&') this.at++
        break
      case '<':
      case '>':
        this.redirect()
        break
      case '\\':
        this.escaped()
        break
      case "'":
        script.add(this.single())
        break
      case '"':
        this.double()
        break
      case '$':
        script.add(this.dollar(false))
        break
      case '`':
        script.add(this.command('`'))
        break
      default: {
        const end = this.plainEnd()
        script.add(c + this.text.slice(this.at, end))
        this.at = end
      }
    }
  }

  /** The end of a run of characters without a special meaning. */
  private plainEnd(): number {
    const plain = /[^\s#;()&|<>\\'"$`]*/y
    plain.lastIndex = this.at
    plain.exec(this.text)
    return Math.max(plain.lastIndex, this.at)
  }

  private endOf(text: string): number {
    const found = this.text.indexOf(text, this.at)
    return found === -1 ? this.text.length : found
  }

  private escaped() {
    const rest = this.text.slice(this.at, this.at + 2)
    if (rest.startsWith('\r\n')) this.at += 2
    else if (rest.startsWith('\n')) this.at++
    else if (rest === '') this.script.add('\\')
    else this.script.add(this.text.charAt(this.at++))
  }

  private single(): string {
    let out = ''
    for (;;) {
      const end = this.fish ? this.quoteEndOfFish() : this.text.indexOf("'", this.at)
      if (end === -1) throw new Unfinished("a single quote (') has no end")
      out += this.text.slice(this.at, end)
      this.at = end + 1
      if (this.text.charAt(end) === "'") return out
      // Reached only for fish, at a backslash.
      const next = this.text.charAt(this.at)
      out += next === "'" || next === '\\' ? next : '\\'
      if (next === "'" || next === '\\') this.at++
    }
  }

  private quoteEndOfFish(): number {
    for (let i = this.at; i < this.text.length; i++) {
      const c = this.text.charAt(i)
      if (c === "'" || c === '\\') return i
    }
    return -1
  }

  private double() {
    const { script } = this
    script.add('')
    for (;;) {
      const c = this.text.charAt(this.at++)
      if (c === '"') return
      if (c === '') throw new Unfinished('a double quote (") has no end')
      if (c === '\\') {
        const next = this.text.charAt(this.at)
        if (next === '\n') this.at++
        else if (next === '\r' && this.text.charAt(this.at + 1) === '\n') this.at += 2
        else if ('"\\$`'.includes(next) && next !== '') script.add(this.text.charAt(this.at++))
        else script.add('\\')
      } else if (c === '$') script.add(this.dollar(true))
      else if (c === '`') script.add(this.command('`'))
      else {
        const plain = /[^"\\$`]*/y
        plain.lastIndex = this.at
        plain.exec(this.text)
        script.add(c + this.text.slice(this.at, plain.lastIndex))
        this.at = Math.max(plain.lastIndex, this.at)
      }
    }
  }

  /** Reads what follows `$`. */
  private dollar(quoted: boolean): string {
    const c = this.text.charAt(this.at)
    if (c === "'" && !quoted && !this.fish) {
      this.at++
      const { value, end } = ansiQuoted(this.text, this.at)
      this.at = end
      return value
    }
    if (c === '"' && !quoted) return ''
    if (c === '{') return this.braced()
    if (c === '(') {
      this.at++
      return this.command(')')
    }
    NAME.lastIndex = this.at
    const name = NAME.exec(this.text)?.[0]
    if (name === undefined) return '$'
    this.at += name.length
    return this.variables.get(name) ?? unknown(name)
  }

  /** `${name}`, `${name:-default}`, `${name:+"word"}`: the word is used even if the variable is not known. */
  private braced(): string {
    const end = this.closing('{', '}', this.at + 1)
    const inner = this.text.slice(this.at + 1, end)
    this.at = end + 1
    const [, name = '', , operator = '', word = ''] = /^([A-Za-z_]\w*)((:?[-+=?])(.*))?$/s.exec(inner) ?? []
    if (name === '') return unknown(inner)
    const value = this.variables.get(name)
    // The limit for nested defaults.
    if (this.depth > MOST_DEPTH) return value ?? unknown(name)
    if (operator.endsWith('+')) return readSh(word, this.fish, this.depth + 1)[0]?.words.join(' ') ?? ''
    if (/[-=]$/.test(operator))
      return value ?? readSh(word, this.fish, this.depth + 1)[0]?.words.join(' ') ?? ''
    return value ?? unknown(name)
  }

  /** A command substitution, whose output is not known here. */
  private command(end: string): string {
    const at = end === ')' ? this.closing('(', ')', this.at) : this.text.indexOf(end, this.at)
    if (at === -1) throw new Unfinished(`a command in the command has no end (${end})`)
    const inner = this.text.slice(this.at, at)
    this.at = at + 1
    return unknown(inner.trim().slice(0, 40))
  }

  private closing(open: string, close: string, from: number): number {
    let depth = 1
    for (let i = from; i < this.text.length; i++) {
      const c = this.text.charAt(i)
      if (c === '\\') i++
      else if (c === open) depth++
      else if (c === close && --depth === 0) return i
    }
    throw new Unfinished(`${open} has no end`)
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }

  /** `>file`, `2>&1`, `<file`, `<<END`, `<<<word`: the target is not an argument. */
  private redirect() {
    const { script } = this
    script.dropNumber()
    this.at--
    const [operator = ''] = this.take(/<<<|<<-|<<|<&|<>|<|&>>|&>|>>|>&|>\||>/y) ?? []
    this.take(/[ \t]*/y)
    const begin = this.at
    while (this.at < this.text.length && !/[\s;&|()<>]/.test(this.text.charAt(this.at))) this.step()
    const target = script.takeWord()
    if (operator === '<<<') script.stdin = `${target}\n`
    else if (operator.startsWith('<<')) {
      const plain = /['"\\]/.test(this.text.slice(begin, this.at))
      this.waiting.push({ end: target, plain, tabs: operator === '<<-' })
    }
  }

  private endLine() {
    for (const { end, plain, tabs } of this.waiting) {
      const lines: string[] = []
      while (this.at < this.text.length) {
        const stop = this.endOf('\n')
        const line = this.text.slice(this.at, stop).replace(/\r$/, '')
        this.at = stop + 1
        const shown = tabs ? line.replace(/^\t+/, '') : line
        if (shown === end) break
        lines.push(shown)
      }
      const text = lines.map((line) => `${line}\n`).join('')
      this.script.stdin = plain ? text : this.filled(text)
    }
    this.waiting = []
    this.endCommand()
  }

  /** Variables in a here-document. */
  private filled(text: string): string {
    return text.replace(/\\([\\$`])|\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (_, escaped, braced, bare) =>
      escaped ? escaped : (this.variables.get(braced ?? bare) ?? unknown(braced ?? bare)),
    )
  }

  private endCommand(piped = false) {
    this.script.endCommand(piped)
    const command = this.script.commands[this.ended]
    if (command) this.remember(command)
    this.ended = this.script.commands.length
  }

  /** `A=b`, `export A=b`, `set -x A b`: sets a variable for the next commands. */
  private remember({ words: [first = '', ...rest] }: Command) {
    if (/^(?:export|declare|local|readonly|typeset)$/.test(first) || ASSIGNED.test(first)) {
      for (const word of [first, ...rest]) {
        const [whole, name] = ASSIGNED.exec(word) ?? []
        // `A=b program …` sets it only for the program, whose own arguments do not use it.
        if (whole && name) this.variables.set(name, word.slice(whole.length))
        else if (!/^(?:export|declare|local|readonly|typeset|-\w+)$/.test(word)) return
      }
    } else if (first === 'set' && rest.length > 1) {
      const [name = '', ...values] = rest.filter((word) => !/^-\w+$/.test(word))
      if (/^[A-Za-z_]\w*$/.test(name)) this.variables.set(name, values.join(' '))
    }
  }
}
