// The place of the signature, and what is sent with it.

import { MOST_SECONDS } from '../../../src/js/bounds'
import { doc, editAuth, webSocket } from '../state/request'
import { lazy } from '../ui/lazy'

const PlainAuth = lazy(() => import('./auth-plain').then(({ PlainAuth }) => PlainAuth))

export function SignatureOptions() {
  const { auth } = doc.value
  return (
    <>
      <Place />
      <label class="check">
        <input
          type="checkbox"
          checked={auth.withApiKey}
          onChange={(event) => editAuth({ withApiKey: event.currentTarget.checked })}
        />
        Send an API key too
      </label>
      {auth.withApiKey && <PlainAuth kind="iam" isInherited={false} />}
    </>
  )
}

function Place() {
  const { place, expiresIn } = doc.value.auth
  const inQuery = webSocket.value || place === 'query'
  return (
    <>
      <fieldset class="choices">
        <legend>Where the signature goes</legend>
        <label class="check">
          <input
            type="radio"
            name="place"
            checked={!inQuery}
            disabled={webSocket.value}
            onChange={() => editAuth({ place: 'header' })}
          />
          Headers
        </label>
        <label class="check">
          <input type="radio" name="place" checked={inQuery} onChange={() => editAuth({ place: 'query' })} />
          {webSocket.value
            ? 'Query: a browser sets no headers of a WebSocket'
            : 'Query: a GET then needs no CORS preflight'}
        </label>
      </fieldset>
      {inQuery && (
        <label class="field inline">
          <span>Valid for</span>
          <span class="unit">
            <input
              type="number"
              min="1"
              max={MOST_SECONDS}
              value={expiresIn}
              onChange={(event) =>
                editAuth({
                  expiresIn: Math.min(
                    MOST_SECONDS,
                    Math.max(1, Math.floor(Number(event.currentTarget.value) || 300)),
                  ),
                })
              }
            />
            s
          </span>
          <small>API Gateway accepts no signature older than 5 minutes.</small>
        </label>
      )}
    </>
  )
}
