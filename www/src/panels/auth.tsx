import { useState } from 'preact/hooks'
import { substituteKnown } from '../model/environment'
import { endpointOf } from '../model/host'
import type { AuthKind, RequestDoc } from '../model/request'
import { nearest, saidBy } from '../model/settings'
import { placeOf } from '../state/collections'
import { lookup } from '../state/environments'
import { profiles } from '../state/profiles'
import { doc, editAuth, effective, origin } from '../state/request'
import { lazy } from '../ui/lazy'
import { SignatureOptions } from './auth-signature'
import { CredentialFields } from './credentials'
import { IdentityField } from './identity'

const Profiles = lazy(() => import('./profiles').then(({ Profiles }) => Profiles))
const PlainAuth = lazy(() => import('./auth-plain').then(({ PlainAuth }) => PlainAuth))
const Cognito = lazy(() => import('./cognito').then(({ Cognito }) => Cognito))

const KINDS: readonly (readonly [AuthKind, string])[] = [
  ['inherit', 'Inherited'],
  ['iam', 'IAM signature'],
  ['key', 'API key'],
  ['bearer', 'Bearer'],
  ['basic', 'Basic'],
  ['none', 'None'],
]

/** The fields of the credential scope, each with an example for API Gateway. */
const SCOPE = [
  ['region', 'us-east-1'],
  ['service', 'execute-api'],
] as const

/** What the host's name says about a field of the scope. */
function noteOf(value: string, named: string): string {
  if (named === '' || value === named) return '\u00a0'
  return value === '' ? 'Read from the host.' : `The host names ${named}.`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export function Auth() {
  const { auth } = doc.value
  const { url, auth: effectiveAuth } = effective.value
  const place = placeOf(origin.value)
  /** The name of the level from which a setting is inherited; empty: none. */
  const from = (says: (settings: RequestDoc) => boolean) => {
    const path = place && nearest(place.collection, place.folder, says)
    return path === undefined ? '' : saidBy(path)
  }
  const isInherited = auth.kind === 'inherit'
  const hasShared = from(() => true) !== ''
  const kinds = KINDS.filter(([kind]) => kind !== 'inherit' || hasShared || auth.kind === kind)
  const guess = endpointOf(substituteKnown(url, lookup.value))
  const about = (field: 'region' | 'service') => {
    const source = auth[field] === '' ? from(({ auth }) => auth[field] !== '') : ''
    if (source !== '') return `From ${source}: ${effectiveAuth[field]}.`
    return noteOf(substituteKnown(auth[field], lookup.value), guess[field])
  }
  const scope = (
    <div class="pair">
      {SCOPE.map(([field, example]) => (
        <label class="field" key={field}>
          <span>{capital(field)}</span>
          <input
            aria-label={capital(field)}
            aria-describedby={`about-${field}`}
            value={auth[field]}
            placeholder={effectiveAuth[field] || guess[field] || example}
            spellcheck={false}
            onInput={(event) => editAuth({ [field]: event.currentTarget.value })}
          />
          <small id={`about-${field}`}>{about(field)}</small>
        </label>
      ))}
    </div>
  )
  const regions = (
    <label class="field">
      <span>SigV4a regions</span>
      <input
        value={auth.regionSet}
        placeholder={effectiveAuth.regionSet || 'none: Version 4, for one region'}
        spellcheck={false}
        onInput={(event) => editAuth({ regionSet: event.currentTarget.value })}
      />
      <small>us-east-1,eu-west-1 or *: one signature for all of them.</small>
    </label>
  )
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
          {effectiveAuth.kind === 'none'
            ? `${capital(from(({ auth }) => auth.kind !== 'inherit') || 'the collection')} has no authorization: the request goes out as it is.`
            : `As ${from(({ auth }) => auth.kind !== 'inherit')} says: ${KINDS.find(([kind]) => kind === effectiveAuth.kind)?.[1]}.`}
        </p>
      )}
      {auth.kind === 'none' && <p class="muted">The request goes out as it is.</p>}
      {auth.kind !== 'none' && <IdentityField />}
      {(effectiveAuth.kind === 'key' ||
        effectiveAuth.kind === 'bearer' ||
        effectiveAuth.kind === 'basic') && <PlainAuth kind={effectiveAuth.kind} isInherited={isInherited} />}
      {effectiveAuth.kind === 'iam' && (
        <>
          {profiles.value.names.length > 0 && <Profiles />}
          <CredentialFields />
          <SignIn />
          {scope}
          {regions}
        </>
      )}
      {isInherited && effectiveAuth.kind === 'iam' && effectiveAuth.withApiKey && (
        <PlainAuth kind="iam" isInherited />
      )}
      {auth.kind === 'iam' && <SignatureOptions />}
    </div>
  )
}

/** Other sources of credentials in a page. */
function SignIn() {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="sign-in" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Sign in with Amazon Cognito</summary>
      {isOpen && <Cognito />}
    </details>
  )
}
