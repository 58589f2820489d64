import { collections, configCollections, newCollection } from '../state/collections'
import { newTab } from '../state/tabs'
import { dialog, sideOpen, sideTab } from '../state/view'
import { Icon } from '../ui/icons'
import { lazy } from '../ui/lazy'
import { Splitter } from '../ui/splitter'
import { Tabs } from '../ui/tabs'

const Collections = lazy(() => import('./collections').then((part) => part.Collections))
const History = lazy(() => import('./history').then((part) => part.History))

const TABS = [
  { id: 'collections', label: 'Collections' },
  { id: 'history', label: 'History' },
] as const

const hasCollections = () => configCollections.value.length + collections.value.length > 0

function NoCollections() {
  return (
    <div class="state">
      <p>Collections keep requests under a name.</p>
      <button type="button" onClick={() => newCollection({ name: 'My requests' })}>
        New collection
      </button>
      <button type="button" class="quiet" onClick={() => (dialog.value = 'import')}>
        Import curl, OpenAPI or Postman
      </button>
    </div>
  )
}

export function Side() {
  return (
    <>
      <aside class={sideOpen.value ? 'side open' : 'side'} aria-label="Requests">
        <Tabs
          name="side"
          label="Lists of requests"
          tabs={TABS}
          chosen={sideTab.value}
          choose={(id) => {
            sideTab.value = id
          }}
          aside={
            <span class="tab-actions">
              <button
                type="button"
                class="quiet square"
                aria-label="New request"
                title="New request"
                onClick={newTab}
              >
                <Icon name="plus" />
              </button>
              <button
                type="button"
                class="quiet square"
                aria-label="Export"
                title="Export"
                onClick={() => (dialog.value = 'export')}
              >
                <Icon name="download" />
              </button>
            </span>
          }
        >
          {sideTab.value === 'history' ? <History /> : hasCollections() ? <Collections /> : <NoCollections />}
        </Tabs>
        <Splitter name="side" label="Width of the list" min={12} max={45} initial={20} within=".shell" />
      </aside>
      {sideOpen.value && (
        <button
          type="button"
          class="shade"
          aria-label="Close the list"
          onClick={() => (sideOpen.value = false)}
        />
      )}
    </>
  )
}
