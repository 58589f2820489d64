// JSON as lines, without creating objects: numbers and strings stay as they were written, and ten megabytes take only a
// moment. A line is a scalar, or the start or end of an object or array.

export class JsonProblem extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

const SCALAR = 0
const OPEN = 1
const CLOSE = 2

/** `{{name}}`, alone or as part of a word: a value in a text that is not JSON until it is filled in. */
const VARIABLE = /[-+.\w]*(?:\{\{[^{}"\n]*\}\}[-+.\w]*)+/y

const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y

export class JsonLines {
  count = 0
  /** Per line: kind, depth, key's start and end (equal: no key), value's start and end, partner, comma. */
  private kinds = new Uint8Array(1024)
  private depths = new Uint16Array(1024)
  private numbers = new Uint32Array(1024 * 5)
  private commas = new Uint8Array(1024)

  /** @param withVariables whether `{{name}}` is a value */
  constructor(
    readonly text: string,
    private readonly withVariables = false,
  ) {
    this.read()
  }

  isOpen = (line: number) => this.kinds[line] === OPEN
  isClose = (line: number) => this.kinds[line] === CLOSE
  depth = (line: number) => this.depths[line] ?? 0
  hasComma = (line: number) => this.commas[line] === 1
  /** The other end of an object or array. */
  partner = (line: number) => this.number(line, 4)
  key = (line: number) => this.text.slice(this.number(line, 0), this.number(line, 1))
  from = (line: number) => this.number(line, 2)
  to = (line: number) => this.number(line, 3)
  value = (line: number) => this.text.slice(this.number(line, 2), this.number(line, 3))

  /** The offset at which the line's text starts. */
  start(line: number): number {
    const key = this.number(line, 0)
    return this.number(line, 1) > key ? key : this.number(line, 2)
  }

  /** The last line that starts at or before an offset. */
  lineAt(offset: number): number {
    let [low, high] = [0, this.count - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.start(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  private number = (line: number, which: number) => this.numbers[line * 5 + which] ?? 0

  private add(kind: number, depth: number, key: [number, number], from: number, to: number): number {
    if (this.count === this.kinds.length) this.grow()
    const line = this.count++
    this.kinds[line] = kind
    this.depths[line] = depth
    this.numbers.set([key[0], key[1], from, to, line], line * 5)
    return line
  }

  private grow() {
    const twice = <T extends Uint8Array | Uint16Array | Uint32Array>(old: T): T => {
      const larger = new (old.constructor as new (length: number) => T)(old.length * 2)
      larger.set(old)
      return larger
    }
    this.kinds = twice(this.kinds)
    this.depths = twice(this.depths)
    this.numbers = twice(this.numbers)
    this.commas = twice(this.commas)
  }

  private read() {
    const { text } = this
    const open: number[] = []
    const noKey: [number, number] = [0, 0]
    let key = noKey
    let at = this.space(0)
    for (;;) {
      const first = text.charCodeAt(at)
      const variable = this.variableEnd(at)
      const isContainer = variable === at && (first === 0x7b || first === 0x5b)
      const inside = isContainer ? this.space(at + 1) : at
      if (isContainer && text.charCodeAt(inside) !== first + 2) {
        open.push(this.add(OPEN, open.length, key, at, at + 1))
        ;[key, at] = first === 0x7b ? this.readKey(inside) : [noKey, inside]
        continue
      }
      const end = isContainer
        ? inside + 1
        : first === 0x22
          ? this.stringEnd(at)
          : variable > at
            ? variable
            : this.wordEnd(at)
      this.add(SCALAR, open.length, key, at, end)
      at = this.space(end)
      // After a value: commas and ends.
      for (;;) {
        const last = open.at(-1)
        if (last === undefined) {
          if (at < text.length) throw new JsonProblem('there is text after the end', at)
          return
        }
        const isObject = text[this.number(last, 2)] === '{'
        const next = text[at]
        if (next === ',') {
          this.commas[this.count - 1] = 1
          at = this.space(at + 1)
          ;[key, at] = isObject ? this.readKey(at) : [noKey, at]
          break
        }
        if (next !== (isObject ? '}' : ']'))
          throw new JsonProblem(at < text.length ? 'a comma is missing' : 'the end is missing', at)
        open.pop()
        const line = this.add(CLOSE, open.length, noKey, at, at + 1)
        this.numbers[last * 5 + 4] = line
        this.numbers[line * 5 + 4] = last
        at = this.space(at + 1)
      }
    }
  }

  private readKey(at: number): [[number, number], number] {
    const variable = this.variableEnd(at)
    if (variable === at && this.text.charCodeAt(at) !== 0x22)
      throw new JsonProblem('a name in quotes is missing', at)
    const end = variable > at ? variable : this.stringEnd(at)
    const colon = this.space(end)
    if (this.text[colon] !== ':') throw new JsonProblem('a colon is missing', colon)
    return [[at, end], this.space(colon + 1)]
  }

  private space(from: number): number {
    let at = from
    for (;;) {
      const code = this.text.charCodeAt(at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
      at++
    }
  }

  private stringEnd(from: number): number {
    let at = from
    for (;;) {
      at = this.text.indexOf('"', at + 1)
      if (at === -1) throw new JsonProblem('a quote is missing', from)
      let slashes = 0
      while (this.text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++
      if (slashes % 2 === 0) return at + 1
    }
  }

  /** The end of a value that contains a variable; `at` if it contains none. */
  private variableEnd(at: number): number {
    if (!this.withVariables) return at
    VARIABLE.lastIndex = at
    return VARIABLE.test(this.text) ? VARIABLE.lastIndex : at
  }

  private wordEnd(at: number): number {
    WORD.lastIndex = at
    if (!WORD.test(this.text))
      throw new JsonProblem(at < this.text.length ? 'this is not a JSON value' : 'a value is missing', at)
    return WORD.lastIndex
  }
}
