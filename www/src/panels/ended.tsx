import '../styles/result.css'
import type { Ended } from '../state/running'
import { resultTab } from '../state/view'
import { difference, duration, size } from '../ui/units'
import { Viewer } from '../viewers/viewer'
import { Problem } from './diagnosis'

export function EndedView({ end }: { end: Ended }) {
  const { outcome, diagnosis, explained } = end
  const { answer, attempts, clockCorrection, canceled, forwarded, total } = outcome
  return (
    <div class="ended">
      <p class="summary" role="status">
        {answer ? (
          <strong class={`status s-${Math.floor(answer.status / 100)}`}>
            {answer.status} {answer.statusText || NAMES[answer.status] || ''}
          </strong>
        ) : (
          <strong class="status s-0">{canceled ? 'Canceled' : 'No answer'}</strong>
        )}
        <span title="until the last byte">{duration(total)}</span>
        {answer && answer.total - answer.firstByte > 100 && (
          <span>first byte after {duration(answer.firstByte)}</span>
        )}
        {answer && <span>{size(answer.bytes.length)}</span>}
        {attempts.length > 1 && <span>{attempts.length} attempts</span>}
        {forwarded && <span>through the local forwarder</span>}
        {explained?.proved && (
          <button type="button" class="link" onClick={() => (resultTab.value = 'signature')}>
            how it was signed
          </button>
        )}
      </p>
      {clockCorrection !== 0 && (
        <p class="note">
          The gateway’s clock is {difference(clockCorrection)} from this computer’s: the signature was
          corrected and sent again.
        </p>
      )}
      {diagnosis && !canceled && <Problem diagnosis={diagnosis} explained={explained} outcome={outcome} />}
      {answer?.partial && (
        <p class="note">
          {canceled ? 'Canceled' : 'The connection ended'} before the end of the answer: this is what arrived.
        </p>
      )}
      {end.redacted && (
        <p class="note">The gateway repeated a credential in its answer: it is redacted below.</p>
      )}
      {answer && <Viewer end={end} answer={answer} />}
    </div>
  )
}

/** HTTP/2 has no status texts. */
const NAMES: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}
