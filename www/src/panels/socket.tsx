import '../styles/result.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { clearMessages, sendMessage } from '../state/connect'
import { messages, socketState, socketUrl } from '../state/socket'
import { size } from '../ui/units'

const STATES = { closed: 'Not connected', connecting: 'Connecting', open: 'Connected' }
const SIGNS = { sent: '↑', received: '↓', note: '·', bad: '!' }
const NAMES = { sent: 'Sent', received: 'Received', note: 'Note', bad: 'Problem' }
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export function Socket() {
  const [text, setText] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const state = socketState.value
  useEffect(() => {
    const element = list.current
    if (element) element.scrollTop = element.scrollHeight
  }, [messages.value])
  const send = (event: Event) => {
    event.preventDefault()
    if (state === 'open' && text !== '') sendMessage(text)
  }
  return (
    <div class="socket">
      <p class="summary">
        <span role="status">
          <span class={`dot ${state}`} aria-hidden="true" />
          {STATES[state]}
        </span>
        {state !== 'closed' && <span class="grow ellipsis mono muted">{socketUrl.value}</span>}
        <button type="button" class="quiet" disabled={messages.value.length === 0} onClick={clearMessages}>
          Clear
        </button>
      </p>
      <div class="log" role="log" aria-label="Messages" tabIndex={0} ref={list}>
        {messages.value.length === 0 && (
          <p class="state">
            Connect, and every message is listed here. The handshake is signed in the query.
          </p>
        )}
        {messages.value.map(({ at, kind, text, bytes }, i) => (
          <div class={`message ${kind}`} key={i}>
            <span class="sign" aria-hidden="true">
              {SIGNS[kind]}
            </span>
            <span class="hidden">{NAMES[kind]}</span>
            <span class="message-text mono">{text}</span>
            <small>
              {bytes > 0 && `${size(bytes)} · `}
              {TIME.format(at)}
            </small>
          </div>
        ))}
      </div>
      <form class="composer" onSubmit={send}>
        <textarea
          class="mono"
          aria-label="Message"
          rows={3}
          spellcheck={false}
          placeholder='{"action": "whoami"}'
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || state !== 'open') return
            event.stopPropagation()
            send(event)
          }}
        />
        <button type="submit" class="primary" disabled={state !== 'open' || text === ''}>
          Send
        </button>
      </form>
    </div>
  )
}
