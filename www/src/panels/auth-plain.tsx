// The fields of the other kinds of authorization; loaded with the first request that has one.

import type { CredentialField } from '../model/credentials'
import type { AuthKind } from '../model/request'
import { changeCredentials, entered } from '../state/credentials'
import { doc, editAuth } from '../state/request'
import { SecretField } from '../ui/secret'

interface Props {
  /** `iam`: an API key that is sent in addition to the signature. */
  kind: AuthKind
  /** Whether its name and place are inherited, so that only the credentials are entered here. */
  isInherited: boolean
}

export function PlainAuth({ kind, isInherited }: Props) {
  const key = isInherited ? <Secret label="API key" field="apiKey" /> : <ApiKey />
  switch (kind) {
    case 'key':
      return (
        <>
          {key}
          <p class="muted">Kept in memory only.</p>
        </>
      )
    case 'bearer':
      return (
        <>
          <Secret label="Token" field="bearerToken" />
          <p class="muted">
            Sent as <code>Authorization: Bearer</code>. Kept in memory only.
          </p>
        </>
      )
    case 'basic':
      return (
        <>
          <div class="pair">
            <Secret label="User" field="username" />
            <Secret label="Password" field="password" />
          </div>
          <p class="muted">
            Sent as <code>Authorization: Basic</code>. Kept in memory only.
          </p>
        </>
      )
    default:
      return key
  }
}

function ApiKey() {
  const { keyName, keyPlace } = doc.value.auth
  return (
    <>
      <div class="pair">
        <label class="field">
          <span>Name of the API key</span>
          <input
            value={keyName}
            placeholder="x-api-key"
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => editAuth({ keyName: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>Sent in</span>
          <select
            aria-label="Sent in"
            value={keyPlace}
            onChange={(event) => editAuth({ keyPlace: event.currentTarget.value as typeof keyPlace })}
          >
            <option value="header">a header</option>
            <option value="query">the query</option>
          </select>
        </label>
      </div>
      <Secret label="API key" field="apiKey" />
    </>
  )
}

function Secret({ label, field }: { label: string; field: CredentialField }) {
  return (
    <SecretField
      label={label}
      value={entered.value[field]}
      change={(value) => changeCredentials({ [field]: value })}
    />
  )
}
