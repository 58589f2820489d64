import { useState } from 'preact/hooks'
import { DYNAMIC } from '../model/dynamic'
import type { Environment, Variable } from '../model/environment'
import { newId } from '../state/db'
import {
  chooseEnvironment,
  environmentId,
  environments,
  newEnvironment,
  removeEnvironment,
  saveEnvironment,
} from '../state/environments'
import { DEFAULT, identities } from '../state/identities'
import { notify } from '../state/notice'
import { Dialog } from '../ui/dialog'
import { Icon } from '../ui/icons'

export function Environments() {
  const [shownId, show] = useState(environmentId.value || (environments.value[0]?.id ?? ''))
  const shown = environments.value.find(({ id }) => id === shownId)
  const add = () => {
    const environment = newEnvironment(`Environment ${environments.value.length + 1}`)
    if (environmentId.value === '') chooseEnvironment(environment.id)
    show(environment.id)
  }
  return (
    <Dialog title="Environments and variables" wide>
      <p class="muted">
        A variable is written <code>{'{{name}}'}</code> in a URL, a parameter, a header, the body, the region
        or a credential, and in the value of another variable. A secret one is kept in memory only, and named,
        not shown, in snippets. <span class="mono">{Object.keys(DYNAMIC).slice(0, 4).join(', ')}</span> and
        the like have a new value in each request.
      </p>
      <div class="environments">
        <nav aria-label="Environments">
          {environments.value.map(({ id, name }) => (
            <button
              type="button"
              key={id}
              aria-current={id === shownId ? 'true' : undefined}
              onClick={() => show(id)}
            >
              <span class="ellipsis">{name}</span>
            </button>
          ))}
          <button type="button" class="add" onClick={add}>
            <Icon name="plus" />
            New environment
          </button>
        </nav>
        {shown ? (
          <Edited key={shown.id} shown={shown} show={show} />
        ) : (
          <div class="state">
            <p>An environment holds what differs between places, such as the hosts of test and production.</p>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Edited({ shown, show }: { shown: Environment; show: (id: string) => void }) {
  const duplicate = () => {
    const copy = { ...shown, id: newId(), name: `${shown.name} (copy)` }
    saveEnvironment(copy)
    show(copy.id)
  }
  const remove = () => {
    const chosen = environmentId.value === shown.id
    void removeEnvironment(shown.id)
    show(environments.value[0]?.id ?? '')
    notify(`“${shown.name}” was deleted.`, {
      label: 'Undo',
      act() {
        saveEnvironment(shown)
        if (chosen) chooseEnvironment(shown.id)
        show(shown.id)
      },
    })
  }
  return (
    <div class="form">
      <label class="field">
        <span>Name of the environment</span>
        <input
          value={shown.name}
          autocomplete="off"
          onInput={(event) => saveEnvironment({ ...shown, name: event.currentTarget.value })}
        />
      </label>
      <label class="field inline">
        <span>Credentials</span>
        <select
          aria-label="Credentials of the environment"
          value={shown.identity ?? DEFAULT}
          onChange={(event) => saveEnvironment({ ...shown, identity: event.currentTarget.value })}
        >
          {[...new Set([DEFAULT, ...identities.value.keys(), shown.identity ?? DEFAULT])].map((name) => (
            <option key={name} value={name}>
              {name || 'Default'}
            </option>
          ))}
        </select>
        <small>For requests that name no identity. Create new ones under Auth.</small>
      </label>
      <Variables
        variables={shown.variables}
        change={(variables) => saveEnvironment({ ...shown, variables })}
      />
      <div class="dialog-end">
        {environmentId.value !== shown.id && (
          <button type="button" onClick={() => chooseEnvironment(shown.id)}>
            Use it
          </button>
        )}
        <button type="button" onClick={duplicate}>
          Duplicate
        </button>
        <button type="button" class="bad-text" onClick={remove}>
          Delete
        </button>
      </div>
    </div>
  )
}

function Variables({
  variables,
  change,
}: {
  variables: Variable[]
  change: (variables: Variable[]) => void
}) {
  const set = (at: number, part: Partial<Variable>) => {
    const next = [...variables]
    next[at] = { ...(variables[at] ?? { name: '', value: '', secret: false }), ...part }
    change(next)
  }
  return (
    <div class="rows" role="group" aria-label="Variables">
      {[...variables, undefined].map((item, at) => (
        <div class="row secret-row" key={at}>
          <input
            aria-label={`Name of variable ${at + 1}`}
            placeholder={item ? '' : 'Add a variable'}
            value={item?.name ?? ''}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => set(at, { name: event.currentTarget.value.trim() })}
          />
          <input
            type={(item?.secret ? 'password' : 'text') as 'password'}
            aria-label={`Value of variable ${at + 1}`}
            placeholder={item?.secret ? 'not kept by a reload' : ''}
            value={item?.value ?? ''}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => set(at, { value: event.currentTarget.value })}
          />
          <label class="check">
            <input
              type="checkbox"
              aria-label={`Variable ${at + 1} is secret`}
              checked={item?.secret ?? false}
              disabled={!item}
              onChange={(event) => set(at, { secret: event.currentTarget.checked })}
            />
            secret
          </label>
          <button
            type="button"
            class="quiet square"
            aria-label={`Remove variable ${at + 1}`}
            disabled={!item}
            onClick={() => change(variables.filter((_, i) => i !== at))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  )
}
