import { useEffect, useState } from 'preact/hooks'
import { asideText } from '../export/aside'
import { collectionsText, historyText } from '../export/native'
import { asideCount, forgetAside } from '../state/aside'
import { collections, configCollections } from '../state/collections'
import { history, loadHistory } from '../state/history'
import { Dialog } from '../ui/dialog'
import { download } from '../ui/download'

const TYPE = 'application/json'

export function ExportDialog() {
  const all = [...collections.value, ...configCollections.value]
  const [off, setOff] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => void loadHistory(), [])
  const chosen = all.filter(({ id }) => !off.has(id))
  const entries = history.value?.length ?? 0
  const toggle = (id: string) => {
    const next = new Set(off)
    if (!next.delete(id)) next.add(id)
    setOff(next)
  }
  return (
    <Dialog title="Export">
      <p class="muted">
        A JSON file that this page imports again. Credentials and the values of secret variables are never in
        it.
      </p>
      <fieldset class="form">
        <legend class="part">Collections, with all environments</legend>
        {all.length === 0 && <p class="muted">There are none yet.</p>}
        {all.map(({ id, name, requests }) => (
          <label class="check" key={id}>
            <input type="checkbox" checked={!off.has(id)} onChange={() => toggle(id)} />
            {name} <span class="count">{requests.length}</span>
          </label>
        ))}
        <div class="dialog-end">
          <button
            type="button"
            class="primary"
            disabled={chosen.length === 0}
            onClick={() => download('collections.gatesign.json', collectionsText(chosen), TYPE)}
          >
            Download collections
          </button>
        </div>
      </fieldset>
      <fieldset class="form">
        <legend class="part">History</legend>
        <p>
          {entries} {entries === 1 ? 'entry' : 'entries'}, without answers.
        </p>
        <div class="dialog-end">
          <button
            type="button"
            class="primary"
            disabled={entries === 0}
            onClick={async () => download('history.gatesign.json', await historyText(), TYPE)}
          >
            Download history
          </button>
        </div>
      </fieldset>
      {asideCount.value > 0 && (
        <fieldset class="form">
          <legend class="part">Set aside</legend>
          <p>
            {asideCount.value} {asideCount.value === 1 ? 'entry' : 'entries'} of the database could not be
            read: an older page wrote them, or somebody edited them.
          </p>
          <div class="dialog-end">
            <button type="button" class="bad-text" onClick={() => void forgetAside()}>
              Delete
            </button>
            <button
              type="button"
              class="primary"
              onClick={async () => download('set-aside.json', await asideText(), TYPE)}
            >
              Download what was set aside
            </button>
          </div>
        </fieldset>
      )}
    </Dialog>
  )
}
