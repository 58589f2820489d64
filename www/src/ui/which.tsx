interface Props {
  /** The label of the request in the editor. */
  now: string
  /** Whether a request was sent. */
  sent: boolean
  chosen: 'now' | 'sent'
  choose: (which: 'now' | 'sent') => void
}

/** The request in the editor, or the one that was sent last. */
export function Which({ now, sent, chosen, choose }: Props) {
  const shown = sent ? chosen : 'now'
  return (
    <fieldset class="segments">
      <legend class="hidden">Which request</legend>
      <label>
        <input type="radio" name="which" checked={shown === 'now'} onChange={() => choose('now')} />
        <span>{now}</span>
      </label>
      <label>
        <input
          type="radio"
          name="which"
          disabled={!sent}
          checked={shown === 'sent'}
          onChange={() => choose('sent')}
        />
        <span>As sent</span>
      </label>
    </fieldset>
  )
}
