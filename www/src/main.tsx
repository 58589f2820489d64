import './styles/base.css'
import './styles/controls.css'
import './styles/parts.css'
import './styles/forms.css'
import './styles/lists.css'
import './styles/layout.css'
import './styles/top.css'
import './styles/notices.css'
import { render } from 'preact'
import { App } from './app'
import { record } from './model/json'
import { isLink } from './model/link'
import { ready } from './sign/gatesign'
import { countAside } from './state/aside'
import { loadCollections } from './state/collections'
import { loadEnvironments } from './state/environments'
import { loadIdentities } from './state/identities'
import { markWhileEditing } from './state/marking'
import { notify } from './state/notice'
import { isRunning } from './state/running'
import { loadTabs } from './state/tabs'
import './state/theme'
import { listen } from './ui/shortcuts'

/** The configuration of the page's owner; its reader is loaded only if there is one. */
async function loadConfig() {
  // Without one, or with one that is not JSON, the page starts empty.
  const config: unknown = await fetch('config.json', { cache: 'no-store' })
    .then((response) => (response.ok ? response.json() : {}))
    .catch(() => ({}))
  const { version: _, ...settings } = record(config)
  if (Object.keys(settings).length > 0) (await import('./state/config')).takeConfig(settings)
}

async function start() {
  // Read separately, so that an unreadable one does not stop the others.
  await Promise.allSettled([loadTabs(), loadEnvironments(), loadCollections(), loadIdentities(), ready])
  await loadConfig()
  markWhileEditing()
  void countAside()
  if (isLink(location.hash)) await import('./state/shared').then(({ openLink }) => openLink(location.hash))
  const page = document.getElementById('page')
  if (page) render(<App />, page)
  listen()
  // Otherwise the user would never know whether a POST had its effect.
  addEventListener('beforeunload', (event) => {
    if (isRunning.value) event.preventDefault()
  })
  ready.catch(() =>
    notify('The signer could not be loaded: check that gatesign.wasm is served next to this page.'),
  )
}

void start()
