import { useState } from 'preact/hooks'
import type { Found } from '../import/credentials'
import { complaint, NO_CREDENTIALS, timeLeft } from '../model/credentials'
import { endpointOf } from '../model/host'
import { changeCredentials, credentials, entered, now, openIdentity } from '../state/credentials'
import { editAuth, effective } from '../state/request'
import { blockPasted } from '../ui/block'
import { SecretField } from '../ui/secret'

/** Access key, secret, token; pasting a block into any field fills all of them. */
export function CredentialFields() {
  const [sets, setSets] = useState<Found[]>([])
  const [notice, setNotice] = useState('')
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = entered.value
  const use = ({ profile, region, ...found }: Found, at = openIdentity()) => {
    changeCredentials(found, at)
    // A region next to the keys is for requests whose host does not contain one.
    const { auth, url } = effective.value
    const isOpen =
      at.openingId === openIdentity().openingId &&
      auth.kind === 'iam' &&
      auth.region === '' &&
      endpointOf(url).region === ''
    if (region !== '' && isOpen && url !== '') editAuth({ region })
    now.value = Date.now()
    const parts = ['key', 'secret', found.sessionToken && 'session token'].filter(Boolean).join(', ')
    setNotice(`Filled in: ${parts}${profile ? ` of ${profile}` : ''}.`)
  }
  // The reader of blocks is loaded with the first one.
  const takeBlock = async (text: string) => {
    const at = openIdentity()
    const { findCredentials, whyNone } = await import('../import/credentials')
    const found = findCredentials(text)
    setSets(found.length > 1 ? found : [])
    const [first] = found
    if (first) use(first, at)
    else setNotice(whyNone(text))
    return first !== undefined
  }
  const wrong = complaint(credentials.value, now.value)
  return (
    <fieldset class="credentials">
      <legend>Credentials</legend>
      <label class="field">
        <span>Paste a block</span>
        <textarea
          rows={1}
          value=""
          spellcheck={false}
          autocomplete="off"
          placeholder="export AWS_…, $Env:AWS_…, ~/.aws/credentials or JSON of the AWS CLI"
          onPaste={(event) => {
            event.preventDefault()
            void takeBlock(event.clipboardData?.getData('text') ?? '')
          }}
          onInput={(event) => {
            const field = event.currentTarget
            void takeBlock(field.value).then((isTaken) => {
              if (isTaken) field.value = ''
            })
          }}
        />
      </label>
      {sets.length > 1 && (
        <label class="field inline">
          <span>Profile</span>
          <select
            onChange={(event) =>
              sets[event.currentTarget.selectedIndex] && use(sets[event.currentTarget.selectedIndex] as Found)
            }
          >
            {sets.map(({ profile }) => (
              <option key={profile}>{profile}</option>
            ))}
          </select>
        </label>
      )}
      <div class="pair">
        <label class="field">
          <span>Access key id</span>
          <input
            class="mono"
            aria-label="Access key id"
            value={accessKeyId}
            spellcheck={false}
            autocomplete="off"
            onPaste={blockPasted(takeBlock)}
            onInput={(event) => changeCredentials({ accessKeyId: event.currentTarget.value.trim() })}
          />
        </label>
        <SecretField
          label="Secret access key"
          value={secretAccessKey}
          change={(secretAccessKey) => changeCredentials({ secretAccessKey })}
          onBlock={takeBlock}
        />
      </div>
      <SecretField
        label="Session token"
        hint="only of temporary credentials"
        value={sessionToken}
        change={(sessionToken) => changeCredentials({ sessionToken })}
        onBlock={takeBlock}
      />
      <p class={wrong ? 'told bad-text' : 'told muted'} role="status">
        {wrong || notice || 'Kept in memory: a reload forgets them.'}
        {expiresAt !== 0 && !wrong && ` They end in ${timeLeft(expiresAt, now.value)}.`}
        {(accessKeyId || secretAccessKey || sessionToken) && (
          <button
            type="button"
            class="link"
            onClick={() => {
              changeCredentials({ ...NO_CREDENTIALS, apiKey: entered.value.apiKey })
              setNotice('Forgotten.')
              setSets([])
            }}
          >
            Forget them
          </button>
        )}
      </p>
    </fieldset>
  )
}
