import { notify } from '../state/notice'
import { Icon } from './icons'

interface Props {
  text: () => string
  label?: string
  /** Whether only the icon is shown. */
  square?: boolean
}

export function CopyButton({ text, label = 'Copy', square = false }: Props) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      notify('Copied.')
    } catch {
      notify('The browser did not allow copying: select the text and copy it by hand.')
    }
  }
  return (
    <button
      type="button"
      class={square ? 'quiet square' : 'quiet'}
      aria-label={label}
      title={square ? label : undefined}
      onClick={copy}
    >
      <Icon name="copy" />
      {!square && label}
    </button>
  )
}
