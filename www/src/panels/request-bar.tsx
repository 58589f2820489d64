import { useState } from 'preact/hooks'
import { looksLikeCurl } from '../import/kinds'
import { substituteKnown } from '../model/environment'
import { endpointOf } from '../model/host'
import { shownUrl, typedUrl } from '../model/query'
import { METHODS } from '../model/request'
import { nearest, saidBy } from '../model/settings'
import { placeOf } from '../state/collections'
import { lookup, publicLookup } from '../state/environments'
import { forwards } from '../state/forwarder'
import { hint } from '../state/hints'
import { notify } from '../state/notice'
import { problem } from '../state/problem'
import { doc, edit, effective, origin, urlTyped, webSocket } from '../state/request'
import { attempts, cancel, isRunning } from '../state/running'
import { saveInPlace } from '../state/saving'
import { socketState } from '../state/socket'
import { Icon } from '../ui/icons'
import { Renamed } from '../ui/renamed'
import { sendNow } from '../ui/send-now'

export function RequestBar() {
  const submit = (event: Event) => {
    event.preventDefault()
    void sendNow()
  }
  const pasted = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text') ?? ''
    if (!looksLikeCurl(text)) return
    event.preventDefault()
    void import('../import/open')
      .then(({ openText }) => openText(text))
      .catch((error: Error) => notify(error.message))
  }
  return (
    <form class="bar" onSubmit={submit} aria-label="Send a request">
      <div class="line">
        {webSocket.value ? <span class="method-name">WS</span> : <MethodField />}
        <input
          id="url"
          class="mono"
          aria-label="URL"
          aria-describedby="about-url"
          aria-invalid={problem.value?.field === 'url'}
          placeholder="https://abc123.execute-api.us-east-1.amazonaws.com/prod/movie/{year}, or paste a curl command"
          spellcheck={false}
          autocomplete="off"
          value={shownUrl(doc.value)}
          onPaste={pasted}
          onInput={(event) => {
            urlTyped.value = true
            edit(typedUrl(doc.value, event.currentTarget.value))
          }}
        />
        <SendButton />
        <button
          type="button"
          class="square"
          aria-label="Save to a collection"
          title="Save to a collection (Ctrl+S)"
          onClick={saveInPlace}
        >
          <Icon name="save" />
        </button>
      </div>
      <About />
    </form>
  )
}

const OTHER = 'Other…'

/** The usual methods to choose from, and a field for any other. */
function MethodField() {
  const [writing, setWriting] = useState(false)
  const { method } = doc.value
  if (writing) {
    return (
      <Renamed
        name={method}
        label="Other method"
        done={(name) => {
          setWriting(false)
          if (name) edit({ method: name.toUpperCase() })
        }}
      />
    )
  }
  const names: readonly string[] = METHODS
  return (
    <select
      class={`method m-${method}`}
      aria-label="Method"
      value={method}
      onChange={(event) => {
        const { value } = event.currentTarget
        if (value === OTHER) setWriting(true)
        else edit({ method: value })
      }}
    >
      {(names.includes(method) ? names : [...names, method]).map((name) => (
        <option key={name}>{name}</option>
      ))}
      <option>{OTHER}</option>
    </select>
  )
}

function SendButton() {
  if (webSocket.value) {
    const open = socketState.value !== 'closed'
    return (
      <button id="send" type="submit" class={open ? 'send stop' : 'primary send'}>
        {open ? 'Disconnect' : 'Connect'}
      </button>
    )
  }
  // One button, so that it keeps the focus.
  const running = isRunning.value
  const clicked = (event: MouseEvent) => {
    if (!running) return
    // The button may become the one that sends before this event has ended.
    event.preventDefault()
    // The second click of a double click on “Send” must not cancel.
    if (event.detail < 2) cancel()
  }
  return (
    <button
      id="send"
      type={running ? 'button' : 'submit'}
      class={running ? 'send stop' : 'primary send'}
      title={running ? 'Esc' : 'Ctrl+Enter'}
      onClick={clicked}
    >
      {running ? `Cancel${attempts.value > 1 ? ` (${attempts.value})` : ''}` : 'Send'}
    </button>
  )
}

/** One line of constant height: what is wrong, or what the host's name says. */
function About() {
  if (problem.value) {
    return (
      <p id="about-url" class="about bad-text" role="alert">
        {problem.value.message}
      </p>
    )
  }
  const { url } = effective.value
  const place = placeOf(origin.value)
  const sent = substituteKnown(url, lookup.value)
  const { region, service, apiId } = endpointOf(sent)
  // The URL as it is sent, but with names of secret variables.
  const filled = url.includes('{{') && substituteKnown(url, publicLookup.value)
  const [missing] = /\{\{[^{}]*\}\}/.exec(sent) ?? []
  const unknown = missing && `${missing} has no value: choose an environment, or add it under Variables.`
  const through = forwards.value && !webSocket.value && 'sent through the local forwarder'
  const path = place && nearest(place.collection, place.folder, ({ url }) => url !== '')
  const base = url !== doc.value.url && path !== undefined && `${filled || url}, from ${saidBy(path)}`
  const summary = [base || filled, service, region, apiId && `API ${apiId}`, through]
    .filter(Boolean)
    .join(' · ')
  const hinted = unknown ? undefined : hint.value
  return (
    <p id="about-url" class={hinted || unknown ? 'about warn-text' : 'about'} title={summary || undefined}>
      {unknown || hinted?.says || summary || (url === '' ? 'Variables in braces become fields.' : '\u00a0')}
      {hinted?.label && (
        <>
          {' '}
          <button type="button" class="link" onClick={hinted.act}>
            {hinted.label}
          </button>
        </>
      )}
    </p>
  )
}
