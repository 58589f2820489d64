import { text } from '../model/json'
import { type Row, row } from '../model/request'
import { forwarder } from '../state/forwarder'
import { doc, edit, editOptions } from '../state/request'
import { Rows } from '../ui/rows'
import { ForwarderField } from './forwarder'

export function OptionsPanel() {
  const { timeout, retries, backoff, clockOffset } = doc.value.options
  const saved = Object.entries(doc.value.save ?? {}).map(([name, path]) => row(name, text(path)))
  const number = (text: string, least = 0) => Math.max(least, Number(text) || 0)
  return (
    <div class="form">
      {forwarder.value && <ForwarderField {...forwarder.value} />}
      <label class="field inline">
        <span>Timeout</span>
        <span class="unit">
          <input
            type="number"
            min="0"
            value={timeout / 1000}
            onChange={(event) => editOptions({ timeout: number(event.currentTarget.value) * 1000 })}
          />
          s
        </span>
        <small>
          For the whole call, including retries. 0 waits forever; API Gateway itself gives up after 29 s.
        </small>
      </label>
      <label class="field inline">
        <span>Retries</span>
        <span class="unit">
          <input
            type="number"
            min="0"
            max="20"
            value={retries}
            onChange={(event) => editOptions({ retries: Math.floor(number(event.currentTarget.value)) })}
          />
        </span>
        <small>
          After network errors, throttling (429), and 5xx of methods that are safe to repeat. Each retry is
          signed again.
        </small>
      </label>
      <label class="field inline">
        <span>Between retries</span>
        <select
          value={backoff}
          onChange={(event) => editOptions({ backoff: event.currentTarget.value as typeof backoff })}
        >
          <option value="exponential">Wait longer each time</option>
          <option value="none">Do not wait</option>
        </select>
        <small>A longer Retry-After of the gateway wins.</small>
      </label>
      <label class="field inline">
        <span>Clock offset</span>
        <span class="unit">
          <input
            type="number"
            value={clockOffset / 1000}
            onChange={(event) => editOptions({ clockOffset: number(event.currentTarget.value, -1e9) * 1000 })}
          />
          s
        </span>
        <small>
          Added to this computer’s clock for the signature. If a gateway refuses the time, the request is sent
          again with the gateway’s time.
        </small>
      </label>
      <h2 class="part">Values for later requests</h2>
      <p class="muted">
        After a success, each variable gets the value at a path of the JSON answer, such as{' '}
        <code>$.items[0].id</code>.
      </p>
      <Rows noun="saved value" rows={saved} change={changeSaved} />
    </div>
  )
}

/** In the form that `gatesign run` reads: names of variables, and paths. */
const changeSaved = (rows: Row[]) =>
  edit({ save: Object.fromEntries(rows.filter(({ on }) => on).map(({ name, value }) => [name, value])) })
