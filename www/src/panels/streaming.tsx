import '../styles/result.css'
import { useEffect, useRef } from 'preact/hooks'
import { eventsOf, isEventStream } from '../model/events'
import type { Stream } from '../state/stream'
import { duration } from '../ui/units'
import { Events } from '../viewers/events'

/** The part of a streaming answer that has arrived. */
export function Streaming({ stream: { head, contentType, text } }: { stream: Stream }) {
  const end = useRef<HTMLDivElement>(null)
  const shown = text.value
  useEffect(() => {
    const element = end.current?.parentElement
    // Do not scroll for a reader who has scrolled up.
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 200)
      element.scrollTop = element.scrollHeight
  }, [shown])
  return (
    <div class="streaming">
      <p class="summary">
        <strong class={`status s-${Math.floor(head.status / 100)}`}>
          {head.status} {head.statusText}
        </strong>
        <span>first byte after {duration(head.firstByte)}</span>
      </p>
      <div class="stream" role="log" aria-label="The answer as it comes" tabIndex={0}>
        {isEventStream(contentType) ? <Events events={eventsOf(shown)} /> : <pre class="mono">{shown}</pre>}
        <div ref={end} />
      </div>
    </div>
  )
}
