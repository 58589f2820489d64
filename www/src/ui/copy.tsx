import { notify } from '../state/notice'
import { Icon } from './icons'

export function CopyButton({ text, label = 'Copy' }: { text: () => string; label?: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      notify('Copied.')
    } catch {
      notify('The browser did not allow to copy: select the text and copy it by hand.')
    }
  }
  return (
    <button type="button" class="quiet" onClick={copy}>
      <Icon name="copy" />
      {label}
    </button>
  )
}
