// Parses Server-Sent Events from text in parts of any size.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

export interface ServerSentEvent {
  type: string
  data: string
  lastEventId: string
}

export class EventParser {
  /** The id of the last complete event, whether or not it had data. */
  lastEventId: string
  /** In ms, the last value that the server sent. */
  reconnectionTime: number | undefined
  readonly #longest: number
  #atStart = true
  /** Whether the previous part ended with a carriage return, to which a line feed belongs. */
  #afterReturn = false
  /** The beginning of a line whose end has not arrived yet. */
  #rest = ''
  #data = ''
  #type = ''
  #id: string

  /** @param longest UTF-16 units of one event: an event that never ends would otherwise fill the memory */
  constructor(lastEventId: string, longest: number) {
    this.lastEventId = lastEventId
    this.#id = lastEventId
    this.#longest = longest
  }

  /** Yields the events that end in this part of the text. */
  *read(text: string): Generator<ServerSentEvent, void> {
    if (text === '') return
    let at = 0
    if (this.#atStart && text.startsWith('\uFEFF')) at = 1
    else if (this.#afterReturn && text.startsWith('\n')) at = 1
    this.#atStart = false
    this.#afterReturn = false
    const ends = /\r\n?|\n/g
    ends.lastIndex = at
    for (let end = ends.exec(text); end; end = ends.exec(text)) {
      const line = this.#rest + text.slice(at, end.index)
      this.#rest = ''
      at = ends.lastIndex
      // The line has ended: its event does not have to wait for the character after a carriage return.
      this.#afterReturn = end[0] === '\r' && at === text.length
      const event = line === '' ? this.#dispatch() : this.#field(line)
      if (event) yield event
    }
    this.#rest += text.slice(at)
    this.#check(this.#rest.length)
  }

  #dispatch(): ServerSentEvent | undefined {
    const data = this.#data
    const type = this.#type || 'message'
    this.#data = ''
    this.#type = ''
    this.lastEventId = this.#id
    if (data === '') return
    return { type, data: data.slice(0, -1), lastEventId: this.lastEventId }
  }

  #field(line: string): undefined {
    const colon = line.indexOf(':')
    // A line without a colon is a name with an empty value; one that starts with a colon is a comment.
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (name === 'data') {
      this.#data += `${value}\n`
      this.#check(0)
    } else if (name === 'event') {
      this.#type = value
    } else if (name === 'id') {
      if (!value.includes('\0')) this.#id = value
    } else if (name === 'retry') {
      if (/^[0-9]+$/.test(value)) this.reconnectionTime = Number(value)
    }
  }

  #check(more: number) {
    if (this.#data.length + more <= this.#longest) return
    throw new RangeError(
      `the stream has an event of more than ${this.#longest} characters: raise maxEventLength if that is expected`,
    )
  }
}
