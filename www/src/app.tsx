import { RequestBar } from './panels/request-bar'
import { RequestPane } from './panels/request-pane'
import { ResultPane } from './panels/result-pane'
import { Side } from './panels/side'
import { TabStrip } from './panels/tab-strip'
import { TopBar } from './panels/top-bar'
import { dialog } from './state/view'
import { lazy } from './ui/lazy'
import { Notices } from './ui/notices'
import { Splitter } from './ui/splitter'

const DIALOGS = {
  environments: lazy(() => import('./panels/environments').then((part) => part.Environments)),
  import: lazy(() => import('./panels/import-dialog').then((part) => part.ImportDialog)),
  export: lazy(() => import('./panels/export-dialog').then((part) => part.ExportDialog)),
  explain: lazy(() => import('./panels/explain-dialog').then((part) => part.ExplainDialog)),
  forget: lazy(() => import('./panels/forget-dialog').then((part) => part.ForgetDialog)),
  save: lazy(() => import('./panels/save-dialog').then((part) => part.SaveDialog)),
  allow: lazy(() => import('./panels/allow-dialog').then((part) => part.AllowDialog)),
  collection: lazy(() => import('./panels/collection-dialog').then((part) => part.CollectionDialog)),
  move: lazy(() => import('./panels/move-dialog').then((part) => part.MoveDialog)),
  switcher: lazy(() => import('./panels/switcher').then((part) => part.Switcher)),
  variable: lazy(() => import('./panels/variable-dialog').then((part) => part.VariableDialog)),
  keys: lazy(() => import('./panels/keys-dialog').then((part) => part.KeysDialog)),
}

export function App() {
  const Open = dialog.value && DIALOGS[dialog.value]
  return (
    <>
      <a class="skip" href="#url">
        Skip to the request
      </a>
      <TopBar />
      <div class="shell">
        <Side />
        <main>
          <h1 class="hidden">Request</h1>
          <TabStrip />
          <RequestBar />
          <RequestPane />
          <Splitter
            name="request"
            label="Width of the request"
            min={25}
            max={75}
            initial={42}
            within="main"
          />
          <ResultPane />
        </main>
      </div>
      {Open && <Open />}
      <Notices covered={Open !== undefined} />
    </>
  )
}
