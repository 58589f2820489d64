// The server gives the page a configuration; a real one has its own login for temporary credentials.

import { configOf } from '../../config'
import { Movies } from './movies'

export const dynamic = 'force-dynamic'

export default function Page() {
  return <Movies config={configOf()} />
}
