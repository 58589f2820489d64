import type { Diagnosis, Explanation } from 'gatesign'
import { isSimple, preflightOf } from '../sign/cors'
import type { Outcome } from '../sign/send'
import { dialog, resultTab } from '../state/view'
import { Compared } from '../viewers/compared'
import { WithoutCors } from './forwarder'

interface Props {
  diagnosis: Diagnosis
  explained?: Pick<Explanation, 'canonicalRequest' | 'stringToSign'> | undefined
  outcome?: Outcome
}

/** Why it was refused, what to do, and for a mismatch both canonical requests side by side. */
export function Problem({ diagnosis, explained, outcome }: Props) {
  const { kind, summary, hint, diff, server } = diagnosis
  const wire = outcome?.attempts.at(-1)?.wire
  const unreadable = kind === 'NetworkError' && wire !== undefined && !outcome?.forwarded
  // The forwarder can say what a browser keeps from its pages.
  const told = outcome?.forwarded && !outcome.canceled ? outcome.failure?.message : undefined
  return (
    <section class="diagnosis" aria-label="Diagnosis">
      <h2>{told ?? summary}</h2>
      {kind === 'NetworkError' && told ? (
        <p>The forwarder cannot reach the API from this machine: check the URL, the network and the VPN.</p>
      ) : (
        <p>{hint}</p>
      )}
      {unreadable && (
        <p>
          {isSimple(preflightOf(wire))
            ? 'A page may not read why: the answer came without permission for this page (CORS), or there was none.'
            : 'A page may not read why: the browser asked first (CORS preflight), and that was refused, or the answer came without permission for this page, or there was none.'}{' '}
          <button type="button" class="link" onClick={() => (resultTab.value = 'cors')}>
            What the browser asks, and the setting that allows it
          </button>
          {' · '}
          <button type="button" class="link" onClick={() => (dialog.value = 'explain')}>
            Paste what curl or a log says
          </button>
        </p>
      )}
      {unreadable && <WithoutCors url={wire.url} />}
      {server && explained && (
        <Compared
          ours={explained.canonicalRequest}
          theirs={server.canonicalRequest}
          line={diff?.line}
          part={diff?.part}
        />
      )}
      <p class="kind mono">{kind}</p>
    </section>
  )
}
