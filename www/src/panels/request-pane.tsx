import { own } from '../model/json'
import { parametersOf, templateOf } from '../model/query'
import { variablesOf } from '../model/template'
import { problem } from '../state/problem'
import { doc, effective } from '../state/request'
import { type RequestTab, requestTab } from '../state/view'
import { lazy } from '../ui/lazy'
import { type Tab, Tabs } from '../ui/tabs'
import { Auth } from './auth'

const Params = lazy(() => import('./params').then((part) => part.Params))
const Headers = lazy(() => import('./headers').then((part) => part.Headers))
const BodyEditor = lazy(() => import('./body').then((part) => part.BodyEditor))
const OptionsPanel = lazy(() => import('./options').then((part) => part.OptionsPanel))

export function RequestPane() {
  const { headers, body, variables } = doc.value
  const on = (list: { on: boolean; name: string }[]) =>
    list.filter(({ on, name }) => on && name !== '').length
  const names = variablesOf(templateOf(effective.value))
  const tabs: Tab<RequestTab>[] = [
    {
      id: 'params',
      label: 'Params',
      count: on(parametersOf(doc.value)) + names.filter((name) => own(variables, name)).length,
    },
    { id: 'headers', label: 'Headers', count: on(headers) },
    { id: 'body', label: 'Body', filled: body.kind !== 'none' },
    { id: 'auth', label: 'Auth' },
    { id: 'options', label: 'Options' },
  ]
  return (
    <section class="request pane" aria-label="Request">
      <Tabs
        name="request"
        label="Parts of the request"
        tabs={tabs.map((tab) => ({ ...tab, marked: problem.value?.field === tab.id }))}
        chosen={requestTab.value}
        choose={(id) => {
          requestTab.value = id
        }}
      >
        <Part tab={requestTab.value} />
      </Tabs>
    </section>
  )
}

function Part({ tab }: { tab: RequestTab }) {
  switch (tab) {
    case 'params':
      return <Params />
    case 'headers':
      return <Headers />
    case 'body':
      return <BodyEditor />
    case 'auth':
      return <Auth />
    case 'options':
      return <OptionsPanel />
  }
}
