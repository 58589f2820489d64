// Explains a request whose answer the browser hides from the page, or that had none: one sentence, and buttons with
// remedies.

import { useEffect, useState } from 'preact/hooks'
import { isSimple, preflightOf } from '../sign/cors'
import { type Reach, reachOf } from '../sign/reach'
import type { Wire } from '../sign/wire'
import { editAuth } from '../state/request'
import { dialog, resultTab } from '../state/view'
import { sendNow } from '../ui/send-now'
import { WithoutCors } from './forwarder'

function saidOf(reach: Reach, wire: Wire): string {
  const { host } = new URL(wire.url)
  switch (reach) {
    case 'answers':
      return isSimple(preflightOf(wire))
        ? `${host} answers, but does not let this page read its answer (CORS).`
        : `${host} answers, but not to this page: it refuses the CORS preflight, or does not let this page read its answer.`
    case 'silent':
      return `Nothing answers at ${host}: the name is not known here, the port is closed, or the certificate is not trusted.`
    case 'slow':
      return `Nothing answers at ${host} within 4 seconds: a firewall drops it, or the API is in a network that this computer is not in.`
    case 'policy':
      return `This page may not call ${host}: its Content-Security-Policy does not allow it.`
    case 'offline':
      return 'This computer is offline.'
  }
}

export function Unreachable({ wire }: { wire: Wire }) {
  const [reach, setReach] = useState<Reach>()
  useEffect(() => {
    let gone = false
    setReach(undefined)
    void reachOf(wire.url).then((found) => !gone && setReach(found))
    return () => {
      gone = true
    }
  }, [wire])
  const { origin } = new URL(wire.url)
  const couldBeSimple = wire.method === 'GET' && wire.headers.authorization?.startsWith('AWS4-') === true
  if (!reach) {
    return <h2 aria-busy="true">The browser keeps the answer from this page, or there was none.</h2>
  }
  return (
    <>
      <h2>{saidOf(reach, wire)}</h2>
      {reach === 'answers' && (
        <p class="acts">
          <button type="button" onClick={() => (resultTab.value = 'cors')}>
            See the preflight, and a setting that allows it
          </button>
          {couldBeSimple && (
            <button
              type="button"
              onClick={() => {
                editAuth({ place: 'query' })
                void sendNow()
              }}
            >
              Sign in the query, which needs no preflight
            </button>
          )}
        </p>
      )}
      {(reach === 'silent' || reach === 'slow') && (
        <>
          <p>A private API resolves and answers only in its VPC.</p>
          <p class="acts">
            <a class="button" href={origin} target="_blank" rel="noopener noreferrer">
              Open it in a tab to see which
            </a>
          </p>
        </>
      )}
      {reach === 'offline' && (
        <p class="acts">
          <button type="button" onClick={() => void sendNow()}>
            Send again
          </button>
        </p>
      )}
      {reach !== 'offline' && <WithoutCors url={wire.url} reach={reach} />}
      <p>
        <button type="button" class="link" onClick={() => (dialog.value = 'explain')}>
          Paste what curl, a log or the console says
        </button>
      </p>
    </>
  )
}
