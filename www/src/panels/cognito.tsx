import '../styles/profiles.css'
import { signal } from '@preact/signals'
import { fromCognitoIdentityPool } from 'gatesign/credentials'
import { useState } from 'preact/hooks'
import { timeLeft } from '../model/credentials'
import { providerOf } from '../model/web-token'
import { changeCredentials, entered, now, openIdentity } from '../state/credentials'
import { noteTaken, takenFrom } from '../state/profiles'
import { SecretField } from '../ui/secret'

/** Only in memory, because a token is a credential. */
const form = signal({ identityPoolId: '', token: '', provider: '' })
const change = (part: Partial<typeof form.value>) => {
  form.value = { ...form.value, ...part }
}

/** Ids of guests: after a reload the user is another guest. */
const guests = new Map<string, string>()
const cache = {
  getItem: (key: string) => guests.get(key),
  setItem: (key: string, value: string) => guests.set(key, value),
  removeItem: (key: string) => guests.delete(key),
}

/** Credentials of a Cognito identity pool, for a guest or for a user with a token. */
export function Cognito() {
  const [running, setRunning] = useState(false)
  const [wrong, setWrong] = useState('')
  const [identity, setIdentity] = useState('')
  const { identityPoolId, token, provider } = form.value
  const name = provider || providerOf(token)
  const { accessKeyId, expiresAt } = entered.value
  const isUsed = takenFrom.value.get(accessKeyId) === identityPoolId && identityPoolId !== ''

  async function signIn() {
    setRunning(true)
    setWrong('')
    try {
      // Another request may be open when they arrive.
      const at = openIdentity()
      const logins = token === '' ? undefined : { [name]: token.trim() }
      const pool = identityPoolId.trim()
      const found = await fromCognitoIdentityPool({ identityPoolId: pool, logins, cache })()
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = found
      const expiresAt = expiration.getTime()
      changeCredentials({ accessKeyId, secretAccessKey, sessionToken, expiresAt }, at)
      noteTaken(accessKeyId, identityPoolId)
      now.value = Date.now()
      setIdentity(found.identityId)
    } catch (error) {
      const { name, message } = error as Error
      setWrong(name === 'TypeError' ? message : `${name}: ${message}`)
    } finally {
      setRunning(false)
    }
  }
  const lacks =
    identityPoolId === ''
      ? 'The id of the pool begins with its region.'
      : token !== '' && name === ''
        ? 'The token does not say who gave it: enter the provider.'
        : ''

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void signIn()
      }}
    >
      <label class="field">
        <span>Identity pool</span>
        <input
          value={identityPoolId}
          placeholder="us-east-1:11111111-2222-3333-4444-555555555555"
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => change({ identityPoolId: event.currentTarget.value })}
        />
      </label>
      <SecretField
        label="Token of the login"
        hint="none for a guest"
        value={token}
        change={(token) => change({ token })}
      />
      {token !== '' && (
        <label class="field">
          <span>Provider</span>
          <input
            value={provider}
            placeholder={name || 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example'}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => change({ provider: event.currentTarget.value })}
          />
        </label>
      )}
      <button type="submit" class="start" disabled={running || lacks !== ''}>
        {isUsed ? 'Refresh' : token === '' ? 'Sign in as a guest' : 'Sign in'}
      </button>
      <p class={wrong ? 'told bad-text' : 'told muted'} role="status">
        {running
          ? 'Asking …'
          : wrong ||
            lacks ||
            (isUsed
              ? `The identity ${identity}: its credentials end in ${timeLeft(expiresAt, now.value)}.`
              : 'Everything is kept in memory.')}
      </p>
    </form>
  )
}
