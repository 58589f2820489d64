import type { RequestDoc } from '../model/request'
import { emptySettings, settingsIn } from '../model/settings'
import { innerName, outerOf } from '../model/tree'
import { collections, saveCollection } from '../state/collections'
import { saveFolder } from '../state/folders'
import { identities } from '../state/identities'
import { settingsShown } from '../state/view'
import { closeDialog, Dialog } from '../ui/dialog'
import { Rows } from '../ui/rows'
import { InheritedHeaders } from './inherited'

/** The shared settings of all requests of a collection or folder. */
export function CollectionDialog() {
  const { collectionId, path } = settingsShown.value
  const item = collections.value.find(({ id }) => id === collectionId)
  if (!item) return null
  const isFolder = path !== ''
  const what = isFolder ? 'folder' : 'collection'
  const own = isFolder ? item.folders?.find((row) => row.path === path)?.settings : item.settings
  const settings = own ?? emptySettings(isFolder ? 'inherit' : 'none')
  const { url, headers, auth } = settings
  // The settings that a folder inherits; a collection inherits nothing.
  const around = isFolder ? settingsIn(item, outerOf(path)) : undefined
  const change = (part: Partial<RequestDoc>) => {
    const changed = { ...settings, ...part }
    if (isFolder) saveFolder(item.id, path, changed)
    else saveCollection({ ...item, settings: changed })
  }
  const changeAuth = (part: Partial<typeof auth>) => change({ auth: { ...auth, ...part } })
  return (
    <Dialog title={`Settings of ${isFolder ? innerName(path) : item.name}`} wide>
      <p class="muted">
        {isFolder
          ? 'Every request in this folder and its subfolders uses these, unless it has its own. Empty fields are inherited.'
          : 'Every request in the collection uses these, unless a folder or the request has its own. Under Auth, a request can inherit the authorization.'}
      </p>
      <div class="form">
        <label class="field">
          <span>Base URL</span>
          <input
            class="mono"
            aria-label="Base URL"
            value={url}
            placeholder={around?.url || 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => change({ url: event.currentTarget.value })}
          />
          <small>
            Added in front of a URL that begins with a slash.
            {isFolder && ' If it begins with a slash itself, it is added to the inherited base URL.'}
          </small>
        </label>
        <label class="field">
          <span>Authorization</span>
          <select
            aria-label="Authorization"
            value={auth.kind}
            onChange={(event) => changeAuth({ kind: event.currentTarget.value as typeof auth.kind })}
          >
            {isFolder && <option value="inherit">As inherited</option>}
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
            aria-label={`Identity of the ${what}`}
            value={auth.identity}
            onChange={(event) => changeAuth({ identity: event.currentTarget.value })}
          >
            {[...new Set(['', ...identities.value.keys(), auth.identity])].map((name) => (
              <option key={name} value={name}>
                {name || around?.auth.identity || 'Default'}
              </option>
            ))}
          </select>
        </label>
        <div class="pair">
          <label class="field">
            <span>Region of the {what}</span>
            <input
              value={auth.region}
              placeholder={around?.auth.region || 'read from the host'}
              spellcheck={false}
              onInput={(event) => changeAuth({ region: event.currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>Service of the {what}</span>
            <input
              value={auth.service}
              placeholder={around?.auth.service || 'read from the host'}
              spellcheck={false}
              onInput={(event) => changeAuth({ service: event.currentTarget.value })}
            />
          </label>
        </div>
        <h3 class="part">Headers</h3>
        {isFolder && <InheritedHeaders of={item} folder={outerOf(path)} own={headers} />}
        <Rows noun="shared header" rows={headers} change={(headers) => change({ headers })} />
        <div class="dialog-end">
          <button type="button" class="primary" onClick={closeDialog}>
            Done
          </button>
        </div>
      </div>
    </Dialog>
  )
}
