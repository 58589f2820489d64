// gatesign/events: what it takes, and what the loop gets.

import { newClient } from 'gatesign'
import { type EventReader, readEvents, type ServerSentEvent } from 'gatesign/events'

export async function chat(url: string) {
  const client = newClient({ invokeUrl: url })
  const events: EventReader = readEvents(await client.fetch(url), { lastEventId: '1', maxEventLength: 1000 })
  for await (const { type, data, lastEventId } of events) {
    const texts: string[] = [type, data, lastEventId]
    console.log(texts)
  }
  const ms: number | undefined = events.reconnectionTime
  const last: string = events.lastEventId
  const result = await client.invokeApi({}, '', 'GET', { responseType: 'stream' })
  const first: IteratorResult<ServerSentEvent, undefined> = await readEvents(result).next()
  // @ts-expect-error: it is read only
  events.lastEventId = '2'
  return { ms, last, first }
}

readEvents(new ReadableStream<Uint8Array>())
readEvents(
  (async function* () {
    yield 'data: a\n\n'
  })(),
)
// @ts-expect-error: a text is not a stream
readEvents('data: a\n\n')
// @ts-expect-error: an id is a text
readEvents(new Response(''), { lastEventId: 1 })
