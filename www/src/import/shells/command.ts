// The common part of the parsers for shells.

/** One command of a script. */
export interface Command {
  /** The program and its arguments, as the program gets them. A variable without a value becomes `{{name}}`. */
  words: string[]
  /** The text of a here-document or here-string. */
  stdin?: string
  /** Whether its input is the output of the previous command. */
  piped: boolean
}

/** An unterminated quote: the text is for a different shell, or incomplete. */
export class Unfinished extends Error {}

/** `{{name}}`, for a value that only the shell knows. */
export const unknown = (name: string) => `{{${name.replace(/[^\w.-]+/g, '_') || 'value'}}}`

/** Collects words and commands. */
export class Script {
  readonly commands: Command[] = []
  private command: Command = { words: [], piped: false }
  private word = ''
  private begun = false

  add(text: string) {
    this.word += text
    this.begun = true
  }

  /** Whether the next character is the first of a word. */
  get between(): boolean {
    return !this.begun
  }

  /** The number of the redirected file, if the word consists of digits without quotes. */
  dropNumber() {
    if (/^\d*$/.test(this.word)) this.begun = false
    else this.endWord()
    this.word = ''
  }

  endWord() {
    if (this.begun) this.command.words.push(this.word)
    this.word = ''
    this.begun = false
  }

  /** Drops what was read since the last word, which is not a word of the command. */
  takeWord(): string {
    const { word } = this
    this.word = ''
    this.begun = false
    return word
  }

  set stdin(text: string) {
    this.command.stdin = text
  }

  endCommand(piped = false) {
    this.endWord()
    if (this.command.words.length > 0) this.commands.push(this.command)
    this.command = { words: [], piped }
  }
}
