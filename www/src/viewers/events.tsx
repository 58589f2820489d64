import '../styles/stream.css'
import type { ServerEvent } from '../model/events'

/** More are in the raw text. */
const MOST = 1_000

export function Events({ events }: { events: ServerEvent[] }) {
  return (
    <ol class="events">
      {events.slice(-MOST).map(({ event, id, data }, i) => (
        <li key={i}>
          <small class="muted">
            {event || 'message'}
            {id && ` · ${id}`}
          </small>
          <pre class="mono">{data}</pre>
        </li>
      ))}
    </ol>
  )
}
