import '../styles/profiles.css'
import { useState } from 'preact/hooks'
import { timeLeft } from '../model/credentials'
import { substituteKnown } from '../model/environment'
import { endpointOf } from '../model/host'
import { callerOf, takeProfile } from '../sign/profiles'
import { changeCredentials, entered, now, openIdentity } from '../state/credentials'
import { lookup } from '../state/environments'
import { noteTaken, profiles, takenFrom } from '../state/profiles'
import { doc, editAuth, effective } from '../state/request'

/** The profiles of this machine: one click fills in the temporary credentials of one. */
export function Profiles() {
  const [running, setRunning] = useState('')
  const [notice, setNotice] = useState('')
  const [wrong, setWrong] = useState('')
  const { accessKeyId, expiresAt } = entered.value
  const from = takenFrom.value.get(accessKeyId) ?? ''
  const profile = profiles.value.names.includes(from) ? from : undefined

  async function runAction(name: string, act: () => Promise<string>) {
    setRunning(name)
    setWrong('')
    try {
      setNotice(await act())
    } catch (error) {
      setNotice('')
      setWrong((error as Error).message)
    } finally {
      setRunning('')
    }
  }
  const take = (name: string) =>
    runAction(name, async () => {
      // Another request may be open when they arrive.
      const at = openIdentity()
      const { region, ...found } = await takeProfile(name)
      changeCredentials(found, at)
      noteTaken(found.accessKeyId, name)
      now.value = Date.now()
      const { auth, url } = effective.value
      const isKnown = auth.region !== '' || endpointOf(substituteKnown(url, lookup.value)).region !== ''
      if (
        region !== '' &&
        !isKnown &&
        at.openingId === openIdentity().openingId &&
        doc.value.auth.kind === 'iam'
      )
        editAuth({ region })
      return ''
    })
  const tell = (name: string) =>
    runAction(name, async () => {
      const { account, arn } = await callerOf(name)
      return `${arn} in the account ${account}.`
    })

  return (
    <fieldset class="choices profiles">
      <legend>Profiles of this machine</legend>
      <div class="buttons">
        {profiles.value.names.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={profile === name}
            disabled={running !== ''}
            onClick={() => void take(name)}
          >
            {name}
          </button>
        ))}
      </div>
      {profile !== undefined && (
        <p class="muted">
          {expiresAt > now.value
            ? `Those of ${profile} end in ${timeLeft(expiresAt, now.value)}.`
            : expiresAt > 0
              ? `Those of ${profile} have ended.`
              : `Those of ${profile} are used.`}{' '}
          <button type="button" class="link" disabled={running !== ''} onClick={() => void take(profile)}>
            Refresh
          </button>{' '}
          <button type="button" class="link" disabled={running !== ''} onClick={() => void tell(profile)}>
            Who am I
          </button>
        </p>
      )}
      <p class={wrong ? 'told bad-text' : 'told muted'} role="status">
        {running !== ''
          ? 'Asking …'
          : wrong || notice || 'Temporary credentials only. A reload forgets them.'}
      </p>
    </fieldset>
  )
}
