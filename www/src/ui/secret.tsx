import { useState } from 'preact/hooks'
import { blockPasted } from './block'
import { Icon } from './icons'

interface Props {
  label: string
  value: string
  change: (value: string) => void
  hint?: string
  /** Reads a pasted block instead of one value. @returns whether it did */
  onBlock?: (text: string) => Promise<boolean>
}

/** A masked value with reveal. White space around it is never part of a credential. */
export function SecretField({ label, value, change, hint, onBlock }: Props) {
  const [shown, setShown] = useState(false)
  return (
    <label class="field">
      <span>{label}</span>
      <span class="with-button">
        <input
          type={(shown ? 'text' : 'password') as 'password'}
          aria-label={label}
          value={value}
          spellcheck={false}
          autocomplete="off"
          placeholder={hint}
          onPaste={onBlock && blockPasted(onBlock)}
          onInput={(event) => change(event.currentTarget.value.trim())}
        />
        <button
          type="button"
          class="quiet square"
          aria-label={`${shown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon name="eye" />
        </button>
      </span>
    </label>
  )
}
