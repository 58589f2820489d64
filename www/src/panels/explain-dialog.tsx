import '../styles/result.css'
import { useEffect, useState } from 'preact/hooks'
import { readRefusal } from '../../../src/js/refusal.js'
import { withoutEchoes } from '../model/secrets'
import { diagnose, ready } from '../sign/gatesign'
import { follow, live } from '../state/live'
import { secretValues } from '../state/secrets'
import { sent } from '../state/sent'
import { Dialog } from '../ui/dialog'
import { Problem } from './diagnosis'

/** The diagnosis of an error that came from elsewhere: curl, a log, a browser that could not read it. */
export function ExplainDialog() {
  useEffect(follow, [])
  const [text, setText] = useState('')
  const [loaded, setLoaded] = useState(false)
  useEffect(() => {
    ready.then(
      () => setLoaded(true),
      () => {},
    )
  }, [])
  // What was sent last is what was refused; otherwise what is being edited.
  const explained = sent.value ?? live.value.explained
  const refusal = readRefusal(text)
  const diagnosis =
    loaded && text.trim() !== ''
      ? diagnose(refusal.status > 0 ? refusal : refusal.body, explained)
      : undefined
  // Without a status it may be a part of something, or nothing of a gateway.
  const unknown = diagnosis?.kind === 'Unknown' && refusal.status === 0
  return (
    <Dialog title="Explain an error" wide>
      <label class="field">
        <span>
          What the gateway, curl -i, a log or the browser says. Tokens and API keys in it are redacted at
          once.
        </span>
        <textarea
          class="mono"
          rows={7}
          spellcheck={false}
          autocomplete="off"
          placeholder={
            '{"message":"The request signature we calculated does not match the signature you provided. …"}'
          }
          value={text}
          onInput={(event) => setText(withoutEchoes(event.currentTarget.value, secretValues()))}
        />
      </label>
      <div role="status">
        {unknown ? (
          <p class="muted">
            No answer of a gateway is recognized in this text. Paste all of it: what <code>curl -i</code>{' '}
            shows, with status, headers and body.
          </p>
        ) : diagnosis ? (
          <Problem diagnosis={diagnosis} explained={explained} />
        ) : (
          <p class="muted">
            {explained
              ? 'A signature that does not match is compared with the request in the editor, or the one sent last.'
              : 'To have a signature compared, enter the same request and credentials in the page first.'}
          </p>
        )}
      </div>
    </Dialog>
  )
}
