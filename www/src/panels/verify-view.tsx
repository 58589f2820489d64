import '../styles/result.css'
import { useEffect, useState } from 'preact/hooks'
import { without } from '../model/secrets'
import { canonicalOf, type Signed, type Verdict, verify } from '../sign/verify'
import { credentials } from '../state/credentials'
import { SecretField } from '../ui/secret'
import { span } from '../ui/units'
import { Compared } from '../viewers/compared'

const SIDES = ['The request that was pasted', 'What was signed'] as const

/** A text of a signed request without secrets. */
export const withoutToken = (text: string, { sessionToken }: Signed) =>
  without(text, [sessionToken], `[redacted: ${sessionToken.length} characters]`)

/** Checks whether a signature matches its request. Nothing is sent, and the secret is not stored. */
export function VerifyView({ signed }: { signed: Signed }) {
  const [secret, setSecret] = useState('')
  const [verdict, setVerdict] = useState<Verdict>()
  const { accessKeyId, secretAccessKey } = credentials.value
  const ownSecret = accessKeyId === signed.accessKeyId ? secretAccessKey : ''
  const key = secret || ownSecret
  useEffect(() => {
    setVerdict(undefined)
    if (key === '') return
    let gone = false
    const timer = setTimeout(async () => {
      const found = await verify(signed, key, Date.now())
      if (!gone) setVerdict(found)
    }, 100)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [signed, key])
  const canonical = withoutToken(canonicalOf(signed), signed)
  return (
    <section class="verify" aria-label="Signature">
      <SecretField
        label="Secret access key"
        value={secret}
        change={setSecret}
        hint={ownSecret === '' ? `of ${signed.accessKeyId}` : 'the one under Auth is used'}
      />
      <div role="status">
        {key === '' ? (
          <p class="muted">
            Enter the secret of {signed.accessKeyId} to verify the signature. It is not kept.
          </p>
        ) : verdict ? (
          <Said verdict={verdict} signed={signed} />
        ) : (
          <p class="muted">Verifying…</p>
        )}
        {signed.faults.map((fault) => (
          <p key={fault} class="bad-text">
            {fault}
          </p>
        ))}
      </div>
      {verdict?.kind === 'differs' ? (
        <Compared ours={canonical} theirs={withoutToken(verdict.signed, signed)} sides={SIDES} />
      ) : (
        <details>
          <summary>Its canonical request</summary>
          <pre class="mono break">{canonical}</pre>
        </details>
      )}
      <dl class="facts">
        <dt>Access key id</dt>
        <dd class="mono">{signed.accessKeyId}</dd>
        <dt>Scope</dt>
        <dd class="mono">{signed.scope}</dd>
        <dt>Time</dt>
        <dd class="mono">{signed.amzDate}</dd>
        <dt>Signed headers</dt>
        <dd class="mono">{signed.signedHeaders.join(';')}</dd>
      </dl>
    </section>
  )
}

function Said({ verdict, signed }: { verdict: Verdict; signed: Signed }) {
  if (verdict.kind === 'unknown') {
    return (
      <p class="bad-text">
        The signature does not match this request and this secret. No single line explains it: the secret is
        wrong, or the request was changed in several places.
      </p>
    )
  }
  return (
    <>
      {verdict.kind === 'valid' ? (
        <p class={verdict.seconds < 0 ? 'warn-text' : 'good-text'}>
          The signature matches this request and this secret. {lifeText(verdict.seconds, signed)}
        </p>
      ) : (
        <p class="bad-text">
          The secret is right, but the request is not the one that was signed. {verdict.says}{' '}
          {verdict.seconds < 0 && lifeText(verdict.seconds, signed)}
        </p>
      )}
    </>
  )
}

function lifeText(seconds: number, { expiresIn, inQuery }: Signed): string {
  if (seconds >= 0) return `It is valid for another ${span(seconds)}.`
  if (inQuery) return `It was valid for ${span(expiresIn)}, and expired ${span(-seconds)} ago.`
  return `API Gateway accepts it for 5 minutes, which ended ${span(-seconds)} ago.`
}
