import { useState } from 'preact/hooks'
import { isEmpty } from '../model/credentials'
import { usedName } from '../state/credentials'
import { environment } from '../state/environments'
import { changeIdentity, DEFAULT, freeName, identities, removeIdentity } from '../state/identities'
import { doc, editAuth } from '../state/request'
import { Renamed } from '../ui/renamed'

const NEW = '\n'

/** The identity whose credentials the request uses. Names are stored with requests, values are not. */
export function IdentityField() {
  const [naming, setNaming] = useState(false)
  const { identity } = doc.value.auth
  const ofEnvironment = environment.value?.identity
  // A name that only the request contains, for example after a reload of another window.
  const names = [...new Set([...identities.value.keys(), identity])].filter((name) => name !== DEFAULT)
  if (naming) {
    return (
      <div class="field inline">
        <span>Identity</span>
        <Renamed
          name={freeName('Identity')}
          label="Name of the identity"
          done={(name) => {
            setNaming(false)
            if (name === undefined) return
            const identity = freeName(name)
            changeIdentity(identity, {})
            editAuth({ identity })
          }}
        />
      </div>
    )
  }
  return (
    <div class="field identity">
      <label class="inline-label">
        <span>Identity</span>
        <select
          aria-label="Identity"
          value={identity}
          onChange={(event) => {
            const { value } = event.currentTarget
            if (value === NEW) setNaming(true)
            else editAuth({ identity: value })
            event.currentTarget.value = doc.value.auth.identity
          }}
        >
          <option value={DEFAULT}>
            {ofEnvironment ? `${ofEnvironment} (of the environment)` : 'Default'}
          </option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={NEW}>New identity…</option>
        </select>
      </label>
      {identity !== DEFAULT && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            removeIdentity(identity)
            editAuth({ identity: DEFAULT })
          }}
        >
          Remove
        </button>
      )}
      <small>{noteOf(identity || ofEnvironment || DEFAULT)}</small>
    </div>
  )
}

function noteOf(name: string): string {
  if (usedName.value !== name) return 'Its variables have no value here, so the default credentials are used.'
  if (name !== DEFAULT && isEmpty(identities.value.get(name) ?? {})) return 'Not kept: enter them again.'
  return name === DEFAULT && identities.value.size > 1 ? 'Used by every request that names no other.' : ''
}
