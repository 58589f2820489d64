import type { Diagnosis, Explanation } from 'gatesign'
import type { Outcome } from '../sign/send'
import { Compared } from '../viewers/compared'
import { Remedy } from './remedy'
import { Unreachable } from './unreachable'

interface Props {
  diagnosis: Diagnosis
  explained?: Pick<Explanation, 'canonicalRequest' | 'stringToSign'> | undefined
  outcome?: Outcome
}

/** Why the request was refused, what to do, and for a mismatch both canonical requests side by side. */
export function Problem({ diagnosis, explained, outcome }: Props) {
  const { kind, summary, hint, diff, server } = diagnosis
  const wire = outcome?.attempts.at(-1)?.wire
  const unreadable = kind === 'NetworkError' && wire !== undefined && !outcome?.forwarded
  // The forwarder can report what a browser hides from pages.
  const message = outcome?.forwarded && !outcome.canceled ? outcome.failure?.message : undefined
  return (
    <section class="diagnosis" aria-label="Diagnosis">
      {unreadable ? <Unreachable wire={wire} /> : <h2>{message ?? summary}</h2>}
      {kind === 'NetworkError' && message ? (
        <p>The forwarder cannot reach the API from this machine: check the URL, the network and the VPN.</p>
      ) : (
        !unreadable && <p>{hint}</p>
      )}
      {outcome && wire && (
        <Remedy
          diagnosis={diagnosis}
          text={new TextDecoder().decode(outcome.answer?.bytes.subarray(0, 10_000))}
          host={new URL(wire.url).hostname}
        />
      )}
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
