// What the readers of the shells have in common.

/** One command of a script. */
export interface Command {
  /** The program and its arguments, as the program gets them. Of a variable without a value: `{{name}}`. */
  words: string[]
  /** Of a here-document or here-string. */
  stdin?: string
  /** Whether its input is the output of the command before. */
  piped: boolean
}

/** A quote that does not end: the text is for a different shell, or incomplete. */
export class Unfinished extends Error {}

/** `{{name}}`, for what only the shell knows. */
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

  /** Of a word that has only digits and is not quoted: the number of what is redirected. */
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

  /** What was read since the last word, as no word of the command. */
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
