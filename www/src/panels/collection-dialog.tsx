import { emptySettings } from '../model/settings'
import { collections, saveCollection } from '../state/collections'
import { identities } from '../state/identities'
import { settingsShown } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'
import { Rows } from '../ui/rows'

/** What all requests of a collection share. */
export function CollectionDialog() {
  const item = collections.value.find(({ id }) => id === settingsShown.value)
  if (!item) return null
  const settings = item.settings ?? emptySettings()
  const { url, headers, auth } = settings
  const change = (part: Partial<typeof settings>) =>
    saveCollection({ ...item, settings: { ...settings, ...part } })
  const changeAuth = (part: Partial<typeof auth>) => change({ auth: { ...auth, ...part } })
  return (
    <Dialog title={`Settings of ${item.name}`} wide>
      <p class="muted">
        Every request of the collection has these, unless it says otherwise. Under Auth, a request may take
        the collection’s authorization.
      </p>
      <div class="form">
        <label class="field">
          <span>Base URL</span>
          <input
            class="mono"
            aria-label="Base URL"
            value={url}
            placeholder="https://abc123.execute-api.us-east-1.amazonaws.com/prod"
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => change({ url: event.currentTarget.value })}
          />
          <small>Goes before a URL that begins with a slash.</small>
        </label>
        <label class="field">
          <span>Authorization</span>
          <select
            aria-label="Authorization"
            value={auth.kind}
            onChange={(event) => changeAuth({ kind: event.currentTarget.value as typeof auth.kind })}
          >
            <option value="none">None</option>
            <option value="iam">IAM signature</option>
            <option value="key">API key</option>
            <option value="bearer">Bearer</option>
            <option value="basic">Basic</option>
          </select>
        </label>
        <label class="field">
          <span>Identity</span>
          <select
            aria-label="Identity of the collection"
            value={auth.identity}
            onChange={(event) => changeAuth({ identity: event.currentTarget.value })}
          >
            {[...new Set(['', ...identities.value.keys(), auth.identity])].map((name) => (
              <option key={name} value={name}>
                {name || 'Default'}
              </option>
            ))}
          </select>
        </label>
        <div class="pair">
          <label class="field">
            <span>Region of the collection</span>
            <input
              value={auth.region}
              placeholder="read from the host"
              spellcheck={false}
              onInput={(event) => changeAuth({ region: event.currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>Service of the collection</span>
            <input
              value={auth.service}
              placeholder="read from the host"
              spellcheck={false}
              onInput={(event) => changeAuth({ service: event.currentTarget.value })}
            />
          </label>
        </div>
        <h3 class="part">Headers</h3>
        <Rows what="shared header" rows={headers} change={(headers) => change({ headers })} />
        <div class="dialog-end">
          <button type="button" class="primary" onClick={closeDialog}>
            Done
          </button>
        </div>
      </div>
    </Dialog>
  )
}
