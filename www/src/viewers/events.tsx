import '../styles/stream.css'
import type { ServerEvent } from '../model/events'

/** The maximum number of events to show; the raw text has all. */
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
