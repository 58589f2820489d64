import '../styles/result.css'
import { useEffect, useState } from 'preact/hooks'
import { type ExplainedLine, linesOfRequest, linesOfString } from '../sign/lines'
import type { Explained } from '../sign/wire'
import { follow, live } from '../state/live'
import { effective } from '../state/request'
import { sent } from '../state/sent'
import { CopyButton } from '../ui/copy'
import { Which } from '../ui/which'

/** The steps of the signature: live while editing, or as it was sent. */
export function Signature() {
  useEffect(follow, [])
  const wasSent = sent.value
  const [which, choose] = useState<'now' | 'sent'>(wasSent ? 'sent' : 'now')
  const shown = which === 'sent' && wasSent ? wasSent : live.value.explained
  return (
    <div class="text signature">
      <div class="choose-line">
        <Which now="While editing" sent={wasSent !== undefined} chosen={which} choose={choose} />
        {shown && (
          <CopyButton
            text={() => `${shown.canonicalRequest}\n\n${shown.stringToSign}`}
            label="Copy both texts"
          />
        )}
      </div>
      {shown ? <Steps explained={shown} sent={shown === wasSent} /> : <Nothing />}
    </div>
  )
}

function Nothing() {
  if (effective.value.auth.kind !== 'iam') {
    return <p class="state">This request is not signed. Choose “IAM signature” under Auth to sign it.</p>
  }
  if (live.value.problem) return <p class="state">{live.value.problem}</p>
  return <div class="state waiting" aria-busy="true" />
}

function Steps({ explained, sent }: { explained: Explained; sent: boolean }) {
  const { canonicalRequest, stringToSign, credentialScope, signedHeaders, signature, amzDate, proved } =
    explained
  return (
    <>
      <p class={proved ? 'proof good-text' : 'proof warn-text'}>
        {proved
          ? sent
            ? 'These steps produce exactly the signature that was sent.'
            : 'These steps produce the signature that would be sent now.'
          : 'These steps do not produce the signature that was sent.'}
      </p>
      <Lines title="1. Canonical request" lines={linesOfRequest(canonicalRequest, credentialScope)} />
      <Lines title="2. String to sign" lines={linesOfString(stringToSign)} />
      <h2>3. Signing key</h2>
      <Chain scope={credentialScope} />
      <h2>4. Signature</h2>
      <dl class="facts">
        <dt>Signature</dt>
        <dd class="mono">{signature}</dd>
        <dt>Scope</dt>
        <dd class="mono">{credentialScope}</dd>
        <dt>Signed headers</dt>
        <dd class="mono">{signedHeaders}</dd>
        <dt>Time</dt>
        <dd class="mono">{amzDate}</dd>
      </dl>
    </>
  )
}

function Lines({ title, lines }: { title: string; lines: ExplainedLine[] }) {
  return (
    <>
      <h2>{title}</h2>
      <table class="lines">
        <thead class="hidden">
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Text</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ text, meaning }, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td class="mono">{text === '' ? <span class="muted">(empty)</span> : text}</td>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Chain({ scope }: { scope: string }) {
  const parts = scope.split('/')
  if (parts.length < 4) {
    return (
      <p class="chain mono">
        AWS4A + secret access key <span aria-hidden="true">→</span> key pair of the curve P-256
        <small>
          The private key is derived from the access key, for all days, regions and services, and signs the
          text of step 2. A region has only the public key.
        </small>
      </p>
    )
  }
  const [date = '', region = '', service = '', end = ''] = parts
  return (
    <p class="chain mono">
      {['AWS4 + secret access key', date, region, service, end].map((step, i) => (
        <span key={step}>
          {i > 0 && <span aria-hidden="true"> → </span>}
          {step}
        </span>
      ))}
      <small>
        Each arrow is one HMAC-SHA256, keyed with the value to its left. The key is valid only for this day,
        region and service, and signs the text of step 2.
      </small>
    </p>
  )
}
