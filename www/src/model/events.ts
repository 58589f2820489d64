// Server-Sent Events: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

export interface ServerEvent {
  /** Empty for a message. */
  event: string
  id: string
  data: string
}

/** All complete events of a text; text without an empty line at its end is not an event yet. */
export function eventsOf(text: string): ServerEvent[] {
  const found: ServerEvent[] = []
  let id = ''
  let event = ''
  let data: string[] = []
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  // The text after the last line end is empty.
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      if (data.length > 0) found.push({ event, id, data: data.join('\n') })
      event = ''
      data = []
      continue
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
  }
  return found
}

export const isEventStream = (contentType: string) => /^\s*text\/event-stream\b/i.test(contentType)
