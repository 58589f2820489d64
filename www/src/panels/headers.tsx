import { isForbidden } from '../model/headers'
import { doc, edit } from '../state/request'
import { Rows } from '../ui/rows'

const HEADER_NAMES = [
  'accept',
  'authorization',
  'cache-control',
  'content-type',
  'if-match',
  'if-none-match',
  'x-apigw-api-id',
]

export const Headers = () => (
  <Rows
    what="header"
    rows={doc.value.headers}
    names={HEADER_NAMES}
    change={(headers) => edit({ headers })}
    complaint={({ name }) =>
      isForbidden(name) ? `${name} belongs to the browser: a page cannot set it.` : ''
    }
  />
)
