import { RENEWED_EARLY } from '../../../src/js/bounds'
import { canSign, timeLeft } from '../model/credentials'
import { credentials, now } from '../state/credentials'
import { chooseEnvironment, environmentId, environments } from '../state/environments'
import { nextTheme, theme } from '../state/theme'
import { dialog, requestTab, sideOpen } from '../state/view'
import { Icon } from '../ui/icons'

const THEME_ICONS = { system: 'half', light: 'sun', dark: 'moon' } as const

export function TopBar() {
  return (
    <header class="top">
      <button
        type="button"
        class="quiet square only-small"
        aria-label="Requests"
        aria-expanded={sideOpen.value}
        onClick={() => {
          sideOpen.value = !sideOpen.value
        }}
      >
        <Icon name="menu" />
      </button>
      <span class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M8 23V13a8 8 0 0116 0v10M13 23v-9a3 3 0 016 0v9M6 23.500h20" />
        </svg>
        gatesign
      </span>
      <span class="grow" />
      <label class="environment">
        <span class="hidden">Environment</span>
        <select
          value={environmentId.value}
          onChange={(event) => chooseEnvironment(event.currentTarget.value)}
        >
          <option value="">No environment</option>
          {environments.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="quiet wide-label" onClick={() => (dialog.value = 'environments')}>
        <Icon name="pencil" />
        <span>Variables</span>
      </button>
      <CredentialsChip />
      <button type="button" class="quiet wide-label" onClick={() => (dialog.value = 'import')}>
        <Icon name="upload" />
        <span>Import</span>
      </button>
      <button type="button" class="quiet wide-label" onClick={() => (dialog.value = 'explain')}>
        <Icon name="alert" />
        <span>Explain an error</span>
      </button>
      <button
        type="button"
        class="quiet square"
        aria-label={`Colours: ${theme.value}. Change`}
        title={`Colours: ${theme.value}`}
        onClick={nextTheme}
      >
        <Icon name={THEME_ICONS[theme.value]} />
      </button>
      <button
        type="button"
        class="quiet square"
        aria-label="Keyboard shortcuts"
        onClick={() => (dialog.value = 'keys')}
      >
        <Icon name="help" />
      </button>
    </header>
  )
}

function CredentialsChip() {
  const { accessKeyId, expiresAt } = credentials.value
  const signs = canSign(credentials.value)
  const timeText = expiresAt === 0 ? '' : timeLeft(expiresAt, now.value)
  const soon = expiresAt !== 0 && expiresAt - now.value < RENEWED_EARLY
  const show = () => {
    requestTab.value = 'auth'
    setTimeout(() => document.querySelector('#request-panel')?.scrollIntoView({ block: 'nearest' }))
  }
  return (
    <button type="button" class={`chip ${signs ? '' : 'empty'} ${soon ? 'soon' : ''}`} onClick={show}>
      <Icon name="key" />
      <span class="mono">{signs ? accessKeyId : 'No credentials'}</span>
      {timeText && <span class="left">{timeText}</span>}
    </button>
  )
}
