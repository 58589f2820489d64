import { substituteKnown } from '../model/environment'
import { endpointOf } from '../model/host'
import { METHODS } from '../model/request'
import { lookup } from '../state/environments'
import { forwards } from '../state/forwarder'
import { notify } from '../state/notice'
import { problem } from '../state/problem'
import { doc, edit, webSocket } from '../state/request'
import { attempts, cancel, isRunning, run } from '../state/running'
import { socketState, toggleSocket } from '../state/socket'
import { dialog, requestTab, resultTab } from '../state/view'
import { Icon } from '../ui/icons'

export function RequestBar() {
  const submit = (event: Event) => {
    event.preventDefault()
    if (webSocket.value) void toggleSocket()
    else void sendNow()
  }
  const pasted = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text') ?? ''
    if (!/^\s*curl\s/i.test(text)) return
    event.preventDefault()
    void import('../import/open')
      .then(({ openText }) => openText(text))
      .catch((error: Error) => notify(error.message))
  }
  return (
    <form class="bar" onSubmit={submit} aria-label="Send a request">
      <div class="line">
        {webSocket.value ? (
          <span class="method-name">WS</span>
        ) : (
          <select
            class={`method m-${doc.value.method}`}
            aria-label="Method"
            value={doc.value.method}
            onChange={(event) => edit({ method: event.currentTarget.value })}
          >
            {METHODS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        <input
          id="url"
          class="mono"
          aria-label="URL"
          aria-describedby="about-url"
          aria-invalid={problem.value?.field === 'url'}
          placeholder="https://abc123.execute-api.us-east-1.amazonaws.com/prod/movie/{year}, or paste a curl command"
          spellcheck={false}
          autocomplete="off"
          value={doc.value.url}
          onPaste={pasted}
          onInput={(event) => edit({ url: event.currentTarget.value })}
        />
        <SendButton />
        <button
          type="button"
          class="square"
          aria-label="Save to a collection"
          title="Save to a collection"
          onClick={() => (dialog.value = 'save')}
        >
          <Icon name="save" />
        </button>
      </div>
      <About />
    </form>
  )
}

async function sendNow() {
  resultTab.value = 'response'
  await run()
  const at = problem.value?.field
  if (at && at !== 'url') requestTab.value = at
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (matchMedia('(max-width: 1099px)').matches && !at) {
    document.querySelector('.result')?.scrollIntoView({ behavior: still ? 'auto' : 'smooth' })
  }
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
  if (isRunning.value) {
    return (
      <button key="cancel" type="button" class="send stop" onClick={cancel}>
        Cancel{attempts.value > 1 ? ` (${attempts.value})` : ''}
      </button>
    )
  }
  return (
    <button key="send" id="send" type="submit" class="primary send" title="Ctrl+Enter">
      Send
    </button>
  )
}

/** One line of constant height: what is wrong, or what the host says. */
function About() {
  if (problem.value) {
    return (
      <p id="about-url" class="about bad-text" role="alert">
        {problem.value.message}
      </p>
    )
  }
  const url = substituteKnown(doc.value.url, lookup.value)
  const { region, service, apiId, warning } = endpointOf(url)
  const through = forwards.value && !webSocket.value && 'sent through the local forwarder'
  const known = [service, region, apiId && `API ${apiId}`, through].filter(Boolean).join(' · ')
  return (
    <p id="about-url" class={warning ? 'about warn-text' : 'about'}>
      {warning || known || (doc.value.url === '' ? 'Variables in braces become fields.' : '\u00a0')}
    </p>
  )
}
