import { problem } from '../state/problem'
import { doc, opening } from '../state/request'
import { attempts, cancel, ended, isRunning, received, runningFor, streamed } from '../state/running'
import { requestTab } from '../state/view'
import { lazy } from '../ui/lazy'
import { size } from '../ui/units'

const Streaming = lazy(() => import('./streaming').then((part) => part.Streaming))
const Ended = lazy(() => import('./ended').then((part) => part.EndedView))

/** Nothing yet, running, not sent, or the result. */
export function Response() {
  if (isRunning.value) {
    return (
      <div class={streamed.value ? 'running coming' : 'state running'} aria-busy="true">
        <div class="progress" role="progressbar" aria-label="Waiting for the answer" />
        <p role="status">
          {runningFor.value !== opening.value && 'The request before this one still runs. '}
          {received.value > 0 ? `${size(received.value)} received` : 'Waiting for the answer'}
          {attempts.value > 1 ? `, attempt ${attempts.value}` : ''}
        </p>
        <button type="button" onClick={cancel}>
          Cancel
        </button>
        {streamed.value && runningFor.value === opening.value && <Streaming stream={streamed.value} />}
      </div>
    )
  }
  if (problem.value) {
    return (
      <div class="state">
        <p class="bad-text">Nothing was sent. {problem.value.message}</p>
      </div>
    )
  }
  if (!ended.value) {
    return (
      <div class="state">
        <p>
          Nothing sent yet. <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends from anywhere.
        </p>
        {doc.value.url === '' && (
          <ol class="steps">
            <li>
              <button type="button" class="link" onClick={() => document.getElementById('url')?.focus()}>
                Enter the URL
              </button>{' '}
              of your API, or paste a curl command there.
            </li>
            <li>
              <button type="button" class="link" onClick={() => (requestTab.value = 'auth')}>
                Enter credentials
              </button>{' '}
              under Auth: paste a block, and all fields are filled in.
            </li>
            <li>Send. What is refused is explained.</li>
          </ol>
        )}
        <p class="muted">The tabs Signature, CORS and Code follow the request while you write it.</p>
      </div>
    )
  }
  return <Ended end={ended.value} />
}
