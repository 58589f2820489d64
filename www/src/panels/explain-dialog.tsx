import '../styles/result.css'
import { useEffect, useState } from 'preact/hooks'
import { readPasted } from '../../../src/diagnose/pasted.ts'
import { withoutEchoes } from '../model/secrets'
import { diagnose } from '../sign/diagnose'
import { ready } from '../sign/gatesign'
import { canonicalOf, NotSigned, readSigned, type Signed, stringOf } from '../sign/verify'
import { follow, live } from '../state/live'
import { secretValues } from '../state/secrets'
import { sent } from '../state/sent'
import { Dialog } from '../ui/dialog'
import { Problem } from './diagnosis'
import { VerifyView, withoutToken } from './verify-view'

/** A signed request from elsewhere. */
interface Pasted {
  signed?: Signed
  /** In the form that the diagnosis compares. */
  explained?: { canonicalRequest: string; stringToSign: string }
  /** Why there is no explanation. */
  problem?: string
}

/** Explains an error from elsewhere, and checks a signed request. Nothing is sent. */
export function ExplainDialog() {
  useEffect(follow, [])
  const [text, setText] = useState('')
  const [request, setRequest] = useState('')
  const [loaded, setLoaded] = useState(false)
  useEffect(() => {
    ready.then(
      () => setLoaded(true),
      () => {},
    )
  }, [])
  const pasted = usePasted(request, loaded)
  // The error is compared with the last sent request, or else with the edited one.
  const own = sent.value ?? live.value.explained
  const explained = request.trim() === '' ? own : pasted.explained
  const refusal = readPasted(text)
  const diagnosis =
    loaded && text.trim() !== ''
      ? diagnose(refusal.status > 0 ? refusal : refusal.body, explained)
      : undefined
  // Without a status it may be only a part of an answer, or not from a gateway.
  const unknown = diagnosis?.kind === 'Unknown' && refusal.status === 0
  return (
    <Dialog title="Explain an error" wide>
      <label class="field">
        <span>
          Paste what the gateway, curl -i, a log or the browser says. Tokens and API keys in it are redacted
          at once.
        </span>
        <textarea
          class="mono"
          rows={5}
          spellcheck={false}
          autocomplete="off"
          placeholder={
            '{"message":"The request signature we calculated does not match the signature you provided. …"}'
          }
          value={text}
          onInput={(event) => setText(withoutEchoes(event.currentTarget.value, secretValues()))}
        />
      </label>
      <label class="field">
        <span>
          The signed request, to compare or to verify: curl with Authorization, a presigned URL, a HAR entry,
          HTTP as it was sent
        </span>
        <textarea
          class="mono"
          rows={3}
          spellcheck={false}
          autocomplete="off"
          placeholder="Without one, the error is compared with the request in the editor, or with the one sent last."
          value={request}
          onInput={(event) => setRequest(event.currentTarget.value)}
        />
      </label>
      {pasted.problem && (
        <p class="bad-text" role="status">
          {pasted.problem}
        </p>
      )}
      {pasted.signed && <VerifyView signed={pasted.signed} />}
      <div role="status">
        {unknown ? (
          <p class="muted">
            No answer of a gateway is recognized in this text. Paste all of it: what <code>curl -i</code>{' '}
            shows, with status, headers and body.
          </p>
        ) : (
          diagnosis && <Problem diagnosis={diagnosis} explained={explained} />
        )}
      </div>
    </Dialog>
  )
}

/** Reads pasted text in the worker that also reads imports. */
function usePasted(request: string, loaded: boolean): Pasted {
  const [pasted, setPasted] = useState<Pasted>({})
  useEffect(() => {
    setPasted({})
    if (request.trim() === '' || !loaded) return
    const ended = new AbortController()
    const timer = setTimeout(async () => {
      const next = await read(request, ended.signal)
      if (!ended.signal.aborted) setPasted(next)
    }, 200)
    return () => {
      clearTimeout(timer)
      ended.abort()
    }
  }, [request, loaded])
  return pasted
}

async function read(request: string, signal: AbortSignal): Promise<Pasted> {
  try {
    const { readAway } = await import('../import/away')
    const found = await readAway(request, signal)
    const [doc] = found.signed
    if (!doc)
      throw new NotSigned(
        'MissingAuthenticationToken',
        'No signed request is in this text: it has no Authorization header of AWS, and no X-Amz-Algorithm in its URL.',
      )
    const signed = await readSigned(doc)
    const canonical = canonicalOf(signed)
    const explained = {
      canonicalRequest: withoutToken(canonical, signed),
      stringToSign: await stringOf(signed, canonical),
    }
    return { signed, explained }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}
