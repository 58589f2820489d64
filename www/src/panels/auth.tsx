import { useState } from 'preact/hooks'
import type { CredentialField } from '../model/credentials'
import { substituteKnown } from '../model/environment'
import { endpointOf } from '../model/host'
import type { AuthKind } from '../model/request'
import { settingsOf } from '../state/collections'
import { changeCredentials, entered } from '../state/credentials'
import { lookup } from '../state/environments'
import { profiles } from '../state/profiles'
import { doc, editAuth, effective, origin, webSocket } from '../state/request'
import { lazy } from '../ui/lazy'
import { SecretField } from '../ui/secret'
import { CredentialFields } from './credentials'
import { IdentityField } from './identity'

const Profiles = lazy(() => import('./profiles').then(({ Profiles }) => Profiles))
const Cognito = lazy(() => import('./cognito').then(({ Cognito }) => Cognito))

const KINDS: readonly (readonly [AuthKind, string])[] = [
  ['inherit', 'Collection’s'],
  ['iam', 'IAM signature'],
  ['key', 'API key'],
  ['bearer', 'Bearer'],
  ['basic', 'Basic'],
  ['none', 'None'],
]

/** What the host's name says of a field of the scope. */
function told(given: string, named: string): string {
  if (named === '' || given === named) return '\u00a0'
  return given === '' ? 'Read from the host.' : `The host names ${named}.`
}

export function Auth() {
  const { auth } = doc.value
  const { url, auth: used } = effective.value
  const shared = settingsOf(origin.value?.collectionId)
  const kinds = KINDS.filter(([kind]) => kind !== 'inherit' || shared !== undefined || auth.kind === kind)
  const guess = endpointOf(substituteKnown(url, lookup.value))
  return (
    <div class="form">
      <fieldset class="segments">
        <legend class="hidden">Authorization</legend>
        {kinds.map(([kind, label]) => (
          <label key={kind}>
            <input
              type="radio"
              name="auth"
              checked={auth.kind === kind}
              onChange={() => editAuth({ kind })}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {auth.kind === 'inherit' && (
        <p class="muted">
          {used.kind === 'none'
            ? 'The collection has no authorization: the request goes out as it is.'
            : `As the collection says: ${KINDS.find(([kind]) => kind === used.kind)?.[1]}.`}
        </p>
      )}
      {auth.kind === 'none' && <p class="muted">The request goes out as it is.</p>}
      {auth.kind !== 'none' && <IdentityField />}
      {auth.kind === 'key' && (
        <>
          <ApiKey />
          <p class="muted">Kept in memory only.</p>
        </>
      )}
      {auth.kind === 'bearer' && (
        <>
          <Secret label="Token" field="bearerToken" />
          <p class="muted">
            Sent as <code>Authorization: Bearer</code>. Kept in memory only.
          </p>
        </>
      )}
      {auth.kind === 'basic' && (
        <>
          <div class="pair">
            <Secret label="User" field="username" />
            <Secret label="Password" field="password" />
          </div>
          <p class="muted">
            Sent as <code>Authorization: Basic</code>. Kept in memory only.
          </p>
        </>
      )}
      {auth.kind === 'iam' && (
        <>
          {profiles.value.names.length > 0 && <Profiles />}
          <CredentialFields />
          <SignIn />
          <div class="pair">
            <label class="field">
              <span>Region</span>
              <input
                value={auth.region}
                placeholder={used.region || guess.region || 'us-east-1'}
                spellcheck={false}
                onInput={(event) => editAuth({ region: event.currentTarget.value })}
              />
              <small>{told(substituteKnown(auth.region, lookup.value), guess.region)}</small>
            </label>
            <label class="field">
              <span>Service</span>
              <input
                value={auth.service}
                placeholder={used.service || guess.service || 'execute-api'}
                spellcheck={false}
                onInput={(event) => editAuth({ service: event.currentTarget.value })}
              />
              <small>{told(substituteKnown(auth.service, lookup.value), guess.service)}</small>
            </label>
          </div>
          <Place />
          <label class="check">
            <input
              type="checkbox"
              checked={auth.withApiKey}
              onChange={(event) => editAuth({ withApiKey: event.currentTarget.checked })}
            />
            Send an API key too
          </label>
          {auth.withApiKey && <ApiKey />}
        </>
      )}
    </div>
  )
}

/** Where else credentials come from in a page. */
function SignIn() {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="sign-in" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Sign in with Amazon Cognito</summary>
      {isOpen && <Cognito />}
    </details>
  )
}

function Place() {
  const { place, expiresIn } = doc.value.auth
  const inQuery = webSocket.value || place === 'query'
  return (
    <>
      <fieldset class="choices">
        <legend>Where the signature goes</legend>
        <label class="check">
          <input
            type="radio"
            name="place"
            checked={!inQuery}
            disabled={webSocket.value}
            onChange={() => editAuth({ place: 'header' })}
          />
          Headers
        </label>
        <label class="check">
          <input type="radio" name="place" checked={inQuery} onChange={() => editAuth({ place: 'query' })} />
          {webSocket.value
            ? 'Query: a browser sets no headers of a WebSocket'
            : 'Query: a GET then needs no CORS preflight'}
        </label>
      </fieldset>
      {inQuery && (
        <label class="field inline">
          <span>Valid for</span>
          <span class="unit">
            <input
              type="number"
              min="1"
              max="604800"
              value={expiresIn}
              onChange={(event) =>
                editAuth({
                  expiresIn: Math.min(
                    604_800,
                    Math.max(1, Math.floor(Number(event.currentTarget.value) || 300)),
                  ),
                })
              }
            />
            s
          </span>
          <small>API Gateway takes no signature older than 5 minutes.</small>
        </label>
      )}
    </>
  )
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
