import { webSocket } from '../state/request'
import { type ResultTab, resultTab } from '../state/view'
import { lazy } from '../ui/lazy'
import { Tabs } from '../ui/tabs'
import { Response } from './response'

const Signature = lazy(() => import('./signature').then((part) => part.Signature))
const WireView = lazy(() => import('./wire-view').then((part) => part.WireView))
const Cors = lazy(() => import('./cors').then((part) => part.Cors))
const Code = lazy(() => import('./code').then((part) => part.Code))
const Socket = lazy(() => import('./socket').then((part) => part.Socket))

export function ResultPane() {
  const tabs: { id: ResultTab; label: string }[] = [
    { id: 'response', label: webSocket.value ? 'Messages' : 'Response' },
    { id: 'request', label: 'Wire' },
    { id: 'signature', label: 'Signature' },
    { id: 'cors', label: 'CORS' },
    { id: 'code', label: 'Code' },
  ]
  return (
    <section class="result pane" aria-label="Result">
      <Tabs
        name="result"
        label="Result of the request"
        tabs={tabs}
        chosen={resultTab.value}
        choose={(id) => {
          resultTab.value = id
        }}
      >
        <Part tab={resultTab.value} />
      </Tabs>
    </section>
  )
}

function Part({ tab }: { tab: ResultTab }) {
  switch (tab) {
    case 'response':
      return webSocket.value ? <Socket /> : <Response />
    case 'request':
      return <WireView />
    case 'signature':
      return <Signature />
    case 'cors':
      return <Cors />
    case 'code':
      return <Code />
  }
}
