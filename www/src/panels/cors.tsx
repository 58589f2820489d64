import '../styles/result.css'
import { useEffect, useState } from 'preact/hooks'
import { isSimple, type Preflight, preflightOf, settingsFor } from '../sign/cors'
import { forwards } from '../state/forwarder'
import { follow, live } from '../state/live'
import { editAuth, effective, webSocket } from '../state/request'
import { CopyButton } from '../ui/copy'

export function Cors() {
  useEffect(follow, [])
  const { wire, problem } = live.value
  if (webSocket.value) {
    return (
      <div class="text">
        <h2>No preflight</h2>
        <p>
          CORS does not cover WebSockets: the browser connects at once and names this page in the header{' '}
          <code>Origin</code>. A page cannot read the gateway’s answer to a refused handshake; the browser’s
          console shows at most its status.
        </p>
      </div>
    )
  }
  if (forwards.value) {
    return <p class="state">The local forwarder sends this request, so the browser makes no preflight.</p>
  }
  if (problem) return <p class="state">{problem}</p>
  if (!wire) return <div class="state waiting" aria-busy="true" />
  if (new URL(wire.url).origin === location.origin) {
    return <p class="state">This page and the API have the same origin, so the browser makes no preflight.</p>
  }
  const preflight = preflightOf(wire, location.origin)
  return isSimple(preflight) ? <Simple {...preflight} /> : <PreflightAnswer {...preflight} url={wire.url} />
}

function Simple({ origin }: Preflight) {
  return (
    <div class="text">
      <h2>No preflight</h2>
      <p>
        The browser sends this request at once: its method and headers need no permission. The page can read
        the answer only if it has this header:
      </p>
      <pre class="code" tabIndex={0}>
        Access-Control-Allow-Origin: {origin}
      </pre>
      <p class="muted">
        Or <code>*</code>: no cookies are sent.
      </p>
    </div>
  )
}

function PreflightAnswer({ url, ...preflight }: Preflight & { url: string }) {
  const { method, headers, origin, methodAsked } = preflight
  const settings = settingsFor(preflight)
  const [chosen, choose] = useState(settings[0]?.id ?? '')
  const setting = settings.find(({ id }) => id === chosen)
  const { auth } = effective.value
  const couldBeSimple =
    auth.kind === 'iam' &&
    auth.place === 'header' &&
    !methodAsked &&
    headers.every((name) => /^(?:authorization|x-amz-)/.test(name))
  const { pathname } = new URL(url)
  const lines = [`OPTIONS ${pathname}`, `Origin: ${origin}`, `Access-Control-Request-Method: ${method}`]
  if (headers.length > 0) lines.push(`Access-Control-Request-Headers: ${headers.join(',')}`)
  const expectedHeaders = [`Access-Control-Allow-Origin: ${origin}`]
  if (methodAsked) expectedHeaders.push(`Access-Control-Allow-Methods: ${method}`)
  if (headers.length > 0) expectedHeaders.push(`Access-Control-Allow-Headers: ${headers.join(',')}`)
  return (
    <div class="text">
      <h2>The browser asks first</h2>
      <p>It sends this preflight, never signed. IAM on the OPTIONS method refuses it.</p>
      <pre class="code" tabIndex={0}>
        {lines.join('\n')}
      </pre>
      <h2>What the gateway must answer</h2>
      <pre class="code" tabIndex={0}>
        {expectedHeaders.join('\n')}
      </pre>
      {headers.includes('authorization') && (
        <p class="muted">
          <code>*</code> does not cover <code>authorization</code>: it has to be named.
        </p>
      )}
      {couldBeSimple && (
        <p>
          <button type="button" onClick={() => editAuth({ place: 'query' })}>
            Sign in the query instead
          </button>{' '}
          This request then needs no preflight.
        </p>
      )}
      <h2>A setting that allows it</h2>
      <div class="choose-line">
        <select
          aria-label="Kind of setting"
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {settings.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <CopyButton text={() => setting?.text ?? ''} />
      </div>
      <pre class="code" tabIndex={0}>
        {setting?.text}
      </pre>
    </div>
  )
}
