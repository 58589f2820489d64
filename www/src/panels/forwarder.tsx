// The local forwarder in the page: a setting, and a remedy if CORS is missing.

import type { Reach } from '../sign/reach'
import { type Forwarder, forwarder, forwards } from '../state/forwarder'
import { sendNow } from '../ui/send-now'

export function ForwarderField({ hosts }: Forwarder) {
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          checked={forwards.value}
          disabled={hosts.length === 0}
          onChange={(event) => {
            forwards.value = event.currentTarget.checked
          }}
        />
        Send through the local forwarder
      </label>
      <small>
        {hosts.length > 0 ? (
          <>
            It needs no CORS. It may send to <span class="mono">{hosts.join(', ')}</span>.
          </>
        ) : (
          <>
            For APIs without CORS; it is off. Start <code>gatesign serve --forward HOST</code> to have it.
          </>
        )}
      </small>
    </div>
  )
}

const WAYS: Record<Reach, string> = {
  answers: 'If the API has no CORS:',
  policy: 'The local forwarder does not need it:',
  silent: 'The local forwarder can tell which:',
  slow: 'The local forwarder can tell which:',
  offline: '',
}

/** Shown after a request whose answer the browser did not let the page read. */
export function WithoutCors({ url, reach }: { url: string; reach: Reach }) {
  if (forwarder.value && forwarder.value.hosts.length > 0) {
    const sendAgain = () => {
      forwards.value = true
      void sendNow()
    }
    return (
      <p>
        {WAYS[reach]}{' '}
        <button type="button" onClick={sendAgain}>
          Send through the local forwarder
        </button>
      </p>
    )
  }
  if (reach !== 'answers' && reach !== 'policy') return null
  return (
    <p>
      {reach === 'policy' ? 'Where the policy cannot be changed:' : 'If the API cannot be given CORS:'}{' '}
      <code>npx gatesign serve --forward {new URL(url).host}</code> serves this page on your machine, with a
      local forwarder that needs none.
    </p>
  )
}
