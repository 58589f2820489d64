// Parses the part of PowerShell that copied commands of curl.exe use.
//
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules

import { type Command, Script, Unfinished, unknown } from './command'

const SINGLE = "'\u2018\u2019\u201a\u201b"
const DOUBLE = '"\u201c\u201d\u201e'

const ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

export function readPowerShell(text: string): Command[] {
  const commands = new Reader(text).read()
  for (const { words } of commands) {
    // Up to PowerShell 7.2 a quote inside an argument was written \" for the program.
    for (const [i, word] of words.entries())
      if (i > 0 && word.includes('\\"')) words[i] = word.replaceAll('\\"', '"')
  }
  return commands
}

class Reader {
  private at = 0
  private readonly script = new Script()
  private readonly variables = new Map<string, string>()
  private ended = 0

  constructor(private readonly text: string) {}

  read(): Command[] {
    const { script } = this
    while (this.at < this.text.length) {
      const c = this.text.charAt(this.at++)
      if (c === ' ' || c === '\t' || c === '\r') script.endWord()
      else if (c === '\n' || c === ';' || c === '|') this.endCommand(c === '|')
      else if (c === '#' && script.between) this.at = this.endOf('\n')
      else if (c === '`') this.backtick()
      else if (c === '@' && script.between && this.isHere()) this.hereString()
      else if (SINGLE.includes(c)) this.single()
      else if (DOUBLE.includes(c)) this.double()
      else if (c === '$') script.add(this.dollar())
      else if (c === '&' && script.between) continue
      else script.add(c)
    }
    this.endCommand(false)
    return script.commands
  }

  private endOf(text: string): number {
    const found = this.text.indexOf(text, this.at)
    return found === -1 ? this.text.length : found
  }

  private backtick(quoted = false) {
    const next = this.text.charAt(this.at++)
    if (next === '\r' && this.text.charAt(this.at) === '\n') this.at++
    if (next === '\r' || next === '\n') quoted ? this.script.add('\n') : this.script.endWord()
    else this.script.add(Object.hasOwn(ESCAPES, next) ? (ESCAPES[next] ?? '') : next)
  }

  private isHere(): boolean {
    return /['"][ \t]*\r?\n/y.test(this.text.slice(this.at, this.at + 80))
  }

  /** `@'` … `'@`, each on a separate line. */
  private hereString() {
    const quote = this.text.charAt(this.at)
    const begin = this.endOf('\n') + 1
    const end = this.text.indexOf(`\n${quote}@`, begin - 1)
    if (end === -1) throw new Unfinished(`@${quote} has no end`)
    const inner = this.text.slice(begin, end).replace(/\r$/, '')
    this.script.add(
      quote === '"' ? inner.replace(/\$(?:env:)?(\w+)/gi, (_, name) => this.valueOf(name)) : inner,
    )
    this.at = end + 3
  }

  private single() {
    const { script } = this
    script.add('')
    for (;;) {
      const c = this.text.charAt(this.at++)
      if (c === '') throw new Unfinished("a single quote (') has no end")
      if (!SINGLE.includes(c)) script.add(c)
      else if (this.isNext(SINGLE)) script.add(this.text.charAt(this.at++))
      else return
    }
  }

  private isNext(characters: string): boolean {
    const next = this.text.charAt(this.at)
    return next !== '' && characters.includes(next)
  }

  private double() {
    const { script } = this
    script.add('')
    for (;;) {
      const c = this.text.charAt(this.at++)
      if (c === '') throw new Unfinished('a double quote (") has no end')
      // \" is meant for the program, although it ends the quote for PowerShell: it is read as a quote.
      if (
        c === '\\' &&
        this.text.charAt(this.at) === '"' &&
        !/^"(?:\s|$)/.test(this.text.slice(this.at, this.at + 2))
      ) {
        script.add('\\"')
        this.at++
      } else if (c === '`') this.backtick(true)
      else if (c === '$') script.add(this.dollar())
      else if (!DOUBLE.includes(c)) script.add(c)
      else if (this.isNext(DOUBLE)) script.add(this.text.charAt(this.at++))
      else return
    }
  }

  private dollar(): string {
    const found = /\{?(?:env:)?(\w+)\}?|\(([^()]*)\)/iy
    found.lastIndex = this.at
    const [whole, name, inner] = found.exec(this.text) ?? []
    if (whole === undefined) return '$'
    this.at += whole.length
    return name === undefined
      ? unknown((inner ?? '').replace(/^\$(?:env:)?/i, '').slice(0, 40))
      : this.valueOf(name)
  }

  private valueOf(name: string): string {
    return this.variables.get(name.toLowerCase()) ?? unknown(name)
  }

  private endCommand(piped: boolean) {
    this.script.endCommand(piped)
    const command = this.script.commands[this.ended]
    this.ended = this.script.commands.length
    const [first = '', sign, ...values] = command?.words ?? []
    // `$name = 'value'`: the name was read as a variable without a value.
    const [, name] = /^\{\{(\w+)\}\}$/.exec(first) ?? []
    if (name && sign === '=') this.variables.set(name.toLowerCase(), values.join(' '))
  }
}
